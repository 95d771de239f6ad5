"""Whose settings count for a file, and when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.client import Client, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import CONFIG

PUSH, PULL = Kind("vscode", pulls=False), Kind("vscode", pulls=True)
WAYS = [PUSH, PULL]


def codes(client: Client, uri: str) -> set[str]:
    return {found["code"] for found in client.diagnostics(uri)}


def messages(client: Client) -> list[str]:
    client.settle()
    return [said["message"] for method, said in client.notified if method == "window/showMessage"]


@pytest.fixture(autouse=True)
def no_file(project: Project) -> None:
    (project.folder / "mmupgrade.toml").unlink()
    (project.folder / ".git").mkdir()


@pytest.mark.parametrize("wrapped", ["{}", "settings", "mmupgrade", "both"])
def test_initialization_options(wrapped: str, connect: Connect, project: Project) -> None:
    said: Json = {"select": ["MMR109"]}
    options = {
        "{}": said,
        "settings": {"settings": said},
        "mmupgrade": {"mmupgrade": said},
        "both": {"settings": {"mmupgrade": said}},
    }[wrapped]
    client = connect("bare", options=options)
    client.open(project.of("a"), CONFIG)
    assert codes(client, project.of("a")) == {"MMR109"}


@pytest.mark.parametrize("folders", [None, []], ids=["folder", "no folder"])
@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_the_client_is_asked(kind: Kind, folders: Any, connect: Connect, project: Project) -> None:
    client = connect(kind, settings={"select": ["MMR109"], "trace": {}}, folders=folders)
    client.open(project.of("a"), CONFIG)
    client.wait_for(lambda: codes(client, project.of("a")) == {"MMR109"}, "settings")
    client.settings[None] = {"select": ["MMR101"]}
    client.notify("workspace/didChangeConfiguration", settings=None)
    client.wait_for(lambda: codes(client, project.of("a")) == {"MMR101"}, "settings")
    client.settings[None] = None
    client.notify("workspace/didChangeConfiguration", settings=None)
    client.wait_for(lambda: len(codes(client, project.of("a"))) > 1, "settings")


@pytest.mark.parametrize("answer", [None, "refused", "odd"])
def test_a_client_that_gives_no_settings(
    answer: str | None, connect: Connect, project: Project
) -> None:
    client = connect(PUSH, options={"select": ["MMR109"]}, settings=answer)
    if answer == "refused":
        client.refuse("workspace/configuration")
    client.open(project.of("a"), CONFIG)
    client.settle()
    assert codes(client, project.of("a")) == {"MMR109"}
    assert messages(client) == []


@pytest.mark.parametrize(
    "settings", [{"mmupgrade": {"select": ["MMR109"]}}, {"select": ["MMR109"]}]
)
def test_settings_that_are_sent_along(settings: Json, connect: Connect, project: Project) -> None:
    client = connect("bare")
    client.open(project.of("a"), CONFIG)
    client.notify("workspace/didChangeConfiguration", settings=settings)
    assert codes(client, project.of("a")) == {"MMR109"}


def test_each_folder_has_its_own(connect: Connect, project: Project) -> None:
    project.write(one_a=CONFIG, one_in_a=CONFIG, two_a=CONFIG)
    (project.folder / "two" / "mmupgrade.toml").write_text('select = ["MMR103"]')
    folders = [f"{project.uri}/{name}" for name in ("one", "one/in", "two")]
    client = connect(PUSH, folders=folders)
    client.settings |= {
        folders[0]: {"select": ["MMR109"], "codeLens": False},
        folders[1]: {"select": ["MMR101"]},
        folders[2]: {"select": ["MMR101"]},
    }
    client.notify("workspace/didChangeConfiguration", settings=None)
    expected = {"one_a": {"MMR109"}, "one_in_a": {"MMR101"}, "two_a": {"MMR103"}}
    for name in expected:
        client.open(project.of(name), CONFIG)
    client.wait_for(
        lambda: {name: codes(client, project.of(name)) for name in expected} == expected,
        "settings of each folder",
    )
    lenses = [
        client.request("textDocument/codeLens", textDocument={"uri": project.of(name)})
        for name in expected
    ]
    assert [bool(each) for each in lenses] == [False, True, True]


def test_folders_that_come_and_go(connect: Connect, project: Project) -> None:
    project.write(one_a=CONFIG, two_a=CONFIG)
    one, two = ({"uri": f"{project.uri}/{name}", "name": name} for name in ("one", "two"))
    client = connect(PUSH, folders=[one["uri"]])
    client.settings |= {None: {"diagnosticMode": "workspace"}, two["uri"]: {"select": ["MMR109"]}}
    client.settings[two["uri"]]["diagnosticMode"] = "workspace"
    client.notify("workspace/didChangeConfiguration", settings=None)
    shown = client.published
    client.wait_for(lambda: set(shown) == {project.of("one_a")}, "diagnostics of one folder")
    event = {"added": [two], "removed": [one]}
    client.notify("workspace/didChangeWorkspaceFolders", event=event)
    client.wait_for(lambda: project.of("two_a") in shown, "diagnostics of the other folder")
    assert {one["code"] for one in shown[project.of("two_a")]["diagnostics"]} == {"MMR109"}
    client.wait_for(lambda: not shown[project.of("one_a")]["diagnostics"], "no diagnostics")


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_a_settings_file_that_changes(kind: Kind, connect: Connect, project: Project) -> None:
    file = project.folder / "mmupgrade.toml"
    client = connect(kind, options={"select": ["MMR109"]})
    uri = project.of("a")
    client.open(uri, CONFIG)
    file.write_text('select = ["MMR101"]')
    client.watched((file.as_uri(), 1))
    assert codes(client, uri) == {"MMR101"}
    file.unlink()
    client.watched((file.as_uri(), 3))
    assert codes(client, uri) == {"MMR109"}
    (project.folder / "pyproject.toml").write_text('[tool.mmupgrade]\nexclude = ["a.py"]')
    client.watched((f"{project.uri}/pyproject.toml", 1))
    assert codes(client, uri) == set()


def test_wrong_settings_are_shown_once(connect: Connect, project: Project) -> None:
    file = project.folder / "mmupgrade.toml"
    file.write_text("selekt = []")
    client = connect(PUSH)
    for name in "abc":
        client.open(project.of(name), CONFIG)
    client.saved(project.of("a"))
    [said] = messages(client)
    assert said.startswith("mmupgrade: ")
    assert "`selekt`; did you mean `select`?" in said
    assert len(codes(client, project.of("a"))) > 1
    file.write_text("")
    client.watched((file.as_uri(), 2))
    client.saved(project.of("a"))
    file.write_text("selekt = []")
    client.watched((file.as_uri(), 2))
    assert len(messages(client)) == 2


def test_wrong_settings_of_the_editor(connect: Connect, project: Project) -> None:
    client = connect(PUSH, options={"diagnosticMode": "all", "enable": 1})
    assert len(messages(client)) == 1
    client.open(project.of("a"), CONFIG)
    assert codes(client, project.of("a"))
