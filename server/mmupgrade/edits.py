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


def minimal(source: str, edits: Iterable[Edit]) -> list[Edit]:
    """The same change with nothing in it that stays as it is, in order.

    Edits that touch are one. No edit begins or ends between CR and LF, where
    editors know no position, and none makes a CR LF of a CR and an LF beside it.
    """
    joined: list[Edit] = []
    for edit in sorted(edits):
        less = _trimmed(source, edit)
        if joined and joined[-1].end == less.start:
            last = joined.pop()
            less = _trimmed(source, Edit(last.start, less.end, last.text + less.text))
        if less.start < less.end or less.text:
            joined.append(less)
    return [_around_line_ends(source, edit) for edit in joined]


def _trimmed(source: str, edit: Edit) -> Edit:
    old, new = source[edit.start : edit.end], edit.text
    head = _shared(old, new)
    old, new = old[head:], new[head:]
    tail = _shared(old[::-1], new[::-1])
    return Edit(edit.start + head, edit.end - tail, new[: len(new) - tail])


def _shared(a: str, b: str) -> int:
    """How many characters both begin with; compares slices, not characters."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _around_line_ends(source: str, edit: Edit) -> Edit:
    """`edit` with the CR before it or the LF behind it, where the two would meet."""
    start, end, text = edit
    follows = (source[start : start + 1], (text or source[end : end + 1])[:1])
    if source[start - 1 : start] == "\r" and "\n" in follows:
        start, text = start - 1, "\r" + text
    precedes = (source[max(end - 1, 0) : end], (text or source[max(start - 1, 0) : start])[-1:])
    if source[end : end + 1] == "\n" and "\r" in precedes:
        end, text = end + 1, text + "\n"
    return Edit(start, end, text)
