"""How diagnostics reach the client: it asks for them, or they are sent where it can't."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from lsprotocol import types

from mmupgrade.lsp.diagnostics import diagnostics, result_id
from mmupgrade.lsp.session import Session
from mmupgrade.lsp.uris import uri_of

#: Files that are looked at between two looks at other messages.
_AT_ONCE = 8


def changed(session: Session, path: str, others: Iterable[str]) -> None:
    """A file has other findings now, and perhaps others that are shown."""
    if not session.client.pulls:
        publish(session, path)
    changed_others(session, others)


def changed_others(session: Session, others: Iterable[str]) -> None:
    """Files that are shown, or were, may have other findings now."""
    concerned = [path for path in others if session.shows(path) or path in session.sent]
    if not session.client.pulls:
        for path in concerned:
            publish(session, path)
    elif concerned and session.client.refreshes_diagnostics:
        session.server.workspace_diagnostic_refresh(None)


def everything_changed(session: Session) -> None:
    """All that is shown may be different now."""
    if session.client.pulls:
        if session.client.refreshes_diagnostics:
            session.server.workspace_diagnostic_refresh(None)
    else:
        for path in dict.fromkeys([*session.files_shown(), *session.sent]):
            publish(session, path)
    if session.client.refreshes_lenses:
        session.server.workspace_code_lens_refresh(None)


def publish(session: Session, path: str) -> None:
    """Send the diagnostics of one file; of one that isn't open, only where that tells anything."""
    held = session.documents.at(path)
    items = diagnostics(session, path)
    if held is None and not items and path not in session.sent:
        return
    (session.sent.add if items else session.sent.discard)(path)
    session.server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(
            uri=session.documents.uri(path),
            version=held.version if held is not None else None,
            diagnostics=items,
        )
    )


def clear(session: Session, uri: str) -> None:
    """Take back what was sent for a file that is gone or closed."""
    path = session.documents.path(uri)
    session.sent.discard(path)
    if session.client.pulls:
        session.gone.add(path)
    else:
        gone = types.PublishDiagnosticsParams(uri=uri, diagnostics=[])
        session.server.text_document_publish_diagnostics(gone)


def document_diagnostic(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """`textDocument/diagnostic`."""
    path = session.documents.path(params.text_document.uri)
    found = session.findings(path)
    id = result_id(found)
    if id == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=id)
    return types.RelatedFullDocumentDiagnosticReport(items=diagnostics(session, path), result_id=id)


async def workspace_diagnostic(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """`workspace/diagnostic`: a piece at a time where the client takes pieces; can be cancelled."""
    known = {session.documents.path(held.uri): held.value for held in params.previous_result_ids}
    token = params.partial_result_token
    paths = list(dict.fromkeys(session.files_shown()))
    gone = {*known, *session.gone}.difference(paths)
    made: list[types.WorkspaceDocumentDiagnosticReport] = []
    for first in range(0, len(paths), _AT_ONCE):
        await asyncio.sleep(0)
        piece = [_report(session, path, known) for path in paths[first : first + _AT_ONCE]]
        if token is None:
            made += piece
        else:
            value = types.WorkspaceDiagnosticReportPartialResult(piece)
            session.server.protocol.notify(types.PROGRESS, types.ProgressParams(token, value))
    made += [_full(session, path, [], "") for path in sorted(gone)]
    session.gone -= gone
    return types.WorkspaceDiagnosticReport(made)


def _report(
    session: Session, path: str, known: dict[str, str]
) -> types.WorkspaceDocumentDiagnosticReport:
    found = session.findings(path)
    id = result_id(found)
    if known.get(path) == id:
        held = session.documents.at(path)
        return types.WorkspaceUnchangedDocumentDiagnosticReport(
            uri=session.documents.uri(path), result_id=id, version=held.version if held else None
        )
    return _full(session, path, diagnostics(session, path), id)


def _full(
    session: Session, path: str, items: list[types.Diagnostic], id: str
) -> types.WorkspaceFullDocumentDiagnosticReport:
    held = session.documents.at(path)
    return types.WorkspaceFullDocumentDiagnosticReport(
        uri=held.uri if held is not None else uri_of(path),
        items=items,
        result_id=id,
        version=held.version if held is not None else None,
    )
