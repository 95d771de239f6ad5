"""`textDocument/hover`: what became of a field, with the user's own before and after."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from lsprotocol.types import Hover, HoverParams, MarkupContent, MarkupKind

from mmupgrade.document import Document
from mmupgrade.fields import is_marked
from mmupgrade.fix import diff, quick_fix
from mmupgrade.ignores import ignores
from mmupgrade.judge import verdicts
from mmupgrade.lsp.became import hook_became, was
from mmupgrade.lsp.diagnostics import page_uri
from mmupgrade.lsp.places import Place, place_at, span_at
from mmupgrade.lsp.session import Session
from mmupgrade.moves import Applicability
from mmupgrade.rule import Page, named, rules
from mmupgrade.scope import settled
from mmupgrade.values import OPAQUE
from mmupgrade.verdict import Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

#: Lines of a diff that a hover shows.
_LINES = 40


def hover(session: Session, params: HoverParams) -> Hover | None:
    """What is said of the place."""
    held = session.at(params.text_document.uri)
    if held is None:
        return None
    positions = session.positions(held.document)
    offset = positions.offset(params.position)
    found = _ignored(held.document, offset) or _field(session, held.document, offset)
    if found is None:
        return None
    text, (start, end) = found
    kind = MarkupKind.Markdown if session.client.markdown else MarkupKind.PlainText
    shown = text if session.client.markdown else _plain(text)
    return Hover(MarkupContent(kind, shown), positions.range(start, end))


_Found = tuple[str, tuple[int, int]]


def _ignored(document: Document, offset: int) -> _Found | None:
    """The rule behind a name in an ignore comment."""
    for ignore in ignores(document).each:
        for name in ignore.names or ():
            if name.start <= offset <= name.end:
                pages = named(name.text)
                text = "\n\n".join(f"{_head(page)}\n\n{page.explanation}" for page in pages)
                return (text, (name.start, name.end)) if pages else None
    return None


def _field(session: Session, document: Document, offset: int) -> _Found | None:
    place = place_at(document, offset)
    run = session.analysis.run(document.path) if place is not None else None
    if place is None or run is None:
        return None
    settled(run)
    view = run.view(run.run[document.path])
    span = span_at(place, offset) or place.span
    verdict = _verdict(view, place)
    if verdict is not None:
        said = [*_hook(verdict, place), *_parts(session, run, verdict)]
        return "\n\n".join(said), span
    former = was(place.path)
    if former is None or former not in rules() or not _is_1x(view, place):
        return None
    page = rules()[former]
    text = f"`{'.'.join(place.path)}` was `{former}` in 0.x.\n\n{_head(page)}\n\n{page.explanation}"
    return text, span


def _is_1x(view: View, place: Place) -> bool:
    """Whether a name is that of a setting of 1.x, and not one of 0.x or of any Python file."""
    if view.own_value(place.path[0]) is not None:
        return False
    return any(is_marked(member.document) for member in view.chain)


def _hook(verdict: Verdict, place: Place) -> Iterator[str]:
    """What became of the logger hook at a place."""
    name = place.value.const if place.value is not None and place.path[-1] == "type" else None
    said = hook_became(name) if verdict.field == "log_config" and isinstance(name, str) else None
    if said is not None:
        yield said


def _verdict(view: View, place: Place) -> Verdict | None:
    """The verdict of the field at a place, or of that around it."""
    if view not in view.workspace.configs():
        return None
    known = {verdict.field: verdict for verdict in verdicts(view)}
    names = (".".join(place.path[:length]) for length in range(len(place.path), 0, -1))
    return next((known[name] for name in names if name in known), None)


def _parts(session: Session, run: Workspace, verdict: Verdict) -> Iterator[str]:
    """The sections of a field's hover, in Markdown."""
    yield _head(verdict.rule)
    yield verdict.rule.explanation
    yield from _inherited(verdict)
    shown = _known_change(session, run, verdict)
    if shown:
        yield f"```diff\n{shown}\n```"
    yield _safety(verdict)
    uri = page_uri(verdict.rule)
    if uri is not None:
        yield f"[More about {verdict.rule.name}]({uri})"


def _head(page: Page) -> str:
    return f"**{page.title}** ({page.id})"


def _inherited(verdict: Verdict) -> Iterator[str]:
    """The effective value, where files above have a part in it."""
    held = verdict.view.old[verdict.field]
    if len(held.parts) < 2:
        return
    names = [f"`{os.path.basename(document.path)}`" for document in held.documents]
    known = held.value.const
    value = repr(known) if known is not OPAQUE else _merged(verdict)
    yield f"Effective value, from {', '.join(names[:-1])} and this file:"
    yield f"```python\n{verdict.field} = {value}\n```"


def _merged(verdict: Verdict) -> str:
    entries = verdict.view.old[verdict.field].value.entries or {}
    inner = ", ".join(f"{key}={entry.value.source}" for key, entry in entries.items())
    return f"dict({inner})"


def _known_change(session: Session, run: Workspace, verdict: Verdict) -> str:
    """The change of a field's fix, worked out once for each run."""
    key = (verdict.view.document.path, verdict.field)
    known = session.changes.get(key)
    if known is None or known[0] is not run:
        known = session.changes[key] = (run, _change(run, verdict))
    return known[1]


def _change(run: Workspace, verdict: Verdict) -> str:
    """The user's own lines before and after the fix."""
    if verdict.applicability is Applicability.MANUAL:
        return ""
    path = verdict.view.document.path
    for rewrite in quick_fix(run, path, verdict.field):
        if rewrite.document.path == path and rewrite.changed:
            lines = diff(rewrite, "config.py").splitlines()
            kept = [line for line in lines if not re.match(r"(?:---|\+\+\+|@@|\\ )", line)]
            more = ["…"] if len(kept) > _LINES else []
            return "\n".join([*kept[:_LINES], *more])
    return ""


def _safety(verdict: Verdict) -> str:
    """How far the fix may be trusted."""
    reasons = "; ".join(reason.rstrip(".") for reason in (*verdict.fix.reasons, *verdict.fix.stays))
    if verdict.applicability is Applicability.SAFE:
        return "The fix is safe: the runner sees the same values."
    if verdict.applicability is Applicability.UNSAFE:
        return f"The fix needs a look: {reasons}."
    return f"There is no fix: {reasons}." if reasons else "There is no fix."


def _plain(text: str) -> str:
    """Markdown for clients that show plain text."""
    bare = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"(?m)^```\w*$|\*\*|`", "", bare)
