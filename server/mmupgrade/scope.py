"""How far a fix reaches: its own file, or its family.

A family are the files connected by `_base_`. What of it isn't in the run can't be
rewritten with the rest, and so lowers the fixes that it has a part in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from mmupgrade.document import Document
from mmupgrade.draft import Draft
from mmupgrade.family import Key, joined, needed, settle
from mmupgrade.judge import verdicts, written
from mmupgrade.moves import Applicability, Lower, manual, unsafe
from mmupgrade.placement import NOWHERE, Placement, may_clash, placed
from mmupgrade.plan import Plan
from mmupgrade.verdict import Fix, Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

Scope = Literal["file", "family"]


def settled(workspace: Workspace) -> Placement:
    """Judge all fixes of a run by what they need of each other; gives who says what."""
    if workspace.placement is None:
        settle(workspace)
        if _reaches_out(workspace):
            if sum(_lowered(verdict, [*_outside(verdict)]) for verdict in _all(workspace)):
                settle(workspace)
        clash = may_clash(workspace)
        workspace.placement = placed(Draft(workspace, _first)) if clash else NOWHERE
        if workspace.outside and _lower_burdening(workspace, workspace.placement):
            settle(workspace)
    return workspace.placement


def refresh(workspace: Workspace, document: Document) -> bool:
    """Put another text with the same values in place in a settled run.

    Gives whether that leaves the other files as they are; if not, nothing was done.
    """
    old = workspace.view(workspace.run[document.path])
    new = View(document, old.bases, old.troubles, workspace, old.settings)
    placement = settled(workspace)
    if [(v.field, v.alone) for v in verdicts(old)] != [(v.field, v.alone) for v in verdicts(new)]:
        return False
    workspace.replace(old, new)
    silent = ((document if held is old.document else held, top) for held, top in placement.silent)
    workspace.placement = placement._replace(silent=frozenset(silent))
    settle(workspace, new)
    return True


def _reaches_out(workspace: Workspace) -> bool:
    """Whether any file of a family isn't in the run."""
    return bool(workspace.outside) or any(
        member.document.path not in workspace.run
        for view in workspace.configs()
        for member in view.chain
    )


def _all(workspace: Workspace) -> list[Verdict]:
    return [verdict for view in workspace.configs() for verdict in verdicts(view)]


def _first(verdict: Verdict) -> Fix:
    return verdict.fix


def _lowered(verdict: Verdict, reasons: list[Lower]) -> bool:
    if not reasons or verdict.applicability is Applicability.MANUAL:
        return False
    verdict.fixes[0] = verdict.fix.lowered_by(reasons)
    return True


def _outside(verdict: Verdict) -> Iterator[Lower]:
    """The fields of files outside the run that have to go with this one."""
    for member, name in needed(verdict):
        if member.document.path in member.workspace.run or name not in member.own:
            continue
        shown = os.path.basename(member.document.path)
        (other,) = (other for other in verdicts(member) if other.field == name)
        if other.applicability is not Applicability.MANUAL:
            reason = f"`{name}` of `{shown}` goes with it, which isn't among the given files"
            yield unsafe(reason)
        elif not other.fix.idle:
            yield manual(f"the fix of `{name}` in `{shown}` is by hand")


def _lower_burdening(workspace: Workspace, placement: Placement) -> bool:
    """Lower what would have to be said in a file outside the run."""
    plan = Plan(workspace, _first, placement)
    changed = False
    for held in plan.draft.files.values():
        own = {top for fix in held.taken.values() for top in fix.tops}
        tops = set() if held.writable else held.writes.keys() - own
        for member in held.view.chain if tops else ():
            shown = os.path.basename(held.document.path)
            for verdict in verdicts(member):
                for top in sorted(tops.intersection(verdict.fix.tops)):
                    reason = f"`{shown}` needs a `{top}` then, and isn't among the given files"
                    changed |= _lowered(verdict, [unsafe(reason)])
    return changed


def scope(verdict: Verdict) -> Scope:
    """`family` where the fix of one file alone would not be right, whatever it is."""
    view = verdict.view
    alone = not view.bases and not view.workspace.dependents(view.document)
    if alone and not view.troubles:
        return "file"
    return "family" if view.troubles or _has_partners(verdict) or _is_placed(verdict) else "file"


def carried_out(verdict: Verdict) -> dict[Key, Verdict]:
    """All that goes with the fix of a verdict that is asked for alone, itself among them.

    Beside what it needs this is what becomes one 1.x name with it, of which one file of a
    family says the whole; but nothing that is less to be trusted.
    """
    found: dict[Key, Verdict] = {}
    pending = [verdict]
    while pending:
        more = {k: each for k, each in joined(pending.pop()).items() if k not in found}
        found |= more
        company = (other for each in more.values() for other in _company(each))
        pending += [other for other in company if other.applicability >= verdict.applicability]
    return found


def _company(verdict: Verdict) -> Iterator[Verdict]:
    """The fixes in other files that give parts of a name of which one file says the whole."""
    view, workspace = verdict.view, verdict.view.workspace
    placement, heirs = settled(workspace), set(workspace.dependents(view.document))
    placed_names = placement.silent | placement.shared.keys()
    for top in written(view, verdict.field, verdict.fix):
        if (view.document, top) not in placed_names:
            continue
        for document in [held for held, name in placed_names if name == top]:
            if heirs.isdisjoint(workspace.dependents(document)):
                continue
            for other in verdicts(workspace.view(document)):
                if top in written(other.view, other.field, other.fix):
                    yield other


def _has_partners(verdict: Verdict) -> bool:
    """Whether other files have to be rewritten with a fix."""
    return any(member is not verdict.view for member, _ in needed(verdict))


def _is_placed(verdict: Verdict) -> bool:
    """Whether another file says a part of what the fix gives."""
    silent = settled(verdict.view.workspace).silent
    return any((verdict.view.document, top) in silent for top in verdict.fix.tops)
