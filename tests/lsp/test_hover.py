"""What is said of the place that is pointed at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.client import Client, Json
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, FAMILY, HEIR

VSCODE = Kind("vscode")
MIGRATED = """\
default_hooks = dict(
    logger=dict(type='LoggerHook', interval=100), checkpoint=dict(interval=5))
train_cfg = dict(type='IterBasedTrainLoop', max_iters=9)
resume = False
"""


def hover(client: Client, uri: str, part: str, skip: int = 0) -> Json | None:
    said: Json | None = client.request(
        "textDocument/hover",
        textDocument={"uri": uri},
        position=client.buffers[uri].at(part, skip),
    )
    return said


def text(client: Client, uri: str, part: str, skip: int = 0) -> str:
    """What is said, which has to be of the place itself."""
    said = hover(client, uri, part, skip)
    assert said is not None
    assert part in client.buffers[uri].shown(said["range"])
    return str(said["contents"]["value"])


def test_a_field(connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    uri = project.of("a")
    client.open(uri, CONFIG)
    said = text(client, uri, "workflow")
    assert said.startswith("**`workflow` was removed.** (MMR109)")
    assert "What changes silently if it is left" in said
    old, new = "resume_from = None; tag = '🍣'; workflow = [('train', 1)]", "tag = '🍣'\n"
    assert f"\n-{old}\n" in said
    assert f"\n+resume_from = None; {new}" in said
    assert "The fix is safe" in said
    assert "[More about workflow](file:///" in said


@pytest.mark.parametrize(
    ("part", "skip", "expected"),
    [
        ("5000", 1, "(MMR101)"),
        ("by_epoch", 0, "(MMR101)"),
        ("hooks", 0, "(MMR102)"),
        ("'TextLoggerHook'", 0, "`TextLoggerHook` became `LoggerHook`"),
        ("pretrained", 0, "(MMR501)"),
        ("'train'", 0, "(MMR109)"),
        ("optimizers", 0, "There is no fix"),
    ],
)
def test_keys_values_and_hooks(
    part: str, skip: int, expected: str, connect: Connect, project: Project
) -> None:
    client = connect(VSCODE)
    client.open(project.of("a"), CONFIG)
    assert expected in text(client, project.of("a"), part, skip)


@pytest.mark.parametrize("part", ["exp_name", "type='EDVR'", "tag", "# 每"])
def test_nothing_is_said_of_the_rest(part: str, connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    client.open(project.of("a"), CONFIG)
    assert hover(client, project.of("a"), part) is None


def test_an_inherited_value(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(VSCODE)
    client.open(project.of("c"), HEIR.replace("interval=7", "by_epoch=True"))
    said = text(client, project.of("c"), "checkpoint_config")
    assert "Effective value, from `b.py` and this file:" in said
    assert "checkpoint_config = {'interval': 5, 'by_epoch': True}" in said


@pytest.mark.parametrize("name", ["MMR101", "MMR9", "log_config"])
def test_names_in_comments(name: str, connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    comment = f"x = '🍣'  # mmupgrade: ignore[MMR103, {name}]\n"
    client.open(project.of("a"), comment)
    said = text(client, project.of("a"), name)
    assert {"MMR101": "(MMR101)", "MMR9": "(MMR901)", "log_config": "(MMR102)"}[name] in said


@pytest.mark.parametrize(
    ("part", "former"),
    [
        ("logger", "`default_hooks.logger` was `log_config` in 0.x."),
        ("interval=5", "was `checkpoint_config` in 0.x."),
        ("max_iters", "`train_cfg.max_iters` was `total_iters` in 0.x."),
        ("resume", "`resume` was `resume_from` in 0.x."),
    ],
)
def test_migrated_fields(part: str, former: str, connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    client.open(project.of("a"), MIGRATED)
    said = hover(client, project.of("a"), part)
    assert said is not None
    assert former in said["contents"]["value"]


def test_other_python_has_no_migrated_fields(connect: Connect, project: Project) -> None:
    client = connect(VSCODE)
    client.open(project.of("a"), "resume = True\nmodel = make()\n")
    assert hover(client, project.of("a"), "resume") is None


@pytest.mark.parametrize("kind", ["vscode", "bare"])
def test_markdown_only_where_it_is_shown(kind: str, connect: Connect, project: Project) -> None:
    client = connect(kind)
    client.open(project.of("a"), BASE)
    said: Any = hover(client, project.of("a"), "log_config")
    marked = kind == "vscode"
    assert said["contents"]["kind"] == ("markdown" if marked else "plaintext")
    assert ("```diff" in said["contents"]["value"]) == marked
    assert ("**" in said["contents"]["value"]) == marked
