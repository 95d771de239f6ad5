"""The place in a file where a 1.x statement is written that isn't there yet.

It is the same whether the fields that give parts of it are fixed at once or one by one.
"""

from __future__ import annotations

from mmupgrade.comments import Comment, leading
from mmupgrade.document import Document
from mmupgrade.plan import ORDER, rank
from mmupgrade.sites import contributors, standing
from mmupgrade.template import TRIGGERS
from mmupgrade.view import View


def place(view: View, top: str) -> int:
    """The statement at whose place `top` is written: the last that gives a part of it.

    It doesn't matter whether that one is fixed now or later. What no field of the file
    gives is written behind all else.
    """
    orders = contributors(view, top) or _of_runtime(view)
    end = len(view.document.facts.module.statements)
    return _ahead(view, max(orders), top) if orders else end


def _of_runtime(view: View) -> list[int]:
    """Where runtime settings go that no field gives: to the hooks, once these are written."""
    triggers = [view.old[name].statement.order for name in TRIGGERS if name in view.own_names]
    held = standing(view, "default_hooks") if triggers else None
    return [held.order] if held is not None else triggers


def _ahead(view: View, order: int, top: str) -> int:
    """The first statement at a place where earlier fixes wrote what comes behind `top`.

    A name that no field gives was written there if it stands below one that this one gives.
    """
    there = {held.order: name for name in ORDER if (held := standing(view, name)) is not None}
    given = [name for name in there.values() if order in contributors(view, name)]
    first = order
    while (name := there.get(order - 1)) and _adjoin(view.document, order):
        if rank(name) <= rank(top):
            return order if name in given else first
        if name in given:
            first = order - 1
        elif contributors(view, name):
            break
        order -= 1
    return first


def _adjoin(document: Document, order: int) -> bool:
    """Whether a statement with the comments above it follows directly on another."""
    if order == 0:
        return False
    _, end = document.facts.statement_span(order - 1)
    start = start_of(document, order, leading(document, order))
    return document.text.line(start) == document.text.line(end - 1) + 1


def start_of(document: Document, order: int, block: list[Comment]) -> int:
    """Where a statement starts, or the comments above it."""
    return block[0].start if block else document.facts.statement_span(order)[0]
