"""Links, definitions, symbols, completion and lenses."""

from __future__ import annotations

import pytest

from tests.lsp.client import Buffer, Client, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, FAMILY, HEIR

VSCODE = Kind("vscode")


def ask(client: Client, method: str, uri: str, **params: object) -> list[Json]:
    found: list[Json] = client.request(
        f"textDocument/{method}", textDocument={"uri": uri}, **params
    )
    return found


def test_links_to_bases(connect: Connect, project: Project) -> None:
    text = "_base_ = ['b.py', './in/漢 字.py', 'missing.py', '{{ fileDirname }}/b.py']\n"
    project.write(**FAMILY, a=text)
    (project.folder / "in").mkdir()
    (project.folder / "in" / "漢 字.py").write_text(BASE)
    client = connect(VSCODE)
    buffer = client.open(project.of("a"), text)
    links = ask(client, "documentLink", project.of("a"))
    assert [(buffer.shown(link["range"]), link["target"]) for link in links] == [
        ("'b.py'", project.of("b")),
        ("'./in/漢 字.py'", (project.folder / "in" / "漢 字.py").as_uri()),
        ("'{{ fileDirname }}/b.py'", project.of("b")),
    ]
    [place] = ask(client, "definition", project.of("a"), position=buffer.at("漢"))
    assert place["uri"] == links[1]["target"]


def test_an_open_base_needs_no_file(connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    client.open(project.of("c"), HEIR)
    assert ask(client, "documentLink", project.of("c")) == []
    client.open(project.of("b"), BASE)
    assert len(ask(client, "documentLink", project.of("c"))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_what_a_field_overrides(encoding: str, connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(Kind("vscode", encoding))
    buffer = client.open(project.of("c"), HEIR)
    base = Buffer(BASE, None, encoding)
    for part, shown in (("checkpoint_config", "checkpoint_config"), ("interval", "interval")):
        [place] = ask(client, "definition", project.of("c"), position=buffer.at(part))
        assert place["uri"] == project.of("b")
        assert base.shown(place["range"]) == shown
    for part in ("workflow", "cudnn_benchmark"):
        assert not ask(client, "definition", project.of("c"), position=buffer.at(part))


@pytest.mark.parametrize("nested", [True, False])
def test_symbols(nested: bool, connect: Connect, project: Project) -> None:
    client = connect(VSCODE if nested else "bare")
    buffer = client.open(project.of("a"), CONFIG)
    symbols = ask(client, "documentSymbol", project.of("a"))
    assert {each["name"]: each.get("tags") for each in symbols} == {
        "exp_name": None,
        "model": [1],
        "checkpoint_config": [1],
        "log_config": [1],
        "total_iters": [1],
        "resume_from": [1],
        "tag": None,
        "workflow": [1],
        "optimizers": [1],
    }
    ranges = [each["range"] if nested else each["location"]["range"] for each in symbols]
    assert all(buffer.shown(range).startswith(each["name"]) for each, range in zip(symbols, ranges))


@pytest.mark.parametrize(
    ("before", "replaced"),
    [
        ("# mmupgrade: ignore[", ""),
        ("# mmupgrade: ignore[MMR1", "MMR1"),
        ("# mmupgrade: ignore-file[MMR101, log_c", "log_c"),
    ],
)
def test_completion_in_comments(
    before: str, replaced: str, connect: Connect, project: Project
) -> None:
    client = connect(VSCODE)
    text = f"x = '🍣'  {before}]\n"
    buffer = client.open(project.of("a"), text)
    position = buffer.position(text.index("]"))
    items = ask(client, "completion", project.of("a"), position=position)
    assert {"MMR101", "MMR901"} <= {item["label"] for item in items}
    assert {buffer.shown(item["textEdit"]["range"]) for item in items} == {replaced}
    chosen = next(item for item in items if item["label"] == "MMR102")
    assert replaced in chosen["filterText"]


@pytest.mark.parametrize("text", ["x = [", "# ignore[", "x = 1  # mmupgrade: ignore[MMR101] "])
def test_no_completion_elsewhere(text: str, connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    buffer = client.open(project.of("a"), text)
    position = buffer.position(len(text))
    assert not ask(client, "completion", project.of("a"), position=position)


def test_lenses(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(VSCODE)
    buffer = client.open(project.of("c"), HEIR)
    lenses = ask(client, "codeLens", project.of("c"))
    assert [lens["command"]["title"] for lens in lenses] == [
        "3 fields to migrate",
        "preview",
        "migrate",
        "migrate with its 1 base file",
    ]
    assert {lens["range"]["start"]["line"] for lens in lenses} == {buffer.at("checkpoint")["line"]}
    offered = set(client.server["executeCommandProvider"]["commands"])
    assert {lens["command"]["command"] for lens in lenses} <= offered
    client.become(project.of("c"), "x = 1\n")
    assert ask(client, "codeLens", project.of("c")) == []
