"""What stands at an offset of a config."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mmupgrade.document import Document
from mmupgrade.values import Value


class Place(NamedTuple):
    """A key on the way to an offset: its path, what sets it, the span of the key.

    An element of a list has its number for a key.
    """

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
        inner = next((p for p in _entries(document, found) if span_at(p, offset)), None)
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
    if place.value is None:
        return
    for key, entry in (place.value.entries or {}).items():
        if entry.value.document is document and not entry.star:
            yield Place((*place.path, key), entry.value, entry.key_span)
    for number, item in enumerate(place.value.items or ()):
        if item.document is document:
            yield Place((*place.path, str(number)), item, item.span)


def span_at(place: Place, offset: int) -> tuple[int, int] | None:
    """The span of the key, or of the value, whichever holds `offset`."""
    spans = [place.span] if place.value is None else [place.span, place.value.span]
    return next(((start, end) for start, end in spans if start <= offset <= end), None)
