"""Findings as text for people."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from mmupgrade.findings import Record
from mmupgrade.moves import Applicability

_BOLD, _RED, _YELLOW, _CYAN, _OFF = "\033[1m", "\033[31m", "\033[33m", "\033[36m", "\033[0m"


class Paint:
    """Colours where they are wanted, nothing elsewhere."""

    def __init__(self, coloured: bool) -> None:
        self._coloured = coloured

    def __call__(self, text: str, colour: str) -> str:
        """`text` in `colour`."""
        return f"{colour}{text}{_OFF}" if self._coloured else text


def wants_colour(stream: object) -> bool:
    """Whether `stream` is a terminal and NO_COLOR isn't set."""
    is_terminal = getattr(stream, "isatty", None)
    return bool(is_terminal and is_terminal() and not os.environ.get("NO_COLOR"))


def report(found: Sequence[Record], names: Mapping[str, str], stream: TextIO) -> None:
    """Write every finding, and how many there are; in colour on a terminal."""
    paint = Paint(wants_colour(stream))
    print(*text(found, names, paint), summary(found, len(names)), sep="\n", file=stream)


def text(found: Iterable[Record], names: Mapping[str, str], paint: Paint) -> Iterator[str]:
    """One block a finding: where, what, the source line, and what can be done.

    `names` gives the path to show for a document's path.
    """
    for row in found:
        path = paint(names[row.path], _BOLD)
        rule = paint(row.rule, _RED)
        mark = paint((" ", " [unsafe] ", " [*] ")[row.applicability], _CYAN)
        yield f"{path}:{row.line}:{row.column}: {rule}{mark}{row.message}"
        yield from _snippet(row, paint)
        yield ""


def _snippet(row: Record, paint: Paint) -> Iterator[str]:
    gutter = " " * len(str(row.line))
    last = row.end_column - 1 if row.end_line == row.line else len(row.source)
    before, marked = row.source[: row.column - 1], row.source[row.column - 1 : last]
    yield f"{gutter} |"
    yield f"{row.line} | {row.source.expandtabs(4)}"
    carets = "^" * max(_width(marked), 1)
    yield f"{gutter} | {' ' * _width(before.expandtabs(4))}{paint(carets, _YELLOW)}"
    for title in row.titles:
        yield f"{gutter} = help: {title}"


def _width(shown: str) -> int:
    """How many columns of a terminal a text takes."""
    if shown.isascii():
        return len(shown)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in shown
    )


def summary(found: Sequence[Record], files: int) -> str:
    """The last line of `check`."""
    if not found:
        return f"No 0.x fields found in {count(files, 'file')}."
    holding = len({row.path for row in found})
    safe = sum(row.applicability == Applicability.SAFE for row in found)
    unsafe = sum(row.applicability == Applicability.UNSAFE for row in found)
    manual = len(found) - safe - unsafe
    head = f"{count(len(found), 'finding')} in {count(holding, 'file')}"
    return (
        f"{head}: {safe} fixed by `mmupgrade fix`, {unsafe} more with `--unsafe-fixes`, "
        f"{manual} by hand."
    )


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def known(number: int) -> str:
    """What is said of findings that a baseline hides."""
    return f"{count(number, 'finding')} more in the baseline."


def statistics(found: list[Record]) -> Iterator[str]:
    """One line a rule, the most frequent first."""
    counts = Counter((row.rule, row.name) for row in found)
    for (rule, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:6} {rule} {name}"
