"""What keeps MMCV and MMEngine from merging a config with its bases."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import NamedTuple

from mmupgrade.bases import written_bases
from mmupgrade.values import OPAQUE, Entry, Value
from mmupgrade.view import View

_MAY_BE_DICTS = (ast.Call, ast.Dict, ast.Name)


class Clash(NamedTuple):
    """A key that can't be merged, the code points that set it, and why."""

    key: str
    span: tuple[int, int]
    message: str


def clashing_bases(view: View) -> Iterator[Clash]:
    """The names that two bases of a config set, at the later of the two."""
    if len(view.bases) < 2:
        return
    spans = {base.path: base.span for base in written_bases(view.document)}
    owners: dict[str, View] = {}
    for base in view.bases:
        for name in dict.fromkeys(_names(base)):
            other = owners.setdefault(name, base)
            if other is not base:
                one, two = (os.path.basename(each.document.path) for each in (other, base))
                message = f"`{one}` and `{two}` both set `{name}`, which bases of one config can't."
                yield Clash(name, spans[base.document.path], message)


def _names(view: View) -> Iterator[str]:
    """The names that a config has for those that inherit from it."""
    for member in view.chain:
        for name in member.document.facts.bindings:
            use = member.document.facts.last(name)
            if name[:2] != "__" and name != "_base_" and use and use.value is not None:
                yield name


def unmergeable(view: View) -> Iterator[Clash]:
    """The dicts of a config's own that stand over something else in its bases."""
    facts = view.document.facts
    for name in facts.bindings if view.bases else ():
        use = facts.last(name)
        if use is None or not isinstance(use.value, _MAY_BE_DICTS):
            continue
        below = _inherited(view, name)
        own = view.document.value(name) if below is not None else None
        if own is not None and own.is_mapping and below is not None:
            yield from _over(name, own, use.span, below)


def _inherited(view: View, name: str) -> Value | None:
    for base in view.bases:
        held = base.old.get(name) or base.plain(name)
        if held is not None:
            return held.value
    return None


def _over(path: str, own: Value, span: tuple[int, int], below: Value) -> Iterator[Clash]:
    entries = own.entries or {}
    if _deletes(entries.get("_delete_")):
        return
    if not below.is_mapping:
        if below.const is not OPAQUE or below.items is not None:
            shown = os.path.basename(below.document.path)
            message = (
                f"`{path}` is a dict here and none in `{shown}`, so they can't be merged: "
                "`_delete_=True` in it replaces what is there."
            )
            yield Clash(path.partition(".")[0], span, message)
        return
    for key, entry in entries.items():
        held = below.get(key)
        if held is not None and entry.value.is_mapping and entry.holder.document is own.document:
            yield from _over(f"{path}.{key}", entry.value, entry.key_span, held)


def _deletes(entry: Entry | None) -> bool:
    return entry is not None and entry.value.const is not False
