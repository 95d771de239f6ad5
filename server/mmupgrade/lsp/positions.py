"""Positions as the client counts them, and offsets as the engine does."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol.types import Position, PositionEncodingKind, Range

from mmupgrade.text import BOM, Text

#: The codec of each encoding, and the bytes of one of its code units.
_CODECS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


@dataclass(frozen=True, slots=True)
class Positions:
    """Offsets into one text (code points) and LSP positions of it, both ways.

    `marked` says that the client's copy begins with a byte order mark that `text`
    lacks. A conversion costs the length of its line, or nothing where the line is
    ASCII. The text holds no lone surrogates.
    """

    text: Text
    encoding: PositionEncodingKind = PositionEncodingKind.Utf16
    marked: bool = False

    def position(self, offset: int) -> Position:
        """The position of `offset`; between CR and LF it is that of the line's end."""
        return Position(*self.place(offset))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and character of `offset`, as numbers."""
        line = self.text.line(offset)
        start, end = self.text.line_span(line)
        units = self._units(self.text.value[start : min(offset, end)])
        return line, units + self._mark(line)

    def offset(self, position: Position) -> int:
        """The offset of `position`.

        As the specification has it, a character past the end of its line is the line's
        end; a line past the last is the end of the text. A position inside a character
        goes before it: so what is empty stays empty, and no character is cut.
        """
        if position.line >= len(self.text.starts):
            return len(self.text.value)
        start, end = self.text.line_span(position.line)
        units = max(position.character - self._mark(position.line), 0)
        before = self.text.value[start : min(end, start + units)]
        return start + (len(before) if before.isascii() else self._fitting(before, units))

    def range(self, start: int, end: int) -> Range:
        """The range from one offset to another."""
        return Range(self.position(start), self.position(end))

    def span(self, range: Range) -> tuple[int, int]:
        """Start and end of `range` as offsets; a range that is given backwards is turned."""
        start, end = self.offset(range.start), self.offset(range.end)
        return min(start, end), max(start, end)

    def _mark(self, line: int) -> int:
        return self._units(BOM) if self.marked and line == 0 else 0

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        codec, width = _CODECS[self.encoding]
        return len(text.encode(codec)) // width

    def _fitting(self, text: str, units: int) -> int:
        """How many characters of `text` lie within its first `units` code units."""
        codec, width = _CODECS[self.encoding]
        return len(text.encode(codec)[: units * width].decode(codec, "ignore"))
