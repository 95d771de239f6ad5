"""Finding and reading the settings file of a file."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from mmupgrade.settings.settings import Settings, SettingsError, defaults

_OWN, _SHARED = "mmupgrade.toml", "pyproject.toml"
#: What a pyproject.toml with the table `tool.mmupgrade` holds at least.
_TABLE = re.compile(rb"tool[\"']?\s*(?:\.\s*[\"']?mmupgrade|\]|=)")


class Finder:
    """Finds settings, each folder's once. A new one sees what has changed on disk."""

    def __init__(self) -> None:
        self._held: dict[str, Settings | SettingsError] = {}

    def of(self, path: str) -> Settings:
        """The settings for the file at `path`: those of the nearest folder that has some.

        For a folder's own, `path` ends with a separator. Raises SettingsError.
        """
        held = self._of_folder(os.path.abspath(os.path.dirname(path)))
        if isinstance(held, SettingsError):
            raise held.with_traceback(None)
        return held

    def _of_folder(self, folder: str) -> Settings | SettingsError:
        held = self._held.get(folder)
        if held is None:
            above = os.path.dirname(folder)
            last = defaults(folder) if above == folder else None
            held = self._held[folder] = _in(folder) or last or self._of_folder(above)
        return held


def _in(folder: str) -> Settings | SettingsError | None:
    """The settings that a folder has, or what is wrong with them."""
    for name in (_OWN, _SHARED):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            try:
                found = _read(path)
            except SettingsError as error:
                return error
            if found is not None:
                return found
    return None


def read_settings(path: str) -> Settings:
    """The settings in one file. Raises SettingsError, also where it has none."""
    path = os.path.abspath(path)
    found = _read(path)
    if found is None:
        raise SettingsError(path, ["has no table `tool.mmupgrade`"])
    return found


def _read(path: str) -> Settings | None:
    """The settings in a file; None for a pyproject.toml without the table."""
    shared = os.path.basename(path) == _SHARED
    raw = _bytes(path)
    if shared and not (b"mmupgrade" in raw and _TABLE.search(raw)):
        return None
    table = _parsed(raw, path)
    if shared:
        tool = table.get("tool")
        if not isinstance(tool, dict) or "mmupgrade" not in tool:
            return None
        table = tool["mmupgrade"]
    if not isinstance(table, dict):
        raise SettingsError(path, ["`tool.mmupgrade` is no table"])
    from mmupgrade.settings.reading import load_options

    return load_options(table, os.path.dirname(path), path)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise SettingsError(path, [f"can't be read: {error.strerror}"]) from None


def _parsed(raw: bytes, path: str) -> Any:
    """The tables of a TOML file, which may begin with a byte order mark."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(path, [f"not UTF-8 (byte {error.start})"]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, [f"isn't TOML: {error}"]) from None
