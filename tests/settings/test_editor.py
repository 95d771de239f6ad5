"""The extension's manifest and manuals are what the script makes from the table of options."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from mmupgrade.settings.reading import load_options
from mmupgrade.settings.settings import Settings
from scripts.editor import CHINESE, EDITOR, MANIFEST, configuration, rendered
from scripts.icon import ICON, drawn

PROPERTIES: dict[str, dict[str, Any]] = json.loads(json.dumps(configuration()["properties"]))


def test_what_is_made_is_fresh() -> None:
    for path, text in rendered().items():
        assert path.read_text() == text, f"{path.name}: run `make docs`"
    assert _pixels(ICON.read_bytes()) == _pixels(drawn()), "run `make docs`"


def _pixels(icon: bytes) -> bytes:
    """What the icon's one chunk of pixels holds; how it is packed differs between systems."""
    return zlib.decompress(icon[41:-16])


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_setting_is_declared_in_full(name: str) -> None:
    setting = PROPERTIES[name]
    assert {"scope", "type", "default", "markdownDescription"} <= set(setting)
    key = setting["markdownDescription"].strip("%")
    assert json.loads(CHINESE.read_text())[key]


def test_the_defaults_of_the_editor_are_those_of_the_server() -> None:
    names = {name.removeprefix("mmupgrade."): held["default"] for name, held in PROPERTIES.items()}
    sent = {key: default for key, default in names.items() if key != "trace.server"}
    sent["trace"] = {"server": names["trace.server"]}
    assert load_options(sent, "/p", None, editor=True) == Settings(root="/p")


def test_every_setting_of_the_table_is_there_once() -> None:
    assert [name.removeprefix("mmupgrade.") for name in PROPERTIES] == [
        option.editor_name for option in EDITOR
    ]


def test_an_untrusted_workspace_names_no_interpreter() -> None:
    manifest = json.loads(MANIFEST.read_text())
    trust = manifest["capabilities"]["untrustedWorkspaces"]
    assert trust["restrictedConfigurations"] == ["mmupgrade.interpreter"]
    assert PROPERTIES["mmupgrade.interpreter"]["scope"] == "machine-overridable"
