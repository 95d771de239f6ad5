"""The JSON Schema is what the script makes, is valid, and agrees with the reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.selection import names
from mmupgrade.settings.files import read_settings
from mmupgrade.settings.options import OPTIONS
from mmupgrade.settings.reading import load_options
from mmupgrade.settings.settings import SettingsError
from scripts.schema import MANUAL, rendered, schema

VALIDATOR = jsonschema.Draft7Validator(schema())
_WORDS = st.one_of(
    st.sampled_from([*names(), "mmagic", "mmedit", "mmgen", "other"]),
    st.text(max_size=5),
    st.text("/*.a", max_size=3),
)
_VALUES = st.one_of(
    _WORDS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.lists(st.one_of(_WORDS, st.integers(), st.lists(_WORDS, max_size=1)), max_size=3),
    st.lists(_WORDS, max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=1),
)


def _fitting() -> st.SearchStrategy[dict[str, Any]]:
    """Mappings whose values are mostly of the right kind."""
    rules = st.lists(st.sampled_from(names()), max_size=3)
    globs = st.lists(st.text("/*.a", min_size=1, max_size=3), max_size=2)
    kinds: dict[str, st.SearchStrategy[Any]] = {"rules": rules, "globs": globs, "path": st.text()}
    return st.fixed_dictionaries(
        {},
        optional={
            option.name: kinds.get(option.kind, st.sampled_from(option.choices or ("",)))
            for option in OPTIONS
        },
    )


_KEYS = st.one_of(st.sampled_from([option.name for option in OPTIONS]), st.text(max_size=5))


def _is_read(mapping: dict[str, Any]) -> bool:
    try:
        load_options(mapping, "/p", None)
    except SettingsError:
        return False
    return True


def test_what_is_made_is_fresh() -> None:
    for path, text in rendered().items():
        assert path.read_text() == text, f"{path.name}: run `make docs`"


def test_the_schema_is_valid_and_explains_every_key() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    for option in OPTIONS:
        assert schema()["properties"][option.name]["description"] == option.description


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
def test_schema_and_reader_refuse_the_same(mapping: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(mapping) == _is_read(mapping)


@given(_fitting())
def test_schema_and_reader_accept_the_same(mapping: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(mapping) == _is_read(mapping)


def test_every_default_is_accepted() -> None:
    values = {option.name: option.default for option in OPTIONS if option.default is not None}
    assert _is_read({key: list(v) if isinstance(v, tuple) else v for key, v in values.items()})


def test_every_example_of_the_manual_is_accepted(tmp_path: Path) -> None:
    blocks = re.findall(r"(?s)```toml\n(.*?)```", MANUAL.read_text())
    assert len(blocks) > len(OPTIONS)
    for block in blocks:
        name = "pyproject.toml" if block.startswith("[tool") else "mmupgrade.toml"
        (tmp_path / name).write_text(block)
        assert read_settings(str(tmp_path / name)).source


@pytest.mark.parametrize("mapping", [{"target": "mmagic"}, {"select": ["MMR1"]}, {}])
def test_the_schema_accepts_something(mapping: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(mapping)
