"""The server as a process of its own: its pipes, its end, its socket."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lsp.client import Client, Json
from tests.lsp.conftest import KINDS, Kind, Project
from tests.lsp.families import CONFIG, Engine
from tests.lsp.process import Process
from tests.lsp.test_clients import FIX_ALL, expected, named, told

Spawn = Callable[..., tuple[Client, Process]]


@pytest.mark.parametrize("kind", [*KINDS[:4], Kind("vscode", "utf-8", True)], ids=str)
def test_from_start_to_end(kind: Kind, spawn: Spawn, project: Project) -> None:
    project.write(a=CONFIG)
    client, process = spawn(kind)
    engine, uri = Engine(project.folder, {"a": CONFIG}), project.of("a")
    buffer = client.open(uri, CONFIG)
    assert told(buffer, client.diagnostics(uri)) == expected(engine, "a")
    if kind.name != "bare":
        fix = named(client.actions(uri, buffer.of("workflow")), "Remove `workflow`")
        assert (
            client.edited(client.edit_of(fix) or {})[uri]
            == engine.quick_fixed("a", "workflow")["a"]
        )
        [everything] = client.actions(uri, buffer.range(0, len(CONFIG)), [FIX_ALL])
        client.apply(client.edit_of(everything) or {})
        assert client.buffers[uri].text == engine.fixed()["a"]
    client.request("shutdown")
    client.notify("exit")
    assert process.end() == 0
    assert process.errors == ""


def test_the_end_of_input(spawn: Spawn) -> None:
    client, process = spawn()
    client.settle()
    process.input.close()
    assert process.end() == 0
    assert process.errors == ""


def test_an_exit_without_shutdown(spawn: Spawn) -> None:
    client, process = spawn()
    client.notify("exit")
    assert process.end() == 1


@pytest.mark.parametrize("kind", ["vscode", "bare"])
def test_an_exit_in_the_middle_of_the_start(kind: str, tmp_path: Path, project: Project) -> None:
    process = Process(tmp_path)
    client = Client(process, Kind(kind).capabilities())
    client.initialize([project.uri])
    client.request("shutdown")
    client.notify("exit")
    assert process.end() == 0
    assert process.errors == ""


def test_a_client_that_dies(spawn: Spawn, project: Project) -> None:
    """It reads no more, then it writes no more."""
    client, process = spawn("bare")
    client.settle()
    process.deafen()
    for name in "abc":
        client.open(project.of(name), CONFIG)
    process.input.close()
    assert process.end() == 0
    assert process.errors == ""


def _framed(message: Json) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_nothing_else_on_the_output(tmp_path: Path, project: Project) -> None:
    """What is printed in a handler goes to the log."""
    (tmp_path / "sitecustomize.py").write_text(
        "import mmupgrade.lsp.hover as hover\n"
        "real = hover.hover\n"
        "def loud(*given):\n"
        "    print('printed', flush=True)\n"
        "    return real(*given)\n"
        "hover.hover = loud\n"
    )
    process = Process(tmp_path, path=str(tmp_path))
    client = Client(process, {})
    client.initialize([project.uri])
    buffer = client.open(project.of("a"), CONFIG)
    at = {"textDocument": {"uri": project.of("a")}, "position": buffer.at("workflow")}
    assert client.request("textDocument/hover", **at)
    client.request("shutdown")
    client.notify("exit")
    assert process.end() == 0
    assert process.foreign == b""
    assert "printed" in process.errors


def test_messages_in_pieces_and_together(spawn: Spawn, project: Project) -> None:
    client, process = spawn("bare")
    client.settle()
    item = {"uri": project.of("a"), "languageId": "python", "version": 1, "text": CONFIG}
    opened = _framed({"method": "textDocument/didOpen", "params": {"textDocument": item}})
    head, _, body = opened.partition(b"\r\n\r\n")
    typed = b"Content-Type: application/vscode-jsonrpc; charset=utf-8"
    for raw in (head[:9], head[9:], b"\r\n", typed, b"\r\n\r\n", body[:100]):
        process.write(raw)
    ask = {"id": "text", "method": "textDocument/codeLens"}
    asked = _framed({**ask, "params": {"textDocument": {"uri": project.of("a")}}})
    process.write(body[100:] + asked + asked.replace(b'"text"', b'"next"'))
    client.wait_for(lambda: client.is_answered("text") and client.is_answered("next"), "answers")
    assert client.diagnostics(project.of("a"))


def test_what_is_no_message(spawn: Spawn, project: Project) -> None:
    client, process = spawn("bare")
    client.settle()
    process.write(b"Content-Length: 9\r\n\r\nnot json!")
    client.open(project.of("a"), CONFIG)
    assert client.diagnostics(project.of("a"))


def test_a_log_file(spawn: Spawn, tmp_path: Path, project: Project) -> None:
    log = tmp_path / "server.log"
    client, process = spawn("bare", "--log-file", str(log))
    client.notify("textDocument/didClose", textDocument={"uri": project.of("a")})
    client.settle()
    assert "was closed but isn't open" in log.read_text()
    assert process.errors == ""


def test_tcp(tmp_path: Path, project: Project) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = Process(tmp_path, "--tcp", f"127.0.0.1:{port}", "--verbose")
    waiting = Client(process, {})
    waiting.wait_for(lambda: "Serving on" in process.errors, "server")
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            _framed({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
        )
        received = connection.makefile("rb")
        length = int(received.readline().split()[1])
        while received.readline().strip():
            pass
        assert json.loads(received.read(length))["result"]["capabilities"]["hoverProvider"]
        connection.sendall(_framed({"id": 2, "method": "shutdown", "params": None}))
        connection.sendall(_framed({"method": "exit", "params": None}))
        received.close()
    assert process.end() == 0


@pytest.mark.parametrize("address", ["0.0.0.0:0", "example.org:80", "192.168.0.1:1", "here", ":x"])
def test_tcp_on_this_machine_alone(address: str, tmp_path: Path) -> None:
    process = Process(tmp_path, "--tcp", address)
    assert process.end() == 2
    assert process.errors.startswith("error: `")


def test_an_interrupt(spawn: Spawn) -> None:
    client, process = spawn("bare")
    client.settle()
    process.process.send_signal(signal.SIGTERM)
    assert process.end() == -signal.SIGTERM
