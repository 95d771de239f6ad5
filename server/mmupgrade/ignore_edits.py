"""Writing ignore comments: taking out what ignores nothing, and putting in what is asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import groupby

from mmupgrade.comments import Comment, comments
from mmupgrade.document import Document
from mmupgrade.edits import Edit, apply
from mmupgrade.ignores import Ignore, Name, Unused, ignores, lines_for
from mmupgrade.syntax import Module, parse
from mmupgrade.text import BOM, Text
from mmupgrade.tokens import string_spans


class Unsilenced(Exception):
    """A file that can't take ignore comments; the message says why."""


def without(document: Document, unused: Iterable[Unused]) -> str:
    """The whole text of a document without parts of its ignore comments; all else stays."""
    edits: list[Edit] = []
    for comment, parts in groupby(unused, key=lambda part: part.ignore.comment):
        edits += _removals(document, comment, list(parts))
    return _whole(document, apply(document.text.value, edits))


def _whole(document: Document, text: str) -> str:
    return BOM + text if document.bom else text


def _removals(document: Document, comment: Comment, parts: list[Unused]) -> Iterator[Edit]:
    """The edits of one comment, which is taken out as a whole where nothing of it is left."""
    source = document.text.value
    edits: list[Edit] = []
    for ignore, held in groupby(parts, key=lambda part: part.ignore):
        gone = [part.name for part in held]
        kept = [name for name in ignore.names or () if name not in gone]
        if kept and None not in gone:
            edits += _from_brackets(ignore, kept)
        else:
            following = source.find("#", ignore.end, comment.end)
            edits.append(Edit(ignore.start, comment.end if following < 0 else following, ""))
    left = _edited(source, comment, edits)
    if not left:
        yield _line_without(document, comment)
    elif edits[-1].end == comment.end:
        yield Edit(comment.start, comment.end, left.rstrip())
    else:
        yield from edits


def _edited(source: str, comment: Comment, edits: list[Edit]) -> str:
    start = comment.start
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    return apply(source[start : comment.end], moved)


def _line_without(document: Document, comment: Comment) -> Edit:
    """Take out a comment with the space before it, and its line if nothing else is on it."""
    text = document.text
    line = text.line(comment.start)
    first = text.starts[line]
    if comment.own_line:
        following = text.starts[line + 1] if line + 1 < len(text.starts) else len(text.value)
        return Edit(first, following, "")
    bare = text.value[first : comment.start].rstrip(" \t\f")
    return Edit(first + len(bare), comment.end, "")


def _from_brackets(ignore: Ignore, kept: list[Name]) -> Iterator[Edit]:
    """Take names out of the brackets, each with the comma between it and the next kept."""
    names = ignore.names or ()
    first = names.index(kept[0])
    if first:
        yield Edit(names[0].start, kept[0].start, "")
    for before, name in zip(names[first:], names[first + 1 :]):
        if name not in kept:
            yield Edit(before.end, name.end, "")


def silenced(document: Document, found: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """The text with comments that ignore the findings, and how many names were put in.

    The findings are given by rule and beginning. Raises Unsilenced.
    """
    if document.facts.module.problem is not None:
        raise Unsilenced("it doesn't parse")
    marks = ignores(document)
    wanted: dict[int, set[str]] = {}
    for rule, start in found:
        if not marks.covers(rule, start):
            wanted.setdefault(_free_line(document, start), set()).add(rule)
    edits = [_addition(document, line, sorted(rules)) for line, rules in wanted.items()]
    text = apply(document.text.value, edits)
    if _statements(parse(Text(text))) != _statements(document.facts.module):
        raise Unsilenced("a comment would change what it says")
    return _whole(document, text), sum(map(len, wanted.values()))


def _statements(module: Module) -> list[str]:
    return [ast.dump(node) for node, _ in module.statements]


def _free_line(document: Document, start: int) -> int:
    """The first line for a finding whose end is neither in a string nor carried on."""
    for line in lines_for(document, start):
        if _comment_of(document, line) or _is_free(document, line):
            return line
    raise Unsilenced("no line of a finding can take a comment")


def _is_free(document: Document, line: int) -> bool:
    source = document.text.value
    first, end = document.text.line_span(line)
    held = any(start < end < stop for start, stop in string_spans(source))
    return not held and not source[first:end].endswith("\\")


def _comment_of(document: Document, line: int) -> Comment | None:
    """The comment that a line ends in."""
    found = comments(document, 0, len(document.text.value))
    return next((one for one in found if document.text.line(one.start) == line), None)


def _addition(document: Document, line: int, rules: list[str]) -> Edit:
    """The edit that puts names into the line's ignore comment, or a new one at its end."""
    listed = ", ".join(rules)
    for ignore in ignores(document).each:
        if ignore.line == line and ignore.inside and not ignore.fault and not ignore.of_file:
            place = ignore.names[-1].end if ignore.names else ignore.inside[1]
            return Edit(place, place, f", {listed}" if ignore.names else listed)
    first, end = document.text.line_span(line)
    held = document.text.value[first:end]
    gap = "  "[len(held) - len(held.rstrip()) :] if held.strip() else ""
    return Edit(end, end, f"{gap}# mmupgrade: ignore[{listed}]")
