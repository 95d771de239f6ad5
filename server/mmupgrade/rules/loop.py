"""The loops of 1.x, which take the place of 0.x's runner."""

import os

from mmupgrade.moves import Needs, Steps, default, manual
from mmupgrade.values import Value
from mmupgrade.view import View


def loops(view: View, *, by_epoch: bool) -> Steps:
    """The loops around a training whose length is known."""
    held = view.plain("train_cfg")
    entries = (held.value.entries if held else None) or {}
    if "type" not in entries and "by_epoch" not in entries:
        if view.target.typed_loops:
            kind = "EpochBasedTrainLoop" if by_epoch else "IterBasedTrainLoop"
            yield default("train_cfg.type", kind)
        else:
            yield default("train_cfg.by_epoch", by_epoch)
    if view.codebase not in ("mmedit", "mmgen"):
        return
    if _evaluates(view, "evaluation") and not _is_off(view, "val_cfg"):
        yield default("val_cfg.type", view.target.val_loop)
    if _evaluates(view, "data.test") and not _is_off(view, "test_cfg"):
        yield default("test_cfg.type", view.target.test_loop)


def one_unit(view: View, name: str) -> Steps:
    """No loop counts two things: what the field `name` counts, all others have to count too."""
    epochs = view.units.get(name)
    for member in (view, *view.workspace.dependents(view.document)):
        for other in [n for n, e in member.units.items() if epochs is not None and e is not epochs]:
            shown = f" of `{os.path.basename(member.document.path)}`" if member is not view else ""
            noun = "iterations" if epochs else "epochs"
            yield manual(f"`{other}`{shown} counts {noun}, and nothing shows which was read")
            return


def together(view: View, name: str) -> Steps:
    """Fields that say how long to train become one loop, so they go at once."""
    related = (view, *view.workspace.dependents(view.document))
    if name != "runner":
        runners = [member.old.get("runner") for member in related]
        if any(held is not None and has_length(held.value) for held in runners):
            yield Needs("runner")
        return
    if any("total_iters" in member.old for member in related):
        yield Needs("total_iters")
    if any("total_epochs" in member.units for member in related):
        yield Needs("total_epochs")


def has_length(runner: Value) -> bool:
    """Whether a `runner` says how long to train."""
    return any(runner.entry(key) for key in ("max_iters", "max_epochs"))


def _is_off(view: View, name: str) -> bool:
    """Whether 1.x is told already to have no such loop."""
    held = view.plain(name)
    return held is not None and held.value.is_none


def _evaluates(view: View, name: str) -> bool:
    """Whether there is something to evaluate; a part of a config without data leaves it open."""
    data = view.old.get("data")
    if data is None:
        return True
    if name == "evaluation":
        held = view.old.get("evaluation")
        return held is not None and not held.value.is_none
    test: Value | None = data.value.get("test")
    return "metrics" in view.old or (test is not None and not test.is_none)
