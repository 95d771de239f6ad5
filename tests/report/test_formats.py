"""What all formats have in common."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import mmupgrade.report
from mmupgrade.findings import Record
from mmupgrade.report import formats
from tests.report.records import record, written

FOLDER = Path(mmupgrade.report.__file__).parent
#: Each with a path, a message and a place that a format may trip over.
ODD = {
    "a space": record(path="/nowhere/a b/c d.py"),
    "wide characters": record(
        path="/nowhere/配置/🚀.py", column=7, source="名 = '🚀'; workflow = 1"
    ),
    "a backslash": record(path="/nowhere/a\\b.py"),
    "marks of all formats": record(path="/nowhere/a,b:c%d&<e>.py", message='50% "x" & <y>, {0}'),
    "a notice": record(field="", titles=(), severity="error", line=1, end_line=1, end_column=1),
    "several lines": record(end_line=5, end_column=2),
    "line ends": record(message="one\r\ntwo\nthree"),
}


def test_every_format_has_its_module() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")}
    assert modules == {*formats.NAMES, "__init__", "formats", "outcome"}


def test_all_have_one_signature() -> None:
    signatures = {str(inspect.signature(formats.report(name))) for name in formats.NAMES}
    assert len(signatures) == 1


@pytest.mark.parametrize("name", formats.NAMES)
def test_a_module_is_loaded_when_it_is_used(name: str) -> None:
    script = (
        "import sys; from mmupgrade.report import formats;"
        f"formats.report({name!r});"
        "print(*(each for each in formats.NAMES if f'mmupgrade.report.{each}' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [name]


@pytest.mark.parametrize("name", formats.NAMES)
@pytest.mark.parametrize("row", ODD.values(), ids=ODD)
def test_odd_findings_are_reported(name: str, row: Record) -> None:
    text = written(name, [row])
    assert row.rule in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", formats.NAMES)
def test_the_same_findings_give_the_same_report(name: str) -> None:
    rows = list(ODD.values())
    assert written(name, rows) == written(name, rows)
