"""What the server knows between two messages: the client, its texts, their findings."""

from __future__ import annotations

import os
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

Params = Any


class Session:
    """One client's session, from `initialize` on."""

    def __init__(self, server: LanguageServer, params: types.InitializeParams) -> None:
        self.server = server
        self.client: Client = client_of(params)
        self.folders = _folders(params)
        self.options = Options(self.tell)
        first = self.folders[0] if self.folders else os.path.abspath(os.sep)
        encoding = types.PositionEncodingKind(server.workspace.position_encoding)
        self.documents = Documents(encoding, first)
        self.analysis = Analysis(self.options.of)
        #: Files to take back in the next report on the workspace.
        self.gone: set[str] = set()
        for folder in self.folders:
            self.options.set(folder, _said(params.initialization_options))

    def tell(self, message: str) -> None:
        """Show the user what is wrong."""
        shown = types.ShowMessageParams(types.MessageType.Error, f"mmupgrade: {message}")
        self.server.window_show_message(shown)

    def findings(self, path: str) -> list[Finding]:
        """The findings that are shown of a file."""
        wanted = self.options.switch("enable") and self.shows(path)
        return self.analysis.findings(path) if wanted else []

    def shows(self, path: str) -> bool:
        """Whether the findings of a file are shown now."""
        settings = self.options.of(path)
        if settings.excludes(path):
            return False
        return self.analysis.is_open(path) or self.options.switch("diagnosticMode") == "workspace"

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


def _said(options: object) -> dict[str, Any]:
    """The settings among the client's initialization options."""
    if not isinstance(options, dict):
        return {}
    inner = options.get("settings", options.get("mmupgrade", options))
    return inner if isinstance(inner, dict) else {}
