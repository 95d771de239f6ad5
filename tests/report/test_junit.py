"""The XML of JUnit: well-formed, and its counts are right."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.findings import Record
from tests.report.records import record, records, written


def _parsed(rows: list[Record], *clean: str) -> ElementTree.Element:
    """The report, after a look at its counts and at what every reader needs."""
    root = ElementTree.fromstring(written("junit", rows, *clean).encode())
    assert root.tag == "testsuites"
    for suite in (root, *root):
        cases = list(suite.iter("testcase"))
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(sum(case.find("failure") is not None for case in cases))
        assert suite.get("errors") == "0"
        assert suite.get("name")
    assert all(case.get("name") and case.get("classname") for case in root.iter("testcase"))
    return root


def test_a_suite_for_each_file_and_a_case_for_each_finding() -> None:
    rows = [record(), record(line=9, end_line=9), record(path="/nowhere/d e.py")]
    one, two = _parsed(rows, "/nowhere/clean.py")
    assert (one.get("name"), two.get("name")) == ("c.py", "d e.py")
    names = [case.get("name") for case in one]
    assert names == ["MMR109 workflow", "MMR109 workflow (2)"]
    failure = one[0].find("failure")
    assert failure is not None
    assert failure.get("message") == "`workflow` was removed."
    assert failure.get("type") == "warning"
    assert failure.text == "c.py:3:1: MMR109 `workflow` was removed."


def test_a_clean_run_has_one_passed_case() -> None:
    ((case,),) = _parsed([], "/nowhere/c.py")
    assert len(case) == 0


def test_a_line_further_down_is_the_same_case() -> None:
    source = "resume_from = None\nworkflow = [('train', 1)]\n"
    before, after = (_parsed(records(text)) for text in (source, f"x = 1\n{source}"))
    names = [[case.get("name") for case in root.iter("testcase")] for root in (before, after)]
    assert names[0] == names[1]


def test_what_xml_forbids_is_replaced() -> None:
    row = record(path="/nowhere/\x1b🚀.py", message="a\0b\x08c\ufffe\tend")
    (suite,) = _parsed([row])
    assert suite.get("name") == "\N{REPLACEMENT CHARACTER}🚀.py"
    failure = suite[0].find("failure")
    assert failure is not None
    assert re.sub("\N{REPLACEMENT CHARACTER}", "?", failure.get("message", "")) == "a?b?c?\tend"


@given(st.text(st.characters(codec=None, exclude_categories=())), st.text())
def test_any_path_and_message_are_well_formed(path: str, message: str) -> None:
    _parsed([record(path=f"/nowhere/x{path}", message=message)])
