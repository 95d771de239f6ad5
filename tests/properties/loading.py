"""Loads a family of texts by MMEngine's merge rules, many times faster than from disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Config: TypeAlias = dict[str, Any]


class NotLoadable(Exception):
    """MMEngine refuses the file, and so did MMCV."""


def namespace(text: str) -> Config:
    """The names that one text binds."""
    names: Config = {}
    exec(text, names)
    return {name: value for name, value in names.items() if not name.startswith("__")}


def joined(bases: Iterable[Config]) -> Config:
    """What several bases of one file give together."""
    found: Config = {}
    for base in bases:
        if twice := found.keys() & base.keys():
            raise NotLoadable(f"two bases set {sorted(twice)}")
        found.update(base)
    return found


def merge(own: Config, below: Config) -> Config:
    """`own` over `below`."""
    found = dict(below)
    for key, value in own.items():
        known = isinstance(value, dict) and key in below
        found[key] = _over(key, value, below[key]) if known else value
    return found


def _over(key: str, own: Config, below: Any) -> Config:
    kept = {name: value for name, value in own.items() if name != "_delete_"}
    if own.get("_delete_", False):
        return kept
    if not isinstance(below, dict):
        raise NotLoadable(f"`{key}` is a dict over {below!r}")
    return merge(kept, below)


def merged(files: Mapping[str, str]) -> dict[str, Config]:
    """Every file merged over its bases, which stand before it."""
    found: dict[str, Config] = {}
    for path, text in files.items():
        own = namespace(text)
        below = joined(found[base] for base in bases(path, own.pop("_base_", [])))
        try:
            found[path] = merge(own, below)
        except NotLoadable as error:
            raise NotLoadable(f"{path}: {error}") from error
    return found


def bases(path: str, written: str | list[str]) -> list[str]:
    """The paths that a `_base_` of the file at `path` names."""
    entries = [written] if isinstance(written, str) else written
    return [os.path.normpath(os.path.join(os.path.dirname(path), entry)) for entry in entries]


def chains(files: Mapping[str, str]) -> dict[str, list[str]]:
    """The files that each file is made of, itself last."""
    found: dict[str, list[str]] = {}
    for path, text in files.items():
        below = [name for b in bases(path, namespace(text).get("_base_", [])) for name in found[b]]
        found[path] = [*dict.fromkeys(below), path]
    return found


def written_bases(path: str, text: str) -> list[str]:
    """The paths of the bases of one text."""
    return bases(path, namespace(text).get("_base_", []))
