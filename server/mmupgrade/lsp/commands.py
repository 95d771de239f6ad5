"""`workspace/executeCommand`: migrate, preview, explain."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from mmupgrade.engine import explain
from mmupgrade.fix import Rewrite, diff, fix
from mmupgrade.lsp.changes import names, workspace_edit
from mmupgrade.lsp.diagnostics import page_uri
from mmupgrade.lsp.migrate import Extent, migration
from mmupgrade.lsp.progress import Progress
from mmupgrade.lsp.session import Session
from mmupgrade.paths import python_files
from mmupgrade.selection import NoSuchRule, matching
from mmupgrade.workspace import Workspace

_AT_ONCE = 8


def _extent(arguments: tuple[Any, ...]) -> Extent:
    said = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
    return Extent(bool(said.get("family")), bool(said.get("unsafe")))


async def migrate(session: Session, uri: str, *arguments: Any) -> dict[str, Any]:
    """`mmupgrade.migrate`: migrate a file, or its family, in the client's buffers."""
    path = session.documents.path(uri)
    made = migration(session, path, _extent(arguments))
    return {"files": await _apply(session, "Migrate", made.rewrites, made.doubts)}


async def _apply(
    session: Session, label: str, rewrites: list[Rewrite], doubts: list[str]
) -> list[str]:
    """Have the client make the edit; gives the URIs of the files that were changed."""
    edit = workspace_edit(session, rewrites, doubts)
    if edit is None or not session.client.applies_edits:
        return []
    params = types.ApplyWorkspaceEditParams(edit, label)
    answer = await session.server.workspace_apply_edit_async(params)
    paths = [rewrite.document.path for rewrite in rewrites if rewrite.changed]
    if not answer.applied:
        why = f": {answer.failure_reason}" if answer.failure_reason else ""
        session.tell(f"the editor didn't make the edit{why}")
        return []
    if len(paths) > 1:
        await ask_to_save(session, paths)
    return [session.documents.uri(path) for path in paths]


async def ask_to_save(session: Session, paths: list[str]) -> None:
    """Name the files that were changed together: half a family trains wrongly."""
    message = f"Changed {names(paths)}. Save all of them: they only work together."
    save = types.MessageActionItem("Save All")
    kind = types.MessageType.Info
    params = types.ShowMessageRequestParams(kind, message, [save])
    answer = await session.server.window_show_message_request_async(params)
    if answer is not None and answer.title == save.title:
        uris = [session.documents.uri(path) for path in paths]
        session.server.protocol.notify("mmupgrade/saveAll", {"uris": uris})


async def changed(session: Session, uri: str, *_: Any) -> None:
    """`mmupgrade.changed`: what follows the edit of a code action in several files."""
    family = session.analysis.family(session.documents.path(uri))
    unsaved = [held.document.path for held in session.documents if _differs(session, held.uri)]
    together = [path for path in unsaved if path in family]
    if len(together) > 1:
        await ask_to_save(session, together)


def _differs(session: Session, uri: str) -> bool:
    held = session.at(uri)
    return held is not None and not session.analysis.is_saved(held.document.path)


def preview(session: Session, uri: str, *arguments: Any) -> dict[str, Any]:
    """`mmupgrade.preview`: the texts and diffs of a migration, without making it."""
    made = migration(session, session.documents.path(uri), _extent(arguments))
    return {
        "files": [
            {
                "uri": session.documents.uri(rewrite.document.path),
                "text": rewrite.text,
                "diff": diff(rewrite, rewrite.document.path),
            }
            for rewrite in made.rewrites
            if rewrite.changed
        ]
    }


async def explained(session: Session, name: str, *_: Any) -> str:
    """`mmupgrade.explain`: the page of a rule, which is opened where the client can."""
    try:
        page = matching([name])[0]
    except NoSuchRule:
        return f"There is no rule or field `{name}`."
    uri = page_uri(page)
    if uri is not None and session.client.shows_documents:
        params = types.ShowDocumentParams(uri, external=False, take_focus=True)
        await session.server.window_show_document_async(params)
    return explain(name)


async def migrate_workspace(session: Session, *arguments: Any, **work: Any) -> dict[str, Any]:
    """`mmupgrade.migrateWorkspace`: count what would be migrated, or migrate it."""
    said = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
    run = Workspace(session.options.of)
    async with Progress(session, "Migrating configs", work.get("token")) as progress:
        paths = list(python_files(session.folders, session.options.of))
        for index, path in enumerate(paths):
            if index % _AT_ONCE == 0:
                await asyncio.sleep(0)
                progress.report(index, len(paths))
            held = session.analysis.document(path)
            if held is not None:
                run.take([held])
        rewrites = fix(run, unsafe=bool(said.get("unsafe")))
    changed = [rewrite for rewrite in rewrites if rewrite.changed]
    if not said.get("dryRun"):
        await _apply(session, "Migrate workspace", changed, [])
    return {
        "files": len(paths),
        "findings": sum(len(rewrite.migrated) for rewrite in changed),
        "changed": [session.documents.uri(rewrite.document.path) for rewrite in changed],
    }
