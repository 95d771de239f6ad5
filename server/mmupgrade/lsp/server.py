"""The language server: which message goes to which function."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer

from mmupgrade import __version__
from mmupgrade.lsp import (
    actions,
    commands,
    completion,
    hover,
    lenses,
    navigation,
    reports,
    startup,
    texts,
)
from mmupgrade.lsp.protocol import Protocol, converter
from mmupgrade.lsp.session import Session

log = logging.getLogger(__name__)
Handler = Callable[..., Any]


class _Feature(NamedTuple):
    """A method, what answers it, and what is answered where that fails."""

    method: str
    handler: Handler
    options: Any = None
    empty: Callable[[], Any] = lambda: None


_FILES = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(types.FileOperationPattern(glob, matches=kind), scheme="file")
        for glob, kind in (
            ("**/*.py", types.FileOperationPatternKind.File),
            ("**", types.FileOperationPatternKind.Folder),
        )
    ]
)
_FEATURES = (
    _Feature(types.TEXT_DOCUMENT_DID_OPEN, texts.did_open),
    _Feature(types.TEXT_DOCUMENT_DID_CHANGE, texts.did_change),
    _Feature(types.TEXT_DOCUMENT_DID_CLOSE, texts.did_close),
    _Feature(types.TEXT_DOCUMENT_DID_SAVE, texts.did_save, types.SaveOptions(include_text=False)),
    _Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, texts.did_change_watched_files),
    _Feature(types.WORKSPACE_DID_RENAME_FILES, texts.did_rename_files, _FILES),
    _Feature(types.WORKSPACE_DID_DELETE_FILES, texts.did_delete_files, _FILES),
    _Feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, startup.did_change_workspace_folders),
    _Feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, startup.did_change_configuration),
    _Feature(types.TEXT_DOCUMENT_HOVER, hover.hover),
    _Feature(types.TEXT_DOCUMENT_CODE_LENS, lenses.code_lens, None, list),
    _Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, navigation.document_link, None, list),
    _Feature(types.TEXT_DOCUMENT_DEFINITION, navigation.definition),
    _Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, navigation.document_symbol, None, list),
    _Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        completion.completion,
        types.CompletionOptions(trigger_characters=completion.TRIGGERS),
    ),
    _Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        actions.code_action,
        types.CodeActionOptions(code_action_kinds=list(actions.KINDS), resolve_provider=True),
        list,
    ),
    _Feature(types.CODE_ACTION_RESOLVE, actions.resolve),
)
_PULLED = (
    _Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        reports.document_diagnostic,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="mmupgrade"
        ),
        lambda: types.RelatedFullDocumentDiagnosticReport(items=[]),
    ),
    _Feature(
        types.WORKSPACE_DIAGNOSTIC,
        reports.workspace_diagnostic,
        None,
        lambda: types.WorkspaceDiagnosticReport(items=[]),
    ),
)
_COMMANDS = {
    "mmupgrade.migrate": commands.migrate,
    "mmupgrade.preview": commands.preview,
    "mmupgrade.explain": commands.explained,
    "mmupgrade.changed": commands.changed,
    "mmupgrade.migrateWorkspace": commands.migrate_workspace,
}


class Server(LanguageServer):
    """A language server with one session, which begins at `initialize`."""

    protocol: Protocol
    session: Session | None = None

    def __init__(self) -> None:
        super().__init__(
            "mmupgrade", __version__, protocol_cls=Protocol, converter_factory=converter
        )
        self.feature(types.INITIALIZE)(functools.partial(_begin, self))
        self.feature(types.INITIALIZED)(
            _answering(self, _Feature(types.INITIALIZED, startup.initialized))
        )
        for feature in _FEATURES:
            self.feature(feature.method, feature.options)(_answering(self, feature))
        for name, handler in _COMMANDS.items():
            self.command(name)(_answering(self, _Feature(name, handler)))


def _begin(server: Server, params: types.InitializeParams) -> None:
    """Diagnostics are offered to clients that ask for them, and sent to the others."""
    server.session = Session(server, params)
    for feature in _PULLED if server.session.client.pulls else ():
        server.feature(feature.method, feature.options)(_answering(server, feature))


def _answering(server: Server, feature: _Feature) -> Handler:
    """What answers a message: nothing, and a line in the log, where our own code fails."""
    handler = feature.handler

    def failed(error: Exception, params: object) -> Any:
        if isinstance(error, JsonRpcException):
            raise error
        log.error("%s failed%s", feature.method, _about(params), exc_info=error)
        return feature.empty()

    def session() -> Session:
        if server.session is None:
            raise JsonRpcServerNotInitialized("The session hasn't begun.")
        return server.session

    async def later(params: Any) -> Any:
        try:
            return await handler(session(), params)
        except Exception as error:
            return failed(error, params)

    def at_once(params: Any) -> Any:
        try:
            return handler(session(), params)
        except Exception as error:
            return failed(error, params)

    return later if inspect.iscoroutinefunction(handler) else at_once


def _about(params: object) -> str:
    """The file and the field or rule that a message is about, for the log."""
    data = getattr(params, "data", None)
    known = data if isinstance(data, dict) else {}
    document = getattr(params, "text_document", None)
    arguments = getattr(params, "arguments", None) or ()
    said = [
        getattr(document, "uri", None),
        *(argument for argument in arguments if isinstance(argument, str)),
        *(known[key] for key in ("uri", "field", "rule") if key in known),
    ]
    return "".join(f", {name}" for name in said if name)
