"""Writing 1.x settings as Python, with the user's own expressions and comments."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mmupgrade.comments import Comment, Inside, around, framing
from mmupgrade.document import Document
from mmupgrade.text import Text
from mmupgrade.tokens import string_spans
from mmupgrade.tree import Branch, Items, Leaf, Node, Statement
from mmupgrade.values import OPAQUE, Entry, Value

WIDTH = 79
_INDENT = re.compile(r"^(\t| +)\S", re.M)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file indents, and who writes into it.

    `anchors` are the statements at whose place something is written: the comments
    above them stay where they are.
    """

    document: Document
    indent: str
    anchors: frozenset[int] = frozenset()

    @classmethod
    def of(cls, document: Document, anchors: frozenset[int] = frozenset()) -> Style:
        """The style of a document: tabs where its first indented line has one."""
        match = _INDENT.search(document.text.value)
        tabs = match is not None and match.group(1) == "\t"
        return cls(document, "\t" if tabs else "    ", anchors)


@dataclass(slots=True)
class Part:
    """One entry of a bracket: comments above, the text itself, comments behind."""

    above: list[Comment]
    text: str
    after: list[Comment]


def assignment(name: str, node: Node, style: Style) -> str:
    """`name = ...` for `node`, lines ended by LF, comments of the carrier left out."""
    return f"{name} = " + expression(node, style, "", len(name) + 3)


def expression(node: Node, style: Style, indent: str, column: int, room: int = 0) -> str:
    """`node` as an expression that starts at `column` of a line indented by `indent`.

    `room` is what must still fit behind its last line.
    """
    if isinstance(node, Leaf):
        return _leaf(node, style, indent)
    verbatim = _verbatim(node, style)
    if verbatim is not None:
        return _reindented(verbatim, indent)
    frame = framing(node, style.document)
    opening, closing = _brackets(node)
    inner = indent + style.indent
    parts = list(_parts(node, style, inner))
    flat = opening + ", ".join(part.text for part in parts) + closing
    if _fits(flat, parts, frame, column + room):
        return flat
    return _exploded(opening, parts, closing, frame, indent, inner)


def _fits(flat: str, parts: list[Part], frame: Inside, used: int) -> bool:
    commented = any(part.above or part.after for part in parts)
    if commented or frame.opening or frame.closing or "\n" in flat:
        return False
    return used + len(flat) <= WIDTH


def _exploded(
    opening: str, parts: list[Part], closing: str, frame: Inside, indent: str, inner: str
) -> str:
    lines = [opening + behind(frame.opening)]
    for part in parts:
        lines += [inner + comment.text for comment in part.above]
        lines.append(f"{inner}{part.text},{behind(part.after)}")
    lines += [inner + comment.text for comment in frame.closing]
    return "\n".join([*lines, indent + closing])


def behind(after: list[Comment]) -> str:
    """Comments as they stand behind something on its line."""
    return "".join(f"  {comment.text}" for comment in after)


def _brackets(node: Branch | Items) -> tuple[str, str]:
    if isinstance(node, Items):
        return "[", "]"
    plain = all(_is_identifier(key) for key in node.children)
    return ("dict(", ")") if plain else ("{", "}")


def _is_identifier(key: str) -> bool:
    return key.isidentifier() and not keyword.iskeyword(key)


def _parts(node: Branch | Items, style: Style, inner: str) -> Iterator[Part]:
    document = style.document
    if isinstance(node, Items):
        for item in node.items:
            yield _part("", item, style, inner, node.owner)
        return
    opening, _ = _brackets(node)
    if node.replace:
        yield Part([], "_delete_=True" if opening == "dict(" else "'_delete_': True", [])
    starred: set[ast.expr] = set()
    for key, child in node.children.items():
        star = _star(node, child, document)
        if star is None:
            prefix = f"{key}=" if opening == "dict(" else f"{key!r}: "
            yield _part(prefix, child, style, inner, None)
        elif star not in starred:
            starred.add(star)
            start, end = document.chunk(_holder(child).order).span(star)
            yield Part([], "**" + document.text.value[start:end], [])


def _part(prefix: str, node: Node, style: Style, inner: str, owner: Value | None) -> Part:
    column = len(inner.expandtabs(4)) + len(prefix)
    text = prefix + expression(node, style, inner, column, room=1)
    if node.carrier is None:
        return Part([], text, [])
    held = around(node.carrier, style.document, owner)
    stays = isinstance(node.carrier, Statement) and node.carrier.order in style.anchors
    return Part([] if stays else held.above, text, held.after)


def _star(node: Branch, child: Node, document: Document) -> ast.expr | None:
    """The `**name` that gives this child and others, where all of it stays as it is."""
    carrier = child.carrier
    if not isinstance(carrier, Entry) or carrier.star is None:
        return None
    if carrier.holder.document is not document:
        return None
    siblings = carrier.holder.entries or {}
    for key, entry in siblings.items():
        if entry.star is carrier.star and not _untouched(node.children.get(key), entry):
            return None
    return carrier.star


def _holder(child: Node) -> Value:
    assert isinstance(child.carrier, Entry)
    return child.carrier.holder


def _untouched(node: Node | None, entry: Entry) -> bool:
    """Whether `node` is the value of `entry`, as it stands."""
    if isinstance(node, Leaf):
        return node.value is entry.value and not node.inline
    if not isinstance(node, Branch) or node.replace or node.shell is not entry.value:
        return False
    entries = entry.value.entries or {}
    return list(entries) == list(node.children) and all(
        _untouched(node.children[key], inner) for key, inner in entries.items()
    )


def _verbatim(node: Branch | Items, style: Style) -> tuple[Document, int, int] | None:
    """Where the expression stands that gives `node` as it is, if one does."""
    if not isinstance(node, Branch) or node.shell is None or node.replace:
        return None
    shell = node.shell
    if shell.merged is not None or shell.document is not style.document:
        return None
    entries = shell.entries or {}
    same = list(entries) == list(node.children) and all(
        _untouched(node.children[key], entry) for key, entry in entries.items()
    )
    return (shell.document, *shell.span) if same else None


def _leaf(leaf: Leaf, style: Style, indent: str) -> str:
    value = leaf.value
    if leaf.text is not None:
        return leaf.text
    if value is None:
        return repr(leaf.const)
    foreign = value.document is not style.document
    if leaf.inline or (foreign and value.names()):
        assert value.const is not OPAQUE
        return repr(value.const)
    return _reindented((value.document, *value.span), indent)


def _reindented(where: tuple[Document, int, int], indent: str) -> str:
    """A stretch of source whose further lines are shifted to stand under `indent`."""
    document, start, end = where
    source = document.text.value[start:end]
    piece = Text(source)
    if len(piece.starts) == 1:
        return source
    first, _ = document.text.line_span(document.text.line(start))
    line = document.text.value[first:start]
    old = line[: len(line) - len(line.lstrip(" \t"))]
    inside = [(a, b) for a, b in string_spans(source) if "\n" in source[a:b] or "\r" in source[a:b]]
    lines: list[str] = []
    for number, begin in enumerate(piece.starts):
        text = source[begin : piece.line_span(number)[1]]
        held = number == 0 or any(a < begin < b for a, b in inside)
        if not held and text.startswith(old):
            text = (indent + text[len(old) :]) if text.strip() else text
        lines.append(text)
    return "\n".join(lines)


def entry(key: str, node: Node, holder: Value, style: Style, indent: str) -> Part:
    """`node` as an entry of the dict expression `holder`, on a line indented by `indent`."""
    prefix = f"{key!r}: " if isinstance(holder.node, ast.Dict) else f"{key}="
    return _part(prefix, node, style, indent, None)
