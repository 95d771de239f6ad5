"""The settings of each file, with what the command line says over them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from mmupgrade.cli.usage import UsageError

if TYPE_CHECKING:
    from mmupgrade.settings.settings import Settings, SettingsOf


def settings_of(options: argparse.Namespace) -> SettingsOf:
    """What gives the settings of a file; it and this raise UsageError where they are wrong."""
    from mmupgrade.settings.settings import SettingsError

    try:
        found = _found(options)
    except SettingsError as error:
        raise UsageError(str(error)) from None
    over = _over(options)

    def of(path: str) -> Settings:
        try:
            return over(found(path))
        except SettingsError as error:
            raise UsageError(str(error)) from None

    return of


def _found(options: argparse.Namespace) -> SettingsOf:
    """The settings that files say, or the one file that was given."""
    from mmupgrade.settings.files import Finder, read_settings
    from mmupgrade.settings.settings import defaults

    if options.isolated:
        return defaults
    if options.config is None:
        return Finder().of
    given = read_settings(options.config)
    return lambda _: given


def _over(options: argparse.Namespace) -> Callable[[Settings], Settings]:
    """What makes of a file's settings those that the command line wants.

    `--select` takes the place of both lists of a file, `--ignore` alone adds to its list.
    """
    from dataclasses import replace

    select, ignore = _rules(options.select), _rules(options.ignore)

    @cache
    def over(settings: Settings) -> Settings:
        return replace(
            settings,
            target=options.target or settings.target,
            codebase=options.codebase or settings.codebase,
            select=select or settings.select,
            ignore=ignore if select else settings.ignore + ignore,
        )

    return over


def _rules(listed: str | None) -> tuple[str, ...]:
    """The names of rules in a comma-separated list. Raises UsageError."""
    from mmupgrade.selection import NoSuchRule, matching

    names = tuple(name.strip() for name in (listed or "").split(",") if name.strip())
    try:
        matching(names)
    except NoSuchRule as error:
        raise UsageError(f"no rule or field `{error}`; see `mmupgrade rules`") from None
    return names
