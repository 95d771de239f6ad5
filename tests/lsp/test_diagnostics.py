"""How diagnostics look, when they come and when they go."""

from __future__ import annotations

import pytest

from tests.lsp.client import Client, Failed, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, FAMILY, HEIR

PUSH, PULL = Kind("vscode", pulls=False), Kind("vscode", pulls=True)
WAYS = [PUSH, PULL]
BROKEN = BASE.replace("total_iters = 9", "total_iters = (9")


def codes(client: Client, uri: str) -> set[str]:
    return {found["code"] for found in client.diagnostics(uri)}


def refreshes(client: Client) -> int:
    client.settle()
    return [method for method, _ in client.requested].count("workspace/diagnostic/refresh")


def test_all_that_a_client_can_show(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(PUSH)
    uri, base = project.of("c"), project.of("b")
    buffer = client.open(uri, HEIR)
    client.settle()
    sent = client.published[uri]
    assert sent["version"] == 1
    [found] = [one for one in sent["diagnostics"] if one["code"] == "MMR101"]
    assert buffer.shown(found["range"]) == "checkpoint_config"
    assert found["tags"] == [2]
    assert found["severity"] == 2
    assert found["source"] == "mmupgrade"
    assert found["codeDescription"]["href"].endswith("checkpoint_config.md")
    assert found["data"] == {"rule": "MMR101", "field": "checkpoint_config"}
    [related] = found["relatedInformation"]
    assert related["location"]["uri"] == base
    line = BASE.splitlines()[related["location"]["range"]["start"]["line"]]
    assert "checkpoint_config" in line
    assert "`b.py`" in related["message"]


def test_only_what_a_client_can_show(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect("bare")
    client.open(project.of("c"), HEIR)
    client.settle()
    for found in client.published[project.of("c")]["diagnostics"]:
        assert not {"tags", "codeDescription", "relatedInformation"} & found.keys()


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_severities(kind: Kind, connect: Connect, project: Project) -> None:
    client = connect(kind)
    uri = project.of("a")
    client.open(uri, CONFIG)
    found = {one["code"]: one["severity"] for one in client.diagnostics(uri)}
    assert (found["MMR302"], found["MMR109"]) == (3, 2)
    client.become(uri, f"{CONFIG}train_dataloader = dict(batch_size=1)\n")
    found = {one["code"]: one["severity"] for one in client.diagnostics(uri)}
    assert (found["MMR302"], found["MMR109"]) == (1, 1)


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_each_change_tells(kind: Kind, connect: Connect, project: Project) -> None:
    client = connect(kind)
    uri = project.of("a")
    client.open(uri, BASE)
    assert "MMR103" in codes(client, uri)
    client.replace(uri, "resume_from = None\n", "")
    assert "MMR103" not in codes(client, uri)
    client.become(uri, BROKEN)
    assert "MMR901" in codes(client, uri)
    client.become(uri, BASE)
    assert "MMR901" not in codes(client, uri)
    if not client.pulls:
        assert client.published[uri]["version"] == 4


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_a_closed_file_shows_nothing(kind: Kind, connect: Connect, project: Project) -> None:
    project.write(a=BASE)
    client = connect(kind)
    uri = project.of("a")
    client.open(uri, BASE)
    assert client.diagnostics(uri)
    client.close(uri)
    assert client.diagnostics(uri) == []


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_heirs_hear_of_an_edited_base(kind: Kind, connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(kind)
    uri, base = project.of("c"), project.of("b")
    client.open(uri, HEIR)
    client.open(base, BASE)
    client.wait_for(lambda: refreshes(client) >= 2 or not client.pulls, "first refreshes")
    before = refreshes(client)
    [found] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
    client.replace(base, "tag = '🍣'; checkpoint_config = dict(interval=5)", "")
    [other] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
    assert "relatedInformation" in found
    assert "relatedInformation" not in other
    assert refreshes(client) == (before + 1 if client.pulls else 0)
    client.replace(base, "# 基础 🍣", "#")
    assert refreshes(client) == (before + 1 if client.pulls else 0)


def test_heirs_in_another_project_hear_of_it_too(connect: Connect, project: Project) -> None:
    project.write(one_c=HEIR.replace("b.py", "../two/b.py"), two_b=BASE)
    for folder in ("one", "two"):
        (project.folder / folder / "pyproject.toml").touch()
    client = connect(PUSH)
    uri, base = project.of("one_c"), project.of("two_b")
    client.open(uri, project.path("one_c").read_text())
    client.open(base, BASE)
    for text, count in (("", 0), (BASE, 1), ("", 0)):
        client.become(base, text)
        [found] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
        assert len(found.get("relatedInformation", ())) == count


def test_the_same_report_has_the_same_id(connect: Connect, project: Project) -> None:
    client = connect(PULL)
    uri = project.of("a")
    client.open(uri, BASE)

    def pull(id: str | None) -> Json:
        report: Json = client.request(
            "textDocument/diagnostic", textDocument={"uri": uri}, previousResultId=id
        )
        return report

    first = pull(None)
    assert first["kind"] == "full"
    assert pull(first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    client.replace(uri, "# 基础 🍣\n", "")
    again = pull(first["resultId"])
    assert again["kind"] == "full"
    assert again["resultId"] != first["resultId"]


def everything(client: Client, known: dict[str, str], **params: object) -> list[Json]:
    previous = [{"uri": uri, "value": id} for uri, id in known.items()]
    report = client.request("workspace/diagnostic", previousResultIds=previous, **params)
    items: list[Json] = report["items"]
    return items


def test_the_whole_workspace(connect: Connect, project: Project) -> None:
    project.write(a=CONFIG, **FAMILY, plain="x = 1\n")
    client = connect(PULL, settings={"diagnosticMode": "workspace"})
    client.wait_for(lambda: bool(refreshes(client)), "refresh")
    client.open(project.of("b"), BASE)
    reports = {one["uri"]: one for one in everything(client, {})}
    assert {uri: bool(one["items"]) for uri, one in reports.items()} == {
        project.of("a"): True,
        project.of("b"): True,
        project.of("c"): True,
        project.of("plain"): False,
    }
    assert reports[project.of("b")]["version"] == 1
    assert reports[project.of("a")]["version"] is None
    known = {uri: one["resultId"] for uri, one in reports.items()}
    project.path("plain").unlink()
    client.replace(project.of("b"), "resume_from = None\n", "")
    kinds = {one["uri"]: (one["kind"], one.get("items")) for one in everything(client, known)}
    assert kinds[project.of("a")] == ("unchanged", None)
    assert kinds[project.of("plain")] == ("full", [])
    assert kinds[project.of("b")][0] == "full"


def test_the_workspace_in_pieces(connect: Connect, project: Project) -> None:
    project.write(**{f"f{number}": CONFIG for number in range(20)})
    client = connect(PULL, options={"diagnosticMode": "workspace"})
    assert everything(client, {}, partialResultToken="here") == []
    values = [params for method, params in client.notified if method == "$/progress"]
    pieces = [value["value"]["items"] for value in values if value["token"] == "here"]
    assert len(pieces) > 1
    assert len({item["uri"] for piece in pieces for item in piece}) == 20


def test_a_cancelled_request_is_answered(connect: Connect, project: Project) -> None:
    project.write(**{f"f{number}": CONFIG for number in range(40)})
    client = connect(PULL, options={"diagnosticMode": "workspace"})
    id = client.begin("workspace/diagnostic", previousResultIds=[])
    client.notify("$/cancelRequest", id=id)
    with pytest.raises(Failed) as caught:
        client.answer(id)
    assert caught.value.code == -32800
    assert len(everything(client, {})) == 40


def test_the_workspace_is_pushed_where_it_cant_be_pulled(
    connect: Connect, project: Project
) -> None:
    project.write(**FAMILY, plain="x = 1\n")
    client = connect(PUSH, settings={"diagnosticMode": "workspace"})
    client.wait_for(lambda: len(client.published) == 2, "diagnostics of two files")
    assert set(client.published) == {project.of("b"), project.of("c")}
    client.settings[None] = {"diagnosticMode": "openFilesOnly"}
    client.notify("workspace/didChangeConfiguration", settings=None)
    shown = client.published
    client.wait_for(lambda: not any(shown[uri]["diagnostics"] for uri in shown), "no diagnostics")


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_it_can_be_switched_off(kind: Kind, connect: Connect, project: Project) -> None:
    client = connect(kind, options={"enable": False})
    client.open(project.of("a"), CONFIG)
    assert client.diagnostics(project.of("a")) == []
    assert client.actions(project.of("a"), client.buffers[project.of("a")].of("workflow")) == []
