"""Parsing that survives a broken statement.

A text that parses is parsed once, as a whole. Where it doesn't, it is split at
the lines that start a statement in column 0 and each piece is parsed alone, so
that a broken statement costs only itself.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import NamedTuple

from mmupgrade.text import Text

#: MMEngine and MMCV replace these in the text before Python sees it.
TEMPLATE = r"\{\{\s*['\"]?\s*(?:\$\s*\w+\s*:|_base_\.|file\w+)[^{}\n]*\}\}"
#: A letter no config uses: names and strings made of it stand for a template.
TEMPLATE_MARK = "\ua4d4"

_CONTINUES = re.compile(r"[\s#)\]}]|(?:else|elif|except|finally)\b|$")
_JOINED = 6
_JOINED_IN_STRING = 60


class SyntaxProblem(NamedTuple):
    """Why a text doesn't parse: code point offsets and Python's own message."""

    start: int
    end: int
    message: str


class Chunk(NamedTuple):
    """A piece of source that was parsed alone, and where it starts in the whole."""

    text: Text
    start: int

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Start and end offset of `node` in the whole text."""
        end_line, end_byte = node.end_lineno or node.lineno, node.end_col_offset or 0
        return (
            self.start + self.text.offset(node.lineno, node.col_offset),
            self.start + self.text.offset(end_line, end_byte),
        )


class Module(NamedTuple):
    """The statements of a text in order, each with the chunk its positions count from."""

    statements: tuple[tuple[ast.stmt, Chunk], ...]
    problem: SyntaxProblem | None


def parse(text: Text) -> Module:
    """Parse `text`, keeping what is intact where something is broken."""
    source = _mask_templates(text.value)
    masked = text if source is text.value else Text(source)
    try:
        tree = _parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Module(tuple(_pieces(masked)), _problem(error, text))
    chunk = Chunk(masked, 0)
    return Module(tuple((node, chunk) for node in tree.body), None)


def parsed(piece: str) -> ast.Module | None:
    """The tree of a piece of text, or None where it doesn't parse alone."""
    try:
        return _parse(piece)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _parse(source: str) -> ast.Module:
    if "\\" not in source:
        return ast.parse(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _mask_templates(source: str) -> str:
    if "{{" not in source:
        return source
    return re.sub(TEMPLATE, lambda match: TEMPLATE_MARK * len(match.group()), source)


def _problem(error: Exception, text: Text) -> SyntaxProblem:
    if not isinstance(error, SyntaxError) or not error.lineno:
        return SyntaxProblem(0, 0, _plain_message(error))
    lines = len(text.starts)
    start_line = min(error.lineno, lines)
    first, last = text.line_span(start_line - 1)
    start = min(first + max((error.offset or 1) - 1, 0), last)
    end = start + 1
    if error.end_lineno == error.lineno and error.end_offset:
        end = first + error.end_offset - 1
    return SyntaxProblem(start, max(start, min(end, last)), error.msg)


def _plain_message(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return error.msg
    if isinstance(error, (RecursionError, MemoryError)):
        return "too deeply nested to be parsed"
    return str(error)


def _pieces(text: Text) -> list[tuple[ast.stmt, Chunk]]:
    starts = _statement_starts(text)
    found: list[tuple[ast.stmt, Chunk]] = []
    index = 0
    while index < len(starts) - 1:
        parsed, used = _first_that_parses(text.value, starts, index)
        found += parsed
        index += used
    return found


def _statement_starts(text: Text) -> list[int]:
    value = text.value
    starts = [start for start in text.starts if not _CONTINUES.match(value, start)]
    return [*starts, len(value)]


def _first_that_parses(
    value: str, starts: list[int], index: int
) -> tuple[list[tuple[ast.stmt, Chunk]], int]:
    """The statements from `starts[index]` on, and how many starts they take up."""
    start = starts[index]
    piece = value[start : starts[index + 1]]
    reach = _JOINED_IN_STRING if "'''" in piece or '"""' in piece else _JOINED
    for used in range(1, min(reach, len(starts) - 1 - index) + 1):
        piece = value[start : starts[index + used]]
        tree = parsed(piece)
        if tree is None:
            continue
        chunk = Chunk(Text(piece), start)
        return [(node, chunk) for node in tree.body], used
    return [], 1
