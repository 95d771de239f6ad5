"""Findings: what is shown of a file, at which place, and what can be done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from mmupgrade.breakage import breakage
from mmupgrade.document import MAX_BYTES, Document, document
from mmupgrade.fields import key_span
from mmupgrade.ignores import Ignores, ignores
from mmupgrade.inheritance import clashing_bases, unmergeable
from mmupgrade.judge import verdicts
from mmupgrade.moves import Applicability
from mmupgrade.rule import Page, rules
from mmupgrade.scope import scope, settled
from mmupgrade.verdict import Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace


class Severity(Enum):
    """Error: a 1.x run ignores or misreads it. Warning: 0.x. Information: by hand."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Finding(NamedTuple):
    """One finding. `start` and `end` are code point offsets into the document's text.

    `title` says what the first fix does; it is empty where there is none.
    """

    document: Document
    start: int
    end: int
    rule: Page
    field: str
    message: str
    applicability: Applicability
    severity: Severity
    scope: str
    titles: tuple[str, ...] = ()

    @property
    def position(self) -> tuple[int, int]:
        """1-based line and column of its beginning, in code points."""
        line, column = self.document.text.position(self.start)
        return line + 1, column + 1

    def record(self) -> Record:
        """The finding apart from its document."""
        text = self.document.text
        line, column = text.position(self.start)
        end_line, end_column = text.position(self.end)
        first, last = text.line_span(line)
        return Record(
            path=self.document.path,
            line=line + 1,
            column=column + 1,
            end_line=end_line + 1,
            end_column=end_column + 1,
            rule=self.rule.id,
            name=self.rule.name,
            field=self.field,
            message=self.message,
            applicability=int(self.applicability),
            severity=self.severity.value,
            scope=self.scope,
            titles=self.titles,
            source=text.value[first:last],
        )


class Record(NamedTuple):
    """What is shown of a finding: plain values, lines and columns 1-based in code points.

    `source` is the line that it begins in.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    name: str
    field: str
    message: str
    applicability: int
    severity: str
    scope: str
    titles: tuple[str, ...]
    source: str


def findings(view: View) -> list[Finding]:
    """The findings of one 0.x config that its settings report, in the order of the text."""
    found, marks = _all(view), ignores(view.document)
    if marks:
        shown = [finding for finding in found if not _is_covered(marks, finding)]
        found = [*shown, *_unused(view, marks, found)]
    return _in_order(view, found)


def of_file(workspace: Workspace, document: Document) -> list[Finding]:
    """The findings of a file of the run, if it is a config or has ignore comments."""
    view = workspace.view(document)
    if view in workspace.configs():
        return findings(view)
    marks = ignores(document)
    return _in_order(view, list(_unused(view, marks, _all(view)))) if marks else []


def by_file(workspace: Workspace) -> dict[str, list[Finding]]:
    """The findings of every config of the run by path, and of other files with ignore comments."""
    configs = {view.document for view in workspace.configs()}
    wanted = [held for held in workspace.run.values() if held in configs or ignores(held)]
    found = {held.path: of_file(workspace, held) for held in wanted}
    return {path: each for path, each in found.items() if each or workspace.run[path] in configs}


def ignored(view: View) -> list[Finding]:
    """The findings of one 0.x config that its comments ignore."""
    marks = ignores(view.document)
    return [finding for finding in _all(view) if _is_covered(marks, finding)] if marks else []


def _all(view: View) -> list[Finding]:
    settled(view.workspace)
    return [*_notices(view), *_fields(view), *_by_hand(view)]


def _in_order(view: View, every: list[Finding]) -> list[Finding]:
    found = [finding for finding in every if view.settings.reports(finding.rule.id)]
    return sorted(found, key=lambda finding: (finding.start, finding.rule.id))


def _is_covered(marks: Ignores, finding: Finding) -> bool:
    return marks.covers(finding.rule.id, finding.start)


def _unused(view: View, marks: Ignores, found: list[Finding]) -> Iterator[Finding]:
    """The parts of ignore comments that ignore none of the findings.

    In a file that doesn't parse, neither comments nor findings are sure.
    """
    from mmupgrade.rules.file.unused_ignore import UNUSED_IGNORE, fixable, said

    shown = marks.document
    if shown.facts.module.problem is not None:
        return
    for part in marks.unused(
        [(other.rule.id, other.start) for other in found], view.settings.reports
    ):
        if not marks.covers(UNUSED_IGNORE.id, part.span[0]):
            notice = _notice(shown, UNUSED_IGNORE, *part.span, said(part))
            applicability, title = fixable(part)
            yield notice._replace(
                severity=Severity.WARNING, applicability=applicability, titles=title
            )


def _notices(view: View) -> Iterator[Finding]:
    from mmupgrade.rules.file.byte_order_mark import BYTE_ORDER_MARK
    from mmupgrade.rules.file.lazy_import import LAZY_IMPORT
    from mmupgrade.rules.file.syntax_error import SYNTAX_ERROR
    from mmupgrade.rules.file.unmerged_base import UNMERGED_BASE
    from mmupgrade.rules.file.unresolved_base import UNRESOLVED_BASE

    shown = view.document
    problem = shown.facts.module.problem
    if problem is not None:
        yield _notice(shown, SYNTAX_ERROR, problem.start, problem.end, problem.message)
    for base in view.troubles:
        why = {
            "missing": "doesn't exist",
            "circular": "inherits from this file again",
            "unreadable": "can't be read",
            "foreign": "isn't a Python file of this project",
            "dynamic": "isn't a plain path",
        }[base.trouble or "dynamic"]
        message = (
            f"The base `{base.written}` {why}, so fixes that depend on it need `--unsafe-fixes`."
        )
        yield _notice(shown, UNRESOLVED_BASE, *base.span, message)
    for clash in (*clashing_bases(view), *unmergeable(view)):
        yield _notice(shown, UNMERGED_BASE, *clash.span, clash.message)
    first = shown.facts.last("_base_")
    if first is not None and isinstance(first.value, ast.Tuple):
        message = "MMCV and MMEngine take a string or a list for `_base_`, not a tuple."
        yield _notice(shown, UNRESOLVED_BASE, *first.span, message)
    for use in shown.facts.imports:
        if first is None or use.order < first.order:
            message = f"MMEngine can't load a text config that imports `{use.name}` here."
            yield _notice(shown, LAZY_IMPORT, *use.span, message)
    if shown.bom:
        message = "MMCV and MMEngine refuse a file that begins with a byte order mark."
        yield _notice(shown, BYTE_ORDER_MARK, 0, 0, message)


def _notice(document: Document, rule: Page, start: int, end: int, message: str) -> Finding:
    severity = Severity.WARNING if rule.name == "byte-order-mark" else Severity.ERROR
    return Finding(
        document=document,
        start=start,
        end=end,
        rule=rule,
        field="",
        message=message,
        applicability=Applicability.MANUAL,
        severity=severity,
        scope="file",
    )


def _fields(view: View) -> Iterator[Finding]:
    facts = view.document.facts
    for verdict in verdicts(view):
        top = verdict.field.partition(".")[0]
        broken = breakage(view, verdict.field)
        found = _finding(
            view, verdict, key_span(view.document, verdict.field), verdict.message(broken)
        )
        yield found._replace(severity=Severity.ERROR) if broken else found
        if top != verdict.field:
            continue
        *dead, last = facts.bindings[top]
        line = view.document.text.line(last.span[0]) + 1
        for use in dead:
            message = f"`{top}` is assigned again in line {line}: this value has no effect."
            yield _finding(view, verdict, use.span, message)
        for use in facts.changes.get(top, ()):
            message = f"`{top}` is changed here, so its migration is by hand: {verdict.rule.title}"
            yield _finding(view, verdict, use.span, message)


def _finding(view: View, verdict: Verdict, span: tuple[int, int], message: str) -> Finding:
    manual = verdict.applicability is Applicability.MANUAL
    severity = Severity.INFORMATION if manual else Severity.WARNING
    return Finding(
        document=view.document,
        start=span[0],
        end=span[1],
        rule=verdict.rule,
        field=verdict.field,
        message=message,
        applicability=verdict.applicability,
        severity=severity,
        scope=scope(verdict),
        titles=() if manual else tuple(fix.title for fix in verdict.fixes),
    )


def _by_hand(view: View) -> Iterator[Finding]:
    """0.x fields that no rule can look into."""
    found = [(use, "it is set inside other code") for use in view.nested]
    found += [(use, "its value isn't one that 0.x takes") for use in view.odd]
    for use, why in found:
        rule = rules()[use.name]
        message = f"{rule.title.rstrip('.')}; {why}: migrate it by hand."
        yield Finding(
            document=view.document,
            start=use.span[0],
            end=use.span[1],
            rule=rule,
            field=use.name,
            message=message,
            applicability=Applicability.MANUAL,
            severity=Severity.ERROR if view.live else Severity.INFORMATION,
            scope="file",
        )


def unreadable(path: str, why: str, workspace: Workspace, *, given: bool) -> list[Finding]:
    """The notice of a file that can't be read, if it was given by name or looks like a config."""
    from mmupgrade.rules.file.unreadable_file import UNREADABLE_FILE

    shown = _legible(path)
    if not workspace.settings_of(shown.path).reports(UNREADABLE_FILE.id):
        return []
    if not given and not workspace.view(shown).is_config:
        return []
    message = f"The file can't be read: {why}."
    return [_notice(shown, UNREADABLE_FILE, 0, 0, message)]


def _legible(path: str) -> Document:
    """What can be made out of a file that is no UTF-8."""
    try:
        with open(path, "rb") as file:
            return document(path, file.read(MAX_BYTES).decode("utf-8", errors="replace"))
    except OSError:
        return document(path, "")
