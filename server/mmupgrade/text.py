"""Source text and its lines. Offsets are code points into one `str`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")


def _starts(value: str) -> list[int]:
    if "\r" in value:
        return [0, *(match.end() for match in _LINE_END.finditer(value))]
    *lines, _ = value.split("\n")
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


def _spliced(starts: list[int], value: str, start: int, end: int, stop: int) -> list[int]:
    """The line starts of `value`, made from `starts` by writing anew from `start` to `stop`.

    `end` is where the part that was replaced ended. Only where the new part begins
    and ends can CR and LF have met or parted.
    """
    kept = starts[: max(bisect_left(starts, start), 1)]
    ends = (match.end() for match in _LINE_END.finditer(value, max(start - 1, 0), stop + 1))
    kept += [offset for offset in ends if offset <= stop]
    shift = stop - end
    moved = starts[bisect_right(starts, end) :]
    return kept + ([offset + shift for offset in moved] if shift else moved)


class Text:
    """An immutable source text with a lazy line index.

    Only LF, CR LF and CR end a line, as in Python and in the Language Server
    Protocol; form feed and U+2028 do not.
    """

    __slots__ = ("_ascii", "_starts", "value")

    def __init__(self, value: str) -> None:
        self.value = value
        self._ascii = value.isascii()
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        if self._starts is None:
            self._starts = _starts(self.value)
        return self._starts

    def edited(self, start: int, end: int, new: str) -> Text:
        """This text with `new` instead of the code points from `start` to `end`.

        Lines that are known already are not looked for again.
        """
        edited = Text("".join((self.value[:start], new, self.value[end:])))
        if self._starts is not None:
            edited._starts = _spliced(self._starts, edited.value, start, end, start + len(new))
        return edited

    @property
    def newline(self) -> str:
        """The first line end of the text, or LF where it holds none."""
        match = _LINE_END.search(self.value)
        return match.group() if match else "\n"

    def offset(self, line: int, byte: int) -> int:
        """The offset of a position as `ast` gives it: 1-based line, UTF-8 bytes into it."""
        start = self.starts[line - 1]
        if self._ascii:
            return start + byte
        prefix = self.value[start : start + byte]
        if prefix.isascii():
            return start + byte
        return start + len(prefix.encode()[:byte].decode(errors="ignore"))

    def line(self, offset: int) -> int:
        """The 0-based number of the line that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def position(self, offset: int) -> tuple[int, int]:
        """The 0-based line and column (code points) of `offset`."""
        line = self.line(offset)
        return line, offset - self.starts[line]

    def line_span(self, line: int) -> tuple[int, int]:
        """Start and end of a line, its line end excluded."""
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.value)
        if end > start and self.value[end - 1] == "\n":
            end -= 1
        if end > start and self.value[end - 1] == "\r":
            end -= 1
        return start, end
