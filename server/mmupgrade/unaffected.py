"""Edits that change no finding but where it stands."""

from __future__ import annotations

from mmupgrade.codebases import speaks
from mmupgrade.document import Document, Origin
from mmupgrade.findings import Finding
from mmupgrade.ignores import ignores


def is_unaffected(document: Document, origin: Origin) -> bool:
    """Whether the findings of the text that `document` was made from are its own.

    That is so where no lines come or go, and nobody has asked for the value of the
    statement that is another now, nor may care for what it reads or names.
    """
    before, change = origin.before, origin.change
    if len(before.text.starts) != len(document.text.starts):
        return False
    if "mmupgrade" in change.old or "mmupgrade" in change.new or ignores(before):
        return False
    if change.order is None:
        return True
    if change.order in before.touched:
        return False
    old, new = change.reads()
    return old == new and speaks(change.old) == speaks(change.new)


def moved(found: list[Finding], document: Document, origin: Origin) -> list[Finding]:
    """Findings of the text before, where they stand in `document`."""
    edit = origin.edit
    return [
        finding._replace(document=document)
        if finding.start < edit.end
        else finding._replace(
            document=document, start=finding.start + edit.delta, end=finding.end + edit.delta
        )
        for finding in found
    ]
