"""Odd names, odd texts, odd messages."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.lsp.client import Client, Failed, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, HEIR, Engine
from tests.lsp.test_clients import FIX_ALL, expected, named, told

ENCODINGS = ["utf-8", "utf-16", "utf-32"]
ODD = {
    "cr": CONFIG.replace("\n", "\r"),
    "mixed": CONFIG.replace("\n", "\r\n", 3).replace("dict(\n", "dict(\r"),
    "form feed": CONFIG.replace("total_iters", "\ftotal_iters"),
    "line separator": CONFIG.replace("日志", "日\u2028志\u2029\x0b\x1c\x85"),
    "mark": f"\ufeff{CONFIG}",
    "no newline": CONFIG.rstrip(),
    "tabs": CONFIG.replace("    ", "\t"),
}


def whole(client: Client, uri: str, only: list[str]) -> list[Json]:
    return client.actions(uri, client.buffers[uri].range(0, len(client.buffers[uri].text)), only)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_texts(odd: str, encoding: str, connect: Connect, project: Project) -> None:
    text = ODD[odd]
    client, engine = connect(Kind("emacs", encoding)), Engine(project.folder, {"a": text})
    uri = project.of("a")
    buffer = client.open(uri, text)
    found = client.diagnostics(uri)
    assert told(buffer, found) == expected(engine, "a")
    assert {"MMR101", "MMR109"} <= {one["code"] for one in found}
    for finding in engine.findings("a"):
        for number, title in enumerate(finding.titles):
            offered = client.actions(uri, buffer.range(finding.start, finding.end))
            edit = client.edit_of(named(offered, title))
            assert edit is not None
            after = engine.quick_fixed("a", finding.field, number)["a"]
            assert client.edited(edit) == {uri: after}
    [everything] = whole(client, uri, [FIX_ALL])
    assert client.edited(client.edit_of(everything) or {}) == {uri: engine.fixed()["a"]}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_typing_past_the_end(encoding: str, connect: Connect, project: Project) -> None:
    client = connect(Kind("vscode", encoding, False))
    uri = project.of("a")
    first = "lr_config = dict(policy='Step')  # 🍣"
    client.open(uri, first)
    far = {"line": 0, "character": 999}
    text = f"{first}\nresume_from = None"
    change = {"range": {"start": far, "end": far}, "text": "\nresume_from = None"}
    client.change(uri, text, [change])
    below = {"line": 77, "character": 5}
    text = f"{text}\ntotal_iters = 9"
    change = {"range": {"start": below, "end": below}, "text": "\ntotal_iters = 9"}
    buffer = client.change(uri, text, [change])
    shown = [buffer.shown(found["range"]) for found in client.diagnostics(uri)]
    assert shown == ["lr_config", "resume_from", "total_iters"]


@pytest.mark.parametrize("pulls", [True, False])
def test_null_versions(pulls: bool, connect: Connect, project: Project) -> None:
    client = connect(Kind("vscode", pulls=pulls))
    uri = project.of("a")
    client.open(uri, CONFIG, None)
    client.replace(uri, "total_iters", "exp_iters")
    assert "MMR201" not in {found["code"] for found in client.diagnostics(uri)}
    edit = client.edit_of(named(whole(client, uri, ["quickfix"]), "Remove `workflow`")) or {}
    assert "workflow" not in client.edited(edit)[uri]


NAMES = ["a b", "漢字 🍣", "100%", "a#b?c", "a;b=1", "a%3Ab", "'q'", "[x]", "a\\b", "é", "e\u0301"]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(name: str, connect: Connect, project: Project) -> None:
    folder = project.folder / name
    folder.mkdir()
    (folder / f"{name}.py").write_text(BASE)
    uri, base = ((folder / f"{each}.py").as_uri() for each in ("c", name))
    heir = HEIR.replace("'b.py'", repr(f"{name}.py"))
    client = connect(Kind("vscode", pulls=False), folders=[folder.as_uri()])
    client.open(uri, heir)
    [found] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
    assert client.disk(found["relatedInformation"][0]["location"]["uri"]) == BASE
    offered = client.actions(uri, client.buffers[uri].of("checkpoint_config"))
    edit = client.edit_of(named(offered, "Migrate this config and")) or {}
    assert set(client.edited(edit)) == {uri, base}
    client.open(base, BASE)
    client.replace(base, "checkpoint_config", "checkpoint")
    [found] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
    assert "relatedInformation" not in found
    [link] = client.request("textDocument/documentLink", textDocument={"uri": uri})
    assert link["target"] == base


def test_a_client_is_answered_as_it_spells(connect: Connect, project: Project) -> None:
    (project.folder / "a:b é").mkdir()
    path = project.folder / "a:b é" / "c.py"
    path.write_text(CONFIG)
    client = connect(Kind("vscode", pulls=False))
    for spelling in (quote(str(path)), quote(str(path), safe="/:"), str(path).replace(" ", "%20")):
        uri = f"file://{spelling}"
        client.open(uri, CONFIG)
        assert client.diagnostics(uri)
        edit = client.edit_of(named(whole(client, uri, ["quickfix"]), "Remove `workflow`")) or {}
        assert list(client.edited(edit)) == [uri]
        client.close(uri)
        assert client.diagnostics(uri) == []


@pytest.mark.parametrize("folders", [None, []], ids=["folder", "no folder"])
def test_buffers_without_a_file(
    folders: list[str] | None, connect: Connect, project: Project
) -> None:
    project.write(b=BASE)
    client = connect(Kind("vscode", pulls=False), folders=folders)
    one, two = "untitled:Untitled-1", "untitled:Untitled-2"
    client.open(one, CONFIG)
    client.open(two, "x = 1\n")
    assert client.diagnostics(one)
    assert client.diagnostics(two) == []
    edit = client.edit_of(named(whole(client, one, ["quickfix"]), "Remove `workflow`")) or {}
    assert "workflow" not in client.apply(edit)[one]
    assert (
        client.buffers[one].text
        == Engine(project.folder, {"a": CONFIG}).quick_fixed("a", "workflow")["a"]
    )
    client.close(one)
    assert client.diagnostics(one) == []


def test_through_a_link(connect: Connect, project: Project, tmp_path: Path) -> None:
    project.write(b=BASE, c=HEIR)
    link = tmp_path / "link"
    link.symlink_to(project.folder)
    uri, base = (link / "c.py").as_uri(), (link / "b.py").as_uri()
    client = connect(Kind("vscode", pulls=False), folders=[link.as_uri()])
    client.open(uri, HEIR)
    client.open(base, BASE)
    made = client.command("mmupgrade.migrate", uri, {"family": True})
    assert sorted(made["files"]) == [base, uri]


@pytest.mark.parametrize("kind", ["vscode", "bare"])
def test_what_is_not_open(kind: str, connect: Connect, project: Project) -> None:
    client = connect(kind)
    uri, place = project.of("nothing"), {"line": 3, "character": 3}
    at = {"textDocument": {"uri": uri}, "position": place}
    range = {"start": place, "end": place}
    for method in ("hover", "definition", "completion"):
        assert client.request(f"textDocument/{method}", **at) is None
    for method in ("codeLens", "documentLink", "documentSymbol"):
        assert client.request(f"textDocument/{method}", textDocument={"uri": uri}) == []
    assert client.actions(uri, range) == []
    document = {"uri": uri, "version": 2}
    client.notify("textDocument/didChange", textDocument=document, contentChanges=[])
    client.notify("textDocument/didClose", textDocument={"uri": uri})
    client.saved(uri)
    client.watched((uri, 3), (project.of("other"), 2))
    client.settle()


def test_what_cant_be_read_is_answered(connect: Connect, project: Project) -> None:
    client = connect("vscode")
    client.open(project.of("a"), CONFIG)
    for params in ({}, {"textDocument": None}, {"textDocument": {"uri": 3}, "position": "here"}):
        with pytest.raises(Failed) as caught:
            client.request("textDocument/hover", **params)
        assert caught.value.code in (-32602, -32603)
    with pytest.raises(Failed) as caught:
        client.request("textDocument/nothing")
    assert caught.value.code == -32601
    client.notify("$/nothing")
    assert len(client.transport.failures) == 3  # type: ignore[attr-defined]
    client.transport.failures.clear()  # type: ignore[attr-defined]
    assert client.diagnostics(project.of("a"))


def test_before_and_after_the_session(connect: Connect, project: Project) -> None:
    from tests.lsp.inside import Inside

    inside = Inside()
    client = Client(inside, {})
    with pytest.raises(Failed) as caught:
        client.request("textDocument/hover", textDocument={"uri": "a"}, position=None)
    with pytest.raises(Failed) as caught:
        client.request("textDocument/documentSymbol", textDocument={"uri": "file:///a"})
    assert caught.value.code == -32002
    client.initialize([project.uri])
    client.settle()
    client.request("shutdown")
    with pytest.raises(Failed) as caught:
        client.settle()
    assert caught.value.code == -32600
    inside.end()
