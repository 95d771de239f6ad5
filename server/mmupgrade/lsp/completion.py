"""`textDocument/completion`: the rules in ignore comments."""

from __future__ import annotations

import re

from lsprotocol import types

from mmupgrade.lsp.session import Session
from mmupgrade.rule import pages

_INSIDE = re.compile(r"#\s*mmupgrade\s*:\s*ignore(?:-file)?\s*\[[^\]#]*$", re.I)
_WORD = re.compile(r"[\w.-]*$")


def completion(
    session: Session, params: types.CompletionParams
) -> list[types.CompletionItem] | None:
    """Every rule, where the cursor is inside the brackets of an ignore comment."""
    held = session.at(params.text_document.uri)
    if held is None:
        return None
    positions = session.positions(held.document)
    offset = positions.offset(params.position)
    text = held.document.text
    before = text.value[text.starts[text.line(offset)] : offset]
    if not _INSIDE.search(before):
        return None
    word = _WORD.search(before)
    start = offset - len(word.group()) if word else offset
    place = positions.range(start, offset)
    return [
        types.CompletionItem(
            label=page.id,
            detail=page.name,
            documentation=page.title,
            kind=types.CompletionItemKind.Value,
            filter_text=f"{page.id} {page.name}",
            sort_text=page.id,
            text_edit=types.TextEdit(place, page.id),
        )
        for page in pages()
    ]
