"""`textDocument/codeAction`: what can be done about a finding, a file and its family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from mmupgrade.findings import Finding
from mmupgrade.fix import quick_fix
from mmupgrade.ignore_edits import Unsilenced, silenced
from mmupgrade.lsp.changes import edit_of, workspace_edit
from mmupgrade.lsp.diagnostics import diagnostic, page_uri
from mmupgrade.lsp.documents import OpenDocument
from mmupgrade.lsp.edits import whole
from mmupgrade.lsp.migrate import Extent, doubts, migration
from mmupgrade.lsp.session import Session
from mmupgrade.moves import Applicability

FIX_ALL = "source.fixAll.mmupgrade"
MIGRATE = "refactor.rewrite.mmupgrade"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, MIGRATE)
_CONTENT_MODIFIED = -32801


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
    offers = [*_for_findings(near), *_for_file(session, held, found)]
    only = params.context.only
    wanted = [offer for offer in offers if only is None or _is_of(offer.kind, only)]
    actions = [_action(session, held, offer) for offer in wanted]
    documented = [] if only else [_documentation(session, finding) for finding in near]
    return [*filter(None, actions), *filter(None, documented)]


def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """`codeAction/resolve`: the action with its edit.

    Raises the protocol's ContentModified where the text is another one by now.
    """
    data = action.data if isinstance(action.data, dict) else {}
    held = session.at(data["uri"]) if "uri" in data else None
    if held is None or action.edit is not None:
        return action
    if data.get("version") != held.version:
        raise JsonRpcException("The text has changed.", code=_CONTENT_MODIFIED)
    action.edit = _edit(session, held, data)
    return action


def _is_of(kind: str, only: Sequence[str]) -> bool:
    """Whether a kind is one of those wanted, or below one."""
    return any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


def _for_findings(near: list[Finding]) -> Iterator[Offer]:
    """Each fix of each field, then what ignores it."""
    for finding in near:
        where = ", in its base files too" if finding.scope == "family" else ""
        for number, name in enumerate(finding.titles if finding.field else ()):
            title = name + where
            safe = finding.applicability is Applicability.SAFE and number == 0
            data = {"do": "fix", "field": finding.field, "number": number}
            yield Offer(title, types.CodeActionKind.QuickFix, data, finding, safe)
    for finding in near:
        for place, words in (("line", "on this line"), ("file", "in this file")):
            title = f"Ignore {finding.rule.id} (`{finding.rule.name}`) {words}"
            data = {"do": "ignore", "rule": finding.rule.id, "start": finding.start, "in": place}
            yield Offer(title, types.CodeActionKind.QuickFix, data, finding)


def _for_file(session: Session, held: OpenDocument, found: list[Finding]) -> Iterator[Offer]:
    """What concerns the whole file, and its family."""
    fixable = [finding for finding in found if finding.titles]
    safe = [f for f in fixable if f.applicability is Applicability.SAFE]
    if any(finding.scope == "file" for finding in safe):
        yield Offer("Fix all safe mmupgrade findings", FIX_ALL, {"do": "all"})
    others = len(session.analysis.family(held.document.path)) - 1 if fixable else 0
    if fixable:
        yield Offer("Migrate this config", MIGRATE, {"do": "migrate", "family": False})
    if others:
        files = "1 base file" if others == 1 else f"{others} base files"
        title = f"Migrate this config and its {files}"
        yield Offer(title, MIGRATE, {"do": "migrate", "family": True})


def _action(session: Session, held: OpenDocument, offer: Offer) -> types.CodeAction | None:
    data = {**offer.data, "uri": held.uri, "version": held.version}
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
    if data["do"] not in ("fix", "migrate") or not session.client.applies_edits:
        return None
    family = session.analysis.family(held.document.path)
    if len(family) < 2 or data.get("family") is False:
        return None
    return types.Command("Say what was changed", "mmupgrade.changed", arguments=[held.uri])


def _documentation(session: Session, finding: Finding) -> types.CodeAction | None:
    if page_uri(finding.rule) is None or not session.client.applies_edits:
        return None
    title = f"Explain {finding.rule.id} (`{finding.rule.name}`)"
    command = types.Command(title, "mmupgrade.explain", arguments=[finding.rule.id])
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, command=command)


def _edit(session: Session, held: OpenDocument, data: dict[str, Any]) -> types.WorkspaceEdit | None:
    """The edit of an action; None where there is nothing to do."""
    path = held.document.path
    if data["do"] == "ignore":
        return _ignore(session, held, data)
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
    newline = document.text.newline
    if data["in"] == "file":
        text = f"# mmupgrade: ignore-file[{data['rule']}]{newline}{document.text.value}"
    else:
        try:
            text, _ = silenced(document, [(data["rule"], data["start"])])
        except Unsilenced:
            return None
        text = text.removeprefix("\ufeff")
    return edit_of(session, {document.path: whole(document, text)})
