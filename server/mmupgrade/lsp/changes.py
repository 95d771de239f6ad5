"""Rewritten files as one workspace edit."""

from __future__ import annotations

import os
from collections.abc import Iterable

from lsprotocol import types

from mmupgrade.edits import Edit
from mmupgrade.fix import Rewrite
from mmupgrade.lsp.edits import line_edits, text_edits
from mmupgrade.lsp.session import Session

_UNSAFE = "unsafe"


def workspace_edit(
    session: Session, rewrites: Iterable[Rewrite], doubts: Iterable[str] = ()
) -> types.WorkspaceEdit | None:
    """The edit that carries out all that is changed, or None where nothing is.

    `doubts` are the reasons to look at it before it is made; a client that can asks
    the user then.
    """
    changed = [rewrite for rewrite in rewrites if rewrite.changed]
    return edit_of(session, {r.document.path: r.edits for r in changed}, doubts)


def edit_of(
    session: Session, edits: dict[str, tuple[Edit, ...]], doubts: Iterable[str] = ()
) -> types.WorkspaceEdit | None:
    """The edit that makes these edits, by path."""
    made = {path: _text_edits(session, path, each) for path, each in edits.items() if each}
    if not made:
        return None
    if not session.client.versioned_edits:
        return types.WorkspaceEdit(
            changes={session.documents.uri(path): each for path, each in made.items()}
        )
    reasons = list(dict.fromkeys(doubts)) if session.client.annotates_edits else []
    changes = [_versioned(session, path, each, bool(reasons)) for path, each in made.items()]
    return types.WorkspaceEdit(
        document_changes=changes,
        change_annotations={_UNSAFE: _annotation(reasons)} if reasons else None,
    )


def _text_edits(session: Session, path: str, edits: tuple[Edit, ...]) -> list[types.TextEdit]:
    document = session.analysis.document(path)
    assert document is not None
    # ALE, the one client without `workspace/applyEdit`, takes columns for bytes.
    made = text_edits if session.client.applies_edits else line_edits
    return made(session.positions(document), edits)


def _versioned(
    session: Session, path: str, edits: list[types.TextEdit], is_unsafe: bool
) -> types.TextDocumentEdit:
    held = session.documents.at(path)
    version = held.version if held is not None else None
    identifier = types.OptionalVersionedTextDocumentIdentifier(session.documents.uri(path), version)
    if not is_unsafe:
        return types.TextDocumentEdit(identifier, list(edits))
    annotated = [types.AnnotatedTextEdit(_UNSAFE, e.range, e.new_text) for e in edits]
    return types.TextDocumentEdit(identifier, list(annotated))


def _annotation(reasons: list[str]) -> types.ChangeAnnotation:
    return types.ChangeAnnotation(
        label="Fixes that need a look", needs_confirmation=True, description="; ".join(reasons)
    )


def names(paths: Iterable[str]) -> str:
    """The names of files in a message."""
    shown = [f"`{os.path.basename(path)}`" for path in sorted(paths)]
    more = f" and {len(shown) - 5} more" if len(shown) > 5 else ""
    return ", ".join(shown[:5]) + more
