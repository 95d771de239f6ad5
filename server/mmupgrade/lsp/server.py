"""The language server: which messages it takes. What answers them is loaded when one comes."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcServerNotInitialized
from pygls.lsp.server import LanguageServer

from mmupgrade import __version__
from mmupgrade.lsp.client import client_of
from mmupgrade.lsp.kinds import KINDS
from mmupgrade.lsp.protocol import Protocol, converter

if TYPE_CHECKING:
    from mmupgrade.lsp.session import Session

log = logging.getLogger(__name__)
Handler = Callable[..., Any]


class _Feature(NamedTuple):
    """A method, what is said of it to the client, and whether its answer takes a while."""

    method: str
    options: Any = None
    later: bool = False


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
    _Feature(types.INITIALIZED, later=True),
    _Feature(types.TEXT_DOCUMENT_DID_OPEN),
    _Feature(types.TEXT_DOCUMENT_DID_CHANGE),
    _Feature(types.TEXT_DOCUMENT_DID_CLOSE),
    _Feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False)),
    _Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES),
    _Feature(types.WORKSPACE_DID_RENAME_FILES, _FILES),
    _Feature(types.WORKSPACE_DID_DELETE_FILES, _FILES),
    _Feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, later=True),
    _Feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, later=True),
    _Feature(types.TEXT_DOCUMENT_HOVER),
    _Feature(types.TEXT_DOCUMENT_CODE_LENS),
    _Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK),
    _Feature(types.TEXT_DOCUMENT_DEFINITION),
    _Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL),
    _Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=["[", ",", " "]),
    ),
    _Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True),
    ),
    _Feature(types.CODE_ACTION_RESOLVE),
)
_PULLED = (
    _Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="mmupgrade"
        ),
    ),
    _Feature(types.WORKSPACE_DIAGNOSTIC, later=True),
)
_COMMANDS = (
    _Feature("mmupgrade.migrate", later=True),
    _Feature("mmupgrade.preview"),
    _Feature("mmupgrade.explain", later=True),
    _Feature("mmupgrade.changed", later=True),
    _Feature("mmupgrade.migrateWorkspace", later=True),
)


class Server(LanguageServer):
    """A language server with one session, which begins at `initialize`."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "mmupgrade", __version__, protocol_cls=Protocol, converter_factory=converter
        )
        self._params: types.InitializeParams | None = None
        self._session: Session | None = None
        self.feature(types.INITIALIZE)(functools.partial(_begin, self))
        for feature in _FEATURES:
            self.feature(feature.method, feature.options)(_answering(self, feature))
        for command in _COMMANDS:
            self.command(command.method)(_answering(self, command))

    @property
    def session(self) -> Session:
        """The session. Raises the protocol's ServerNotInitialized before there is one."""
        from mmupgrade.lsp.session import Session

        if self._params is None:
            raise JsonRpcServerNotInitialized("The session hasn't begun.")
        if self._session is None:
            self._session = Session(self, self._params)
        return self._session

    def begin(self, params: types.InitializeParams) -> None:
        """Diagnostics are offered to clients that ask for them, and sent to the others."""
        self._params = params
        for feature in _PULLED if client_of(params).pulls else ():
            self.feature(feature.method, feature.options)(_answering(self, feature))


def _begin(server: Server, params: types.InitializeParams) -> None:
    server.begin(params)


def _answering(server: Server, feature: _Feature) -> Handler:
    """What answers a message: nothing, and a line in the log, where our own code fails."""

    def failed(error: Exception, params: object) -> Any:
        from mmupgrade.lsp.handlers import EMPTY

        if isinstance(error, JsonRpcException):
            raise error
        log.error("%s failed%s", feature.method, _about(params), exc_info=error)
        return EMPTY.get(feature.method, _nothing)()

    async def later(params: Any) -> Any:
        from mmupgrade.lsp.handlers import HANDLERS

        try:
            return await HANDLERS[feature.method](server.session, params)
        except Exception as error:
            return failed(error, params)

    def at_once(params: Any) -> Any:
        from mmupgrade.lsp.handlers import HANDLERS

        try:
            return HANDLERS[feature.method](server.session, params)
        except Exception as error:
            return failed(error, params)

    return later if feature.later else at_once


def _nothing() -> None:
    return None


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
