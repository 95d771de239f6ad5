"""Links to bases, the way to what a field overrides, and the fields of a file."""

from __future__ import annotations

import os

from lsprotocol import types

from mmupgrade.bases import Base, written_bases
from mmupgrade.fields import key_span
from mmupgrade.lsp.documents import OpenDocument
from mmupgrade.lsp.places import place_at
from mmupgrade.lsp.session import Session
from mmupgrade.view import View


def document_link(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """Each `_base_` entry as a link to its file."""
    held = session.at(params.text_document.uri)
    if held is None:
        return []
    positions = session.positions(held.document)
    return [
        types.DocumentLink(
            positions.range(*base.span),
            target=session.documents.uri(base.path),
            tooltip="Open the base",
        )
        for base in written_bases(held.document)
        if base.path is not None and _exists(session, base.path)
    ]


def _exists(session: Session, path: str) -> bool:
    return session.analysis.is_open(path) or os.path.isfile(path)


def definition(session: Session, params: types.DefinitionParams) -> list[types.Location] | None:
    """The file of a `_base_` entry, or where a base sets the field that is overridden."""
    held = session.at(params.text_document.uri)
    if held is None:
        return None
    offset = session.positions(held.document).offset(params.position)
    for base in written_bases(held.document):
        if base.span[0] <= offset <= base.span[1]:
            return _file(session, base)
    return _overridden(session, held, offset)


def _file(session: Session, base: Base) -> list[types.Location] | None:
    if base.path is None or not _exists(session, base.path):
        return None
    start = types.Position(0, 0)
    return [types.Location(session.documents.uri(base.path), types.Range(start, start))]


def _overridden(session: Session, held: OpenDocument, offset: int) -> list[types.Location] | None:
    place = place_at(held.document, offset)
    run = session.analysis.run(held.document.path) if place is not None else None
    if place is None or run is None:
        return None
    view = run.view(run.run[held.document.path])
    for path in (place.path[:length] for length in range(len(place.path), 0, -1)):
        for base in reversed(view.chain[:-1]):
            span = _key(base, path)
            if span is not None:
                where = session.positions(base.document).range(*span)
                return [types.Location(session.documents.uri(base.document.path), where)]
    return None


def _key(view: View, path: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the document of `view` itself sets the key at `path`."""
    value = view.document.value(path[0])
    if value is None or (len(path) > 1 and value.at(path[1:]) is None):
        return None
    return key_span(view.document, ".".join(path))


def document_symbol(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The top-level names of a file, those of 0.x marked as deprecated."""
    held = session.at(params.text_document.uri)
    if held is None:
        return []
    old = {f.field.partition(".")[0] for f in session.findings(held.document.path) if f.field}
    symbols = [_symbol(session, held, name, name in old) for name in held.document.facts.bindings]
    symbols.sort(key=lambda each: each.range.start.line)
    if session.client.nested_symbols:
        return symbols
    return [
        types.SymbolInformation(
            location=types.Location(held.uri, each.range),
            name=each.name,
            kind=each.kind,
            tags=each.tags,
        )
        for each in symbols
    ]


def _symbol(session: Session, held: OpenDocument, name: str, is_old: bool) -> types.DocumentSymbol:
    document, positions = held.document, session.positions(held.document)
    use = document.facts.bindings[name][-1]
    value = document.value(name)
    kind = types.SymbolKind.Variable
    if value is not None:
        kind = types.SymbolKind.Object if value.is_mapping else types.SymbolKind.Constant
    return types.DocumentSymbol(
        name=name,
        kind=kind,
        range=positions.range(*document.facts.statement_span(use.order)),
        selection_range=positions.range(*use.span),
        tags=[types.SymbolTag.Deprecated] if is_old else None,
    )
