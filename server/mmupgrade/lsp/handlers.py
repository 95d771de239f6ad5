"""What answers each message, and with what where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from mmupgrade.lsp import (
    actions,
    commands,
    completion,
    hover,
    lenses,
    navigation,
    reports,
    startup,
    texts,
)

HANDLERS: dict[str, Callable[..., Any]] = {
    types.INITIALIZED: startup.initialized,
    types.TEXT_DOCUMENT_DID_OPEN: texts.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: texts.did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: texts.did_close,
    types.TEXT_DOCUMENT_DID_SAVE: texts.did_save,
    types.TEXT_DOCUMENT_HOVER: hover.hover,
    types.TEXT_DOCUMENT_CODE_LENS: lenses.code_lens,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: navigation.document_link,
    types.TEXT_DOCUMENT_DEFINITION: navigation.definition,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: navigation.document_symbol,
    types.TEXT_DOCUMENT_COMPLETION: completion.completion,
    types.TEXT_DOCUMENT_CODE_ACTION: actions.code_action,
    types.CODE_ACTION_RESOLVE: actions.resolve,
    types.TEXT_DOCUMENT_DIAGNOSTIC: reports.document_diagnostic,
    types.WORKSPACE_DIAGNOSTIC: reports.workspace_diagnostic,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: texts.did_change_watched_files,
    types.WORKSPACE_DID_RENAME_FILES: texts.did_rename_files,
    types.WORKSPACE_DID_DELETE_FILES: texts.did_delete_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: startup.did_change_workspace_folders,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: startup.did_change_configuration,
    "mmupgrade.migrate": commands.migrate,
    "mmupgrade.preview": commands.preview,
    "mmupgrade.explain": commands.explained,
    "mmupgrade.changed": commands.changed,
    "mmupgrade.migrateWorkspace": commands.migrate_workspace,
}
#: What says nothing, for the methods whose answer may not be null.
EMPTY: dict[str, Callable[[], Any]] = {
    types.TEXT_DOCUMENT_CODE_LENS: list,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: list,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: list,
    types.TEXT_DOCUMENT_CODE_ACTION: list,
    types.TEXT_DOCUMENT_DIAGNOSTIC: lambda: types.RelatedFullDocumentDiagnosticReport(items=[]),
    types.WORKSPACE_DIAGNOSTIC: lambda: types.WorkspaceDiagnosticReport(items=[]),
}
