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
    ("increments",),
    ("values",),
    ("document",),
    ("bases", "codebases", "shapes", "tree"),
    ("comments", "key_order", "moves"),
    ("printing", "rule"),
    ("selection",),
    ("settings",),
    ("additions", "fields", "ignores"),
    ("ignore_edits", "view"),
    ("verdict", "workspace"),
    ("breakage", "inheritance", "rules", "sites", "template"),
    ("judge",),
    ("family",),
    ("draft",),
    ("placement",),
    ("plan",),
    ("places", "scope"),
    ("rewrite",),
    ("findings",),
    ("engine", "fix"),
    ("parallel",),
    ("baseline", "paths", "report"),
    ("project",),
    ("unaffected",),
    ("analysis",),
    ("lsp",),
    ("cli",),
    ("__main__",),
)
FIRST_USE_ONLY = {"tqdm", "tomli"}
#: What one room alone may import besides the standard library.
ALLOWED = {"lsp": {"cattrs", "lsprotocol", "pygls"}}
#: Where two rooms know each other's types, the lower one's are named in annotations only.
TYPES_ONLY = {
    ("values", "document"),
    ("shapes", "rule"),
    ("rule", "moves"),
    ("rule", "values"),
    ("rule", "fields"),
    ("rule", "view"),
    ("view", "verdict"),
    ("view", "workspace"),
    ("workspace", "placement"),
    ("paths", "workspace"),
    ("report", "findings"),
    ("report", "fix"),
    ("cli", "fix"),
    ("cli", "baseline"),
    ("cli", "document"),
    ("cli", "findings"),
    ("cli", "settings"),
    ("cli", "workspace"),
}


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The modules of this package that `path` uses when it runs, wherever it imports them."""
    tree = ast.parse(path.read_text())
    for_types = {id(part) for block in _type_blocks(tree) for part in ast.walk(block)}
    return {room for node in ast.walk(tree) if id(node) not in for_types for room in _rooms(node)}


def _type_imports(path: Path) -> set[str]:
    """The modules that `path` needs for its annotations alone."""
    blocks = _type_blocks(ast.parse(path.read_text()))
    return {room for block in blocks for node in ast.walk(block) for room in _rooms(node)}


def _type_blocks(tree: ast.Module) -> list[ast.If]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    ]


def _rooms(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module == "mmupgrade":
        names = [f"mmupgrade.{alias.name}" for alias in node.names]
    else:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    ours = [name.split(".")[1] for name in names if name.startswith("mmupgrade.")]
    return [room for room in ours if not room.startswith("__")]


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
    assert {(room, other) for other in _type_imports(path) - {room}} <= TYPES_ONLY


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"mmupgrade", "__future__"} | FIRST_USE_ONLY
    allowed |= ALLOWED.get(_room(path), set())
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in allowed


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
