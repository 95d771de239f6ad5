"""`textDocument/codeLens`: how much there is to migrate, above the first field."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from mmupgrade.lsp.migrate import relatives
from mmupgrade.lsp.session import Session


def code_lens(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    """One line of lenses above the first 0.x field of a config."""
    held = session.at(params.text_document.uri)
    if held is None or not session.options.switch("codeLens", held.document.path):
        return []
    found = [finding for finding in session.findings(held.document.path) if finding.field]
    fields = len({finding.field for finding in found})
    if not fields:
        return []
    line = held.document.text.line(found[0].start)
    start = types.Position(line, 0)
    place = types.Range(start, start)
    count = "1 field" if fields == 1 else f"{fields} fields"
    fixable = [finding for finding in found if finding.titles]
    others = relatives(session, held.document.path) if fixable else ""
    lenses: list[tuple[str, str, list[Any]]] = [
        (f"{count} to migrate", "mmupgrade.explain", [found[0].rule.id])
    ]
    if fixable:
        for name in ("preview", "migrate"):
            lenses.append((name, f"mmupgrade.{name}", [held.uri, {"family": False}]))
    if others:
        family = [held.uri, {"family": True}]
        lenses.append((f"migrate with {others}", "mmupgrade.migrate", family))
    return [
        types.CodeLens(place, types.Command(title, command, arguments=arguments))
        for title, command, arguments in lenses
    ]
