"""The settings of each file: those of its nearest settings file, else the editor's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from mmupgrade.project import is_below
from mmupgrade.settings.files import Finder
from mmupgrade.settings.options import EDITOR_OPTIONS
from mmupgrade.settings.reading import load_options
from mmupgrade.settings.settings import Settings, SettingsError, defaults

log = logging.getLogger(__name__)
_SWITCHES = {
    option.editor_name: option.default for option in EDITOR_OPTIONS if option.kind != "text"
}


class Options:
    """What files and editor say. `tell` is told of settings that can't be used, once each."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._told: set[str] = set()
        self._told_before: set[str] = set()
        self._files = Finder()
        self._folders: dict[str, tuple[Settings, dict[str, Any]]] = {}

    def of(self, path: str) -> Settings:
        """The settings of the file at `path`; the defaults where they can't be used."""
        try:
            found = self._files.of(path)
        except SettingsError as error:
            self._tell_once(str(error))
            return defaults(path)
        return found if found.source is not None else self._editors(path)

    def _editors(self, path: str) -> Settings:
        held = self._said_for(path)
        return held[0] if held is not None else defaults(path)

    def _said_for(self, path: str) -> tuple[Settings, dict[str, Any]] | None:
        above = [folder for folder in self._folders if is_below(path, folder)]
        return self._folders[max(above, key=len)] if above else None

    def switch(self, name: str, path: str) -> Any:
        """The value for a file of what only an editor can say."""
        held = self._said_for(path)
        return (held[1] if held is not None else {}).get(name, _SWITCHES[name])

    def set(self, folder: str, said: Mapping[str, Any] | None) -> None:
        """Take what the editor says for the files in a folder."""
        said = dict(said or {})
        try:
            settings = load_options(said, folder, None, editor=True)
        except SettingsError as error:
            self._folders.pop(folder, None)
            self._tell_once(str(error))
            return
        switches = {name: said[name] for name in _SWITCHES if said.get(name) is not None}
        self._folders[folder] = settings, switches

    def forget(self, folder: str) -> None:
        """Give up what the editor says for a folder."""
        self._folders.pop(folder, None)

    def look_again(self) -> None:
        """Read settings files anew. What was told of them is told again only if it was mended."""
        self._files = Finder()
        self._told_before, self._told = self._told, set()

    def _tell_once(self, message: str) -> None:
        if message in self._told:
            return
        self._told.add(message)
        if message not in self._told_before:
            log.error(message)
            self._tell(message)
