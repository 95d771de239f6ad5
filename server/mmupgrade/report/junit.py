"""Findings as failed tests in the XML of JUnit, which GitLab and Jenkins read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TextIO
from xml.etree import ElementTree

from mmupgrade.findings import Record

#: What XML 1.0 can't hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(found: Sequence[Record], names: Mapping[str, str], stream: TextIO) -> None:
    """Write a suite for each file with findings; one passed test where there are none."""
    root = _counted("testsuites", "mmupgrade", len(found), len(found) or 1)
    for path, rows in groupby(found, key=lambda row: row.path):
        root.append(_suite(names[path], list(rows)))
    if not found:
        suite = _counted("testsuite", "mmupgrade", 0, 1)
        ElementTree.SubElement(suite, "testcase", name="no 0.x fields", classname="mmupgrade")
        root.append(suite)
    ElementTree.indent(root)
    print('<?xml version="1.0" encoding="UTF-8"?>', file=stream)
    print(ElementTree.tostring(root, encoding="unicode"), file=stream)


def _counted(tag: str, name: str, failures: int, tests: int) -> ElementTree.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0"}
    return ElementTree.Element(tag, {"name": _legal(name), **counts})


def _suite(name: str, rows: Sequence[Record]) -> ElementTree.Element:
    suite = _counted("testsuite", name, len(rows), len(rows))
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.rule] += 1
        suite.append(_case(row, name, seen[row.rule]))
    return suite


def _case(row: Record, path: str, number: int) -> ElementTree.Element:
    """One finding. Its name has no line, so that it stays the same test in the next run."""
    name = f"{row.rule} {row.name}" + (f" ({number})" if number > 1 else "")
    place = {"classname": _legal(path), "file": _legal(path), "line": str(row.line)}
    case = ElementTree.Element("testcase", {"name": name, **place})
    message = _legal(row.message)
    failure = ElementTree.SubElement(case, "failure", message=message, type=row.severity)
    failure.text = f"{_legal(path)}:{row.line}:{row.column}: {row.rule} {message}"
    return case


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
