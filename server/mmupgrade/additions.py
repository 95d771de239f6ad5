"""Adding entries to a dict that stands in the text already, as it is written there."""

from __future__ import annotations

from collections.abc import Iterator

from mmupgrade.comments import comments, inside
from mmupgrade.edits import Edit
from mmupgrade.key_order import place_of
from mmupgrade.printing import WIDTH, Part, Style, behind, entry, expression
from mmupgrade.tree import Branch, Path, whole
from mmupgrade.values import Value


def additions(value: Value, node: Branch, style: Style, path: Path) -> Iterator[Edit]:
    """The edits that give the dict `value`, which stands at `path`, what it lacks of `node`."""
    start, end = value.span
    text = value.document.text
    one_line = text.line(start) == text.line(end)
    missing, deeper = Branch(), []
    for key, child in node.children.items():
        held = value.get(key)
        if held is None:
            missing.children[key] = child
        elif isinstance(child, Branch) and held.is_mapping:
            deeper += list(additions(held, child, style, (*path, key)))
    if not value.part_spans() or (one_line and not _fits(value, missing, style, deeper)):
        yield _reprinted(value, node, style, path)
        return
    yield from deeper
    for place, group in _by_place(value, missing, path).items():
        yield _inserted(value, group, style, place, one_line)


def _by_place(value: Value, missing: Branch, path: Path) -> dict[int, Branch]:
    """What is missing, by the part of the dict that it goes before; -1 for its end."""
    held = {entry.place: key for key, entry in (value.entries or {}).items() if not entry.star}
    keys = [held.get(place, "") for place in range(len(value.part_spans()))]
    groups: dict[int, Branch] = {}
    for key, child in missing.children.items():
        place = place_of(key, path, keys)
        place = place if place < len(keys) else -1
        groups.setdefault(place, Branch()).children[key] = child
    return groups


def _inserted(value: Value, group: Branch, style: Style, place: int, one_line: bool) -> Edit:
    start, end = value.part_spans()[place]
    if place < 0:
        if not one_line:
            return _on_lines(value, group, style, (start, end))
        return Edit(end, end, ", " + ", ".join(p.text for p in _parts(value, group, style, "")))
    text = value.document.text
    line = text.starts[text.line(start)]
    indent = text.value[line:start]
    if one_line or indent.strip(" \t"):
        return Edit(start, start, "".join(f"{p.text}, " for p in _parts(value, group, style, "")))
    above = [comment.start for comment in inside(value).parts[place].above]
    line = text.starts[text.line(min([start, *above]))]
    parts = _parts(value, group, style, indent)
    return Edit(line, line, _lines(parts, indent, last_comma=True)[1:] + "\n")


def _parts(value: Value, missing: Branch, style: Style, indent: str) -> list[Part]:
    return [entry(key, child, value, style, indent) for key, child in missing.children.items()]


def _fits(value: Value, missing: Branch, style: Style, deeper: list[Edit]) -> bool:
    """Whether what is added keeps the dict on its line."""
    text = value.document.text
    first, last = text.line_span(text.line(value.span[0]))
    parts = _parts(value, missing, style, "")
    plain = not any(part.above or part.after or "\n" in part.text for part in parts)
    inner = not any("\n" in edit.text for edit in deeper)
    added = sum(len(part.text) + 2 for part in parts)
    added += sum(len(edit.text) - (edit.end - edit.start) for edit in deeper)
    return plain and inner and last - first + added <= WIDTH


def _reprinted(value: Value, node: Branch, style: Style, path: Path) -> Edit:
    start, end = value.span
    column = start - value.document.text.starts[value.document.text.line(start)]
    made = _completed(value, node, path)
    return Edit(start, end, expression(made, style, _line_indent(value, start), column))


def _completed(value: Value, node: Branch, path: Path) -> Branch:
    """The dict `value` with what it lacks of `node`, at every depth."""
    made = whole(value)
    assert isinstance(made, Branch)
    for key, child in node.children.items():
        held = value.get(key)
        if held is None:
            items = list(made.children.items())
            items.insert(place_of(key, path, list(made.children)), (key, child))
            made.children = dict(items)
        elif isinstance(child, Branch) and held.is_mapping:
            completed = _completed(held, child, (*path, key))
            completed.carrier = made.children[key].carrier
            made.children[key] = completed
    return made


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
