"""Findings as workflow commands, which GitHub Actions shows beside the lines of a diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from mmupgrade.findings import Record

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice"}


def report(found: Sequence[Record], names: Mapping[str, str], stream: TextIO) -> None:
    """Write a line for each finding; lines and columns are 1-based and count code points."""
    for row in found:
        properties = ",".join(f"{key}={_property(value)}" for key, value in _place(row).items())
        message = f"{names[row.path]}:{row.line}:{row.column}: {row.rule} {row.message}"
        print(f"::{_COMMANDS[row.severity]} {properties}::{_data(message)}", file=stream)


def _place(row: Record) -> dict[str, str]:
    # The runner makes an absolute path relative to the checkout, wherever the step runs.
    place = {"title": f"mmupgrade ({row.rule})", "file": row.path}
    place |= {"line": str(row.line), "endLine": str(row.end_line)}
    # GitHub takes columns only within one line.
    if row.end_line == row.line:
        place |= {"col": str(row.column), "endColumn": str(row.end_column)}
    return place


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
