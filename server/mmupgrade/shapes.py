"""What a 0.x field looks like, to tell it from a variable of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmupgrade.values import OPAQUE, Value

if TYPE_CHECKING:
    from mmupgrade.rule import Shape


def unknown(value: Value) -> bool:
    """Whether it can't be said what the value is: that is no reason against it."""
    return value.entries is None and value.items is None and value.const is OPAQUE


def nothing(value: Value) -> bool:
    """None."""
    return value.is_none


def empty(value: Value) -> bool:
    """None, or a dict with nothing in it."""
    return value.is_none or value.entries == {}


def mapping(value: Value) -> bool:
    """A dict, or something unknown."""
    return value.is_mapping or unknown(value)


def keyed(*keys: str, none: bool = True) -> Shape:
    """A dict that holds no other keys than these; or None."""
    allowed = {*keys, "_delete_"}

    def shape(value: Value) -> bool:
        if none and nothing(value):
            return True
        entries = value.entries
        return unknown(value) if entries is None else entries.keys() <= allowed

    return shape


def having(*keys: str, none: bool = True) -> Shape:
    """A dict that holds one of these keys, or nothing; or None."""

    def shape(value: Value) -> bool:
        if none and nothing(value):
            return True
        entries = value.entries
        if entries is None:
            return unknown(value)
        return not entries.keys() - {"_delete_"} or any(key in entries for key in keys)

    return shape


def instance(*kinds: type) -> Shape:
    """A constant of one of these types, or something unknown. True is no number."""

    def shape(value: Value) -> bool:
        if unknown(value):
            return True
        known = value.const
        if isinstance(known, bool) and bool not in kinds:
            return False
        return known is not OPAQUE and isinstance(known, kinds)

    return shape


def either(*shapes: Shape) -> Shape:
    """One of several shapes."""
    return lambda value: any(shape(value) for shape in shapes)


def phases(value: Value) -> bool:
    """A list of `(phase, count)`, as `workflow` is."""
    items = value.items
    if items is None:
        return unknown(value)
    return bool(items) and all(_is_phase(item) for item in items)


def _is_phase(item: Value) -> bool:
    parts = item.items
    return parts is not None and len(parts) == 2 and parts[0].const in ("train", "val")


#: Keys that only a loop of MMEngine has; 0.x `train_cfg` and `test_cfg` are model settings.
_LOOP_KEYS = frozenset(
    """
    by_epoch max_iters max_epochs val_begin val_interval dynamic_intervals fp16
    """.split()
)


def is_loop(value: Value) -> bool:
    """Whether a `train_cfg` or `test_cfg` is the loop of a 1.x config."""
    entries = value.entries or {}
    return "type" in entries or bool(_LOOP_KEYS & entries.keys())
