"""Findings to report, and what a format makes of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mmupgrade.engine import check
from mmupgrade.findings import Record
from mmupgrade.report import formats
from tests.support import workspace

FOLDER = Path("/nowhere")
_PLAIN = Record(
    path="/nowhere/c.py",
    line=3,
    column=1,
    end_line=3,
    end_column=9,
    rule="MMR109",
    name="workflow",
    field="workflow",
    message="`workflow` was removed.",
    applicability=2,
    severity="warning",
    scope="file",
    titles=("Remove `workflow`",),
    source="workflow = [('train', 1)]",
)


def record(**changes: Any) -> Record:
    """A finding on `workflow`, but for what is given."""
    return _PLAIN._replace(**changes)


def records(source: str, name: str = "c.py") -> list[Record]:
    """What `check` finds in a text."""
    return [finding.record() for finding in check(workspace({name: source}, FOLDER))]


def written(format: str, rows: Sequence[Record], *clean: str) -> str:
    """The report of the rows; `clean` are paths of files without findings."""
    stream = io.StringIO()
    paths = [*(row.path for row in rows), *clean]
    names = {path: path.removeprefix(f"{FOLDER}/") for path in paths}
    formats.report(format)(rows, names, stream)
    return stream.getvalue()
