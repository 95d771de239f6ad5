"""What a mapping says becomes settings, or a line for each mistake in it."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest

from mmupgrade.codebases import Codebase
from mmupgrade.settings.options import EDITOR_OPTIONS, OPTIONS, choices
from mmupgrade.settings.reading import load_options
from mmupgrade.settings.settings import Settings, SettingsError
from mmupgrade.targets import TARGETS


def _problems(mapping: dict[str, Any], *, editor: bool = False) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load_options(mapping, "/p", "/p/mmupgrade.toml", editor=editor)
    lines = str(raised.value).splitlines()
    assert all(line.startswith("/p/mmupgrade.toml: ") for line in lines)
    return [line.removeprefix("/p/mmupgrade.toml: ") for line in lines]


def test_every_key_is_read() -> None:
    read = load_options(
        {
            "target": "mmgen",
            "codebase": "mmedit",
            "select": ["MMR1", "total_iters"],
            "ignore": ["MMR101"],
            "include": ["*.cfg"],
            "exclude": ["old"],
            "extend-safe-fixes": ["log_config"],
            "extend-unsafe-fixes": ["MMR2"],
            "baseline": "sub/../known.json",
        },
        "/p",
        "/p/mmupgrade.toml",
    )
    assert read == Settings(
        root="/p",
        source="/p/mmupgrade.toml",
        target="mmgen",
        codebase="mmedit",
        select=("MMR1", "total_iters"),
        ignore=("MMR101",),
        include=("*.cfg",),
        exclude=("old",),
        extend_safe_fixes=("log_config",),
        extend_unsafe_fixes=("MMR2",),
        baseline="/p/known.json",
    )


def test_the_table_agrees_with_the_settings_and_the_engine() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    del defaults["root"], defaults["source"]
    assert {option.attribute: option.default for option in OPTIONS} == defaults
    assert load_options({}, "/p", None) == Settings(root="/p")
    assert choices("target") == tuple(TARGETS)
    assert choices("codebase") == get_args(Codebase)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"traget": "mmgen"}, "unknown key `traget`; did you mean `target`?"),
        ({"Ignore": []}, "unknown key `Ignore`; did you mean `ignore`?"),
        ({"zzzz": 1}, "unknown key `zzzz`"),
        ({"a\nb": 1}, "unknown key `a\\nb`"),
        (
            {"extendSafeFixes": []},
            "unknown key `extendSafeFixes`; did you mean `extend-safe-fixes`?",
        ),
        (
            {"target": "mmagick"},
            "`target` is `mmagick`, not one of `mmagic`, `mmedit`, `mmgen`; did you mean `mmagic`?",
        ),
        ({"target": 1}, "`target` is no string"),
        ({"select": "MMR1"}, "`select` is no list of strings"),
        ({"select": ["MMR1", 1]}, "`select` is no list of strings"),
        (
            {"select": ["MMR1", "log_confg"]},
            "`select` has the unknown rule `log_confg`; did you mean `log_config`?",
        ),
        ({"ignore": ["mmr101"]}, "`ignore` has the unknown rule `mmr101`; did you mean `MMR101`?"),
        ({"extend-safe-fixes": ["?"]}, "`extend-safe-fixes` has the unknown rule `?`"),
        ({"include": {"a": 1}}, "`include` is no list of strings"),
        ({"exclude": ["old", "/"]}, "`exclude` has an empty pattern"),
        ({"baseline": ""}, "`baseline` is empty"),
    ],
)
def test_a_mistake_is_named(mapping: dict[str, Any], said: str) -> None:
    assert _problems(mapping) == [said]


def test_all_mistakes_are_named() -> None:
    problems = _problems({"traget": "x", "select": ["nothing", "MMR999"], "include": 1})
    assert len(problems) == 4


def test_an_editor_has_its_own_names() -> None:
    read = load_options(
        {"extendSafeFixes": ["MMR1"], "target": "mmgen", "codebase": None}, "/p", None, editor=True
    )
    assert read == Settings(root="/p", target="mmgen", extend_safe_fixes=("MMR1",))
    assert _problems({"extend-safe-fixes": []}, editor=True) == [
        "unknown key `extend-safe-fixes`; did you mean `extendSafeFixes`?"
    ]


def test_what_only_an_editor_says_is_checked_and_left_out() -> None:
    said = {option.editor_name: option.default for option in EDITOR_OPTIONS}
    assert load_options({**said, "trace": {"server": "off"}}, "/p", None, editor=True) == Settings(
        root="/p"
    )
    assert _problems(
        {"enable": 1, "codeLens": "on", "diagnosticMode": "all", "interpreter": []}, editor=True
    ) == [
        "`enable` is neither true nor false",
        "`codeLens` is neither true nor false",
        "`diagnosticMode` is `all`, not one of `openFilesOnly`, `workspace`",
        "`interpreter` is no string",
    ]
    assert _problems({"enable": True}) == ["unknown key `enable`"]


def test_without_a_file_the_message_says_settings() -> None:
    with pytest.raises(SettingsError, match=r"^settings: unknown key `x`$"):
        load_options({"x": 1}, "/p", None)
