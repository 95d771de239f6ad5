"""The top-level `train_cfg` and `test_cfg` of 0.x, which are settings of the model."""

import os

from mmupgrade.fields import Field, is_marked, is_unfinished
from mmupgrade.moves import Lost, Move, Stays, Steps, manual, path, soft
from mmupgrade.shapes import empty, is_loop, mapping
from mmupgrade.tree import Branch, Node, whole
from mmupgrade.values import Value
from mmupgrade.verdict import unreadable
from mmupgrade.view import View


def is_model_cfg(value: Value) -> bool:
    """Whether this is 0.x's: no loop, and nothing empty in a file that is 1.x."""
    if empty(value):
        return not is_marked(value.document) or is_unfinished(value.document)
    return mapping(value) and not is_loop(value)


def into_model(field: Field, view: View) -> Steps:
    """Move `field` into `model`."""
    value, to = field.value, f"model.{field.name}"
    model = view.model
    if not empty(value):
        for member in view.workspace.dependents(view.document):
            yield from _replaced(member, field.name)
    if model is not None and model.entry(field.name):
        yield Lost(field.name, f"goes: `{to}` was used instead", False)
    elif empty(value):
        yield soft(to, None, field.statement)
    elif value.entries is None:
        yield unreadable()
    else:
        yield Move(path(to), _without_delete(value, field))
        if "metrics" in value.entries:
            yield Stays("write its `metrics` as `val_evaluator` and `test_evaluator` by hand")


def _without_delete(value: Value, field: Field) -> Node:
    """The settings; what `_delete_` was to delete is a loop of 1.x, which stands elsewhere."""
    node = whole(value, field.statement)
    if isinstance(node, Branch):
        node.children.pop("_delete_", None)
    return node


def _replaced(member: View, name: str) -> Steps:
    """A config that inherits may have a `model` that the settings must not be merged into."""
    own = member.document.value("model")
    if own is None:
        return
    shown = os.path.basename(member.document.path)
    if own.get("_delete_") is not None and not member.own:
        yield manual(f"`{shown}` throws away the `model` that it would become part of")
    if own.get(name) is not None:
        yield manual(f"`{shown}` sets `model.{name}`, which was used instead")
