"""Where a 1.x value goes in a document: what stands there already, and who writes there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mmupgrade.document import Document
from mmupgrade.tree import Leaf, Node, Path, children
from mmupgrade.values import Entry, Value, is_dict_call
from mmupgrade.verdict import movable, proposed
from mmupgrade.view import View


def standing(view: View, top: str) -> Value | None:
    """The 1.x statement `top` that the document itself holds."""
    if view.own_value(top) is not None:
        return None
    return view.document.value(top)


def at(value: Value | None, path: Path) -> Value | None:
    """The value at `path` below `value`."""
    return value.at(path) if value is not None else None


def open_to(value: Value, path: Path) -> bool:
    """Whether an entry at `path` can be written into the dict `value` as it stands."""
    for key in path:
        if not _is_literal(value.node):
            return False
        inner = value.get(key)
        if inner is None:
            return True
        value = inner
    return True


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return is_dict_call(node) and not node.args
    return isinstance(node, ast.Dict)


def contributors(view: View, top: str) -> list[int]:
    """The statements of 0.x fields that give parts of the 1.x statement `top`."""
    if view.contributions is None:
        view.contributions = {}
        for name in movable(view):
            order = view.old[name].statement.order
            for written in proposed(view, name)[0].tops:
                view.contributions.setdefault(written, []).append(order)
    return view.contributions.get(top, [])


def destination(view: View, top: str) -> int:
    """The statement at whose place `top` is written."""
    held = standing(view, top)
    if held is not None:
        return held.order
    return max(contributors(view, top), default=len(view.document.facts.module.statements))


def readings(node: Node, document: Document) -> Iterator[tuple[Node, set[str], int]]:
    """The names that each part of `node` reads as written, and the statement it reads them in."""
    carrier = node.carrier
    if isinstance(carrier, Entry) and carrier.star is not None:
        if carrier.holder.document is document:
            names = {n.id for n in ast.walk(carrier.star) if isinstance(n, ast.Name)}
            yield node, names - {"dict"}, carrier.holder.order
    if isinstance(node, Leaf):
        if node.value is not None and node.value.document is document and node.text is None:
            yield node, node.value.names(), node.value.order
    for child in children(node):
        yield from readings(child, document)


def rebound(document: Document, names: set[str], one: int, other: int) -> set[str]:
    """The names that don't mean the same at two statements of a document."""
    first, last = min(one, other), max(one, other)
    return {
        name
        for name in names
        if any(first <= use.order < last for use in document.facts.bindings.get(name, ()))
        or any(first <= use.order < last for use in document.facts.changes.get(name, ()))
        or name in document.facts.unsure
    }
