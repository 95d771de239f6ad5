"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit from a repository of this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What pre-commit needs of a checkout to install the hooks.
PACKAGE = (
    "server",
    "docs/rules",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)
BASE = "log_level = 'INFO'\nresume_from = None\nworkflow = [('train', 1)]\n"
CHILD = "_base_ = './base.py'\nresume_from = None\n"

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on PATH")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Without what the user, or a hook that runs these tests, has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for name in ("PYTHONPATH", "SKIP", "VIRTUAL_ENV"):
        kept.pop(name, None)
    who = {"NAME": "Tester", "EMAIL": "tester@localhost"}
    author = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    home = str(tmp_path_factory.mktemp("pre-commit"))
    return {**kept, **author, **settings, "PRE_COMMIT_HOME": home}


@pytest.fixture(scope="module")
def run(environment: dict[str, str]) -> Run:
    def run(folder: Path, *command: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == code, done.stdout
        return done

    return run


def _committed(folder: Path, run: Run) -> str:
    """Make a repository of a folder, all of it committed; gives the commit."""
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", "--all")
    run(folder, "git", "commit", "--quiet", "--message", "All")
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, run: Run) -> str:
    """The head of a `.pre-commit-config.yaml` that takes hooks from the working tree as it is."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in PACKAGE:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    commit = _committed(folder, run)
    return f"repos:\n  - repo: {folder.as_posix()}\n    rev: {commit}\n    hooks:\n"


@pytest.fixture
def project(tmp_path: Path, hooks: str, run: Run) -> Callable[[str], Path]:
    """Makes a repository with a family of 0.x configs and one hook."""

    def make(hook: str) -> Path:
        (tmp_path / ".pre-commit-config.yaml").write_text(f"{hooks}      - id: {hook}\n")
        (tmp_path / "configs 🚀").mkdir()
        (tmp_path / "configs 🚀" / "base.py").write_text(BASE)
        (tmp_path / "configs 🚀" / "child.py").write_text(CHILD)
        (tmp_path / "setup.py").write_text("print(1)\n")
        _committed(tmp_path, run)
        return tmp_path

    return make


def _hook(run: Run, folder: Path, *arguments: str, code: int = 0) -> str:
    return run(folder, sys.executable, "-m", "pre_commit", "run", *arguments, code=code).stdout


def test_check_fails_with_the_findings(project: Callable[[str], Path], run: Run) -> None:
    folder = project("mmupgrade-check")
    said = _hook(run, folder, "--all-files", code=1)
    assert "exit code: 1" in said
    assert "configs 🚀/base.py:2:1: MMR103 [*] `resume_from` was replaced" in said
    assert "configs 🚀/child.py:2:1: MMR103" in said
    assert (folder / "configs 🚀" / "base.py").read_text() == BASE


def test_check_looks_at_what_is_committed_and_at_its_bases(
    project: Callable[[str], Path], run: Run
) -> None:
    folder = project("mmupgrade-check")
    (folder / "configs 🚀" / "base.py").write_text("x = 1\n")
    (folder / "setup.py").write_text("print(2)\n")
    run(folder, "git", "commit", "--quiet", "--all", "--no-verify", "--message", "Next")
    (folder / "setup.py").write_text("print(3)\n")
    run(folder, "git", "add", "--all")
    assert "Passed" in _hook(run, folder)
    said = _hook(run, folder, "--files", "configs 🚀/child.py", code=1)
    assert "1 finding in 1 file" in said


def test_fix_rewrites_and_fails_once(project: Callable[[str], Path], run: Run) -> None:
    folder = project("mmupgrade-fix")
    said = _hook(run, folder, "--all-files", code=1)
    assert "files were modified by this hook" in said
    assert (folder / "configs 🚀" / "base.py").read_text() == "log_level = 'INFO'\nresume = False\n"
    assert "resume_from" not in (folder / "configs 🚀" / "child.py").read_text()
    assert (folder / "setup.py").read_text() == "print(1)\n"
    run(folder, "git", "add", "--all")
    assert "Passed" in _hook(run, folder, "--all-files")


def test_fix_of_a_part_migrates_the_family(project: Callable[[str], Path], run: Run) -> None:
    folder = project("mmupgrade-fix")
    _hook(run, folder, "--files", "configs 🚀/base.py", code=1)
    for name in ("base.py", "child.py"):
        assert "resume_from" not in (folder / "configs 🚀" / name).read_text()


def test_fix_passes_where_the_rest_is_by_hand(project: Callable[[str], Path], run: Run) -> None:
    folder = project("mmupgrade-fix")
    (folder / "configs 🚀" / "base.py").write_text(
        "log_level = 'INFO'\noptimizer = dict(type='Adam')\n"
    )
    (folder / "configs 🚀" / "child.py").write_text("_base_ = './base.py'\n")
    run(folder, "git", "add", "--all")
    assert "Passed" in _hook(run, folder)
