"""Texts that are opened, changed and closed, and files that change on disk."""

from __future__ import annotations

import os

from lsprotocol import types

from mmupgrade.lsp import reports
from mmupgrade.lsp.documents import OpenDocument
from mmupgrade.lsp.session import Session

_SETTINGS = ("mmupgrade.toml", "pyproject.toml")


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """`textDocument/didOpen`."""
    item = params.text_document
    _take(session, session.documents.open(item.uri, item.version, item.text))


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """`textDocument/didChange`."""
    item = params.text_document
    held = session.documents.change(item.uri, item.version, params.content_changes)
    if held is not None:
        _take(session, held)


def _take(session: Session, held: OpenDocument) -> None:
    others = session.analysis.open(held.document)
    reports.changed(session, held.document.path, others)


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """`textDocument/didClose`."""
    held = session.documents.close(params.text_document.uri)
    if held is None:
        return
    path = held.document.path
    others = session.analysis.close(path)
    if session.shows(path):
        reports.changed(session, path, others)
    else:
        reports.clear(session, held.uri)
        reports.changed_others(session, others)


def did_save(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """`textDocument/didSave`: not every client says what else changes on disk."""
    path = session.documents.path(params.text_document.uri)
    for member in session.analysis.family(path):
        _on_disk(session, member)


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """`workspace/didChangeWatchedFiles`."""
    settings = False
    for change in params.changes:
        path = session.documents.path(change.uri)
        settings = settings or os.path.basename(path) in _SETTINGS
        if path.endswith(".py"):
            _on_disk(session, path)
            if change.type is types.FileChangeType.Deleted and session.at(change.uri) is None:
                reports.clear(session, change.uri)
    if settings:
        settings_changed(session)


def _on_disk(session: Session, path: str) -> None:
    others = session.analysis.changed_on_disk(path)
    if session.shows(path):
        reports.changed(session, path, others)
    else:
        reports.changed_others(session, others)


def settings_changed(session: Session) -> None:
    """Settings may say something else now, of any file."""
    session.options.look_again()
    session.analysis.forget_all()
    reports.everything_changed(session)


def did_rename_files(session: Session, params: types.RenameFilesParams) -> None:
    """`workspace/didRenameFiles`."""
    for file in params.files:
        _gone(session, file.old_uri)
        _on_disk(session, session.documents.path(file.new_uri))


def did_delete_files(session: Session, params: types.DeleteFilesParams) -> None:
    """`workspace/didDeleteFiles`."""
    for file in params.files:
        _gone(session, file.uri)


def _gone(session: Session, uri: str) -> None:
    _on_disk(session, session.documents.path(uri))
    if session.at(uri) is None:
        reports.clear(session, uri)


def did_change_workspace_folders(
    session: Session, params: types.DidChangeWorkspaceFoldersParams
) -> None:
    """`workspace/didChangeWorkspaceFolders`."""
    gone = {session.documents.path(folder.uri) for folder in params.event.removed}
    new = [session.documents.path(folder.uri) for folder in params.event.added]
    session.folders[:] = [folder for folder in session.folders if folder not in gone] + new
