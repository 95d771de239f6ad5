"""The engine's edits as those of the protocol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import TextEdit

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
