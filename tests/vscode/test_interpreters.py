"""Where there is no Python for it, it says so once, and starts as soon as there is one."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.vscode.configs import LONE, configure, written
from tests.vscode.conftest import Opens

GOOD = Path(sys.executable)
OLD = "echo 3.8.18"
#: Says that it is recent, and ends when it gets the server to run.
CRASHES = 'case "$*" in *server.py) exit 1;; *) echo 3.12.1;; esac'
#: How often the server is started; before each start the version is asked for.
STARTS = 4


def _python(folder: Path, script: str) -> Path:
    """A command that does what `script` says, and notes each time it is run."""
    path = folder / "python3"
    path.write_text(f'#!/bin/sh\necho "$*" >>{shlex.quote(str(folder / "runs"))}\n{script}\n')
    path.chmod(0o755)
    return path


def _runs(folder: Path) -> list[str]:
    return (folder / "runs").read_text().splitlines()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "What the setting mmupgrade.interpreter names can't be run"),
        (OLD, "The setting mmupgrade.interpreter names Python 3.8.18"),
        (CRASHES, f"stopped {STARTS} times and is not started again"),
    ],
    ids=["missing", "old", "crashing"],
)
def test_what_the_setting_names(
    opens: Opens, project: Path, tmp_path: Path, script: str | None, message: str
) -> None:
    python = tmp_path / "missing" if script is None else _python(tmp_path, script)
    written(project, {"edvr_reds.py": LONE})
    configure(project, {"mmupgrade.interpreter": str(python)})
    window = opens(project)
    window.open("edvr_reds.py")
    expect(window.message(message)).to_be_visible()
    expect(window.messages).to_have_count(1)
    if script == CRASHES:
        assert len(_runs(tmp_path)) == 2 * STARTS

    configure(project, {"mmupgrade.interpreter": str(GOOD)})
    expect(window.struck).not_to_have_count(0)
    expect(window.messages).to_have_count(1)
    if script is not None:
        assert len(_runs(tmp_path)) == (2 * STARTS if script == CRASHES else 1)


def test_what_path_has(opens: Opens, project: Path, tmp_path: Path) -> None:
    written(project, {"edvr_reds.py": LONE})
    window = opens(project, python=_python(tmp_path, OLD))
    window.open("edvr_reds.py")
    expect(window.message("It found Python 3.8.18")).to_be_visible()
    configure(project, {"mmupgrade.interpreter": str(GOOD)})
    expect(window.struck).not_to_have_count(0)
    expect(window.messages).to_have_count(1)
