"""The server's commands."""

from __future__ import annotations

import pytest

from mmupgrade.fix import diff, fix
from mmupgrade.lsp import commands
from tests.lsp.client import Client, Failed
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import CONFIG, FAMILY, HEIR, Engine

VSCODE = Kind("vscode")


def messages(client: Client, method: str = "window/showMessage") -> list[str]:
    return [said["message"] for name, said in client.notified if name == method]


@pytest.mark.parametrize("kind", ["vscode", "neovim", "emacs"])
def test_migrate(kind: str, connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client, engine = connect(kind), Engine(project.folder, FAMILY)
    client.open(project.of("c"), HEIR)
    done = client.command("mmupgrade.migrate", project.of("c"), {"family": False})
    assert done == {"files": [project.of("c")]}
    assert client.buffers[project.of("c")].text == engine.fixed_alone("c")["c"]
    client.become(project.of("c"), HEIR)
    done = client.command("mmupgrade.migrate", project.of("c"), {"family": True})
    assert sorted(done["files"]) == [project.of("b"), project.of("c")]
    for name, text in engine.fixed().items():
        assert client.buffers[project.of(name)].text == text
    assert messages(client)[-1].startswith("Changed `b.py`, `c.py`.")
    assert client.command("mmupgrade.migrate", project.of("c"), {"family": True}) == {"files": []}


def test_an_edit_that_the_client_refuses(connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    client.open(project.of("a"), CONFIG)
    client.applies = False
    assert client.command("mmupgrade.migrate", project.of("a")) == {"files": []}
    assert messages(client) == ["mmupgrade: the editor didn't make the edit"]
    client.refuse("workspace/applyEdit")
    with pytest.raises(Failed):
        client.command("mmupgrade.migrate", project.of("a"))


def test_preview(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client, engine = connect(VSCODE), Engine(project.folder, FAMILY)
    client.open(project.of("c"), HEIR)
    files = client.command("mmupgrade.preview", project.of("c"), {"family": True})["files"]
    assert {file["uri"]: file["text"] for file in files} == {
        project.of(name): text for name, text in engine.fixed().items()
    }
    rewrites = fix(engine.run(), whole_families=True)
    assert {file["diff"] for file in files} == {diff(r, r.document.path) for r in rewrites}
    assert client.buffers[project.of("c")].text == HEIR
    [one] = client.command("mmupgrade.preview", project.of("c"), {"family": False})["files"]
    assert one["text"] == engine.fixed_alone("c")["c"]


@pytest.mark.parametrize("name", ["MMR102", "log_config"])
def test_explain(name: str, connect: Connect, project: Project) -> None:
    client = connect("bare")
    assert client.command("mmupgrade.explain", name).startswith("# log_config (MMR102)")
    assert client.command("mmupgrade.explain", "x") == "There is no rule or field `x`."
    assert client.requested == []


def test_the_workspace(connect: Connect, project: Project) -> None:
    files = {**FAMILY, "a": CONFIG, "plain": "x = 1\n"}
    project.write(**files)
    client, engine = connect(VSCODE), Engine(project.folder, files)
    counted = client.command("mmupgrade.migrateWorkspace", {"dryRun": True})
    assert sorted(counted["changed"]) == [project.of(name) for name in "abc"]
    assert counted["files"] == 4
    assert client.buffers == {}
    done = client.command("mmupgrade.migrateWorkspace", {"dryRun": False})
    assert done == counted
    assert {uri: held.text for uri, held in client.buffers.items()} == {
        project.of(name): text for name, text in engine.fixed().items()
    }


@pytest.mark.parametrize("token", [None, "given"])
def test_progress(token: str | None, connect: Connect, project: Project) -> None:
    project.write(**{f"f{number}": CONFIG for number in range(20)})
    client = connect(VSCODE)
    params = {"workDoneToken": token} if token else {}
    client.command("mmupgrade.migrateWorkspace", {"dryRun": True}, **params)
    created = [said["token"] for method, said in client.requested if method.endswith("create")]
    assert bool(created) == (token is None)
    [used] = {said["token"] for method, said in client.notified if method == "$/progress"}
    assert [used] == (created or [token])
    kinds = [said["value"]["kind"] for method, said in client.notified if method == "$/progress"]
    assert (kinds[0], kinds[-1]) == ("begin", "end")
    assert kinds.count("report") > 1


@pytest.mark.parametrize("by", ["request", "progress"])
def test_cancelling(
    by: str, connect: Connect, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_AT_ONCE", 1)
    project.write(**{f"f{number}": CONFIG for number in range(40)})
    client = connect(VSCODE)
    client.settle()
    id = client.begin(
        "workspace/executeCommand",
        command="mmupgrade.migrateWorkspace",
        arguments=[{}],
        workDoneToken="t",
    )
    values = [said for method, said in client.notified if method == "$/progress"]
    client.wait_for(lambda: any(method == "$/progress" for method, _ in client.notified), "begin")
    if by == "request":
        client.notify("$/cancelRequest", id=id)
    else:
        client.notify("window/workDoneProgress/cancel", token="t")
    with pytest.raises(Failed) as caught:
        client.answer(id)
    assert caught.value.code == -32800
    assert client.buffers == {}
    values = [said for method, said in client.notified if method == "$/progress"]
    assert values[-1]["value"]["kind"] == "end"
    assert client.command("mmupgrade.migrateWorkspace", {"dryRun": True})["files"] == 40


@pytest.mark.parametrize("arguments", [[], [{}], [3]])
def test_odd_arguments(arguments: list[object], connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    for name in ("migrate", "preview", "explain", "changed"):
        with pytest.raises(Failed) as caught:
            client.command(f"mmupgrade.{name}", *arguments)
        assert caught.value.code == -32602
    with pytest.raises(Failed) as caught:
        client.command("mmupgrade.nothing")
    assert caught.value.code == -32602
