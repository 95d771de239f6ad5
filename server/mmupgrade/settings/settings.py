"""The settings of a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from mmupgrade.codebases import Codebase
from mmupgrade.moves import Applicability
from mmupgrade.selection import EVERY, divided
from mmupgrade.settings.globs import Glob, glob


class SettingsError(Exception):
    """Settings that can't be used. The message has a line for each mistake."""

    def __init__(self, source: str | None, problems: Iterable[str]) -> None:
        super().__init__("\n".join(f"{source or 'settings'}: {problem}" for problem in problems))


@dataclass(frozen=True)
class Settings:
    """What one settings file says, or an editor, or nobody.

    `root` is the folder that patterns count from, `source` the file. `select` is None
    for all rules; `baseline` is an absolute path.
    """

    root: str = os.path.abspath(os.sep)
    source: str | None = None
    target: str = "mmagic"
    codebase: Codebase | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    include: tuple[str, ...] = ("*.py",)
    exclude: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()
    baseline: str | None = None

    def includes(self, path: str) -> bool:
        """Whether a file, by its absolute path, is one to look at in a folder."""
        return _match(self._included, self._parts(path), folder=False)

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder, by its absolute path, or a folder above it is left out."""
        if not self.exclude:
            return False
        parts = self._parts(path)
        above = (parts[:depth] for depth in range(1, len(parts)))
        return self.skips(path, folder=folder) or any(
            _match(self._excluded, part, folder=True) for part in above
        )

    def skips(self, path: str, *, folder: bool = False) -> bool:
        """The same of the file or folder alone, for a walk that has come to where it is."""
        return bool(self.exclude) and _match(self._excluded, self._parts(path), folder=folder)

    def reports(self, id: str) -> bool:
        """Whether the rule with this id is reported and fixed."""
        return self._reported is None or id in self._reported

    def trust(self, id: str) -> Applicability | None:
        """What every fix of the rule with this id counts as; None for what it is."""
        if not self.extend_safe_fixes and not self.extend_unsafe_fixes:
            return None
        safe, unsafe = self._trusted
        if id in unsafe:
            return Applicability.UNSAFE
        return Applicability.SAFE if id in safe else None

    @cached_property
    def _reported(self) -> frozenset[str] | None:
        if self.select is None and not self.ignore:
            return None
        return divided((EVERY,) if self.select is None else self.select, self.ignore)[0]

    @cached_property
    def _trusted(self) -> tuple[frozenset[str], frozenset[str]]:
        return divided(self.extend_safe_fixes, self.extend_unsafe_fixes)

    @cached_property
    def _included(self) -> list[Glob]:
        return [glob(pattern) for pattern in self.include]

    @cached_property
    def _excluded(self) -> list[Glob]:
        return [glob(pattern) for pattern in self.exclude]

    def _parts(self, path: str) -> list[str]:
        """The parts of a path from the root."""
        root = self.root if self.root.endswith(os.sep) else self.root + os.sep
        if path.startswith(root):
            return path[len(root) :].split(os.sep)
        try:
            return os.path.relpath(path, root).split(os.sep)
        except ValueError:  # On another drive.
            return path.split(os.sep)


#: Gives the settings for the file at an absolute path.
SettingsOf: TypeAlias = Callable[[str], Settings]

_DEFAULTS = Settings()


def defaults(path: str) -> Settings:
    """The settings of a file for which nobody says any."""
    del path
    return _DEFAULTS


def _match(globs: Iterable[Glob], parts: list[str], *, folder: bool) -> bool:
    return any(glob.matches(parts, folder=folder) for glob in globs)
