"""The loops of 1.x, which take the place of 0.x's runner."""

from mmupgrade.moves import Steps, default
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
