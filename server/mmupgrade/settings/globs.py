"""Patterns of paths, as in `.gitignore` and ruff."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple


class Glob(NamedTuple):
    """One pattern. `rooted` ones match a path from the root, others a name at any depth."""

    parts: tuple[str, ...]
    rooted: bool
    folders_only: bool

    def matches(self, parts: Sequence[str], *, folder: bool) -> bool:
        """Whether it matches a path, given by its parts from the root. Case counts."""
        if self.folders_only and not folder:
            return False
        if self.rooted:
            return _along(self.parts, parts)
        return fnmatchcase(parts[-1], self.parts[0])


def glob(pattern: str) -> Glob:
    """The pattern that `pattern` writes: with a slash before its end it is rooted.

    `*`, `?`, `[abc]` and `[!abc]` don't match a slash. `**` as a part is any number
    of folders, and at the end everything below.
    """
    body = pattern.rstrip("/")
    parts = tuple(part for part in body.split("/") if part not in ("", "."))
    return Glob(parts or (".",), "/" in body, pattern.endswith("/"))


def _along(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    rest = pattern[1:]
    if pattern[0] != "**":
        return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _along(rest, parts[1:])
    if not rest:
        return bool(parts)
    return any(_along(rest, parts[start:]) for start in range(len(parts)))
