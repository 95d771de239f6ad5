"""What the server knows between two messages: the client, its texts, their findings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mmupgrade.analysis import Analysis
from mmupgrade.document import Document
from mmupgrade.findings import Finding
from mmupgrade.lsp.client import Client, client_of
from mmupgrade.lsp.documents import Documents, OpenDocument
from mmupgrade.lsp.options import Options
from mmupgrade.lsp.positions import Positions
from mmupgrade.lsp.uris import path_of
from mmupgrade.paths import python_files
from mmupgrade.project import is_below
from mmupgrade.workspace import Workspace

_ROOT = os.path.abspath(os.sep)


class Session:
    """One client's session, from `initialize` on."""

    def __init__(self, server: LanguageServer, params: types.InitializeParams) -> None:
        self.server = server
        self.client: Client = client_of(params)
        self.folders = _folders(params)
        self.options = Options(self.tell)
        first = self.folders[0] if self.folders else _ROOT
        encoding = types.PositionEncodingKind(server.workspace.position_encoding)
        self.documents = Documents(encoding, first)
        self.analysis = Analysis(self.options.of)
        #: The change that a hover shows of a field, by file and field, in the run it was made for.
        self.changes: dict[tuple[str, str], tuple[Workspace, str]] = {}
        #: The diagnostics of each file as they were last, by what they say.
        self.kept: dict[str, dict[object, types.Diagnostic]] = {}
        #: What the client said at first, where it says nothing else.
        self.said = said_of(params.initialization_options)
        #: The files that the client has been sent diagnostics of.
        self.sent: set[str] = set()
        #: The files that are to be cleared where the client asks for the whole workspace.
        self.gone: set[str] = set()
        #: The data of the code actions that were offered last, by title.
        self.offered: dict[str, Any] = {}
        for scope in self.scopes:
            self.options.set(scope, self.said)

    @property
    def scopes(self) -> list[str]:
        """What the client has settings for: everything, and each of its folders."""
        return [_ROOT, *self.folders]

    def tell(self, message: str) -> None:
        """Show the user what is wrong."""
        shown = types.ShowMessageParams(types.MessageType.Error, f"mmupgrade: {message}")
        self.server.window_show_message(shown)

    def findings(self, path: str) -> list[Finding]:
        """The findings that are shown of a file."""
        return self.analysis.findings(path) if self.shows(path) else []

    def shows(self, path: str) -> bool:
        """Whether the findings of a file are shown now."""
        if not self.options.switch("enable", path) or self.options.of(path).excludes(path):
            return False
        return self.analysis.is_open(path) or self._shows_closed(path)

    def _shows_closed(self, path: str) -> bool:
        if self.options.switch("diagnosticMode", path) != "workspace":
            return False
        return any(is_below(path, folder) for folder in self.folders)

    def files(self) -> Iterator[str]:
        """The Python files of the client's folders, as far as settings include them."""
        return python_files(filter(os.path.isdir, self.folders), self.options.of)

    def files_shown(self) -> Iterator[str]:
        """The files whose findings are shown: open ones, and those of the workspace if wanted."""
        seen = [held.document.path for held in self.documents]
        yield from seen
        if any(self._shows_closed(folder) for folder in self.folders):
            yield from (path for path in self.files() if path not in seen and self.shows(path))

    def at(self, uri: str) -> OpenDocument | None:
        """The open document of a URI."""
        return self.documents.get(uri)

    def positions(self, document: Document) -> Positions:
        """The positions of a document's text as the client counts them."""
        return self.documents.positions(document)


def _folders(params: types.InitializeParams) -> list[str]:
    """The folders of the client's workspace."""
    uris = [folder.uri for folder in params.workspace_folders or ()]
    uris = uris or [uri for uri in (params.root_uri,) if uri]
    paths = [path for uri in uris if (path := path_of(uri)) is not None]
    return paths or [path for path in (params.root_path,) if path]


def said_of(sent: object) -> dict[str, Any]:
    """The settings among what a client sends with `initialize`, or as its configuration."""
    if not isinstance(sent, dict):
        return {}
    inner = sent.get("settings", sent)
    inner = inner.get("mmupgrade", inner) if isinstance(inner, dict) else {}
    return inner if isinstance(inner, dict) else {}
