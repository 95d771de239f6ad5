"""The new text of a file: 0.x statements go, 1.x statements come, the rest stays.

Only the statements concerned are touched; every other byte is the user's.
"""

from __future__ import annotations

from collections.abc import Iterator

from mmupgrade.additions import additions
from mmupgrade.comments import trailing, travelling
from mmupgrade.document import Document
from mmupgrade.edits import Edit, apply
from mmupgrade.plan import FilePlan, stands
from mmupgrade.printing import Style, assignment
from mmupgrade.sites import standing
from mmupgrade.tree import Branch, Leaf, Node, Statement


class Unwritten(Exception):
    """A plan that can't be written out; the file is left as it is."""


def rewritten(plan: FilePlan) -> str:
    """The text of the file with the plan carried out, its line ends kept."""
    return apply(plan.document.text.value, edits(plan))


def edits(plan: FilePlan) -> list[Edit]:
    """The edits that carry out the plan, in code point offsets of the document."""
    gone = _gone(plan)
    fresh: dict[int, list[str]] = {}
    for top in plan.writes:
        if not stands(plan, top):
            fresh.setdefault(_place(plan, top), []).append(top)
    style = Style.of(plan.document, frozenset(fresh))
    found: list[Edit] = []
    for top, node in plan.writes.items():
        held = standing(plan.view, top) if stands(plan, top) else None
        if held is not None and isinstance(node, Branch):
            found += additions(held, node, style)
    for order in sorted({*gone, *fresh}):
        found += _statement_edits(plan, order, fresh.get(order, []), order in gone, style)
    newline = plan.document.text.newline
    return [Edit(e.start, e.end, _with_line_ends(e.text, newline)) for e in found]


def _with_line_ends(text: str, newline: str) -> str:
    return text if newline == "\n" else text.replace("\n", newline)


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


def _place(plan: FilePlan, top: str) -> int:
    """The statement at whose place `top` is written: the last that gives a part of it."""
    orders = [
        plan.view.old[name].statement.order for name, fix in plan.taken.items() if top in fix.tops
    ]
    if not orders:
        triggers = ("log_config", "checkpoint_config")
        orders = [plan.view.old[n].statement.order for n in triggers if n in plan.taken]
    return max(orders or [plan.view.old[name].statement.order for name in plan.taken])


def _statement_edits(
    plan: FilePlan, order: int, tops: list[str], goes: bool, style: Style
) -> Iterator[Edit]:
    document = plan.document
    start, end = _extent(document, order)
    lines = "\n".join(_assigned(document, top, plan.writes[top], style) for top in tops)
    if not goes:
        yield Edit(end, end, "\n" + lines)
    elif lines:
        yield Edit(start, end, lines)
    else:
        yield _removal(document, start, end)
        if _takes_comments(plan, order):
            starts = document.text.starts
            for comment in travelling(document, order):
                line = document.text.line(comment.start)
                yield Edit(starts[line], starts[line + 1], "")


def _takes_comments(plan: FilePlan, order: int) -> bool:
    """Whether some value written carries the comments around this statement."""

    def carries(node: Node) -> bool:
        carrier = node.carrier
        if isinstance(carrier, Statement):
            if carrier.document is plan.document and carrier.order == order:
                return True
        if isinstance(node, Leaf):
            return False
        children = node.children.values() if isinstance(node, Branch) else node.items
        return any(carries(child) for child in children)

    return any(carries(node) for node in plan.writes.values())


def _assigned(document: Document, top: str, node: Node, style: Style) -> str:
    """`top = ...` with the comment that stood behind the statement it comes from."""
    line = assignment(top, node, style)
    carrier = node.carrier
    if isinstance(carrier, Statement) and carrier.document is document:
        line += "".join(f"  {comment.text}" for comment in trailing(document, carrier.order))
    return line


def _extent(document: Document, order: int) -> tuple[int, int]:
    """A statement and the comment behind it."""
    start, end = document.facts.statement_span(order)
    behind = trailing(document, order)
    return start, behind[-1].end if behind else end


def _removal(document: Document, start: int, end: int) -> Edit:
    """Take a statement out: its whole line where it has one, else it and one semicolon."""
    source, text = document.text.value, document.text
    line_start = text.starts[text.line(start)]
    last = text.line(max(end - 1, start))
    line_end = text.line_span(last)[1]
    before, after = source[line_start:start], source[end:line_end]
    if not before.strip() and not after.strip():
        whole = text.starts[last + 1] if last + 1 < len(text.starts) else len(source)
        return Edit(line_start, whole, "")
    if after.lstrip().startswith(";"):
        skipped = len(after) - len(after.lstrip().removeprefix(";").lstrip())
        return Edit(start, end + skipped, "")
    kept = before.rstrip()
    return Edit(line_start + len(kept.removesuffix(";").rstrip()), end, "")
