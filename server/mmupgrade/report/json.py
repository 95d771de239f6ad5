"""Findings as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TextIO

from mmupgrade.findings import Record
from mmupgrade.moves import Applicability


def report(found: Sequence[Record], names: Mapping[str, str], stream: TextIO) -> None:
    """Write a list of objects; lines and columns are 1-based and count code points."""
    rows = [_object(row, names) for row in found]
    print(json.dumps(rows, indent=2, ensure_ascii=False), file=stream)


def _object(row: Record, names: Mapping[str, str]) -> dict[str, object]:
    word = Applicability(row.applicability).word
    shown = {**row._asdict(), "path": names[row.path], "applicability": word}
    shown["fixes"] = list(shown.pop("titles"))
    del shown["source"]
    return shown
