"""A session as each kind of client has it: found, looked at, fixed, to the engine's bytes."""

from __future__ import annotations

from typing import Any

import pytest

from mmupgrade.findings import Severity
from tests.lsp.client import Buffer, Client, Json
from tests.lsp.conftest import KINDS, Connect, Kind, Project
from tests.lsp.families import CONFIG, FAMILY, Engine

FIX_ALL = "source.fixAll.mmupgrade"
_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3}


def named(actions: list[Json], start: str) -> Json:
    """The one action whose title begins so."""
    [found] = [action for action in actions if action["title"].startswith(start)]
    return found


def told(buffer: Buffer, diagnostics: list[Json]) -> list[tuple[Any, ...]]:
    """Diagnostics as the text they mark and what they say."""
    return [(buffer.shown(d["range"]), d["code"], d["message"], d["severity"]) for d in diagnostics]


def expected(engine: Engine, name: str) -> list[tuple[Any, ...]]:
    return [
        (f.document.text.value[f.start : f.end], f.rule.id, f.message, _SEVERITIES[f.severity])
        for f in engine.findings(name)
    ]


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_one_config(kind: Kind, newline: str, connect: Connect, project: Project) -> None:
    text = CONFIG.replace("\n", newline)
    project.write(a=text)
    client, engine = connect(kind), Engine(project.folder, {"a": text})
    uri = project.of("a")
    buffer = client.open(uri, text)
    assert told(buffer, client.diagnostics(uri)) == expected(engine, "a")
    _only_one_way(client)

    hover = client.request(
        "textDocument/hover", textDocument={"uri": uri}, position=buffer.at("workflow")
    )
    assert buffer.shown(hover["range"]) == "workflow"
    assert "was removed" in hover["contents"]["value"]
    if kind.name == "bare":
        assert client.actions(uri, buffer.of("workflow")) == []
        return

    fix = named(client.actions(uri, buffer.of("workflow")), "Remove `workflow`")
    assert fix["isPreferred"]
    edit = client.edit_of(fix)
    assert edit is not None
    assert client.edited(edit) == {uri: engine.quick_fixed("a", "workflow")["a"]}

    [everything] = client.actions(uri, buffer.range(0, len(text)), [FIX_ALL])
    edit = client.edit_of(everything)
    assert edit is not None
    after = client.apply(edit)[uri]
    assert after == engine.fixed_alone("a")["a"] == engine.fixed()["a"]
    assert told(client.buffers[uri], client.diagnostics(uri)) == expected(
        Engine(project.folder, {"a": after}), "a"
    )
    assert client.actions(uri, client.buffers[uri].range(0, len(after)), [FIX_ALL]) == []


def _only_one_way(client: Client) -> None:
    """Diagnostics are either pulled or pushed."""
    assert bool(client.published) != client.pulls


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name != "bare"], ids=str)
def test_a_family(kind: Kind, connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client, engine = connect(kind), Engine(project.folder, FAMILY)
    uri, base = project.of("c"), project.of("b")
    buffer = client.open(uri, FAMILY["c"])
    assert told(buffer, client.diagnostics(uri)) == expected(engine, "c")

    actions = client.actions(uri, buffer.of("checkpoint_config"))
    fix = named(actions, "Migrate `checkpoint_config`, with its 1 base file")
    edit = client.edit_of(fix)
    assert edit is not None
    texts = engine.quick_fixed("c", "checkpoint_config")
    assert client.edited(edit) == {uri: texts["c"], base: texts["b"]}
    assert fix["command"]["command"] == "mmupgrade.changed"

    everything = client.edit_of(named(actions, "Fix all safe"))
    assert everything is not None
    assert client.edited(everything) == {uri: engine.fixed_alone("c")["c"]}

    action = named(actions, "Migrate this config and its 1 base file")
    edit = client.edit_of(action)
    assert edit is not None
    made = client.apply(edit)
    unsafe = "changeAnnotationSupport" in client.capabilities["workspace"]["workspaceEdit"]
    texts = engine.fixed(unsafe=unsafe)
    assert made == {uri: texts["c"], base: texts["b"]}
    command = action["command"]
    client.command(command["command"], *command["arguments"])
    assert "Changed `b.py`, `c.py`." in _messages(client)[-1]
    done = Engine(project.folder, texts)
    for each, name in ((uri, "c"), (base, "b")):
        shown = told(client.buffers[each], client.diagnostics(each))
        assert shown == expected(done, name)


def _messages(client: Client) -> list[str]:
    return [params["message"] for method, params in client.notified if method.endswith("Message")]
