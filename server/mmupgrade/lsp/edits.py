"""The engine's edits as those of the protocol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import TextEdit

from mmupgrade.document import Document
from mmupgrade.edits import Edit, minimal
from mmupgrade.lsp.positions import Positions


def text_edits(positions: Positions, edits: Iterable[Edit]) -> list[TextEdit]:
    """`edits` for the client, in order and with nothing in them that stays as it is.

    So the cursor, folds and marks beside what changes stay where they are.
    """
    return [
        TextEdit(positions.range(edit.start, edit.end), edit.text)
        for edit in minimal(positions.text.value, edits)
    ]


def whole(document: Document, text: str) -> tuple[Edit, ...]:
    """The edits that make `text` of a document's text."""
    return tuple(minimal(document.text.value, [Edit(0, len(document.text.value), text)]))
