"""Fixes that need each other: within a file, and across files that inherit.

A field that one file migrates and its base or a file that inherits from it keeps
would be lost between them, and a 1.x name that a 0.x field still holds can't be
written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TypeAlias

from mmupgrade.document import Document
from mmupgrade.fields import MARKS, stays_0x
from mmupgrade.judge import verdicts
from mmupgrade.moves import Applicability, Lower
from mmupgrade.shapes import empty
from mmupgrade.verdict import Fix, Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

Key: TypeAlias = tuple[Document, str]

#: What 0.x calls settings of the model, and 1.x its loops.
LOOPS = ("train_cfg", "test_cfg")


def needs(view: View, fix: Fix) -> Iterator[tuple[View, str]]:
    """The 0.x fields of a file and its relatives that have to go where `fix` is taken."""
    yield from ((view, name) for name in _emptied(view, fix))
    names = dict.fromkeys((fix.field, *fix.tops, *fix.needs))
    for member in view.chain:
        for name in names:
            if name in member.own_names and name not in fix.consumes:
                if member is not view or name != fix.field:
                    yield member, name
    loops = [top for top in fix.tops if top in LOOPS]
    for member in view.workspace.dependents(view.document):
        own = member.own_value(fix.field)
        if fix.moves or fix.lost or (own is not None and own.is_mapping):
            yield member, fix.field
        yield from ((member, name) for name in fix.needs if name not in fix.consumes)
        for relative in member.chain if loops else ():
            if relative.document.path != view.document.path:
                yield from ((relative, top) for top in loops)


def needed(verdict: Verdict) -> list[tuple[View, str]]:
    """What the fix of a verdict needs and is there, looked for once."""
    if verdict.needed is None:
        wanted = dict.fromkeys(needs(verdict.view, verdict.fix))
        verdict.needed = [(view, name) for view, name in wanted if view.own_value(name) is not None]
    return verdict.needed


def _emptied(view: View, fix: Fix) -> Iterator[str]:
    """Empty settings of the model: beside 1.x names they would be taken for 1.x's `no loop`."""
    found = [name for name in LOOPS if name != fix.field and name in view.own_names]
    if not found or not any(top in MARKS or top in LOOPS for top in fix.tops):
        return
    for name in found if not stays_0x(view.document) else ():
        own = view.own_value(name)
        if own is not None and empty(own):
            yield name


def joined(verdict: Verdict) -> dict[Key, Verdict]:
    """The verdicts that have to be carried out with one, itself among them."""
    found: dict[Key, Verdict] = {}
    pending = [verdict]
    while pending:
        each = pending.pop()
        found[each.view.document, each.field] = each
        for member, name in needed(each):
            if (member.document, name) not in found and name in member.own:
                pending += [other for other in verdicts(member) if other.field == name]
    return found


def settle(workspace: Workspace, only: View | None = None) -> None:
    """Lower every fix of a run, or those of one file, to what those that they need allow."""
    pending = {
        (view.document, verdict.field): verdict
        for view in workspace.configs()
        for verdict in verdicts(view)
    }
    worst = {key: verdict.applicability for key, verdict in pending.items()}
    changed = True
    while changed:
        changed = False
        for key, verdict in pending.items():
            if only is not None and verdict.view is not only:
                continue
            if worst[key] is not Applicability.MANUAL and _lowered(verdict, pending, worst):
                worst[key], changed = verdict.applicability, True


def _lowered(
    verdict: Verdict, pending: dict[Key, Verdict], worst: dict[Key, Applicability]
) -> bool:
    """Lower one fix as far as the worst that it needs; gives whether that changed it."""
    if not needed(verdict):
        return False
    limit = before = verdict.applicability
    for view, name in needed(verdict):
        key = (view.document, name)
        if worst.get(key, limit) < limit and not pending[key].fix.idle:
            limit = worst[key]
            reason = Lower(limit, _reason(verdict, pending[key]))
            verdict.fixes[0] = verdict.fix.lowered_by([reason])
    return limit < before


def _reason(verdict: Verdict, other: Verdict) -> str:
    word = "is by hand" if other.applicability is Applicability.MANUAL else "is unsafe"
    if other.view is verdict.view:
        return f"the fix of `{other.field}` {word}"
    file = os.path.basename(other.view.document.path)
    return f"the fix of `{other.field}` in `{file}` {word}"


def families(workspace: Workspace) -> list[list[Document]]:
    """The files of a run in groups that `_base_` connects; each in the order of the run."""
    group: dict[str, list[Document]] = {path: [held] for path, held in workspace.run.items()}
    for view in workspace.heirs():
        members = [m.document for m in view.chain if m.document.path in workspace.run]
        for member in members[1:]:
            one, other = group[members[0].path], group[member.path]
            if one is not other:
                one += other
                group.update((held.path, one) for held in other)
    order = {path: index for index, path in enumerate(workspace.run)}
    distinct = {id(each): each for each in group.values()}
    return [sorted(each, key=lambda held: order[held.path]) for each in distinct.values()]
