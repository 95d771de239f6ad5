"""Which files a command is about."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mmupgrade.cli.settings import settings_of
from mmupgrade.cli.usage import UsageError

if TYPE_CHECKING:
    from mmupgrade.findings import Finding
    from mmupgrade.workspace import Workspace

_MANY_FILES = 300


def load(options: argparse.Namespace) -> tuple[Workspace, dict[str, str], list[Finding]]:
    """The workspace, the path to show for each file, and notices of unreadable files."""
    from mmupgrade.document import Unreadable, read
    from mmupgrade.findings import unreadable
    from mmupgrade.paths import NoSuchPath, python_files
    from mmupgrade.workspace import Workspace

    settings = settings_of(options)
    workspace = Workspace(settings)
    names: dict[str, str] = {}
    notices: list[Finding] = []
    if options.paths == ["-"]:
        path = options.stdin_filename or "stdin.py"
        names[os.path.abspath(path)] = path
        settings(path)  # Wrong settings are an error even where nothing is found.
        workspace.add(path, _standard_input())
        return workspace, names, notices
    try:
        found = python_files(options.paths, settings, force_exclude=options.force_exclude)
        files = list(found)
    except NoSuchPath as error:
        raise UsageError(f"{error}: no such file or folder") from None
    for path in _with_progress(files):
        names[os.path.abspath(path)] = path
        settings(path)
        try:
            workspace.add(path, read(path))
        except Unreadable as error:
            notices += unreadable(path, str(error), workspace, given=path in options.paths)
    return workspace, names, notices


def _standard_input() -> str:
    from mmupgrade.document import Unreadable, decode

    try:
        return decode(sys.stdin.buffer.read())
    except Unreadable as error:
        raise UsageError(f"standard input: {error}") from None


def _with_progress(files: list[str]) -> Iterable[str]:
    if len(files) < _MANY_FILES or not sys.stderr.isatty():
        return files
    from tqdm import tqdm

    return tqdm(files, unit=" files", leave=False, file=sys.stderr)
