"""Comments, and what each of them stands beside."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from mmupgrade.document import Document
from mmupgrade.tokens import comment_spans
from mmupgrade.tree import Branch, Carrier, Items, Leaf, Node, Statement, children
from mmupgrade.values import Entry, Value

_PRAGMA = r"(?i)#\s*(?:yapf|fmt|isort|noqa|type|pylint|mypy|pragma|mmupgrade)\b"


class Comment(NamedTuple):
    """One comment: its code point offsets, and whether it has its line for itself."""

    start: int
    end: int
    text: str
    own_line: bool

    @property
    def is_pragma(self) -> bool:
        """Whether it speaks to a tool and so stays where it is."""
        return bool(re.match(_PRAGMA, self.text))


@dataclass(slots=True)
class Beside:
    """The comments around one value."""

    above: list[Comment] = field(default_factory=list)
    after: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Inside:
    """The comments of a bracket: after its opening, around each part, before its end."""

    opening: list[Comment]
    parts: list[Beside]
    closing: list[Comment]


def comments(document: Document, start: int, end: int) -> list[Comment]:
    """The comments of a stretch of text that starts and ends outside strings."""
    source = document.text.value
    return [_comment(document, *span) for span in comment_spans(source, start, end)]


def _comment(document: Document, start: int, end: int) -> Comment:
    source = document.text.value
    line_start = document.text.starts[document.text.line(start)]
    own = not source[line_start:start].strip(" \t\f")
    return Comment(start, end, source[start:end].rstrip(), own)


def inside(value: Value) -> Inside:
    """The comments of a dict or list expression."""
    key = ("inside", *value.span)
    held = value.document.memo.get(key)
    if not isinstance(held, Inside):
        held = value.document.memo[key] = _inside(value)
    return held


def _inside(value: Value) -> Inside:
    start, end = value.span
    spans = value.part_spans()
    result = Inside([], [Beside() for _ in spans], [])
    for comment in comments(value.document, start, end):
        if not any(first <= comment.start < last for first, last in spans):
            _place(value.document, comment, spans, result)
    return result


def _place(document: Document, comment: Comment, spans: list[tuple[int, int]], to: Inside) -> None:
    following = next((i for i, (first, _) in enumerate(spans) if first > comment.start), len(spans))
    line_of = document.text.line
    if following and line_of(spans[following - 1][1] - 1) == line_of(comment.start):
        to.parts[following - 1].after.append(comment)
    elif not following and not comment.own_line:
        to.opening.append(comment)
    elif following < len(spans):
        to.parts[following].above.append(comment)
    else:
        to.closing.append(comment)


def item_comments(owner: Value, item: Value) -> Beside:
    """The comments around one item of the list `owner`."""
    node = owner.node
    if isinstance(node, (ast.List, ast.Tuple)) and item.document is owner.document:
        for index, part in enumerate(node.elts):
            if part is item.node:
                return inside(owner).parts[index]
    return Beside()


def trailing(document: Document, order: int) -> list[Comment]:
    """The comment behind a statement, on its last line."""
    _, end = document.facts.statement_span(order)
    _, line_end = document.text.line_span(document.text.line(max(end - 1, 0)))
    rest = document.text.value[end:line_end]
    return comments(document, end, line_end) if rest.lstrip(" \t\f;").startswith("#") else []


def leading(document: Document, order: int) -> list[Comment]:
    """The block of own-line comments directly above a statement."""
    start, _ = document.facts.statement_span(order)
    line = document.text.line(start)
    if document.text.value[document.text.starts[line] : start].strip():
        return []
    block: list[Comment] = []
    while line > 0:
        line -= 1
        first, last = document.text.line_span(line)
        stripped = document.text.value[first:last].lstrip(" \t\f")
        if not stripped.startswith("#"):
            break
        block.insert(0, _comment(document, last - len(stripped), last))
    return block


def travelling(document: Document, order: int) -> list[Comment]:
    """The comments above a statement that speak of it alone and so go where it goes.

    A comment above several statements is a heading and stays, as does one that
    heads the file or speaks to a tool.
    """
    block = leading(document, order)
    if not block or any(comment.is_pragma for comment in block):
        return []
    if document.text.line(block[0].start) == 0:
        return []
    _, end = document.facts.statement_span(order)
    following = document.text.line(max(end - 1, 0)) + 1
    if following < len(document.text.starts):
        first, last = document.text.line_span(following)
        rest = document.text.value[first:last].strip(" \t\f")
        if rest and not rest.startswith("#"):
            return []
    return block


def of_statement(document: Document, order: int) -> list[Comment]:
    """The comments inside and behind a statement."""
    document.commented.add(order)
    start, end = document.facts.statement_span(order)
    _, line_end = document.text.line_span(document.text.line(max(end - 1, 0)))
    if document.text.value.find("#", start, line_end) < 0:
        return []
    return [*comments(document, start, end), *trailing(document, order)]


def around(carrier: Carrier, document: Document, owner: Value | None = None) -> Beside:
    """The comments that go with a value because of what it stands beside.

    A list item needs the list that it stands in. Only comments of `document` count.
    """
    if isinstance(carrier, Statement):
        if carrier.document is not document:
            return Beside()
        order = carrier.order
        return Beside(travelling(document, order), trailing(document, order))
    if isinstance(carrier, Entry):
        own = carrier.holder.document is document and carrier.star is None
        return inside(carrier.holder).parts[carrier.place] if own else Beside()
    own = carrier.document is document and owner is not None
    return item_comments(owner, carrier) if own and owner is not None else Beside()


def framing(node: Node, document: Document) -> Inside:
    """The comments of the 0.x bracket that `node` was made from: its opening and closing."""
    value = node.shell if isinstance(node, Branch) else None
    if isinstance(node, Items):
        value = node.owner
    if value is None or value.document is not document or isinstance(value.node, ast.Name):
        return Inside([], [], [])
    return inside(value)


def carried(node: Node, document: Document, owner: Value | None = None) -> set[int]:
    """Where the comments of `document` start that `node` is sure to take along."""
    found: set[int] = set()
    if isinstance(node, Leaf) and node.soft:
        return found
    if node.carrier is not None:
        held = around(node.carrier, document, owner)
        found.update(comment.start for comment in (*held.above, *held.after))
    if isinstance(node, Leaf):
        if node.value is not None and node.value.document is document and not node.inline:
            found.update(c.start for c in comments(document, *node.value.span))
        return found
    frame = framing(node, document)
    found.update(comment.start for comment in (*frame.opening, *frame.closing))
    own = node.owner if isinstance(node, Items) else None
    for child in children(node):
        found |= carried(child, document, own)
    return found
