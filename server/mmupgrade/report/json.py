"""Findings as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable

from mmupgrade.findings import Record
from mmupgrade.moves import Applicability


def as_json(found: Iterable[Record], names: dict[str, str]) -> str:
    """A list of objects; lines and columns are 1-based and count code points."""
    return json.dumps([_object(row, names) for row in found], indent=2, ensure_ascii=False)


def _object(row: Record, names: dict[str, str]) -> dict[str, object]:
    word = Applicability(row.applicability).word
    shown = {**row._asdict(), "path": names[row.path], "applicability": word}
    shown["fixes"] = list(shown.pop("titles"))
    del shown["source"]
    return shown
