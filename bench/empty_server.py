"""The floor: a pygls server whose handlers do nothing but send so many diagnostics."""

from __future__ import annotations

import sys

from lsprotocol import types
from pygls.lsp.server import LanguageServer


def main() -> None:
    """Serve; the argument says how many diagnostics go with each answer."""
    server = LanguageServer("empty", "1")
    place = types.Range(types.Position(0, 0), types.Position(0, 1))
    message = "`checkpoint_config` moved to `default_hooks.checkpoint`."
    found = [
        types.Diagnostic(
            range=place,
            message=message,
            severity=types.DiagnosticSeverity.Warning,
            code="MMR101",
            code_description=types.CodeDescription("file:///docs/rules/checkpoint_config.md"),
            source="empty",
            tags=[types.DiagnosticTag.Deprecated],
            data={"rule": "MMR101", "field": "checkpoint_config"},
        )
        for _ in range(int(sys.argv[1]))
    ]

    def publish(uri: str, version: int) -> None:
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version)
        )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        publish(params.text_document.uri, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        publish(params.text_document.uri, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> None:
        del params

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        del params
        return []

    server.start_io()


if __name__ == "__main__":
    main()
