"""What `docs/ci.md` shows can be run: its YAML parses, its commands and hooks exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mmupgrade.cli.arguments import parser
from mmupgrade.report import formats

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"(?s)```yaml\n(.*?)```", PAGE)]
COMMANDS = re.findall(r"\bmmupgrade ((?:check|fix) [^'\n`]+)", PAGE)
HOOKS = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


def _values(node: Any, key: str) -> Iterator[Any]:
    """The values of a key anywhere in a document."""
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == key)
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _values(part, key)


def test_every_block_is_a_mapping() -> None:
    assert len(BLOCKS) == 5
    assert all(isinstance(block, dict) for block in BLOCKS)


def test_hooks_are_those_of_this_repository() -> None:
    shown = [hook for hooks in _values(BLOCKS, "hooks") for hook in hooks]
    assert {hook["id"] for hook in shown} == set(HOOKS)
    for hook in [*shown, *HOOKS.values()]:
        own = HOOKS[hook["id"]]
        program, *command = own["entry"].split()
        options = parser().parse_args([*command, *hook.get("args", own.get("args", []))])
        assert program == "mmupgrade"
        assert options.run.__module__.removeprefix("mmupgrade.cli.") in hook["id"]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_taken(command: str) -> None:
    options = parser().parse_args(command.split())
    assert options.paths == ["configs"]


def test_every_format_is_explained() -> None:
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", PAGE)) == set(formats.NAMES)
    assert len(COMMANDS) == 4


def test_the_files_that_are_read_are_those_that_are_written() -> None:
    (uploaded,) = _values(BLOCKS, "sarif_file")
    (tested,) = _values(BLOCKS, "junit")
    assert {uploaded, tested} == set(re.findall(r"--output-file (\S+\.\w+)", PAGE))
