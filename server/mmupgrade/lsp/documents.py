"""The documents that the client has open, as it has them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lsprotocol.types import (
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)

from mmupgrade.document import Document
from mmupgrade.lsp.positions import Positions
from mmupgrade.lsp.uris import WINDOWS, key, path_in, uri_of
from mmupgrade.text import BOM, Text

log = logging.getLogger(__name__)
_SURROGATE = re.compile("[\ud800-\udfff]")


class OpenDocument(NamedTuple):
    """A document at one version. A change makes another.

    `uri` is spelt as the client spells it. `text` is all that the client has,
    `document` the same for the engine, which keeps a byte order mark apart.
    """

    uri: str
    version: int | None
    text: Text
    document: Document


class Documents:
    """The open documents, each under all spellings of its URI.

    `folder`, an absolute path, is where buffers that have no file are thought to lie.
    """

    def __init__(
        self,
        encoding: PositionEncodingKind,
        folder: str,
        windows: bool = WINDOWS,
    ) -> None:
        self.encoding = encoding
        self._folder = folder
        self._windows = windows
        self._open: dict[str, OpenDocument] = {}

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(list(self._open.values()))

    def open(self, uri: str, version: int | None, source: str) -> OpenDocument:
        """Take a document in; one that is open already is replaced."""
        made = self._open[self._key(uri)] = self._made(uri, version, Text(_readable(source)))
        return made

    def change(
        self,
        uri: str,
        version: int | None,
        changes: Iterable[TextDocumentContentChangeEvent],
    ) -> OpenDocument | None:
        """Make all changes of one notification in order; None where `uri` isn't open."""
        held = self.get(uri)
        if held is None:
            log.warning("%s was changed but isn't open; the change is left out", uri)
            return None
        for change in changes:
            held = self._changed(held, change)
        made = self._open[self._key(uri)] = held._replace(version=version)
        return made

    def close(self, uri: str) -> OpenDocument | None:
        """Give a document up, and return it as it was; None where `uri` isn't open."""
        held = self._open.pop(self._key(uri), None)
        if held is None:
            log.warning("%s was closed but isn't open", uri)
        return held

    def get(self, uri: str) -> OpenDocument | None:
        """The open document of a URI, however it is spelt."""
        return self._open.get(self._key(uri))

    def at(self, path: str) -> OpenDocument | None:
        """The open document under an absolute path, as `Document.path` gives it."""
        return self._open.get(key(path, self._windows))

    def path(self, uri: str) -> str:
        """The path under which the engine knows a document, open or not."""
        return path_in(self._folder, uri, self._windows)

    def uri(self, path: str) -> str:
        """The URI of a path: the client's own where the document is open, or VS Code's."""
        held = self.at(path)
        return uri_of(path, self._windows) if held is None else held.uri

    def positions(self, document: Document) -> Positions:
        """The positions of a document's text as the client counts them."""
        held = self.at(document.path)
        return Positions(
            document.text, self.encoding, marked=held is not None and held.document.bom
        )

    def _key(self, uri: str) -> str:
        return key(self.path(uri), self._windows)

    def _made(self, uri: str, version: int | None, text: Text) -> OpenDocument:
        bom = text.value.startswith(BOM)
        document = Document(self.path(uri), text.edited(0, 1, "") if bom else text, bom)
        return OpenDocument(uri, version, text, document)

    def _changed(self, held: OpenDocument, change: TextDocumentContentChangeEvent) -> OpenDocument:
        source = _readable(change.text)
        if not isinstance(change, TextDocumentContentChangePartial):
            return self._made(held.uri, held.version, Text(source))
        start, end = Positions(held.text, self.encoding).span(change.range)
        if held.document.bom or (start == 0 and source.startswith(BOM)):
            return self._made(held.uri, held.version, held.text.edited(start, end, source))
        document = held.document.edited(start, end, source)
        return OpenDocument(held.uri, held.version, document.text, document)


def _readable(source: str) -> str:
    """`source` with U+FFFD, as wide in every encoding, for halves of a surrogate pair."""
    return source if source.isascii() else _SURROGATE.sub("\ufffd", source)
