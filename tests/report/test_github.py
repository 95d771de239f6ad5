"""Workflow commands of GitHub Actions, read as its runner reads them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.report.records import record, records, written

_ESCAPES = {"%2C": ",", "%3A": ":", "%0A": "\n", "%0D": "\r", "%25": "%"}


def _read(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message of one line."""
    head, message = line.removeprefix("::").split("::", 1)
    command, properties = head.split(" ", 1)
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return command, {key: _plain(value) for key, value in pairs}, _plain(message)


def _plain(text: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda match: _ESCAPES[match[0]], text)


def test_a_finding_is_one_line() -> None:
    (line,) = written("github", [record()]).splitlines()
    assert line == (
        "::warning title=mmupgrade (MMR109),file=/nowhere/c.py,line=3,endLine=3,col=1,endColumn=9"
        "::c.py:3:1: MMR109 `workflow` was removed."
    )


def test_nothing_is_written_where_nothing_is_found() -> None:
    assert written("github", [], "/nowhere/c.py") == ""


def test_severities_are_githubs() -> None:
    rows = [record(severity=word) for word in ("error", "warning", "information")]
    lines = written("github", rows).splitlines()
    assert [_read(line)[0] for line in lines] == ["error", "warning", "notice"]


def test_columns_only_on_one_line() -> None:
    (line,) = written("github", [record(end_line=5, end_column=2)]).splitlines()
    properties = _read(line)[1]
    assert (properties["line"], properties["endLine"]) == ("3", "5")
    assert not {"col", "endColumn"} & set(properties)


def test_columns_count_code_points() -> None:
    rows = records("名 = '🚀'; resume_from = None; workflow = [('train', 1)]\n", "配 置.py")
    properties = _read(written("github", rows).splitlines()[0])[1]
    assert properties["file"] == "/nowhere/配 置.py"
    assert (properties["col"], properties["endColumn"]) == ("10", "21")


@given(st.text(min_size=1), st.text())
def test_any_path_and_message_come_back(path: str, message: str) -> None:
    text = written("github", [record(path=path, message=message)])
    assert text.count("\n") == 1
    assert "\r" not in text
    command, properties, said = _read(text[:-1])
    assert command == "warning"
    assert properties["file"] == path
    assert said.endswith(f"MMR109 {message}")
