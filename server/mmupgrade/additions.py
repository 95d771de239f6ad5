"""Adding entries to a dict that stands in the text already, as it is written there."""

from __future__ import annotations

from collections.abc import Iterator

from mmupgrade.comments import comments
from mmupgrade.edits import Edit
from mmupgrade.printing import WIDTH, Style, entry, expression
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
    one_line = text.line(start) == text.line(end)
    if not spans or (one_line and not _fits(value, missing, style)):
        return _reprinted(value, missing, style)
    if one_line:
        added = ", ".join(
            entry(key, child, value, style, "") for key, child in missing.children.items()
        )
        return Edit(spans[-1][1], spans[-1][1], f", {added}")
    return _on_lines(value, missing, style, spans[-1])


def _fits(value: Value, missing: Branch, style: Style) -> bool:
    text = value.document.text
    first, last = text.line_span(text.line(value.span[0]))
    added = ", ".join(
        entry(key, child, value, style, "") for key, child in missing.children.items()
    )
    return "\n" not in added and last - first + len(added) + 2 <= WIDTH


def _reprinted(value: Value, missing: Branch, style: Style) -> Edit:
    start, end = value.span
    node = whole(value)
    assert isinstance(node, Branch)
    node.children.update(missing.children)
    text = value.document.text
    line_start = text.starts[text.line(start)]
    line = text.value[line_start:start]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return Edit(start, end, expression(node, style, indent, start - line_start))


def _on_lines(value: Value, missing: Branch, style: Style, last: tuple[int, int]) -> Edit:
    """Behind the last entry, each on a line of its own, commas as that entry has them."""
    document, text = value.document, value.document.text
    _, end = value.span
    rest = text.value[last[1] : end - 1]
    bare = rest
    for comment in reversed(comments(document, last[1], end - 1)):
        bare = bare[: comment.start - last[1]] + bare[comment.end - last[1] :]
    has_comma = "," in bare
    _, line_end = text.line_span(text.line(last[1] - 1))
    indent = _indent_of(value, last, style)
    lines = [
        f"\n{indent}" + entry(key, child, value, style, indent)
        for key, child in missing.children.items()
    ]
    if "\n" not in rest and "\r" not in rest:
        comma = "" if has_comma else ","
        at = last[1] + rest.index(",") + 1 if has_comma else last[1]
        return Edit(at, at, comma + ",".join(lines))
    kept = text.value[last[1] : line_end]
    if not has_comma:
        kept = "," + kept
    tail = ",".join(lines) + ("," if has_comma else "")
    return Edit(last[1], line_end, kept + tail)


def _indent_of(value: Value, last: tuple[int, int], style: Style) -> str:
    text = value.document.text
    line_start = text.starts[text.line(last[0])]
    line = text.value[line_start : last[0]]
    if not line.strip(" \t"):
        return line
    return line[: len(line) - len(line.lstrip(" \t"))] + style.indent
