"""What is asked of the client and looked up on disk once the session has begun."""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types

from mmupgrade.document import Document, from_disk
from mmupgrade.lsp import reports
from mmupgrade.lsp.session import Session
from mmupgrade.lsp.texts import settings_changed
from mmupgrade.lsp.uris import uri_of
from mmupgrade.paths import python_files
from mmupgrade.project import inherits

log = logging.getLogger(__name__)
_WATCHED = ("**/*.py", "**/mmupgrade.toml", "**/pyproject.toml")


async def initialized(session: Session, params: types.InitializedParams) -> None:
    """`initialized`: the client's settings, its watchers, and the families on disk."""
    del params
    await configure(session)
    _register(session)
    await look_around(session)


async def configure(session: Session) -> None:
    """Ask for the settings of each folder."""
    if not session.client.configures or not session.folders:
        return
    items = [types.ConfigurationItem(uri_of(path), "mmupgrade") for path in session.folders]
    answers = await session.server.workspace_configuration_async(types.ConfigurationParams(items))
    for folder, said in zip(session.folders, answers, strict=False):
        session.options.set(folder, said if isinstance(said, dict) else None)


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
    """Find the files that inherit from others; in a thread, so that nobody waits for the disk."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(None, _heirs, session)
    session.analysis.look_at(found)
    reports.everything_changed(session)


def _heirs(session: Session) -> list[Document]:
    found = [from_disk(path) for path in python_files(session.folders, session.options.of)]
    return [held for held in found if isinstance(held, Document) and inherits(held)]


async def did_change_configuration(
    session: Session, params: types.DidChangeConfigurationParams
) -> None:
    """`workspace/didChangeConfiguration`: ask again, or take what was sent along."""
    if session.client.configures:
        await configure(session)
    else:
        said = params.settings.get("mmupgrade") if isinstance(params.settings, dict) else None
        for folder in session.folders:
            session.options.set(folder, said)
    settings_changed(session)
