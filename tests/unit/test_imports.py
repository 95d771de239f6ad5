"""The design's import rules hold: data flows one way, and heavy libraries stay at the edge."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "server" / "mmupgrade"
#: Each may import those above it, not those below.
LAYERS = (
    ("text", "tokens"),
    ("syntax", "edits"),
    ("facts", "targets"),
    ("values",),
    ("document",),
    ("bases", "codebases", "shapes", "tree"),
    ("comments", "moves"),
    ("printing", "rule"),
    ("additions", "view"),
    ("verdict", "workspace"),
    ("rules", "sites", "template"),
    ("judge",),
    ("family",),
    ("findings", "plan"),
    ("rewrite",),
    ("engine", "fix"),
    ("parallel",),
    ("paths", "report"),
    ("cli",),
    ("__main__",),
)
FIRST_USE_ONLY = {"tqdm"}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The modules of this package that are imported when `path` is; those for types apart."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mmupgrade."):
            found.add((node.module or "").split(".")[1])
    return found


def _layer(room: str) -> int:
    return next(index for index, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_imports_point_upwards(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        assert not _imports(path)
        return
    for other in _imports(path) - {room}:
        assert _layer(other) < _layer(room), f"{room} imports {other}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names | {"mmupgrade", "__future__"} | FIRST_USE_ONLY


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text(
        "checkpoint_config = dict(interval=1)\nresume_from = None\n"
    )
    script = (
        "import sys; from mmupgrade.cli import main; main(['check', sys.argv[1]]);"
        "heavy = {'libcst', 'pygls', 'lsprotocol', 'tqdm', 'json', 'asyncio', 'mmengine'};"
        "sys.exit(f'{heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
