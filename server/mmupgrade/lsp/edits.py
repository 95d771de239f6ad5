"""The engine's edits as those of the protocol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import TextEdit

from mmupgrade.document import Document
from mmupgrade.edits import Edit, apply, minimal
from mmupgrade.lsp.positions import Positions
from mmupgrade.text import Text


def text_edits(positions: Positions, edits: Iterable[Edit]) -> list[TextEdit]:
    """`edits` for the client, in order and with nothing in them that stays as it is.

    So the cursor, folds and marks beside what changes stay where they are.
    """
    return [
        TextEdit(positions.range(edit.start, edit.end), edit.text)
        for edit in minimal(positions.text.value, edits)
    ]


def line_edits(positions: Positions, edits: Iterable[Edit]) -> list[TextEdit]:
    """The same, each edit of whole lines: for clients that mistake columns."""
    text = positions.text
    groups: list[list[Edit]] = []
    reach = -1
    for edit in minimal(text.value, edits):
        if edit.start < reach:
            groups[-1].append(edit)
        else:
            groups.append([edit])
        reach = _line_end(text, max(edit.end, edit.start))
    return [_of_lines(positions, group) for group in groups]


def _line_end(text: Text, offset: int) -> int:
    """Where the line after that of `offset` starts, or the end of the text."""
    line = text.line(offset) + 1
    return text.starts[line] if line < len(text.starts) else len(text.value)


def _of_lines(positions: Positions, edits: list[Edit]) -> TextEdit:
    text = positions.text
    start = text.starts[text.line(edits[0].start)]
    end = _line_end(text, edits[-1].end)
    inner = [Edit(e.start - start, e.end - start, e.text) for e in edits]
    return TextEdit(positions.range(start, end), apply(text.value[start:end], inner))


def whole(document: Document, text: str) -> tuple[Edit, ...]:
    """The edits that make `text` of a document's text."""
    return tuple(minimal(document.text.value, [Edit(0, len(document.text.value), text)]))
