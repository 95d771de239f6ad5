"""Where our own code fails: an empty answer, a line in the log, and on with the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mmupgrade import rule
from mmupgrade.analysis import Analysis
from mmupgrade.lsp import actions, hover, lenses, navigation, reports
from tests.lsp.client import Client
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import CONFIG

PUSH, PULL = Kind("vscode", pulls=False), Kind("vscode", pulls=True)


class Broken(Exception):
    """What is raised here."""


def broken(*_: Any, **__: Any) -> Any:
    raise Broken


#: What fails, the request that meets it, and the empty answer.
FAILING: dict[str, tuple[Any, str, Any]] = {
    "hover": (hover, "_ignored", None),
    "codeLens": (lenses, "relatives", []),
    "documentLink": (navigation, "written_bases", []),
    "definition": (navigation, "written_bases", None),
    "documentSymbol": (navigation, "_symbol", []),
    "codeAction": (actions, "relatives", []),
    "diagnostic": (reports, "result_id", {"kind": "full", "items": []}),
}


def _params(client: Client, uri: str) -> dict[str, Any]:
    range = client.buffers[uri].of("workflow")
    return {
        "textDocument": {"uri": uri},
        "position": range["start"],
        "range": range,
        "context": {"diagnostics": []},
    }


@pytest.mark.parametrize("method", FAILING)
def test_a_request(
    method: str,
    connect: Connect,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = connect(PULL)
    uri = project.of("a")
    client.open(uri, CONFIG)
    module, name, empty = FAILING[method]
    with monkeypatch.context() as patched:
        patched.setattr(module, name, broken)
        assert client.request(f"textDocument/{method}", **_params(client, uri)) == empty
    [record] = [each for each in caplog.records if each.levelname == "ERROR"]
    assert record.message == f"textDocument/{method} failed, {uri}"
    assert record.exc_info
    assert record.exc_info[0] is Broken
    caplog.clear()
    assert client.request(f"textDocument/{method}", **_params(client, uri)) != empty or (
        method in ("documentLink", "definition")
    )
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def test_a_change(
    connect: Connect,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = connect(PUSH)
    uri = project.of("a")
    client.open(uri, CONFIG)
    with monkeypatch.context() as patched:
        patched.setattr(Analysis, "open", broken)
        client.replace(uri, "total_iters", "iters")
        client.settle()
    assert f"textDocument/didChange failed, {uri}" in caplog.messages
    client.replace(uri, "'🍣'", "'🚀🚀'")
    buffer = client.buffers[uri]
    shown = [buffer.shown(found["range"]) for found in client.diagnostics(uri)]
    assert "workflow" in shown
    assert "total_iters" not in shown


def test_resolving_names_the_field(
    connect: Connect,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = connect(PULL)
    uri = project.of("a")
    buffer = client.open(uri, CONFIG)
    action = client.actions(uri, buffer.of("workflow"))[0]
    monkeypatch.setattr(actions, "quick_fix", broken)
    assert client.request("codeAction/resolve", **action) is None
    assert f"codeAction/resolve failed, {uri}, workflow" in caplog.messages


def test_a_rule_costs_only_its_field(
    connect: Connect,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing: Callable[..., Any] = broken
    rules = rule.rules()
    monkeypatch.setitem(rules, "workflow", _with_body(rules["workflow"], failing))
    client = connect(PUSH)
    uri = project.of("a")
    client.open(uri, CONFIG)
    found = {one["code"]: one["message"] for one in client.diagnostics(uri)}
    assert "mmupgrade failed on it: Broken()" in found["MMR109"]
    assert "failed" not in found["MMR101"]
    [message] = {each.message for each in caplog.records if each.levelname == "ERROR"}
    assert message == f"MMR109 failed on `workflow` of {project.path('a')}"


def _with_body(held: rule.Rule, body: Callable[..., Any]) -> rule.Rule:
    import dataclasses

    return dataclasses.replace(held, body=body)


def test_a_command(
    connect: Connect,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = connect(PULL)
    uri = project.of("a")
    client.open(uri, CONFIG)
    with monkeypatch.context() as patched:
        patched.setattr(Analysis, "run", broken)
        assert client.command("mmupgrade.preview", uri) is None
    assert f"mmupgrade.preview failed, {uri}" in caplog.messages
    assert client.command("mmupgrade.preview", uri)["files"]
