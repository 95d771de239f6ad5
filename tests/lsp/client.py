"""An editor's side of the protocol: raw messages, and buffers that edits are really made in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any, Protocol

from tests.lsp.texts import CODECS

Json = dict[str, Any]
#: Seconds that any answer may take before a test fails.
DEADLINE = 30.0
#: Seconds after which a condition is looked at again.
_TURN = 0.05
_FILES = {
    "vscode": "visual_studio_code_v1.65.2",
    "neovim": "neovim_v0.11.0",
    "emacs": "emacs_v29.1",
}


def capabilities(name: str, encoding: str | None = None, *, pulls: bool | None = None) -> Json:
    """What a client says it can do; `bare` is one that says nothing.

    `pulls` puts the pulling of diagnostics in or takes it out.
    """
    made: Json = {}
    if name != "bare":
        file = resources.files("pytest_lsp.clients") / f"{_FILES[name]}.json"
        made = json.loads(file.read_text())["capabilities"]
    if encoding is not None:
        made.setdefault("general", {})["positionEncodings"] = [encoding]
    if pulls is not None:
        made.setdefault("textDocument", {}).pop("diagnostic", None)
        made.setdefault("workspace", {}).pop("diagnostics", None)
    if pulls:
        made["textDocument"]["diagnostic"] = {"dynamicRegistration": True}
        made["workspace"]["diagnostics"] = {"refreshSupport": True}
    return made


class Transport(Protocol):
    """The way to a server."""

    def send(self, message: Json) -> None:
        """Hand a message over."""

    def receive(self, seconds: float) -> Json | None:
        """The next message of the server; None where none comes in this time."""


class Failed(Exception):
    """An error that answers a request."""

    def __init__(self, error: Json) -> None:
        super().__init__(error["message"])
        self.code: int = error["code"]


class Buffer:
    """A text that is edited; positions count in the code units of `encoding`."""

    def __init__(self, text: str, version: int | None, encoding: str) -> None:
        self.text = text
        self.version = version
        self._encoding = encoding

    def position(self, offset: int) -> Json:
        """The position of an offset in code points."""
        before = self.text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        codec, width = CODECS[self._encoding]
        return {"line": len(before) - 1, "character": len(before[-1].encode(codec)) // width}

    def range(self, start: int, end: int) -> Json:
        """The range between two offsets."""
        return {"start": self.position(start), "end": self.position(end)}

    def of(self, part: str, skip: int = 0) -> Json:
        """The range of a part of the text."""
        start = -1
        for _ in range(skip + 1):
            start = self.text.index(part, start + 1)
        return self.range(start, start + len(part))

    def at(self, part: str, skip: int = 0) -> Json:
        """The position one character into a part of the text."""
        start: Json = self.of(part, skip)["start"]
        return {"line": start["line"], "character": start["character"] + 1}

    def shown(self, range: Json) -> str:
        """What stands in a range."""
        return self.text[self._offset(range["start"]) : self._offset(range["end"])]

    def edited(self, edits: Sequence[Json]) -> str:
        """The text after edits, which mustn't overlap and have to hit positions exactly."""
        places = [
            (self._offset(edit["range"]["start"]), self._offset(edit["range"]["end"]), edit)
            for edit in edits
        ]
        parts, reached = [], 0
        for start, end, edit in sorted(places, key=lambda place: place[:2]):
            assert reached <= start <= end, "edits overlap"
            parts += [self.text[reached:start], edit["newText"]]
            reached = end
        return "".join([*parts, self.text[reached:]])

    def _offset(self, position: Json) -> int:
        text = self.text
        start = 0
        for _ in range(position["line"]):
            ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
            assert ends, f"no line {position['line']}"
            end = min(ends)
            start = end + 2 if text[end : end + 2] == "\r\n" else end + 1
        codec, width = CODECS[self._encoding]
        units = text[start:].encode(codec)[: position["character"] * width]
        offset = start + len(units.decode(codec))
        assert self.position(offset) == position, f"no position {position}"
        return offset


class Client:
    """One client of one server. Everything that the server sends is kept."""

    def __init__(
        self, transport: Transport, capabilities: Json, *, settings: Json | None = None
    ) -> None:
        self.transport = transport
        self.capabilities = capabilities
        #: The answer to `workspace/configuration`, by folder; `None` for all others.
        self.settings: dict[str | None, Any] = {None: settings}
        self.buffers: dict[str, Buffer] = {}
        self.disk: Callable[[str], str] = lambda uri: (_ for _ in ()).throw(KeyError(uri))
        self.published: dict[str, Json] = {}
        self.notified: list[tuple[str, Any]] = []
        self.requested: list[tuple[str, Any]] = []
        self.choice: str | None = None
        self.applies = True
        self.encoding = "utf-16"
        self.server: Json = {}
        self._answers: dict[Any, Json] = {}
        self._last = 0
        self._refusing: set[str] = set()

    def initialize(self, folders: Sequence[str] = (), options: Any = None, **params: Any) -> Json:
        """Begin the session; `folders` are URIs."""
        named = [{"uri": uri, "name": uri.rpartition("/")[2]} for uri in folders]
        result = self.request(
            "initialize",
            processId=None,
            rootUri=folders[0] if folders else None,
            capabilities=self.capabilities,
            workspaceFolders=named or None,
            initializationOptions=options,
            **params,
        )
        self.server = result["capabilities"]
        self.encoding = self.server.get("positionEncoding", "utf-16")
        self.notify("initialized")
        return self.server

    def request(self, method: str, **params: Any) -> Any:
        """The result of a request. Raises Failed."""
        return self.answer(self.begin(method, **params))

    def begin(self, method: str, **params: Any) -> int:
        """Send a request, and give its id."""
        self._last += 1
        message = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}
        self.transport.send(message)
        return self._last

    def answer(self, id: int) -> Any:
        """The result of a request that was begun. Raises Failed."""
        self.wait_for(lambda: id in self._answers, f"answer to {id}")
        answer = self._answers.pop(id)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["result"]

    def is_answered(self, id: int | str) -> bool:
        """Whether an answer has come."""
        return id in self._answers

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self.transport.send({"jsonrpc": "2.0", "method": method, "params": params})

    def refuse(self, method: str) -> None:
        """Answer a request of the server with an error from now on."""
        self._refusing.add(method)

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Take messages until something is so."""
        end = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < end, f"no {what} in {DEADLINE} s"
            message = self.transport.receive(_TURN)
            if message is not None:
                self._take(message)

    def settle(self) -> None:
        """Take all that the server has to say by now: what it sends before it answers."""
        self.request("textDocument/documentLink", textDocument={"uri": "file:///nothing"})

    def open(self, uri: str, text: str, version: int | None = 1) -> Buffer:
        """Open a buffer."""
        buffer = self.buffers[uri] = Buffer(text, version, self.encoding)
        item = {"uri": uri, "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)
        return buffer

    def replace(self, uri: str, old: str, new: str) -> Buffer:
        """Replace a part of a buffer's text, which stands there once."""
        buffer = self.buffers[uri]
        change = {"range": buffer.of(old), "text": new}
        return self.change(uri, buffer.text.replace(old, new, 1), [change])

    def become(self, uri: str, text: str) -> Buffer:
        """Give a buffer another text."""
        return self.change(uri, text, [{"text": text}])

    def change(self, uri: str, text: str, changes: Sequence[Json]) -> Buffer:
        """Give a buffer the text that the changes make of its own."""
        buffer = self.buffers[uri]
        buffer.text = text
        buffer.version = None if buffer.version is None else buffer.version + 1
        document = {"uri": uri, "version": buffer.version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=list(changes))
        return buffer

    def close(self, uri: str) -> None:
        """Close a buffer without saving it."""
        del self.buffers[uri]
        self.notify("textDocument/didClose", textDocument={"uri": uri})

    def saved(self, uri: str) -> None:
        """Say that a buffer was saved."""
        self.notify("textDocument/didSave", textDocument={"uri": uri})

    def watched(self, *changes: tuple[str, int]) -> None:
        """Say what changed on disk: URIs, each with 1 created, 2 changed or 3 deleted."""
        listed = [{"uri": uri, "type": type} for uri, type in changes]
        self.notify("workspace/didChangeWatchedFiles", changes=listed)

    @property
    def pulls(self) -> bool:
        """Whether the server waits to be asked for diagnostics."""
        return "diagnosticProvider" in self.server

    def diagnostics(self, uri: str) -> list[Json]:
        """The diagnostics of a document as they are now, pulled or pushed."""
        if self.pulls:
            report = self.request("textDocument/diagnostic", textDocument={"uri": uri})
            items: list[Json] = report["items"]
            return items
        self.settle()
        found: list[Json] = self.published.get(uri, {}).get("diagnostics", [])
        return found

    def actions(self, uri: str, range: Json, only: Sequence[str] | None = None) -> list[Json]:
        """The code actions for a range."""
        context = {"diagnostics": [], **({"only": list(only)} if only is not None else {})}
        found: list[Json] = self.request(
            "textDocument/codeAction", textDocument={"uri": uri}, range=range, context=context
        )
        return found

    def edit_of(self, action: Json) -> Json | None:
        """The edit of an action, resolved where it has to be."""
        if "edit" not in action and "data" in action:
            action = self.request("codeAction/resolve", **action)
        return action.get("edit")

    def edited(self, edit: Json) -> dict[str, str]:
        """The texts that an edit makes, by URI; it has to be for the versions here."""
        changed: dict[str, list[Json]] = dict(edit.get("changes") or {})
        for change in edit.get("documentChanges") or ():
            document = change["textDocument"]
            held = self.buffers.get(document["uri"])
            assert document["version"] == (held.version if held else None), document
            changed[document["uri"]] = change["edits"]
        return {uri: self._buffer(uri).edited(edits) for uri, edits in changed.items()}

    def apply(self, edit: Json) -> dict[str, str]:
        """Make an edit; a document that isn't open is opened for it."""
        made = self.edited(edit)
        for uri, text in made.items():
            if uri not in self.buffers:
                self.open(uri, self.disk(uri))
            self.become(uri, text)
        return made

    def command(self, name: str, *arguments: Any, **params: Any) -> Any:
        """The result of a command of the server."""
        return self.request(
            "workspace/executeCommand", command=name, arguments=list(arguments), **params
        )

    def _buffer(self, uri: str) -> Buffer:
        return self.buffers.get(uri) or Buffer(self.disk(uri), None, self.encoding)

    def _take(self, message: Json) -> None:
        assert message["jsonrpc"] == "2.0"
        if "method" not in message:
            assert message["id"] not in self._answers, "answered twice"
            self._answers[message["id"]] = message
            return
        method: str = message["method"]
        params: Any = message.get("params")
        if "id" not in message:
            self.notified.append((method, params))
            if method == "textDocument/publishDiagnostics":
                self.published[params["uri"]] = params
            return
        self.requested.append((method, params))
        answer = {"jsonrpc": "2.0", "id": message["id"]}
        if method in self._refusing:
            error = {"code": -32603, "message": "refused"}
            self.transport.send({**answer, "error": error})
        else:
            self.transport.send({**answer, "result": self._result(method, params)})

    def _result(self, method: str, params: Any) -> Any:
        if method == "workspace/configuration":
            default = self.settings[None]
            return [self.settings.get(item.get("scopeUri"), default) for item in params["items"]]
        if method == "workspace/applyEdit":
            if self.applies:
                self.apply(params["edit"])
            return {"applied": self.applies}
        if method == "window/showMessageRequest":
            return {"title": self.choice} if self.choice else None
        if method == "window/showDocument":
            return {"success": True}
        return None
