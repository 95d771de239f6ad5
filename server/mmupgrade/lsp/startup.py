"""What is asked of the client and looked up on disk once the session has begun."""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from mmupgrade.document import Document, from_disk
from mmupgrade.lsp import reports
from mmupgrade.lsp.session import Session, said_of
from mmupgrade.lsp.texts import settings_changed
from mmupgrade.lsp.uris import uri_of
from mmupgrade.project import inherits

log = logging.getLogger(__name__)
_WATCHED = ("**/*.py", "**/mmupgrade.toml", "**/pyproject.toml")


async def initialized(session: Session, params: types.InitializedParams) -> None:
    """`initialized`: the client's watchers and settings, and the families on disk."""
    del params
    _register(session)
    await configure(session)
    await look_around(session)


async def configure(session: Session) -> None:
    """Ask for the settings; a client that gives none leaves those it began with."""
    if not session.client.configures:
        return
    uris = [None, *map(uri_of, session.folders)]
    items = [types.ConfigurationItem(uri, "mmupgrade") for uri in uris]
    asked = types.ConfigurationParams(items)
    try:
        answers = await session.server.workspace_configuration_async(asked)
    except JsonRpcException as error:
        log.warning("the client gives no settings: %s", error)
        return
    for scope, said in zip(session.scopes, answers or (), strict=False):
        session.options.set(scope, said if isinstance(said, dict) else session.said)


def _register(session: Session) -> None:
    wanted: list[types.Registration] = []
    if session.client.watches:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        watching = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        wanted.append(types.Registration("watch", method, watching))
    if session.client.registers_configuration:
        section = types.DidChangeConfigurationRegistrationOptions("mmupgrade")
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        wanted.append(types.Registration("configuration", method, section))
    if wanted:
        session.server.client_register_capability(types.RegistrationParams(wanted))


async def look_around(session: Session) -> None:
    """Find the families on disk, and show what is different with them."""
    await find_families(session)
    reports.everything_changed(session)


async def find_families(session: Session) -> None:
    """Find the files that inherit from others; in a thread, so that nobody waits for the disk."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(None, _heirs, session)
    session.analysis.look_at(found)


def _heirs(session: Session) -> list[Document]:
    found = [from_disk(path) for path in session.files()]
    return [held for held in found if isinstance(held, Document) and inherits(held)]


async def did_change_configuration(
    session: Session, params: types.DidChangeConfigurationParams
) -> None:
    """`workspace/didChangeConfiguration`: ask again, or take what was sent along."""
    if session.client.configures:
        await configure(session)
    else:
        for scope in session.scopes:
            session.options.set(scope, said_of(params.settings) or session.said)
    settings_changed(session)


async def did_change_workspace_folders(
    session: Session, params: types.DidChangeWorkspaceFoldersParams
) -> None:
    """`workspace/didChangeWorkspaceFolders`."""
    gone = [session.documents.path(folder.uri) for folder in params.event.removed]
    new = [session.documents.path(folder.uri) for folder in params.event.added]
    session.folders[:] = [folder for folder in session.folders if folder not in gone] + new
    for folder in gone:
        session.options.forget(folder)
    for folder in new:
        session.options.set(folder, session.said)
    await configure(session)
    await look_around(session)
