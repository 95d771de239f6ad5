"""The new text of a file: 0.x statements go, 1.x statements come, the rest stays.

Only the statements concerned are touched; every other byte is the user's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mmupgrade.additions import additions
from mmupgrade.comments import Comment, carried, of_statement, trailing, travelling
from mmupgrade.document import Document
from mmupgrade.draft import FilePlan
from mmupgrade.edits import Edit, apply
from mmupgrade.places import place, start_of
from mmupgrade.plan import stands
from mmupgrade.printing import Style, assignment
from mmupgrade.sites import standing
from mmupgrade.tree import Branch, Node, Statement, children

_BARE = re.compile(r"(?<!\r)\n")
_SAME_LINE = re.compile(r";(?:[ \t\f]|\\(?:\r\n|\r|\n))*\Z")


class _Work(NamedTuple):
    """What happens to the statements of one file.

    `gone` statements are used up, `leading` ones stay before what is written at their place;
    `fresh` gives the 1.x names that are written in the
    place of a statement, or before it where it stays, and behind the last one those at the
    place that no statement has; `inside` are edits within statements that stay.
    """

    plan: FilePlan
    gone: set[int]
    leading: set[int]
    fresh: dict[int, list[str]]
    style: Style
    inside: list[Edit]


def edits(plan: FilePlan) -> list[Edit]:
    """The edits that carry out the plan, in code point offsets of the document's text.

    The file's line ends are kept.
    """
    fresh: dict[int, list[str]] = {}
    for top in plan.writes:
        if not stands(plan, top):
            fresh.setdefault(place(plan.view, top), []).append(top)
    style = Style.of(plan.document, frozenset(fresh))
    work = _Work(plan, _gone(plan), _leading(plan), fresh, style, _additions(plan, style))
    found: list[Edit] = []
    for group in _lines_shared(plan.document, {*work.gone, *fresh}):
        found += _group_edits(work, group)
    found += _appended(work)
    covered = [(edit.start, edit.end) for edit in found]
    found += [e for e in work.inside if not any(a <= e.start and e.end <= b for a, b in covered)]
    newline = plan.document.text.newline
    return [Edit(e.start, e.end, _with_line_ends(e.text, newline)) for e in found]


def _additions(plan: FilePlan, style: Style) -> list[Edit]:
    """What 1.x statements that stand there already get besides."""
    found: list[Edit] = []
    for top, node in plan.writes.items():
        held = standing(plan.view, top) if stands(plan, top) else None
        if held is not None and isinstance(node, Branch):
            found += additions(held, node, style, (top,))
    return found


def _with_line_ends(text: str, newline: str) -> str:
    """`text` with the file's line ends; what is the user's own has them already."""
    return text if newline == "\n" else _BARE.sub(newline, text)


def _gone(plan: FilePlan) -> set[int]:
    """The statements that the fixes taken use up; earlier, dead assignments too."""
    bindings = plan.document.facts.bindings
    return {
        use.order
        for name, fix in plan.taken.items()
        for used in ((name,) if not fix.keeps_name else (), fix.consumes)
        for field in used
        for use in bindings.get(field, ())
    }


def _leading(plan: FilePlan) -> set[int]:
    """The statements that come before what is written at their place: variables, and hooks."""
    held = (plan.view.old[name] for name, fix in plan.taken.items() if fix.keeps_name)
    hooks = standing(plan.view, "default_hooks")
    return {each.statement.order for each in held} | ({hooks.order} if hooks is not None else set())


def _lines_shared(document: Document, orders: set[int]) -> list[list[int]]:
    """The statements concerned, each with those that share a line with it."""
    groups: list[list[int]] = []
    last_end = 0
    for order in range(len(document.facts.module.statements)):
        start, end = document.facts.statement_span(order)
        if groups and _SAME_LINE.search(document.text.value, last_end, start):
            groups[-1].append(order)
        else:
            groups.append([order])
        last_end = end
    return [group for group in groups if orders & set(group)]


def _group_edits(work: _Work, group: list[int]) -> Iterator[Edit]:
    """The edit of one line of statements, and of the comments that went along from above it."""
    document = work.plan.document
    source, text = document.text.value, document.text
    spans = [document.facts.statement_span(order) for order in group]
    pieces: list[tuple[int, int, str]] = []
    for order, (start, end) in zip(group, spans):
        new = _written(work, order)
        if order in work.gone:
            new = [*_unplaced(work.plan, order), *new]
        elif new and order == group[0] and order not in work.leading:
            yield _inserted(document, order, new)
            new = []
        kept = [] if order in work.gone else [_edited(source, start, end, work.inside)]
        if order in work.leading and order == group[-1]:
            kept[0] += source[end : text.line_span(text.line(end - 1))[1]]
        if kept or new:
            parts = [*kept, *new] if order in work.leading else [*new, *kept]
            pieces.append((start, end, "\n".join(parts)))
    start, end = spans[0][0], spans[-1][1]
    if not pieces:
        yield _removal(document, start, end)
        if _takes_comments(work.plan, group[0]):
            yield from _without(document, travelling(document, group[0]))
        return
    if group[-1] in work.gone or group[-1] in work.leading:
        end = text.line_span(text.line(end - 1))[1]
    yield Edit(start, end, _joined(source, pieces))


def _written(work: _Work, order: int) -> list[str]:
    document, plan = work.plan.document, work.plan
    tops = work.fresh.get(order, ())
    return [_assigned(document, top, plan.writes[top], work.style) for top in tops]


def _inserted(document: Document, order: int, new: list[str]) -> Edit:
    """New statements before one that stays, and before the comments that speak of it."""
    start = start_of(document, order, travelling(document, order))
    return Edit(start, start, "".join(f"{line}\n" for line in new))


def _appended(work: _Work) -> Iterator[Edit]:
    """New statements behind all others."""
    document = work.plan.document
    new = _written(work, len(document.facts.module.statements))
    if new:
        end = len(document.text.value.rstrip("\r\n"))
        yield Edit(end, end, "".join(f"\n{line}" for line in new))


def _unplaced(plan: FilePlan, order: int) -> list[str]:
    """The comments of a statement whose values another file says: they stay where they were."""
    document = plan.document
    there = of_statement(document, order)
    if not there:
        return []
    moves = (move.node for fix in plan.taken.values() for move in fix.moves)
    held = set().union(*(carried(node, document) for node in moves))
    placed = set().union(*(carried(node, document) for node in plan.writes.values()))
    return [comment.text for comment in there if comment.start in held - placed]


def _removal(document: Document, start: int, end: int) -> Edit:
    """Take out whole lines, from the first statement on them to what follows the last."""
    text = document.text
    line_start, last = text.starts[text.line(start)], text.line(end - 1)
    blank = not text.value[line_start:start].strip()
    following = text.starts[last + 1] if last + 1 < len(text.starts) else len(text.value)
    return Edit(line_start if blank else start, following, "")


def _edited(source: str, start: int, end: int, edits: list[Edit]) -> str:
    own = [edit for edit in edits if start <= edit.start and edit.end <= end]
    return apply(source[start:end], [Edit(e.start - start, e.end - start, e.text) for e in own])


def _joined(source: str, pieces: list[tuple[int, int, str]]) -> str:
    """Statements of one line again: as they stood where nothing came between, else on lines."""
    written = pieces[0][2]
    for (_, end, before), (start, _, text) in pairwise(pieces):
        between = source[end:start]
        plain = "\n" not in before + text and between.strip(" \t;\\\r\n\f") == ""
        written += (between if plain else "\n") + text
    return written


def _without(document: Document, block: list[Comment]) -> Iterator[Edit]:
    for comment in block:
        line = document.text.line(comment.start)
        yield Edit(document.text.starts[line], document.text.starts[line + 1], "")


def _takes_comments(plan: FilePlan, order: int) -> bool:
    """Whether some value written carries the comments around this statement."""

    def carries(node: Node) -> bool:
        carrier = node.carrier
        if isinstance(carrier, Statement):
            if carrier.document is plan.document and carrier.order == order:
                return True
        return any(carries(child) for child in children(node))

    return any(carries(node) for node in plan.writes.values())


def _assigned(document: Document, top: str, node: Node, style: Style) -> str:
    """`top = ...` with the comment that stood behind the statement it comes from."""
    line = assignment(top, node, style)
    carrier = node.carrier
    if isinstance(carrier, Statement) and carrier.document is document:
        line += "".join(f"  {comment.text}" for comment in trailing(document, carrier.order))
    return line
