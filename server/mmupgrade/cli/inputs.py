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
    from mmupgrade.project import know_relatives
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
        if options.stdin_filename:
            know_relatives(workspace)
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
    _with_relatives(options, workspace, names)
    return workspace, names, notices


def _with_relatives(
    options: argparse.Namespace, workspace: Workspace, names: dict[str, str]
) -> None:
    """Make the families of the given files known; with `--family`, part of the run."""
    from mmupgrade.project import know_relatives, take_in_families

    if not getattr(options, "family", False):
        folders = filter(os.path.isdir, options.paths)
        know_relatives(workspace, map(os.path.abspath, folders))
        return
    for path in take_in_families(workspace):
        print(f"{shown(path)}: left as it is: outside the project folder", file=sys.stderr)
    names.update({path: shown(path) for path in workspace.run if path not in names})


def shown(path: str) -> str:
    """An absolute path as a user here would write it."""
    here = os.path.join(os.getcwd(), "")
    return path[len(here) :] if path.startswith(here) else path


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
