"""What a 1.x run makes of a 0.x field that is still there: nothing, or something else."""

from __future__ import annotations

import os

from mmupgrade.shapes import is_loop
from mmupgrade.values import OPAQUE, Value
from mmupgrade.view import View

#: The fields that say how long to train: by the loop's key, what it counts.
_LENGTHS = {"max_iters": ("total_iters", "iterations"), "max_epochs": ("total_epochs", "epochs")}


def breakage(view: View, name: str) -> str:
    """What goes wrong today for the 0.x field `name` of a file, or nothing."""
    if name in ("train_cfg", "test_cfg"):
        found = _merged_loop(view, name)
        if found:
            return found
    if not view.live or "." in name:
        return ""
    return _other_length(view, name) or "1.x ignores it"


def _merged_loop(view: View, name: str) -> str:
    """Settings of the model that are merged into a loop of 1.x, or a loop into them."""
    own = view.own_value(name)
    keys = [key for key in (own.entries if own is not None else None) or {} if key != "_delete_"]
    if not keys:
        return ""
    into = [base for base in view.bases if _is_loop(base, name)]
    over = [v for v in view.workspace.dependents(view.document) if _is_loop(v, name)]
    for other in (*into, *over):
        shown = os.path.basename(other.document.path)
        return f"1.x merges it with the loop of `{shown}`, which takes no `{keys[0]}`"
    return ""


def _is_loop(view: View, name: str) -> bool:
    held = view.plain(name)
    return held is not None and is_loop(held.value)


def _other_length(view: View, name: str) -> str:
    """How long 1.x trains, where that isn't what the field says."""
    loop, own = view.plain("train_cfg"), view.own_value(name)
    for key, (total, noun) in _LENGTHS.items() if loop and own else ():
        assert loop is not None
        assert own is not None
        wanted = own.get(key) if name == "runner" else own if name == total else None
        there = loop.value.get(key)
        if wanted is not None and there is not None and _differ(wanted, there):
            return f"1.x ignores it and trains {there.const} {noun}, not {wanted.const}"
    return ""


def _differ(one: Value, other: Value) -> bool:
    known = one.const is not OPAQUE and other.const is not OPAQUE
    return known and one.const != other.const
