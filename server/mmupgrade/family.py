"""Fixes that need each other: within a file, and across files that inherit.

A field that one file migrates and its base or a file that inherits from it keeps
would be lost between them, and a 1.x name that a 0.x field still holds can't be
written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from mmupgrade.document import Document
from mmupgrade.judge import verdicts
from mmupgrade.moves import Applicability, Lower
from mmupgrade.verdict import Fix, Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace


def needs(view: View, fix: Fix) -> Iterator[tuple[View, str]]:
    """The 0.x fields of a file and its relatives that have to go where `fix` is taken."""
    if not fix.moves:
        return
    for member in view.chain:
        for name in dict.fromkeys((fix.field, *fix.tops)):
            if name not in fix.consumes and (member is not view or name != fix.field):
                yield member, name
    for member in view.workspace.dependents(view.document):
        yield member, fix.field


def agreed(workspace: Workspace) -> None:
    """Lower every fix to what those that it needs allow."""
    if workspace.agreed:
        return
    workspace.agreed = True
    pending = {
        (view.document, verdict.field): verdict
        for view in workspace.configs()
        for verdict in verdicts(view)
    }
    while any([_lowered(verdict, pending) for verdict in pending.values()]):  # noqa: C419
        pass


def _lowered(verdict: Verdict, pending: dict[tuple[Document, str], Verdict]) -> bool:
    """Lower one fix as far as the worst that it needs; gives whether that changed it."""
    before = verdict.applicability
    for view, name in needs(verdict.view, verdict.fix):
        other = pending.get((view.document, name))
        if other is None or other.fix.idle or other.applicability >= verdict.applicability:
            continue
        verdict.fix.lowered.append(Lower(other.applicability, _reason(verdict, other)))
    return verdict.applicability < before


def _reason(verdict: Verdict, other: Verdict) -> str:
    word = "is by hand" if other.applicability is Applicability.MANUAL else "needs a look"
    if other.view is verdict.view:
        return f"the fix of `{other.field}` {word}"
    file = os.path.basename(other.view.document.path)
    return f"the fix of `{other.field}` in `{file}` {word}"
