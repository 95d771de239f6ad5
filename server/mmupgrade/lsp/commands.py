"""`workspace/executeCommand`: migrate, preview, explain."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from mmupgrade.engine import explain
from mmupgrade.fix import Rewrite, diff, fix
from mmupgrade.lsp.changes import names, workspace_edit
from mmupgrade.lsp.diagnostics import page_uri
from mmupgrade.lsp.migrate import Extent, Migration, migration
from mmupgrade.lsp.progress import Progress
from mmupgrade.lsp.session import Session
from mmupgrade.lsp.startup import find_families
from mmupgrade.selection import NoSuchRule, matching

_AT_ONCE = 8


def _first(params: types.ExecuteCommandParams) -> str:
    """The first argument: a URI, or a name."""
    first = params.arguments[0] if params.arguments else None
    if not isinstance(first, str):
        raise JsonRpcInvalidParams(f"`{params.command}` takes a string first.")
    return first


def _options(params: types.ExecuteCommandParams) -> dict[str, Any]:
    """The last argument, where it is an object."""
    last = params.arguments[-1] if params.arguments else None
    return last if isinstance(last, dict) else {}


def _migration(session: Session, params: types.ExecuteCommandParams) -> Migration:
    said = _options(params)
    extent = Extent(bool(said.get("family")), bool(said.get("unsafe")))
    return migration(session, session.documents.path(_first(params)), extent)


async def migrate(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """`mmupgrade.migrate`: migrate a file, or its family, in the client's buffers."""
    made = _migration(session, params)
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
    if not session.client.saves_all:
        session.server.window_show_message(types.ShowMessageParams(kind, message))
        return
    params = types.ShowMessageRequestParams(kind, message, [save])
    answer = await session.server.window_show_message_request_async(params)
    if answer is not None and answer.title == save.title:
        uris = [session.documents.uri(path) for path in paths]
        session.server.protocol.notify("mmupgrade/saveAll", {"uris": uris})


async def changed(session: Session, params: types.ExecuteCommandParams) -> None:
    """`mmupgrade.changed`: what follows the edit of a code action in several files."""
    family = session.analysis.family(session.documents.path(_first(params)))
    unsaved = [held.document.path for held in session.documents if _differs(session, held.uri)]
    together = [path for path in unsaved if path in family]
    if len(together) > 1:
        await ask_to_save(session, together)


def _differs(session: Session, uri: str) -> bool:
    held = session.at(uri)
    return held is not None and not session.analysis.is_saved(held.document.path)


def preview(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """`mmupgrade.preview`: the texts and diffs of a migration, without making it."""
    return {
        "files": [
            {
                "uri": session.documents.uri(rewrite.document.path),
                "text": rewrite.text,
                "diff": diff(rewrite, rewrite.document.path),
            }
            for rewrite in _migration(session, params).rewrites
            if rewrite.changed
        ]
    }


async def explained(session: Session, params: types.ExecuteCommandParams) -> str:
    """`mmupgrade.explain`: the page of a rule, which is opened where the client can."""
    name = _first(params)
    try:
        page = matching([name])[0]
    except NoSuchRule:
        return f"There is no rule or field `{name}`."
    uri = page_uri(page)
    if uri is not None and session.client.shows_documents:
        shown = types.ShowDocumentParams(uri, external=False, take_focus=True)
        await session.server.window_show_document_async(shown)
    return explain(name)


async def migrate_workspace(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """`mmupgrade.migrateWorkspace`: count what would be migrated, or migrate it."""
    said = _options(params)
    changed: list[Rewrite] = []
    seen: set[str] = set()
    async with Progress(session, "Migrating configs", params.work_done_token) as progress:
        await find_families(session)
        paths = list(session.files())
        for index, path in enumerate(paths):
            if index % _AT_ONCE == 0:
                await asyncio.sleep(0)
                progress.report(index, len(paths))
            run = session.analysis.run(path) if path not in seen else None
            if run is not None:
                seen.update(run.run)
                rewrites = fix(run, unsafe=bool(said.get("unsafe")), whole_families=True)
                changed += [rewrite for rewrite in rewrites if rewrite.changed]
    if not said.get("dryRun"):
        await _apply(session, "Migrate workspace", changed, [])
    return {
        "files": len(paths),
        "findings": sum(len(rewrite.migrated) for rewrite in changed),
        "changed": [session.documents.uri(rewrite.document.path) for rewrite in changed],
    }
