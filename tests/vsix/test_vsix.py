"""The packaged extension: what is in it, and that its server runs on every Python at hand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from mmupgrade import __version__

ROOT = Path(__file__).parents[2]
VSIX = ROOT / "dist" / f"mmupgrade-{__version__}.vsix"
TOO_OLD = 3
MOST_BYTES = 1_500_000
#: All that may be in it. `*` stands for a slash, too.
FILES = (
    "[[]Content_Types].xml",
    "extension.vsixmanifest",
    "extension/package.json",
    "extension/package.nls*.json",
    "extension/readme.md",
    "extension/changelog.md",
    "extension/LICENSE.txt",
    "extension/dist/extension.js",
    "extension/dist/licences.txt",
    "extension/l10n/bundle.l10n.*.json",
    "extension/media/icon.png",
    "extension/media/walkthrough/*.svg",
    "extension/docs/rules/*.md",
    "extension/bundled/server.py",
    "extension/bundled/libs/*.py",
    "extension/bundled/libs/*.dist-info/METADATA",
    "extension/bundled/libs/*.dist-info/licenses/*",
    "extension/server/mmupgrade/*.py",
    "extension/server/mmupgrade/settings/mmupgrade.schema.json",
)
NEVER = {"node_modules", "test", "tests", "__pycache__", "bin", "src", ".cache", ".venv"}


def _pythons() -> Iterator[Path]:
    """Every Python here: those of pyenv, and those in the folders of PATH."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from pyenv.glob("versions/3.*/bin/python3")
    for folder in os.get_exec_path():
        yield from Path(folder).glob("python3*")


def _by_version() -> dict[tuple[int, int], Path]:
    """One Python 3 for each minor version."""
    found: dict[tuple[int, int], Path] = {}
    for path in _pythons():
        if re.fullmatch(r"python3(\.\d+)?", path.name):
            done = _run(path, "-c", "import sys; print('%d %d' % sys.version_info[:2])")
            if done.returncode == 0:
                major, minor = done.stdout.split()
                found.setdefault((int(major), int(minor)), path)
    return dict(sorted(found.items()))


def _run(python: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-I", "-S", *arguments]
    return subprocess.run(command, capture_output=True, check=False, text=True, **options)


PYTHONS = _by_version()
RECENT = {version: path for version, path in PYTHONS.items() if version >= (3, 10)}
OLD = {version: path for version, path in PYTHONS.items() if version < (3, 10)}


def _each(pythons: Mapping[tuple[int, int], Path]) -> list[Any]:
    return [pytest.param(path, id=".".join(map(str, key))) for key, path in pythons.items()]


@pytest.fixture(scope="session")
def names() -> list[str]:
    assert VSIX.is_file(), "run `make vsix`"
    with zipfile.ZipFile(VSIX) as package:
        return package.namelist()


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> Path:
    """The extension as VS Code unpacks it, below a folder with a space and Chinese in its name."""
    folder = tmp_path_factory.mktemp("扩 展")
    with zipfile.ZipFile(VSIX) as package:
        package.extractall(folder, names)
    return folder / "extension"


def test_it_holds_what_it_should_and_nothing_else(names: list[str]) -> None:
    for name in names:
        assert any(fnmatchcase(name, pattern) for pattern in FILES), name
        assert not NEVER & set(PurePosixPath(name).parts), name
    for pattern in FILES:
        assert any(fnmatchcase(name, pattern) for name in names), pattern


def test_it_holds_the_whole_server(names: list[str]) -> None:
    server = ROOT / "server"
    modules = {path.relative_to(server).as_posix() for path in server.rglob("*.py")}
    packed = {name for name in names if name.startswith("extension/server/")}
    assert {f"extension/server/{name}" for name in modules} == {
        name for name in packed if name.endswith(".py")
    }


def test_it_holds_what_the_server_declares(extension: Path) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    declared = re.search(r"(?ms)^dependencies = \[$(.*?)^\]$", project)
    assert declared
    needed = set(re.findall(r'"(\w+)', declared[1])) - {"tqdm"}  # for the command line alone
    assert needed <= {path.name for path in (extension / "bundled" / "libs").iterdir()}


def test_every_library_comes_with_its_licence(extension: Path) -> None:
    listed = (ROOT / "bundled" / "requirements.txt").read_text()
    libraries = dict(re.findall(r"(?m)^(\w+)==(\S+)", listed))
    assert {"attrs", "cattrs", "lsprotocol", "pygls"} <= set(libraries)
    for name, version in libraries.items():
        licences = extension / "bundled" / "libs" / f"{name}-{version}.dist-info" / "licenses"
        assert [path for path in licences.iterdir() if path.stat().st_size > 200], name
    bundle = (extension / "dist" / "licences.txt").read_text()
    assert re.search(r"(?m)^vscode-languageclient 11", bundle)
    assert "Apache License" in (extension / "LICENSE.txt").read_text()


def test_it_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    size = VSIX.stat().st_size
    with capsys.disabled():
        print(f"\n{VSIX.name}: {size:,} bytes")
    assert size < MOST_BYTES


def test_its_manifest_says_what_the_server_says(extension: Path) -> None:
    manifest = json.loads((extension / "package.json").read_text())
    assert manifest["version"] == __version__
    assert manifest["extensionKind"] == ["workspace"]
    assert manifest["activationEvents"] == ["onLanguage:python"]
    assert (extension / manifest["main"]).is_file()
    assert (extension / manifest["icon"]).is_file()


def test_its_manual_shows_no_pictures(extension: Path) -> None:
    manual = (extension / "readme.md").read_text()
    assert "# mmupgrade for VS Code" in manual
    assert "![" not in manual


@pytest.mark.parametrize("python", _each(RECENT))
def test_the_server_is_there(python: Path, extension: Path, tmp_path: Path) -> None:
    (tmp_path / "mmupgrade.py").write_text("raise SystemExit('the folder one is in was imported')")
    done = _run(python, str(extension / "bundled" / "server.py"), "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mmupgrade {__version__}\n", "")


@pytest.mark.parametrize("python", _each(RECENT))
def test_the_server_finds_its_libraries(python: Path, extension: Path) -> None:
    script = (
        f"import sys; sys.path += [{str(extension / 'bundled' / 'libs')!r}]\n"
        "import cattrs, lsprotocol.types, pygls.lsp.server, tomli"
    )
    done = _run(python, "-c", script)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("python", _each(RECENT))
def test_the_server_answers(python: Path, extension: Path, tmp_path: Path) -> None:
    entry = str(extension / "bundled" / "server.py")
    messages: list[dict[str, Any]] = [
        {
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}},
        },
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    done = _run(python, entry, input="".join(map(_message, messages)), cwd=tmp_path, timeout=60)
    answers = {answer.get("id"): answer for answer in _answers(done.stdout)}
    assert done.returncode == 0, done.stderr
    assert answers[1]["result"]["serverInfo"] == {"name": "mmupgrade", "version": __version__}
    assert answers[2]["result"] is None


def _message(content: dict[str, Any]) -> str:
    body = json.dumps({"jsonrpc": "2.0", **content})
    return f"Content-Length: {len(body)}\r\n\r\n{body}"


def _answers(output: str) -> Iterator[dict[str, Any]]:
    """The messages in what the server wrote, which is ASCII."""
    for found in re.finditer(r"Content-Length: (\d+)\n(?:\S+: .*\n)*\n", output):
        yield json.loads(output[found.end() :][: int(found[1])])


@pytest.mark.parametrize("python", _each(OLD))
def test_an_old_python_is_told_so(python: Path, extension: Path) -> None:
    done = _run(python, str(extension / "bundled" / "server.py"))
    assert (done.returncode, done.stdout) == (TOO_OLD, "")
    assert re.fullmatch(
        r"mmupgrade needs Python 3\.10 or newer; this is 3\.\d+\.\d+: .+\n", done.stderr
    )


def test_there_are_pythons_to_try() -> None:
    assert RECENT
