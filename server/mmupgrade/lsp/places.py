"""What stands at an offset of a config."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mmupgrade.document import Document
from mmupgrade.values import Value


class Place(NamedTuple):
    """A key on the way to an offset: its path, what sets it, the span of the key."""

    path: tuple[str, ...]
    value: Value | None
    span: tuple[int, int]


def place_at(document: Document, offset: int) -> Place | None:
    """The innermost key whose name or value holds `offset`."""
    top = _statement_at(document, offset)
    if top is None:
        return None
    found = top
    while True:
        inner = next((p for p in _entries(document, found) if _holds(p, offset)), None)
        if inner is None:
            return found
        found = inner


def _statement_at(document: Document, offset: int) -> Place | None:
    for name, uses in document.facts.bindings.items():
        for use in uses:
            start, end = document.facts.statement_span(use.order)
            if start <= offset <= end:
                return Place((name,), document.bound(use), use.span)
    return None


def _entries(document: Document, place: Place) -> Iterator[Place]:
    entries = place.value.entries if place.value is not None else None
    for key, entry in (entries or {}).items():
        if entry.value.document is document and not entry.star:
            yield Place((*place.path, key), entry.value, entry.key_span)


def _holds(place: Place, offset: int) -> bool:
    start, end = place.span
    if start <= offset <= end:
        return True
    if place.value is None:
        return False
    start, end = place.value.span
    return start <= offset <= end
