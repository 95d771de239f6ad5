"""Ignore comments: `# mmupgrade: ignore[MMR101]`, and which findings they cover."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mmupgrade.comments import Comment, comments
from mmupgrade.document import Document
from mmupgrade.rule import named

#: The rule that judges the comments themselves; only its own name covers it.
UNUSED = "MMR906"

_DIRECTIVE = re.compile(
    r"#\s*mmupgrade\s*:\s*ignore(?P<file>-file)?(?![\w-])(?:\s*\[(?P<names>[^\]#]*)(?P<end>\])?)?",
    re.I,
)
_NAME = re.compile(r"[^\s,\[]+")
_UNBRACKETED = re.compile(r"\s*(?:[:=(]|MMR)", re.I)


class Name(NamedTuple):
    """A rule's id, the start of one, or a field, as a comment names it; with its offsets."""

    start: int
    end: int
    text: str

    @property
    def rules(self) -> frozenset[str]:
        """The ids of the rules that it stands for; none where it is unknown."""
        return frozenset(page.id for page in named(self.text))


class Ignore(NamedTuple):
    """One `mmupgrade: ignore` of a comment. Offsets are code points of the document.

    It reaches from `start` to `end`, with the reason that is given behind it. `names`
    stand in the brackets from `inside[0]` to `inside[1]`; both are None where there are
    no brackets, which means all rules. `fault` says why it ignores nothing.
    """

    comment: Comment
    start: int
    end: int
    line: int
    of_file: bool
    names: tuple[Name, ...] | None
    inside: tuple[int, int] | None
    fault: str

    def covering(self, rule: str) -> Name | None:
        """The first of its names that stands for the rule."""
        return next((name for name in self.names or () if rule in name.rules), None)

    def covers(self, rule: str) -> bool:
        """Whether it ignores the findings of the rule at the places it is for."""
        if self.fault:
            return False
        if self.names is None:
            return rule != UNUSED
        return self.covering(rule) is not None

    def parts(self) -> list[Unused]:
        """What of it can be unused by itself: each name, or the whole."""
        names: tuple[Name | None, ...] = (None,) if self.fault else self.names or (None,)
        return [Unused(self, name) for name in names]


class Unused(NamedTuple):
    """A part of a comment that ignores nothing: the whole of it, or one of its names."""

    ignore: Ignore
    name: Name | None

    @property
    def span(self) -> tuple[int, int]:
        """Code point offsets of the part."""
        part = self.name or self.ignore
        return part.start, part.end

    @property
    def is_unknown(self) -> bool:
        """Whether the name stands for no rule."""
        return self.name is not None and not self.name.rules


@dataclass(frozen=True, slots=True)
class Ignores:
    """The ignore comments of one document, in the order of the text."""

    document: Document
    each: tuple[Ignore, ...]

    def __bool__(self) -> bool:
        return bool(self.each)

    def covering(self, rule: str, start: int) -> Iterator[Ignore]:
        """Those that ignore a finding of `rule` that begins at `start`."""
        lines = lines_for(self.document, start) if self.each else ()
        for ignore in self.each:
            if (ignore.of_file or ignore.line in lines) and ignore.covers(rule):
                yield ignore

    def covers(self, rule: str, start: int) -> bool:
        """Whether a finding of `rule` that begins at `start` is ignored."""
        return next(self.covering(rule, start), None) is not None

    def unused(
        self, found: Iterable[tuple[str, int]], reports: Callable[[str], bool]
    ) -> list[Unused]:
        """What ignores none of the findings, which are given by rule and beginning.

        Names of rules that `reports` leaves out are not judged.
        """
        used = {
            Unused(ignore, ignore.covering(rule))
            for rule, start in found
            for ignore in self.covering(rule, start)
        }
        return [
            part
            for ignore in self.each
            for part in ignore.parts()
            if part not in used and (part.name is None or _is_judged(part.name, reports))
        ]


def _is_judged(name: Name, reports: Callable[[str], bool]) -> bool:
    return name.rules != {UNUSED} and all(map(reports, name.rules))


def ignores(document: Document) -> Ignores:
    """The ignore comments of a document, read once."""
    key = ("ignores", 0, 0)
    held = document.memo.get(key)
    if not isinstance(held, Ignores):
        held = document.memo[key] = Ignores(document, tuple(_read(document)))
    return held


def _read(document: Document) -> Iterator[Ignore]:
    source = document.text.value
    if "mmupgrade" not in source.lower():
        return
    for comment in comments(document, 0, len(source)):
        for match in _DIRECTIVE.finditer(source, comment.start, comment.end):
            yield _ignore(document, comment, match)


def _ignore(document: Document, comment: Comment, match: re.Match[str]) -> Ignore:
    source = document.text.value
    following = source.find("#", match.end(), comment.end)
    end = following if following >= 0 else comment.end
    bracketed = match["names"] is not None
    inside = match.span("names") if bracketed else None
    names = tuple(_names(source, *inside)) if inside else None
    return Ignore(
        comment=comment,
        start=match.start(),
        end=match.start() + len(source[match.start() : end].rstrip()),
        line=document.text.line(match.start()),
        of_file=match["file"] is not None,
        names=names,
        inside=inside,
        fault=_fault(match, comment, source[match.end() : end]),
    )


def _names(source: str, start: int, end: int) -> Iterator[Name]:
    for match in _NAME.finditer(source, start, end):
        yield Name(match.start(), match.end(), match.group())


def _fault(match: re.Match[str], comment: Comment, rest: str) -> str:
    if match["names"] is not None and match["end"] is None:
        return "its bracket isn't closed"
    if match["names"] is None and _UNBRACKETED.match(rest):
        return "rules are named in brackets, as in `ignore[MMR101]`"
    if match["file"] and not comment.own_line:
        return "`ignore-file` counts on a line of its own"
    return ""


def lines_for(document: Document, start: int) -> tuple[int, ...]:
    """The lines whose comments count for a finding that begins at `start`, 0-based.

    That is its own line, the last and the first of its statement, and where others
    share the statement's last line, the last of theirs.
    """
    line_of = document.text.line
    own = line_of(start)
    statement = _statement(document, start)
    if statement is None:
        return (own,)
    first, end, shared = statement
    return own, line_of(max(end - 1, 0)), line_of(max(shared - 1, 0)), line_of(first)


def _statement(document: Document, start: int) -> tuple[int, int, int] | None:
    """Where the simple statement around `start` begins and ends, and the last on its line."""
    statements = document.facts.module.statements
    spans = [document.facts.statement_span(order) for order in range(len(statements))]
    order = next((i for i, (first, end) in enumerate(spans) if first <= start < end), None)
    if order is None:
        return None
    node, chunk = statements[order]
    if not _is_simple(node):
        parts = (part for part in ast.walk(node) if isinstance(part, ast.stmt))
        inner = (chunk.span(part) for part in parts if _is_simple(part))
        held = next((span for span in inner if span[0] <= start < span[1]), None)
        return (*held, held[1]) if held is not None else None
    shared = spans[order][1]
    for first, end in spans[order + 1 :]:
        if document.text.line(first) != document.text.line(shared - 1):
            break
        shared = end
    return (*spans[order], shared)


def _is_simple(node: ast.stmt) -> bool:
    return not hasattr(node, "body") and not hasattr(node, "cases")
