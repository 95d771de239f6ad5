"""What clients really send reaches the server's features, whole and unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mmupgrade.lsp.documents import Documents
from mmupgrade.lsp.protocol import Protocol, converter

URI = "file:///configs/a.py"


class Session:
    """A server that keeps documents, and a client that sends it notifications."""

    def __init__(self) -> None:
        self.documents = Documents(types.PositionEncodingKind.Utf16, "/project", windows=False)
        server = LanguageServer("server", "1", protocol_cls=Protocol, converter_factory=converter)

        @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
        def opened(params: types.DidOpenTextDocumentParams) -> None:
            item = params.text_document
            self.documents.open(item.uri, item.version, item.text)

        @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
        def changed(params: types.DidChangeTextDocumentParams) -> None:
            document = params.text_document
            self.documents.change(document.uri, document.version, params.content_changes)

        @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
        def closed(params: types.DidCloseTextDocumentParams) -> None:
            self.documents.close(params.text_document.uri)

        self._protocol = server.protocol

    def notify(self, method: str, **params: Any) -> None:
        message = {"jsonrpc": "2.0", "method": f"textDocument/{method}", "params": params}
        self._protocol.handle_message(self._protocol.structure_message(message))

    def open(self, text: str, **item: Any) -> None:
        document = {"uri": URI, "languageId": "python", "version": 1, "text": text, **item}
        self.notify("didOpen", textDocument=document)

    def change(self, *changes: dict[str, Any], version: int | None = 2) -> None:
        document = {"uri": URI, "version": version}
        self.notify("didChange", textDocument=document, contentChanges=changes)

    def held(self) -> tuple[int | None, str] | None:
        """The version and the text that the server has."""
        held = self.documents.get(URI)
        return None if held is None else (held.version, held.text.value)


def at(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    (line, character), (last_line, last_character) = start, end
    return {
        "start": {"line": line, "character": character},
        "end": {"line": last_line, "character": last_character},
    }


def test_a_document_from_open_to_close() -> None:
    session = Session()
    session.open('x = "abc"')
    session.change({"range": at((0, 0), (0, 999)), "text": "y"})
    assert session.held() == (2, "y")
    session.change({"text": "a\fb\nc"}, {"range": at((1, 0), (1, 1)), "text": "d"}, version=3)
    assert session.held() == (3, "a\fb\nd")
    session.notify("didClose", textDocument={"uri": URI})
    assert session.held() is None


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"range": None, "text": "new"}, "new"),
        ({"range": at((0, 1), (0, 2**32 - 1)), "text": "x"}, "ax\nc"),
        ({"range": at((0, 0), (2**53, 0)), "text": "x"}, "x"),
        ({"range": at((-1, 0), (0, 1)), "text": "x"}, "xb\nc"),
        ({"range": at((0, 0), (0, 1)), "rangeLength": 1, "text": "x"}, "xb\nc"),
    ],
)
def test_odd_changes(change: dict[str, Any], after: str) -> None:
    session = Session()
    session.open("ab\nc")
    session.change(change)
    assert session.held() == (2, after)


def test_versions_may_be_null() -> None:
    session = Session()
    session.open("a", version=None)
    assert session.held() == (None, "a")
    session.change({"text": "b"}, version=None)
    assert session.held() == (None, "b")
    session.change({"text": "c"}, version=7)
    assert session.held() == (7, "c")


def test_a_change_of_what_is_not_open_is_survived() -> None:
    session = Session()
    session.change({"text": "b"})
    assert session.held() is None
    session.open("a")
    assert session.held() == (1, "a")


def test_nothing_is_kept_of_a_notification() -> None:
    session = Session()
    session.open("x = 1")
    for version in range(2, 9):
        session.change({"text": "y"}, version=version)
    assert session._protocol._request_futures == {}
