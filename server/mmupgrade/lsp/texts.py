"""Texts that are opened, changed and closed, and files that change on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable

from lsprotocol import types

from mmupgrade.lsp import reports
from mmupgrade.lsp.documents import OpenDocument
from mmupgrade.lsp.session import Session
from mmupgrade.paths import python_files
from mmupgrade.project import is_below

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
        reports.changed(session, path, others - {path})
    else:
        reports.clear(session, held.uri)
        reports.changed_others(session, others - {path})


def did_save(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """`textDocument/didSave`: not every client says what else changes on disk."""
    path = session.documents.path(params.text_document.uri)
    before = session.options.of(path)
    session.options.look_again()
    if session.options.of(path) != before:
        settings_changed(session)
    _on_disk(session, session.analysis.family(path))


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """`workspace/didChangeWatchedFiles`."""
    paths = [session.documents.path(change.uri) for change in params.changes]
    if any(os.path.basename(path) in _SETTINGS for path in paths):
        settings_changed(session)
    _on_disk(session, (path for path in paths if path.endswith(".py")))


def _on_disk(session: Session, paths: Iterable[str]) -> None:
    others = [session.analysis.changed_on_disk(path) for path in list(paths)]
    reports.changed_others(session, set().union(*others))


def settings_changed(session: Session) -> None:
    """Settings may say something else now, of any file."""
    session.options.look_again()
    session.analysis.forget_all()
    reports.everything_changed(session)


def did_rename_files(session: Session, params: types.RenameFilesParams) -> None:
    """`workspace/didRenameFiles`."""
    uris = [uri for file in params.files for uri in (file.old_uri, file.new_uri)]
    _on_disk(session, [path for uri in uris for path in _files(session, uri)])


def did_delete_files(session: Session, params: types.DeleteFilesParams) -> None:
    """`workspace/didDeleteFiles`."""
    _on_disk(session, [path for file in params.files for path in _files(session, file.uri)])


def _files(session: Session, uri: str) -> list[str]:
    """The file of a URI, or the files in a folder that is there or was."""
    path = session.documents.path(uri)
    if path.endswith(".py"):
        return [path]
    known = [held for held in session.analysis.known() if is_below(held, path)]
    there = python_files([path], session.options.of) if os.path.isdir(path) else ()
    return [*known, *there]
