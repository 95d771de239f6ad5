"""What the client at the other end can do, asked once."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol.types import InitializeParams, MarkupKind


class Client(NamedTuple):
    """The capabilities that make a difference to what is sent.

    `saves_all` is one of our own, `experimental.mmupgrade.saveAll`: the client saves
    the files that the notification `mmupgrade/saveAll` names.
    """

    pulls: bool = False
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    tags: bool = False
    links_codes: bool = False
    relates: bool = False
    resolves_edits: bool = False
    action_literals: bool = False
    versioned_edits: bool = False
    annotates_edits: bool = False
    applies_edits: bool = False
    markdown: bool = False
    nested_symbols: bool = False
    configures: bool = False
    registers_configuration: bool = False
    watches: bool = False
    reports_progress: bool = False
    shows_documents: bool = False
    saves_all: bool = False


def client_of(params: InitializeParams) -> Client:
    """The client that sent these parameters."""
    offered = params.capabilities
    text, workspace, window = offered.text_document, offered.workspace, offered.window

    def has(root: Any, *path: str) -> bool:
        for name in path:
            root = getattr(root, name, None)
        return bool(root)

    resolved = getattr(
        getattr(getattr(text, "code_action", None), "resolve_support", None), "properties", ()
    )
    other = offered.experimental if isinstance(offered.experimental, dict) else {}
    ours = other["mmupgrade"] if isinstance(other.get("mmupgrade"), dict) else {}
    hover = getattr(getattr(text, "hover", None), "content_format", None) or ()
    return Client(
        pulls=has(text, "diagnostic"),
        refreshes_diagnostics=has(workspace, "diagnostics", "refresh_support"),
        refreshes_lenses=has(workspace, "code_lens", "refresh_support"),
        tags=has(text, "publish_diagnostics", "tag_support") or has(text, "diagnostic"),
        links_codes=has(text, "publish_diagnostics", "code_description_support"),
        relates=has(text, "publish_diagnostics", "related_information"),
        resolves_edits="edit" in resolved and has(text, "code_action", "data_support"),
        action_literals=has(text, "code_action", "code_action_literal_support"),
        versioned_edits=has(workspace, "workspace_edit", "document_changes"),
        annotates_edits=has(workspace, "workspace_edit", "change_annotation_support"),
        applies_edits=has(workspace, "apply_edit"),
        markdown=MarkupKind.Markdown in hover,
        nested_symbols=has(text, "document_symbol", "hierarchical_document_symbol_support"),
        configures=has(workspace, "configuration"),
        registers_configuration=has(workspace, "did_change_configuration", "dynamic_registration"),
        watches=has(workspace, "did_change_watched_files", "dynamic_registration"),
        reports_progress=has(window, "work_done_progress"),
        shows_documents=has(window, "show_document", "support"),
        saves_all=bool(ours.get("saveAll")),
    )
