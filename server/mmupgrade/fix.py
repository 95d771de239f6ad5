"""Rewriting configs: `fix`, and its change as a diff. Nothing is written to disk."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mmupgrade.comments import comments
from mmupgrade.document import Document, document
from mmupgrade.draft import Chooser, FilePlan
from mmupgrade.edits import Edit, Overlap, apply, minimal
from mmupgrade.family import families
from mmupgrade.fields import MARKS
from mmupgrade.findings import Finding, by_file, ignored, of_file
from mmupgrade.ignore_edits import without
from mmupgrade.ignores import UNUSED, ignores
from mmupgrade.judge import verdicts
from mmupgrade.moves import Applicability
from mmupgrade.plan import Plan, unwritable
from mmupgrade.rewrite import edits
from mmupgrade.scope import carried_out, scope, settled
from mmupgrade.syntax import parse
from mmupgrade.text import BOM, Text
from mmupgrade.verdict import Fix, Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

Runs = Literal["0.x", "1.x", "neither", "unknown"]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file after `fix`.

    `text` is the new text with its byte order mark, if the file has one; it
    equals the old one where nothing was done. `edits` make it, in offsets of the
    document's text, which has no byte order mark. `migrated` are the 0.x fields
    whose fixes were applied; `left` are the findings of the new text, and `ignored`
    the fields whose findings its comments ignore; `runs` says which runner can use
    the file with its bases as they are then. `error` says why a file was left
    although it has fixes.
    """

    document: Document
    text: str
    migrated: tuple[str, ...]
    left: tuple[Finding, ...]
    runs: Runs
    ignored: tuple[str, ...] = ()
    error: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file gets another text."""
        return self.text != self.document.source


def fix(
    workspace: Workspace, *, unsafe: bool = False, whole_families: bool = False
) -> list[Rewrite]:
    """The new text of every file of the run that is a 0.x config, or has ignore comments.

    With `whole_families`, a file that can't be rewritten keeps all of its family as it is.
    """
    least = Applicability.UNSAFE if unsafe else Applicability.SAFE

    def choose(verdict: Verdict) -> Fix | None:
        chosen = verdict.view.settings.reports(verdict.rule.id)
        return verdict.fix if chosen and verdict.applicability >= least else None

    together = families(workspace) if whole_families else []
    return _rewrites(workspace, _tidied(workspace, least), choose, together)


def fix_alone(workspace: Workspace, path: str, *, unsafe: bool = False) -> list[Rewrite]:
    """The files of the run after those fixes of one file that concern no other.

    As in `fix`, what ignores nothing in the comments of the file is taken out.
    `path` is the absolute path of a file of the run.
    """
    least = Applicability.UNSAFE if unsafe else Applicability.SAFE
    settled(workspace)

    def choose(verdict: Verdict) -> Fix | None:
        if verdict.view.document.path != path or scope(verdict) != "file":
            return None
        chosen = verdict.view.settings.reports(verdict.rule.id)
        return verdict.fix if chosen and verdict.applicability >= least else None

    return _rewrites(workspace, _tidied(workspace, least, [path]), choose, [])


def quick_fix(workspace: Workspace, path: str, field: str, number: int = 0) -> list[Rewrite]:
    """The files of the run after one fix of one 0.x field, and after what has to go with it.

    `path` is the absolute path of a file of the run, `number` tells which of the fixes
    of its field. Gives nothing where the file has no such fix.
    """
    settled(workspace)
    view = workspace.view(workspace.run[path])
    clicked = next((each for each in verdicts(view) if each.field == field), None)
    if clicked is None or number >= len(clicked.fixes):
        return []
    group = carried_out(clicked)

    def choose(verdict: Verdict) -> Fix | None:
        if verdict is clicked:
            return verdict.fixes[number]
        return verdict.fix if (verdict.view.document, verdict.field) in group else None

    return _rewrites(workspace, workspace, choose, [])


def _rewrites(
    given: Workspace, workspace: Workspace, choose: Chooser, together: list[list[Document]]
) -> list[Rewrite]:
    """What becomes of each file; `workspace` is the run that was `given`, tidied."""
    errors: dict[str, str] = {}
    plan, changes = _carried_out(workspace, choose, errors, together)
    texts = {held.document.path: _text(held, changes) for held in plan.files}
    now = workspace.with_texts(texts)
    left = by_file(now)
    migrated = {path for path, text in texts.items() if text != workspace.run[path].source}
    changed = {path for path, held in now.run.items() if held.source != given.run[path].source}
    taken = {held.document.path: tuple(held.taken) for held in plan.files}
    return [
        Rewrite(
            document=given.run[path],
            text=now.run[path].source,
            migrated=taken.get(path, ()),
            left=tuple(left.get(path, ())),
            runs=_runs(now.view(now.run[path]), migrated),
            ignored=_ignored(now.view(now.run[path])),
            error=errors.get(path, ""),
            edits=_edits(given.run[path], workspace.run[path], changes.get(path, ())),
        )
        for path in dict.fromkeys((*taken, *now.run))
        if path in changed or path in left or path in errors or taken.get(path)
    ]


def _edits(given: Document, tidied: Document, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits of the text that was given; those of a plan are of the tidied one."""
    if given.source == tidied.source:
        return edits
    whole = Edit(0, len(given.text.value), apply(tidied.text.value, edits))
    return tuple(minimal(given.text.value, [whole]))


def _ignored(view: View) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.field for finding in ignored(view) if finding.field))


def _tidied(
    workspace: Workspace, least: Applicability, paths: Iterable[str] | None = None
) -> Workspace:
    """The run without what ignores nothing in its comments, or in those of some files."""
    marked = [path for path in paths or workspace.run if ignores(workspace.run[path])]
    texts: dict[str, str] = {}
    for path in marked:
        found = of_file(workspace, workspace.run[path])
        starts = {f.start for f in found if f.rule.id == UNUSED and f.applicability >= least}
        parts = [part for ignore in ignores(workspace.run[path]).each for part in ignore.parts()]
        gone = [part for part in parts if part.span[0] in starts]
        if gone:
            texts[path] = without(workspace.run[path], gone)
    return workspace.with_texts(texts) if texts else workspace


def _carried_out(
    workspace: Workspace,
    choose: Chooser,
    errors: dict[str, str],
    together: list[list[Document]],
) -> tuple[Plan, dict[str, tuple[Edit, ...]]]:
    """The plan and its edits, by path.

    A file that can't be written is noted in `errors`, and the others are planned
    again without its fixes; where it fails for what its bases do, without theirs.
    """

    def chosen(verdict: Verdict) -> Fix | None:
        return None if verdict.view.document.path in errors else choose(verdict)

    while True:
        plan = Plan(workspace, chosen, settled(workspace))
        changes, failed = _changes(plan)
        known = len(errors)
        for path, why in failed.items():
            if path not in errors:
                errors[path] = why
                continue
            reason = f"`{os.path.basename(path)}` inherits from it: {why}"
            for member in workspace.view(workspace.run[path]).chain:
                errors.setdefault(member.document.path, reason)
        for family in together:
            _share(errors, [held.path for held in family])
        if len(errors) == known:
            return plan, changes


def _share(errors: dict[str, str], family: list[str]) -> None:
    """Where one file of a family can't be written, none is."""
    failed = [path for path in family if path in errors]
    for path in family if failed else ():
        shown = os.path.basename(failed[0])
        errors.setdefault(path, f"`{shown}` of its family can't be rewritten: {errors[failed[0]]}")


def _text(held: FilePlan, changes: dict[str, tuple[Edit, ...]]) -> str:
    document = held.document
    text = apply(document.text.value, changes[document.path])
    return BOM + text if document.bom else text


def _changes(plan: Plan) -> tuple[dict[str, tuple[Edit, ...]], dict[str, str]]:
    """The edits of each file of the plan, and why a file keeps its old text."""
    changes: dict[str, tuple[Edit, ...]] = {}
    errors: dict[str, str] = {}
    for held in plan.files:
        path = held.document.path
        changes[path] = ()
        try:
            changes[path] = _checked(held)
        except Unwritable as error:
            errors[path] = str(error)
    return changes, errors


def _runs(view: View, changed: set[str]) -> Runs:
    """Which runner can use a config with its bases.

    Those that `changed` now, or hold 1.x settings from an earlier run, lack what 0.x needs.
    """
    if not view.complete:
        return "unknown"
    misread = any(name in view.old for name in ("train_cfg", "test_cfg"))
    if (view.live and not misread) or not any(member.own for member in view.chain):
        return "1.x"
    started = any(view.plain(name) is not None for name in (*MARKS, "train_cfg"))
    changes = any(member.document.path in changed for member in view.chain)
    return "neither" if started or changes else "0.x"


class Unwritable(Exception):
    """A file whose plan can't be carried out; it is left as it is."""


def _checked(held: FilePlan) -> tuple[Edit, ...]:
    """The edits that carry out a file's plan; raises Unwritable."""
    if not held.taken and not held.writes:
        return ()
    foreign = unwritable(held)
    if foreign:
        raise Unwritable(f"`{foreign[0]}` reads names of another file")
    try:
        change = tuple(edits(held))
        text = apply(held.document.text.value, change)
    except Overlap as error:
        raise Unwritable(str(error)) from error
    lost = _comments(held.document.text.value) - _comments(text)
    if lost and all(fix.certain for fix in held.taken.values()):
        raise Unwritable("a comment would be lost")
    problem = parse(Text(text)).problem
    if problem is not None:
        raise Unwritable(f"the new text would not parse: {problem.message}")
    return change


def _comments(source: str) -> Counter[str]:
    shown = document("", source)
    return Counter(comment.text for comment in comments(shown, 0, len(source)))


def diff(rewrite: Rewrite, name: str) -> str:
    """The change of one file as a unified diff."""
    name = name.lstrip("/")
    old, new = (_lines(text) for text in (rewrite.document.source, rewrite.text))
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def _lines(source: str) -> list[str]:
    text = Text(source)
    edges = [*text.starts, len(source)]
    return [source[start:end] for start, end in pairwise(edges) if start < end]
