"""A client that talks to a language server over stdio and times the answers."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

_CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": True,
        },
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
}


class Client:
    """One server, one document in a folder of its own."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.uri = (folder / "config.py").as_uri()
        self.version = 1
        self._id = 0
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        params = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": "bench"}],
            "capabilities": _CAPABILITIES,
        }
        self.request("initialize", params)
        self.start_up = time.perf_counter() - self.started
        self.notify("initialized", {})

    def open(self, text: str) -> dict[str, Any]:
        """Open the document; gives its first diagnostics."""
        item = {"uri": self.uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return self._diagnostics()

    def edit(self, line: int, character: int, text: str, length: int = 0) -> float:
        """Seconds from a change of one line until its diagnostics are there."""
        self.version += 1
        start = {"line": line, "character": character}
        end = {"line": line, "character": character + length}
        change = {"range": {"start": start, "end": end}, "text": text}
        document = {"uri": self.uri, "version": self.version}
        began = time.perf_counter()
        params = {"textDocument": document, "contentChanges": [change]}
        self.notify("textDocument/didChange", params)
        self._diagnostics()
        return time.perf_counter() - began

    def request(self, method: str, params: object) -> Any:
        """The answer to a request."""
        self._id += 1
        self._send({"id": self._id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._id and "method" not in message:
                return message.get("result")

    def timed(self, method: str, params: object) -> float:
        """Seconds until a request is answered."""
        began = time.perf_counter()
        self.request(method, params)
        return time.perf_counter() - began

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def memory(self) -> int:
        """The resident memory of the server, in bytes."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def stop(self) -> None:
        """End the server."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def _diagnostics(self) -> dict[str, Any]:
        while True:
            message = self._receive()
            params: dict[str, Any] = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics":
                if params.get("version") == self.version:
                    return params

    def _send(self, message: dict[str, object]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stdout = self._process.stdout
        assert stdout is not None
        length = 0
        while (line := stdout.readline()) != b"\r\n":
            if not line:
                raise EOFError("the server has ended")
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(stdout.read(length))
        return message
