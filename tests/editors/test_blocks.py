"""The blocks that no editor runs here are at least what their editor can read."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest

from tests.editors.editors import DOCS, block

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HEADINGS = re.findall(r"(?m)^## (.+)$", DOCS.read_text())


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_block_starts_the_server(heading: str) -> None:
    assert re.search(r"(?s)mmupgrade\b.{1,40}\bserver\b", block(heading))


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Vim or Neovim with coc.nvim", ("languageserver", "mmupgrade")),
        ("Sublime Text", ("clients", "mmupgrade")),
        ("Zed", ("lsp", "pylsp", "binary")),
        ("Kate", ("servers", "python")),
        ("Helix", ("language-server", "mmupgrade")),
    ],
)
def test_a_settings_file_holds_the_command(heading: str, place: tuple[str, ...]) -> None:
    held: Any = (tomllib if heading == "Helix" else json).loads(block(heading))
    for key in place:
        held = held[key]
    command = held.get("command") or held["path"]
    words = command if isinstance(command, list) else [command]
    words += held.get("args") or held.get("arguments") or []
    assert [word.rpartition("/")[2] for word in words] == ["mmupgrade", "server"]
