"""What is offered for a range, and that it does what its title says."""

from __future__ import annotations

from typing import Any

import pytest

from mmupgrade.moves import Applicability
from tests.lsp.client import Client, Failed, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, FAMILY, HEIR, Engine
from tests.lsp.test_clients import FIX_ALL, named

#: One that is asked for each edit, and one that gets them at once.
LAZY, INLINE = Kind("vscode"), Kind("emacs")
BOTH = [LAZY, INLINE]
MIGRATE = "refactor.rewrite.mmupgrade"
UNSAFE = BASE.replace("by_epoch=False", "by_epoch=False, reset_flag=True")


def titles(actions: list[Json]) -> list[str]:
    return [action["title"] for action in actions]


def whole(client: Client, uri: str, only: list[str] | None = None) -> list[Json]:
    return client.actions(uri, client.buffers[uri].range(0, len(client.buffers[uri].text)), only)


def result(client: Client, action: Json) -> dict[str, str]:
    edit = client.edit_of(action)
    assert edit is not None
    return client.edited(edit)


@pytest.mark.parametrize("kind", BOTH, ids=str)
def test_every_fix_is_the_engines(kind: Kind, connect: Connect, project: Project) -> None:
    engine = Engine(project.folder, {"a": UNSAFE})
    client = connect(kind)
    uri = project.of("a")
    buffer = client.open(uri, UNSAFE)
    for finding in engine.findings("a"):
        offered = client.actions(uri, buffer.range(finding.start, finding.end), ["quickfix"])
        for number, title in enumerate(finding.titles):
            action = named(offered, title)
            assert action["title"] == title
            safe = finding.applicability is Applicability.SAFE and number == 0
            assert action.get("isPreferred", False) == safe
            assert action["diagnostics"][0]["code"] == finding.rule.id
            expected = engine.quick_fixed("a", finding.field, number)["a"]
            assert result(client, action) == {uri: expected}
    assert sum(action.get("isPreferred", False) for action in whole(client, uri)) < len(
        engine.findings("a")
    )


def test_what_is_lost_is_in_the_title(connect: Connect, project: Project) -> None:
    client = connect(INLINE)
    client.open(project.of("a"), UNSAFE)
    action = named(whole(client, project.of("a")), "Migrate `log_config`")
    assert "dropping `TextLoggerHook.reset_flag`" in action["title"]
    assert "isPreferred" not in action


@pytest.mark.parametrize("kind", BOTH, ids=str)
def test_nothing_is_offered_that_does_nothing(
    kind: Kind, connect: Connect, project: Project
) -> None:
    project.write(b=BASE, c="_base_ = 'b.py'\nload_from = 'x.pth'\nresume_from = None\n")
    client = connect(kind)
    for name in "bc":
        client.open(project.of(name), project.path(name).read_text())
        for action in whole(client, project.of(name)):
            if "command" not in action or "data" in action:
                assert client.edit_of(action), action["title"]


def test_the_kinds_that_are_asked_for(connect: Connect, project: Project) -> None:
    client = connect(INLINE)
    client.open(project.of("a"), CONFIG)
    uri = project.of("a")
    kinds = {action["kind"] for action in whole(client, uri)}
    assert kinds == {"quickfix", FIX_ALL, MIGRATE}
    for only, expected in {
        "source": {FIX_ALL},
        "source.fixAll": {FIX_ALL},
        FIX_ALL: {FIX_ALL},
        "refactor": {MIGRATE},
        "quickfix": {"quickfix"},
        "": kinds,
        "source.organizeImports": set(),
        "source.fixAll.ruff": set(),
    }.items():
        assert {action["kind"] for action in whole(client, uri, [only])} == expected


def test_a_field_set_twice_is_fixed_once(connect: Connect, project: Project) -> None:
    text = f"{BASE}checkpoint_config = dict(interval=6)\n"
    client = connect(INLINE)
    client.open(project.of("a"), text)
    actions = whole(client, project.of("a"))
    after = result(client, named(actions, "Migrate `checkpoint_config`"))[project.of("a")]
    assert "checkpoint_config" not in after
    assert titles(actions).count("Ignore MMR101 (`checkpoint_config`) in this file") == 1


def test_a_line_is_ignored_where_one_is_pointed_at(connect: Connect, project: Project) -> None:
    client = connect(INLINE)
    uri = project.of("a")
    buffer = client.open(uri, CONFIG)
    line = titles(client.actions(uri, buffer.of("resume_from = None; tag = '🍣'; workflow")))
    assert [title for title in line if title.endswith("on this line")] == [
        "Ignore MMR103 (`resume_from`) on this line",
        "Ignore MMR109 (`workflow`) on this line",
    ]
    assert not [title for title in titles(whole(client, uri)) if title.endswith("on this line")]


def test_fields_that_go_together(connect: Connect, project: Project) -> None:
    text = f"{BASE}load_from = 'x.pth'\n".replace("resume_from = None", "resume_from = 'y.pth'")
    client, engine = connect(LAZY), Engine(project.folder, {"a": text})
    client.open(project.of("a"), text)
    [finding] = [one for one in engine.findings("a") if one.field == "resume_from"]
    action = named(whole(client, project.of("a")), finding.titles[0])
    after = result(client, action)[project.of("a")]
    assert after == engine.quick_fixed("a", "resume_from")["a"]
    assert "y.pth" in after
    assert "resume_from" not in after


@pytest.mark.parametrize("kind", BOTH, ids=str)
def test_unused_comments(kind: Kind, connect: Connect, project: Project) -> None:
    text = BASE.replace("total_iters = 9", "total_iters = 9  # mmupgrade: ignore[MMR103, MMR201]")
    client, engine = connect(kind), Engine(project.folder, {"a": text})
    uri = project.of("a")
    buffer = client.open(uri, text)
    action = named(client.actions(uri, buffer.of("MMR103")), "Remove `MMR103` from the comment")
    assert result(client, action) == {uri: text.replace("MMR103, ", "")}
    [everything] = whole(client, uri, [FIX_ALL])
    after = client.apply(client.edit_of(everything) or {})[uri]
    assert after == engine.fixed()["a"]
    assert "MMR103" not in after
    assert "MMR201" in after
    assert whole(client, uri, [FIX_ALL]) == []


@pytest.mark.parametrize("kind", BOTH, ids=str)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("head", ["", "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n", "\ufeff"])
def test_ignoring(kind: Kind, newline: str, head: str, connect: Connect, project: Project) -> None:
    text = f"{head}{CONFIG}".replace("\n", newline)
    client = connect(kind)
    uri = project.of("a")
    buffer = client.open(uri, text)
    actions = client.actions(uri, buffer.of("workflow"))
    line = "resume_from = None; tag = '🍣'; workflow = [('train', 1)]"
    on_line = result(client, named(actions, "Ignore MMR109 (`workflow`) on this line"))[uri]
    assert on_line == text.replace(line, f"{line}  # mmupgrade: ignore[MMR109]")
    in_file = result(client, named(actions, "Ignore MMR109 (`workflow`) in this file"))[uri]
    head = head.replace("\n", newline)
    assert in_file == f"{head}# mmupgrade: ignore-file[MMR109]{newline}{text[len(head) :]}"
    for after in (on_line, in_file):
        client.become(uri, after)
        assert "MMR109" not in {found["code"] for found in client.diagnostics(uri)}


def test_the_page_of_a_rule(connect: Connect, project: Project) -> None:
    client = connect(LAZY)
    uri = project.of("a")
    buffer = client.open(uri, CONFIG)
    action = named(client.actions(uri, buffer.of("workflow")), "Explain MMR109 (`workflow`)")
    command = action["command"]
    page = client.command(command["command"], *command["arguments"])
    assert page.startswith("# workflow (MMR109)")
    [shown] = [params for method, params in client.requested if method == "window/showDocument"]
    assert shown["uri"].endswith("/workflow.md")


def test_an_outdated_edit_is_refused(connect: Connect, project: Project) -> None:
    client = connect(LAZY)
    uri = project.of("a")
    for version in (1, None):
        client.open(uri, CONFIG, version)
        action = named(whole(client, uri), "Remove `workflow`")
        assert "edit" not in action
        client.replace(uri, "workflow = [('train', 1)]", "workflow = [('train', 2)]")
        with pytest.raises(Failed) as caught:
            client.edit_of(action)
        assert caught.value.code == -32801
        client.close(uri)
        client.open(uri, BASE, version)
        with pytest.raises(Failed) as caught:
            client.edit_of(action)
        assert caught.value.code == -32801


def test_edits_are_for_a_version(connect: Connect, project: Project) -> None:
    client = connect(INLINE)
    uri = project.of("a")
    client.open(uri, CONFIG, 17)
    edit = client.edit_of(named(whole(client, uri), "Remove `workflow`")) or {}
    assert [one["textDocument"] for one in edit["documentChanges"]] == [{"uri": uri, "version": 17}]
    assert "changes" not in edit


@pytest.mark.parametrize("support", [None, {"properties": ["edit"]}])
def test_data_that_a_client_drops(support: Any, connect: Connect, project: Project) -> None:
    def drop(said: Json) -> None:
        del said["textDocument"]["codeAction"]["dataSupport"]
        said["textDocument"]["codeAction"]["resolveSupport"] = support

    client = connect(LAZY, changes=drop)
    uri = project.of("a")
    client.open(uri, CONFIG)
    assert "edit" in named(whole(client, uri), "Remove `workflow`")

    client = connect(LAZY)
    client.open(uri, CONFIG)
    action = named(whole(client, uri), "Remove `workflow`")
    del action["data"]
    resolved = client.request("codeAction/resolve", **action)
    assert "workflow" not in client.edited(resolved["edit"])[uri]
    strange = client.request("codeAction/resolve", title="Something else")
    assert strange == {"title": "Something else"}


def test_edits_are_minimal(connect: Connect, project: Project) -> None:
    client = connect(INLINE)
    uri = project.of("a")
    buffer = client.open(uri, CONFIG)
    edit = client.edit_of(named(whole(client, uri), "Remove `workflow`")) or {}
    [change] = edit["documentChanges"][0]["edits"]
    assert (buffer.shown(change["range"]), change["newText"]) == ("; workflow = [('train', 1)]", "")


@pytest.mark.parametrize("annotates", [True, False])
def test_a_family_at_once(annotates: bool, connect: Connect, project: Project) -> None:
    def change(said: Json) -> None:
        if not annotates:
            del said["workspace"]["workspaceEdit"]["changeAnnotationSupport"]

    texts = {**FAMILY, "b": UNSAFE}
    project.write(**texts)
    client, engine = connect(LAZY, changes=change), Engine(project.folder, texts)
    uri = project.of("c")
    client.open(uri, HEIR, 3)
    edit = client.edit_of(named(whole(client, uri), "Migrate this config and its 1 base file"))
    assert edit is not None
    made = client.edited(edit)
    after = engine.fixed(unsafe=annotates)
    assert made == {project.of(name): text for name, text in after.items()}
    versions = {
        one["textDocument"]["uri"]: one["textDocument"]["version"]
        for one in edit["documentChanges"]
    }
    assert versions == {uri: 3, project.of("b"): None}
    if not annotates:
        assert "changeAnnotations" not in edit
        return
    [(name, annotation)] = edit["changeAnnotations"].items()
    assert annotation["needsConfirmation"]
    assert "reset_flag" in annotation["description"]
    edits = [each for one in edit["documentChanges"] for each in one["edits"]]
    assert {each["annotationId"] for each in edits} == {name}


def test_from_the_base_the_family_is_not_called_base_files(
    connect: Connect, project: Project
) -> None:
    project.write(**FAMILY)
    client = connect(LAZY)
    client.open(project.of("c"), HEIR)
    client.open(project.of("b"), BASE)
    offered = titles(whole(client, project.of("b")))
    assert "Migrate this config and the 1 other file of its family" in offered
    assert not any("base file" in title for title in offered)


@pytest.mark.parametrize("saves", [True, False])
def test_a_message_names_what_has_to_be_saved(
    saves: bool, connect: Connect, project: Project
) -> None:
    def change(said: Json) -> None:
        said["experimental"] = {"mmupgrade": {"saveAll": saves}}

    project.write(**FAMILY)
    client = connect(LAZY, changes=change)
    client.choice = "Save All"
    uri = project.of("c")
    client.open(uri, HEIR)
    action = named(whole(client, uri), "Migrate this config and its 1 base file")
    client.apply(client.edit_of(action) or {})
    client.command(action["command"]["command"], *action["command"]["arguments"])
    said = "Changed `b.py`, `c.py`. Save all of them: they only work together."
    asked = [params["message"] for method, params in client.requested if "Message" in method]
    told = [params for method, params in client.notified if method == "window/showMessage"]
    wanted = [params["uris"] for method, params in client.notified if method == "mmupgrade/saveAll"]
    assert asked == ([said] if saves else [])
    assert [one["message"] for one in told] == ([] if saves else [said])
    assert [sorted(uris) for uris in wanted] == ([[project.of("b"), uri]] if saves else [])


@pytest.mark.parametrize("kind", BOTH, ids=str)
def test_a_field_that_is_set_twice_is_fixed_everywhere(
    kind: Kind, connect: Connect, project: Project
) -> None:
    source = f"cudnn_benchmark = False\n{CONFIG}\ncudnn_benchmark = True\n"
    engine = Engine(project.folder, {"a": source})
    client = connect(kind)
    uri = project.of("a")
    buffer = client.open(uri, source)
    action = named(client.actions(uri, buffer.range(0, 3), ["quickfix"]), "Fix all 2")
    assert action["title"] == "Fix all 2 `cudnn_benchmark` in this file"
    assert result(client, action) == {uri: engine.quick_fixed("a", "cudnn_benchmark", 0)["a"]}
    assert "cudnn_benchmark = " not in result(client, action)[uri]
