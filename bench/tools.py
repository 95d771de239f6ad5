"""The cases: `mmupgrade`, what it is held against, and the tools shown beside it."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.timing import Case, Failed
from mmupgrade import __version__

#: Each tool is installed once, alone, at the version the README's numbers were taken with.
VERSIONS = {"pyupgrade": "3.22.0", "fixit": "2.2.1", "ast-grep-cli": "0.51.1", "ruff": "0.17.6"}
_VENVS = Path(__file__).resolve().parent.parent / ".cache" / "bench"
_FOUND = frozenset({0, 1})
_PATTERN = "checkpoint_config = $A"

_PARSE = """
import ast, os, sys
for root, folders, files in os.walk(sys.argv[1]):
    for name in files:
        if name.endswith(".py"):
            with open(os.path.join(root, name), encoding="utf-8") as file:
                ast.parse(file.read())
"""


def cases(corpus: Path, scratch: Path) -> list[Case]:
    """All cases over a copy of `corpus` in `scratch`, which no project's settings reach."""
    folder = scratch / "configs"
    shutil.copytree(corpus, folder)
    return [
        *_python(folder),
        *_mmupgrade(folder),
        _pyupgrade(corpus, scratch / "rewritten"),
        _fixit(folder),
        _ast_grep(folder),
        *_ruff(folder),
    ]


def files(folder: Path) -> list[Path]:
    """The Python files below `folder`."""
    return sorted(folder.rglob("*.py"))


def _python(folder: Path) -> list[Case]:
    version = platform.python_version()
    python = sys.executable
    parse = (python, "-c", _PARSE, ".")
    return [
        Case("parse", "Python", version, "`ast.parse` of each file", parse, folder),
        Case("pass", "Python", version, "`python -c pass`", (python, "-c", "pass"), folder),
    ]


def _mmupgrade(folder: Path) -> list[Case]:
    command = str(Path(sys.executable).with_name("mmupgrade"))
    check = (command, "check", ".")
    count = _number(r"^(\d+) findings?\b")
    version = (command, "--version")
    return [
        Case(
            "check", "mmupgrade", __version__, "`check`", check, folder, codes=_FOUND, count=count
        ),
        Case("version", "mmupgrade", __version__, "`--version`", version, folder),
    ]


def _pyupgrade(corpus: Path, folder: Path) -> Case:
    names = [str(path.relative_to(corpus)) for path in files(corpus)]
    option = "--py310-plus"
    return Case(
        "pyupgrade",
        "pyupgrade",
        VERSIONS["pyupgrade"],
        f"`{option}`, rewrites",
        (_installed("pyupgrade"), option, *names),
        folder,
        codes=_FOUND,
        count=_lines(r"^Rewriting ", "files rewritten"),
        prepare=partial(_copy_afresh, corpus, folder),
    )


def _fixit(folder: Path) -> Case:
    return Case(
        "fixit",
        "Fixit",
        VERSIONS["fixit"],
        "`lint`, default rules",
        (_installed("fixit"), "lint", "."),
        folder,
        codes=_FOUND,
        count=_lines(r"^\S+@\d+:\d+ "),
    )


def _ast_grep(folder: Path) -> Case:
    return Case(
        "ast-grep",
        "ast-grep",
        VERSIONS["ast-grep-cli"],
        f"`run -p '{_PATTERN}' -l py`",
        (_installed("ast-grep-cli", "ast-grep"), "run", "-p", _PATTERN, "-l", "py", "."),
        folder,
        count=_lines(r"^\{"),
        counting=("--json=stream",),
    )


def _ruff(folder: Path) -> list[Case]:
    command = (_installed("ruff"), "check", "--isolated", "--no-cache")
    selections: dict[str, tuple[str, ...]] = {
        "`check --select F`": ("--select", "F"),
        "`check`, default rules": (),
    }
    return [
        Case(
            f"ruff {' '.join(chosen)}".rstrip(),
            "ruff",
            VERSIONS["ruff"],
            f"{did} ({_enabled(command, chosen, folder)} rules)",
            (*command, *chosen, "."),
            folder,
            codes=_FOUND,
            count=_number(r"^Found (\d+) errors?\b"),
        )
        for did, chosen in selections.items()
    ]


def _enabled(command: tuple[str, ...], chosen: tuple[str, ...], folder: Path) -> int:
    """How many rules ruff says it runs with a selection."""
    said = _said([*command, *chosen, "--show-settings", str(files(folder)[0])])
    found = re.search(r"^linter\.rules\.enabled = \[(.*?)^\]", said, re.MULTILINE | re.DOTALL)
    return len(found[1].split("\n")[1:-1]) if found else 0


def _copy_afresh(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _installed(package: str, command: str = "") -> str:
    """The command of a package in a venv of its own, which is made where it's missing."""
    folder = _VENVS / f"{package}-{VERSIONS[package]}"
    path = folder / "bin" / (command or package)
    if not path.exists():
        print(f"Installing {package} {VERSIONS[package]} ...", file=sys.stderr)
        _said([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        _said([*pip, "--quiet", "install", f"{package}=={VERSIONS[package]}"])
    return str(path)


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(command)} exited with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _number(pattern: str) -> Callable[[str], str]:
    """Reads the number that a summary line gives; none where there is no such line."""

    def count(output: str) -> str:
        found = re.search(pattern, output, re.MULTILINE)
        return found[1] if found else "0"

    return count


def _lines(pattern: str, unit: str = "") -> Callable[[str], str]:
    """Counts the lines that begin as `pattern` says."""

    def count(output: str) -> str:
        return f"{len(re.findall(pattern, output, re.MULTILINE))} {unit}".rstrip()

    return count
