"""Findings as diagnostics."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
)

from mmupgrade.bases import written_bases
from mmupgrade.fields import key_span
from mmupgrade.findings import Finding, Severity
from mmupgrade.lsp.protocol import Sent
from mmupgrade.lsp.session import Session
from mmupgrade.lsp.uris import uri_of
from mmupgrade.rule import Page, Rule

SOURCE = "mmupgrade"
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFORMATION: DiagnosticSeverity.Information,
}


def diagnostics(session: Session, path: str) -> list[Diagnostic]:
    """The diagnostics of one file, as far as the client can show them."""
    found = session.findings(path)
    before = session.kept.get(path, {})
    now: dict[object, Diagnostic] = {}
    positions = session.positions(found[0].document) if found else None
    # What is said of bases may change without the finding.
    has_bases = bool(found) and bool(written_bases(found[0].document))
    shown: list[Diagnostic] = []
    for finding in found:
        assert positions is not None
        place = (positions.place(finding.start), positions.place(finding.end))
        key = (place, finding.rule.id, finding.message, finding.severity)
        known = None if has_bases else before.get(key)
        shown.append(known or diagnostic(session, finding))
        now[key] = shown[-1]
    session.kept[path] = now
    return shown


def diagnostic(session: Session, finding: Finding) -> Diagnostic:
    """One finding as the client shows it."""
    client = session.client
    page = page_uri(finding.rule) if client.links_codes else None
    is_field = isinstance(finding.rule, Rule) and bool(finding.field)
    return Sent(
        range=session.positions(finding.document).range(finding.start, finding.end),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule.id,
        code_description=CodeDescription(page) if page else None,
        source=SOURCE,
        message=finding.message,
        tags=[DiagnosticTag.Deprecated] if client.tags and is_field else None,
        related_information=_related(session, finding) if client.relates else None,
        data={"rule": finding.rule.id, "field": finding.field} if finding.field else None,
    )


def _related(session: Session, finding: Finding) -> list[DiagnosticRelatedInformation] | None:
    """Where the bases set the same field."""
    if not finding.field:
        return None
    found = []
    for base in session.analysis.overridden(finding.document.path, finding.field):
        place = session.positions(base).range(*key_span(base, finding.field))
        message = f"`{os.path.basename(base.path)}` sets `{finding.field}` too"
        location = Location(session.documents.uri(base.path), place)
        found.append(DiagnosticRelatedInformation(location, message))
    return found or None


@cache
def _pages() -> Path | None:
    """The folder of the rules' pages: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    folders = (package / "pages", package.parents[1] / "docs" / "rules")
    return next((folder for folder in folders if folder.is_dir()), None)


@cache
def page_uri(page: Page) -> str | None:
    """The `file:` URI of a rule's page."""
    folder = _pages()
    return uri_of(str(folder / f"{page.name}.md")) if folder is not None else None


def result_id(found: list[Finding]) -> str:
    """The same for the same diagnostics of the same places."""
    told = [
        (f.start, f.end, f.rule.id, f.message, f.severity.value, f.document.text.position(f.start))
        for f in found
    ]
    return hashlib.blake2s(repr(told).encode("utf-8", "replace"), digest_size=8).hexdigest()
