"""`textDocument/codeAction`: what can be done about a finding, a file and its family."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from mmupgrade.document import Document
from mmupgrade.edits import Edit
from mmupgrade.findings import Finding
from mmupgrade.fix import quick_fix
from mmupgrade.ignore_edits import Unsilenced, silenced, without
from mmupgrade.ignores import ignores
from mmupgrade.lsp.changes import edit_of, workspace_edit
from mmupgrade.lsp.diagnostics import diagnostic, page_uri
from mmupgrade.lsp.documents import OpenDocument
from mmupgrade.lsp.edits import whole
from mmupgrade.lsp.kinds import FIX_ALL, MIGRATE
from mmupgrade.lsp.migrate import Extent, doubts, migration, relatives
from mmupgrade.lsp.session import Session
from mmupgrade.moves import Applicability
from mmupgrade.rule import Page
from mmupgrade.text import BOM

_LINE = r"[^\r\n]*(?:\r\n|\r|\n)"
_DECLARATIONS = re.compile(rf"(?:#!{_LINE})?(?:#[^\r\n]*?coding[:=]{_LINE})?")


class Offer(NamedTuple):
    """An action before its edit is worked out. `data` says how; `command` follows the edit."""

    title: str
    kind: str
    data: dict[str, Any]
    finding: Finding | None = None
    preferred: bool = False


def code_action(
    session: Session, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command]:
    """The actions for a range, with their edits unless the client asks for each later."""
    held = session.at(params.text_document.uri)
    if held is None or not session.client.action_literals:
        return []
    start, end = session.positions(held.document).span(params.range)
    found = session.findings(held.document.path)
    near = [finding for finding in found if finding.start <= end and finding.end >= start]
    on_line = params.range.start.line == params.range.end.line
    offers = [
        *_for_findings(session, near, found),
        *_ignoring(near, on_line=on_line),
        *_for_file(session, held, found),
    ]
    only = params.context.only
    wanted = [offer for offer in offers if only is None or _is_of(offer.kind, only)]
    actions = [_action(session, held, offer) for offer in wanted]
    session.offered = {_name(action): action.data for action in actions if action is not None}
    pages = {finding.rule.id: finding.rule for finding in near}.values()
    documented = [_documentation(session, page) for page in pages]
    if only is not None and not _is_of(types.CodeActionKind.QuickFix, only):
        documented = []
    return [*filter(None, actions), *filter(None, documented)]


def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """`codeAction/resolve`: the action with its edit.

    A client may have dropped its data; then it is one of those offered last. Raises
    JsonRpcContentModified where the text is another one by now.
    """
    data = action.data if isinstance(action.data, dict) else session.offered.get(_name(action))
    if data is None or action.edit is not None:
        return action
    held = session.at(data["uri"])
    if held is None or data["text"] != _stamp(held):
        raise JsonRpcContentModified("The text has changed.")
    action.edit = _edit(session, held, data)
    return action


def _stamp(held: OpenDocument) -> str:
    """What tells texts apart where a client has no versions, or begins anew with them."""
    return f"{hash(held.text.value):x}"


def _name(action: types.CodeAction) -> str:
    """What tells an action from the others that are offered: its title, and the place."""
    place = action.diagnostics[0].range.start if action.diagnostics else None
    return f"{action.title}, {place}"


def _is_of(kind: str, only: Sequence[str]) -> bool:
    """Whether a kind is one of those wanted, or below one."""
    return any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


def _for_findings(session: Session, near: list[Finding], found: list[Finding]) -> Iterator[Offer]:
    """Each fix of each field, and what takes comments out."""
    first: dict[str | int, Finding] = {}
    for finding in near:
        first.setdefault(finding.field or finding.start, finding)
    for finding in first.values():
        where = relatives(session, finding.document.path) if finding.scope == "family" else ""
        for number, name in enumerate(finding.titles):
            title = f"{name}, with {where}" if where else name
            safe = finding.applicability is Applicability.SAFE and number == 0
            yield Offer(title, types.CodeActionKind.QuickFix, _fix(finding, number), finding, safe)
        places = [other for other in found if other.field == finding.field] if finding.field else []
        if finding.titles and len(places) > 1:
            title = f"Fix all {len(places)} `{finding.field}` in this file"
            yield Offer(title, types.CodeActionKind.QuickFix, _fix(finding, 0), finding)


def _ignoring(near: list[Finding], *, on_line: bool) -> Iterator[Offer]:
    """What ignores the rules of findings: in the whole file, and those of one line there."""
    first: dict[str, Finding] = {}
    for finding in near:
        first.setdefault(finding.rule.id, finding)
    for id, finding in first.items():
        title = f"Ignore {id} (`{finding.rule.name}`)"
        for place, words in (("line", "on this line"), ("file", "in this file")):
            data = {"do": "ignore", "rule": id, "start": finding.start, "in": place}
            if on_line or place == "file":
                yield Offer(f"{title} {words}", types.CodeActionKind.QuickFix, data, finding)


def _fix(finding: Finding, number: int) -> dict[str, Any]:
    if not finding.field:
        return {"do": "tidy", "start": finding.start}
    family = finding.scope == "family"
    return {"do": "fix", "field": finding.field, "number": number, "family": family}


def _for_file(session: Session, held: OpenDocument, found: list[Finding]) -> Iterator[Offer]:
    """What concerns the whole file, and its family."""
    fixable = [finding for finding in found if finding.titles]
    alone = [finding for finding in fixable if finding.scope == "file"]
    safe = [finding for finding in alone if finding.applicability is Applicability.SAFE]
    if safe:
        yield Offer("Fix all safe mmupgrade findings", FIX_ALL, {"do": "all"})
    if alone if session.client.annotates_edits else safe:
        yield Offer("Migrate this config", MIGRATE, {"do": "migrate", "family": False})
    others = relatives(session, held.document.path) if fixable else ""
    if others:
        title = f"Migrate this config and {others}"
        yield Offer(title, MIGRATE, {"do": "migrate", "family": True})


def _action(session: Session, held: OpenDocument, offer: Offer) -> types.CodeAction | None:
    data = {**offer.data, "uri": held.uri, "text": _stamp(held)}
    edit = None
    if not session.client.resolves_edits:
        edit = _edit(session, held, data)
        if edit is None:
            return None
    shown = diagnostic(session, offer.finding) if offer.finding is not None else None
    return types.CodeAction(
        title=offer.title,
        kind=offer.kind,
        diagnostics=[shown] if shown is not None else None,
        is_preferred=True if offer.preferred else None,
        edit=edit,
        command=_after(session, held, data),
        data=data,
    )


def _after(session: Session, held: OpenDocument, data: dict[str, Any]) -> types.Command | None:
    """After an edit of several files, the user is told which, since all have to be saved."""
    if not data.get("family") or not session.client.applies_edits:
        return None
    return types.Command("Say what was changed", "mmupgrade.changed", arguments=[held.uri])


def _documentation(session: Session, page: Page) -> types.CodeAction | None:
    if page_uri(page) is None or not session.client.applies_edits:
        return None
    title = f"Explain {page.id} (`{page.name}`)"
    command = types.Command(title, "mmupgrade.explain", arguments=[page.id])
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, command=command)


def _edit(session: Session, held: OpenDocument, data: dict[str, Any]) -> types.WorkspaceEdit | None:
    """The edit of an action; None where there is nothing to do."""
    path = held.document.path
    if data["do"] == "ignore":
        return _ignore(session, held, data)
    if data["do"] == "tidy":
        parts = [part for ignore in ignores(held.document).each for part in ignore.parts()]
        gone = [part for part in parts if part.span[0] == data["start"]]
        return _become(session, held.document, without(held.document, gone))
    if data["do"] == "fix":
        run = session.analysis.run(path)
        rewrites = quick_fix(run, path, data["field"], data["number"]) if run is not None else []
        taken = {finding.field for finding in session.findings(path)} & {data["field"]}
        return workspace_edit(session, rewrites, doubts(session, path, taken))
    alone = data["do"] == "all"
    family = bool(data.get("family"))
    unsafe = not alone and session.client.annotates_edits
    made = migration(session, path, Extent(family=family, unsafe=unsafe))
    return workspace_edit(session, made.rewrites, made.doubts)


def _ignore(
    session: Session, held: OpenDocument, data: dict[str, Any]
) -> types.WorkspaceEdit | None:
    """A comment that ignores one rule, on the line of the finding or in the whole file."""
    document = held.document
    if data["in"] == "file":
        place = _after_declarations(document)
        comment = f"# mmupgrade: ignore-file[{data['rule']}]{document.text.newline}"
        return edit_of(session, {document.path: (Edit(place, place, comment),)})
    try:
        text, _ = silenced(document, [(data["rule"], data["start"])])
    except Unsilenced:
        return None
    return _become(session, document, text)


def _after_declarations(document: Document) -> int:
    """Where the first line starts that says neither who runs the file nor its encoding."""
    match = _DECLARATIONS.match(document.text.value)
    return match.end() if match is not None else 0


def _become(session: Session, document: Document, text: str) -> types.WorkspaceEdit | None:
    return edit_of(session, {document.path: whole(document, text.removeprefix(BOM))})
