"""Patterns mean what they mean in `.gitignore`, and in pathlib where it has them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.settings.globs import glob

NAMES = st.text("ab.", min_size=1, max_size=3).filter(lambda name: name.strip("."))
PATHS = st.lists(NAMES, min_size=1, max_size=4)
PARTS = st.text("ab.*?[!]", min_size=1, max_size=4).filter(
    lambda part: part.strip(".") and part != "**"
)


def _matches(pattern: str, path: str) -> bool:
    return glob(pattern).matches(path.rstrip("/").split("/"), folder=path.endswith("/"))


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("*.py", ["a.py", "x/y/a.py", ".py"], ["a.pyi", "a.py/b"]),
        ("old", ["old", "x/old", "x/old/"], ["older", "old/x"]),
        ("old/", ["old/", "x/old/"], ["old", "x/old"]),
        ("/old", ["old", "old/"], ["x/old"]),
        ("./old", ["old"], ["x/old"]),
        ("x/old", ["x/old", "x/old/"], ["y/x/old", "old", "x/old/y"]),
        ("x/*", ["x/a"], ["x/a/b", "x"]),
        ("x/**", ["x/a", "x/a/b", "x/a/"], ["x", "x/", "y/a"]),
        ("x/**/b", ["x/b", "x/a/b", "x/a/c/b"], ["x/ab", "b", "x/b/a"]),
        ("**/b", ["b", "a/b", "a/c/b"], ["ab", "b/a"]),
        ("**", ["a", "a/b"], []),
        ("a?", ["ab"], ["a", "abc"]),
        ("[ab].py", ["a.py", "x/b.py"], ["c.py"]),
        ("[!ab].py", ["c.py"], ["a.py"]),
        ("[a.py", ["[a.py"], ["a.py"]),
        (".", [], ["a", "a/b"]),
    ],
)
def test_what_a_pattern_matches(pattern: str, matching: list[str], others: list[str]) -> None:
    assert [path for path in matching if not _matches(pattern, path)] == []
    assert [path for path in others if _matches(pattern, path)] == []


@given(PARTS, PATHS)
def test_a_name_is_matched_as_by_fnmatch(pattern: str, parts: list[str]) -> None:
    assert _matches(pattern, "/".join(parts)) == fnmatchcase(parts[-1], pattern)


@given(st.lists(PARTS, min_size=2, max_size=4), PATHS)
def test_a_path_is_matched_as_by_pathlib(pattern: list[str], parts: list[str]) -> None:
    expected = PurePosixPath("/", *parts).match("/" + "/".join(pattern))
    assert _matches("/".join(pattern), "/".join(parts)) == expected


@given(st.lists(PARTS, max_size=2), st.lists(PARTS, min_size=1, max_size=2), PATHS)
def test_two_stars_stand_for_any_number_of_folders(
    before: list[str], after: list[str], parts: list[str]
) -> None:
    counts = range(len(parts) + 1)
    spelled = ["/" + "/".join([*before, *["*"] * count, *after]) for count in counts]
    expected = any(PurePosixPath("/", *parts).match(pattern) for pattern in spelled)
    assert _matches("/".join(["", *before, "**", *after]), "/".join(parts)) == expected
