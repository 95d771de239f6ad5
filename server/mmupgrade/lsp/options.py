"""The settings of each file: those of its nearest settings file, else the editor's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from mmupgrade.project import is_below
from mmupgrade.settings.files import Finder
from mmupgrade.settings.reading import load_options
from mmupgrade.settings.settings import Settings, SettingsError, defaults

log = logging.getLogger(__name__)
_SWITCHES: dict[str, Any] = {"enable": True, "diagnosticMode": "openFilesOnly", "codeLens": True}


class Options:
    """What files and editor say. `tell` is told of settings that can't be used, once each."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._told: set[str] = set()
        self._files = Finder()
        self._folders: dict[str, Settings] = {}
        self._switches = dict(_SWITCHES)

    def of(self, path: str) -> Settings:
        """The settings of the file at `path`; the defaults where they can't be used."""
        try:
            found = self._files.of(path)
        except SettingsError as error:
            self._tell_once(str(error))
            return defaults(path)
        return found if found.source is not None else self._editors(path)

    def _editors(self, path: str) -> Settings:
        above = [folder for folder in self._folders if is_below(path, folder)]
        return self._folders[max(above, key=len)] if above else defaults(path)

    def switch(self, name: str) -> Any:
        """The value of what only an editor can say."""
        return self._switches[name]

    def set(self, folder: str, said: Mapping[str, Any] | None) -> None:
        """Take what the editor says for the files in a folder."""
        said = dict(said or {})
        self._switches.update({k: said[k] for k in _SWITCHES if said.get(k) is not None})
        try:
            self._folders[folder] = load_options(said, folder, None, editor=True)
        except SettingsError as error:
            self._folders.pop(folder, None)
            self._tell_once(str(error))

    def look_again(self) -> None:
        """Read settings files anew."""
        self._files = Finder()
        self._told.clear()

    def _tell_once(self, message: str) -> None:
        if message not in self._told:
            self._told.add(message)
            log.error(message)
            self._tell(message)
