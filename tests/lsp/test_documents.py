"""The server's copy of a document is the client's, whatever the client sends."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    PositionEncodingKind,
    Range,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from mmupgrade.lsp.documents import Documents
from mmupgrade.text import Text
from tests.lsp.texts import encodings, line_of, texts, units

URI = "file:///configs/a.py"


def documents(encoding: PositionEncodingKind = PositionEncodingKind.Utf16) -> Documents:
    return Documents(encoding, "/project", windows=False)


def partial(
    start: tuple[int, int], end: tuple[int, int], text: str
) -> TextDocumentContentChangePartial:
    return TextDocumentContentChangePartial(Range(Position(*start), Position(*end)), text)


class Client:
    """An editor: it holds the text, counts in its encoding, and edits at will."""

    def __init__(self, source: str, encoding: PositionEncodingKind, data: st.DataObject) -> None:
        self.source = source
        self._encoding = encoding
        self._data = data

    def edit(self) -> TextDocumentContentChangeEvent:
        new = self._data.draw(texts)
        if self._data.draw(st.integers(0, 5)) == 0:
            self.source = new
            return TextDocumentContentChangeWholeDocument(new)
        start, end = sorted(self._place() for _ in range(2))
        span = Range(self._position(start), self._position(end))
        self.source = self.source[:start] + new + self.source[end:]
        return TextDocumentContentChangePartial(span, new)

    def _place(self) -> int:
        """An offset that has a position: not one between CR and LF."""
        place = self._data.draw(st.integers(0, len(self.source)))
        return place - (self.source[max(place - 1, 0) : place + 1] == "\r\n")

    def _position(self, offset: int) -> Position:
        line, before = line_of(self.source, offset)
        return Position(line, units(before, self._encoding))


@given(texts, encodings, st.data())
def test_the_text_is_the_clients_after_every_notification(
    source: str, encoding: PositionEncodingKind, data: st.DataObject
) -> None:
    client = Client(source, encoding, data)
    held = documents(encoding)
    held.open(URI, 1, source)
    for version in range(2, 5):
        changes = [client.edit() for _ in range(data.draw(st.integers(0, 3)))]
        changed = held.change(URI, version, changes)
        assert changed is not None
        assert changed.version == version
        assert changed.text.value == client.source
        assert changed.text.starts == Text(client.source).starts
        assert changed.document.source == client.source
        assert held.get(URI) is changed


@pytest.mark.parametrize(
    ("source", "change", "after"),
    [
        ('x = "abc"', partial((0, 0), (0, 999), "y"), "y"),
        ("abc", partial((5, 0), (9, 9), "d"), "abcd"),
        ("a\fb\nc", partial((1, 0), (1, 1), "d"), "a\fb\nd"),
        ("a\u2028b\nc", partial((1, 0), (1, 1), "d"), "a\u2028b\nd"),
        ("abc", partial((0, 2), (0, 1), "x"), "axc"),
        ("a\nb\nc", partial((2, 0), (0, 1), "-"), "a-c"),
        ("a🚀b", partial((0, 2), (0, 2), "x"), "ax🚀b"),
        ("a", partial((0, 1), (0, 1), "\ud83d"), "a\ufffd"),
    ],
)
def test_changes(source: str, change: TextDocumentContentChangePartial, after: str) -> None:
    held = documents()
    held.open(URI, 1, source)
    shown = repr(change)
    changed = held.change(URI, 2, [change])
    assert changed is not None
    assert changed.text.value == after
    assert repr(change) == shown


def test_what_is_not_open_is_left(caplog: pytest.LogCaptureFixture) -> None:
    held = documents()
    with caplog.at_level(logging.WARNING):
        assert held.change(URI, 2, [partial((0, 0), (0, 0), "x")]) is None
        assert held.close(URI) is None
    assert [URI in message for message in caplog.messages] == [True, True]
    assert list(held) == []


def test_opening_again_replaces() -> None:
    held = documents()
    held.open(URI, 1, "a")
    held.open(URI, 7, "b")
    assert [(one.version, one.text.value) for one in held] == [(7, "b")]


def test_versions_may_be_unknown() -> None:
    held = documents()
    held.open(URI, None, "a")
    changed = held.change(URI, None, [partial((0, 0), (0, 0), "x")])
    assert changed is not None
    assert (changed.version, changed.text.value) == (None, "xa")


def test_a_snapshot_stays_as_it_was() -> None:
    held = documents()
    before = held.open(URI, 1, "a")
    held.change(URI, 2, [partial((0, 0), (0, 0), "x")])
    assert (before.version, before.text.value) == (1, "a")
    closed = held.close(URI)
    assert closed is not None
    assert closed.text.value == "xa"
    assert held.get(URI) is None


def test_the_client_is_answered_in_its_own_spelling() -> None:
    held = Documents(PositionEncodingKind.Utf16, "C:\\project", windows=True)
    opened = held.open("file:///C:/Configs/a%2Epy", 1, "a")
    assert opened.document.path == "C:\\Configs\\a.py"
    assert held.get("file:///c%3A/configs/A.py") is opened
    assert held.at("c:\\configs\\a.py") is opened
    assert held.uri("C:\\configs\\a.py") == "file:///C:/Configs/a%2Epy"
    assert held.uri("C:\\configs\\b.py") == "file:///c%3A/configs/b.py"
    changed = held.change("file:///c%3A/Configs/a.py", 2, [])
    assert changed is not None
    assert changed.uri == "file:///C:/Configs/a%2Epy"


def test_buffers_lie_in_the_folder() -> None:
    held = documents()
    first = held.open("untitled:Untitled-1", 1, "a")
    second = held.open("untitled:Untitled-2", 1, "b")
    assert first.document.path == "/project/untitled%3AUntitled-1"
    assert held.uri(second.document.path) == "untitled:Untitled-2"
    assert held.get("untitled:Untitled-1") is first


def test_a_byte_order_mark_is_the_clients_not_the_engines() -> None:
    held = documents()
    opened = held.open(URI, 1, "\ufeffab\ncd")
    assert (opened.document.text.value, opened.document.bom) == ("ab\ncd", True)
    assert held.positions(opened.document).position(1) == Position(0, 2)
    changed = held.change(URI, 2, [partial((0, 1), (0, 2), "x")])
    assert changed is not None
    assert changed.document.source == "\ufeffxb\ncd"
    unmarked = held.change(URI, 3, [partial((0, 0), (0, 1), "")])
    assert unmarked is not None
    assert held.positions(unmarked.document).position(1) == Position(0, 1)
