"""Findings as text for people and as JSON for machines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mmupgrade.findings import Shown
from mmupgrade.moves import Applicability

if TYPE_CHECKING:
    from mmupgrade.fix import Rewrite

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


def text(found: Iterable[Shown], names: dict[str, str], paint: Paint) -> Iterator[str]:
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


def _snippet(row: Shown, paint: Paint) -> Iterator[str]:
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


def summary(found: list[Shown], files: int) -> str:
    """The last line of `check`."""
    if not found:
        return f"No 0.x fields found in {_count(files, 'file')}."
    holding = len({row.path for row in found})
    safe = sum(row.applicability == Applicability.SAFE for row in found)
    unsafe = sum(row.applicability == Applicability.UNSAFE for row in found)
    manual = len(found) - safe - unsafe
    head = f"{_count(len(found), 'finding')} in {_count(holding, 'file')}"
    return (
        f"{head}: {safe} fixed by `mmupgrade fix`, {unsafe} more with `--unsafe-fixes`, "
        f"{manual} by hand."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def statistics(found: list[Shown]) -> Iterator[str]:
    """One line a rule, the most frequent first."""
    counts = Counter((row.rule, row.name) for row in found)
    for (rule, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:6} {rule} {name}"


def as_json(found: Iterable[Shown], names: dict[str, str]) -> str:
    """A list of objects; lines and columns are 1-based and count code points."""
    import json

    return json.dumps([_object(row, names) for row in found], indent=2, ensure_ascii=False)


def _object(row: Shown, names: dict[str, str]) -> dict[str, object]:
    word = Applicability(row.applicability).word
    shown = {**row._asdict(), "path": names[row.path], "applicability": word}
    shown["fixes"] = list(shown.pop("titles"))
    del shown["source"]
    return shown


_NOTHING_LEFT = "nothing of 0.x is left"


def outcome(rewrite: Rewrite, name: str) -> str:
    """The line of `fix` for one file."""
    if rewrite.error:
        return f"{name}: left as it is: {rewrite.error}"
    parts = [f"migrated {len(rewrite.migrated)}"]
    if rewrite.left:
        fields = dict.fromkeys(left.field or left.rule.name for left in rewrite.left)
        parts.append(f"left {len(fields)} ({', '.join(fields)})")
    else:
        parts.append("left 0")
    runs = {
        "0.x": "still runs on 0.x",
        "1.x": "runs on 1.x, which ignores what is left" if rewrite.left else _NOTHING_LEFT,
        "neither": "runs on neither 0.x nor 1.x until the rest is migrated",
        "unknown": "what its bases hold isn't known",
    }[rewrite.runs]
    return f"{name}: {', '.join(parts)}; {runs}"
