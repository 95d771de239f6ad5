"""Text edits: a stretch of text and what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace the code points from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class Overlap(Exception):
    """Edits that change the same text."""


def apply(source: str, edits: Iterable[Edit]) -> str:
    """`source` with all edits made; edits may touch. Raises Overlap."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise Overlap("two of its changes concern the same text")
        parts += [source[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, source[position:]])
