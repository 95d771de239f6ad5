"""Adding entries to a dict that stands in the text already, as it is written there."""

from __future__ import annotations

from collections.abc import Iterator

from mmupgrade.comments import comments
from mmupgrade.edits import Edit
from mmupgrade.printing import WIDTH, Part, Style, behind, entry, expression
from mmupgrade.tree import Branch, whole
from mmupgrade.values import Value


def additions(value: Value, node: Branch, style: Style) -> Iterator[Edit]:
    """The edits that give the dict `value` the entries of `node` that it lacks."""
    missing = Branch()
    for key, child in node.children.items():
        held = value.get(key)
        if held is None:
            missing.children[key] = child
        elif isinstance(child, Branch) and held.is_mapping:
            yield from additions(held, child, style)
    if missing.children:
        yield _added(value, missing, style)


def _added(value: Value, missing: Branch, style: Style) -> Edit:
    spans = value.part_spans()
    start, end = value.span
    text = value.document.text
    if not spans:
        return _reprinted(value, missing, style)
    if text.line(start) != text.line(end):
        return _on_lines(value, missing, style, spans[-1])
    if not _fits(value, missing, style):
        return _reprinted(value, missing, style)
    added = ", ".join(part.text for part in _parts(value, missing, style, ""))
    return Edit(spans[-1][1], spans[-1][1], f", {added}")


def _parts(value: Value, missing: Branch, style: Style, indent: str) -> list[Part]:
    return [entry(key, child, value, style, indent) for key, child in missing.children.items()]


def _fits(value: Value, missing: Branch, style: Style) -> bool:
    text = value.document.text
    first, last = text.line_span(text.line(value.span[0]))
    parts = _parts(value, missing, style, "")
    plain = not any(part.above or part.after or "\n" in part.text for part in parts)
    added = sum(len(part.text) + 2 for part in parts)
    return plain and last - first + added <= WIDTH


def _reprinted(value: Value, missing: Branch, style: Style) -> Edit:
    start, end = value.span
    node = whole(value)
    assert isinstance(node, Branch)
    node.children.update(missing.children)
    column = start - value.document.text.starts[value.document.text.line(start)]
    return Edit(start, end, expression(node, style, _line_indent(value, start), column))


def _on_lines(value: Value, missing: Branch, style: Style, last: tuple[int, int]) -> Edit:
    """Behind the last entry, each on a line of its own, commas as that entry has them."""
    text = value.document.text
    close = value.span[1] - 1
    rest = text.value[last[1] : close]
    has_comma = "," in _without_comments(value, last[1], close)
    parts = _parts(value, missing, style, _indent_of(value, last, style))
    indent = _indent_of(value, last, style)
    if "\n" in rest or "\r" in rest:
        _, stop = text.line_span(text.line(last[1] - 1))
        kept = text.value[last[1] : stop]
        kept = kept if has_comma else "," + kept
        return Edit(last[1], stop, kept + _lines(parts, indent, last_comma=has_comma))
    stop = last[1] + rest.index(",") + 1 if has_comma else last[1]
    lines = _lines(parts, indent, last_comma=False)
    if parts[-1].after:
        lines += "\n" + _line_indent(value, value.span[0])
    return Edit(stop, stop, ("" if has_comma else ",") + lines)


def _lines(parts: list[Part], indent: str, *, last_comma: bool) -> str:
    """Each part on a line of its own; a comment behind one stands behind its comma."""
    written = ""
    for part in parts:
        written += "".join(f"\n{indent}{comment.text}" for comment in part.above)
        comma = "," if part is not parts[-1] or last_comma or part.after else ""
        written += f"\n{indent}{part.text}{comma}{behind(part.after)}"
    return written


def _without_comments(value: Value, start: int, end: int) -> str:
    bare = value.document.text.value[start:end]
    for comment in reversed(comments(value.document, start, end)):
        bare = bare[: comment.start - start] + bare[comment.end - start :]
    return bare


def _indent_of(value: Value, last: tuple[int, int], style: Style) -> str:
    """The indentation of entries that get a line of their own."""
    text = value.document.text
    line = text.value[text.starts[text.line(last[0])] : last[0]]
    return line if not line.strip(" \t") else _line_indent(value, last[0]) + style.indent


def _line_indent(value: Value, offset: int) -> str:
    text = value.document.text
    line = text.value[text.starts[text.line(offset)] : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]
