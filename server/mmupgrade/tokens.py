"""Comments and string literals in source text, found without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"#[^\r\n]*"
    r"|[rRbBuUfF]{0,2}(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\")"
    r"|[rRbBuUfF]{0,2}(?:'(?:\\.|[^'\\\r\n])*'|\"(?:\\.|[^\"\\\r\n])*\")",
    re.S,
)


def comment_spans(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each comment of a stretch that begins outside strings."""
    if source.find("#", start, end) >= 0:
        for match in _TOKEN.finditer(source, start, end):
            if match.group().startswith("#"):
                yield match.span()


def string_spans(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of each string literal."""
    for match in _TOKEN.finditer(source):
        if not match.group().startswith("#"):
            yield match.span()


def parenthesised(source: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """A stretch with the parentheses around it; nothing before `floor` is looked at."""
    while True:
        before = _skip_back(source, start, floor)
        after = _skip(source, end)
        opened = before > floor and source[before - 1] == "("
        if not opened or source[after : after + 1] != ")":
            return start, end
        start, end = before - 1, after + 1


def _skip_back(source: str, position: int, floor: int) -> int:
    """Back over white space, line ends and comments."""
    while True:
        bare = floor + len(source[floor:position].rstrip(" \t\f\\\r\n"))
        if "\n" not in source[bare:position] and "\r" not in source[bare:position]:
            return bare
        comment = next((a for a, b in comment_spans(source, floor, bare) if b >= bare), None)
        if comment is None:
            return bare
        position = comment


def _skip(source: str, position: int) -> int:
    """Over white space, line ends and comments."""
    while position < len(source):
        if source[position] == "#":
            match = _TOKEN.match(source, position)
            position = match.end() if match else len(source)
        elif source[position] in " \t\f\\\r\n":
            position += 1
        else:
            break
    return position
