"""`mmupgrade baseline write` and `mmupgrade baseline prune`; the baseline of `check`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mmupgrade.cli.inputs import load
from mmupgrade.cli.usage import CLEAN, UsageError

if TYPE_CHECKING:
    from collections import Counter

    from mmupgrade.baseline import Baseline, Key
    from mmupgrade.findings import Record
    from mmupgrade.workspace import Workspace

#: The file that is written and pruned where none is named.
DEFAULT = ".mmupgrade-baseline.json"


def read(path: str) -> Baseline:
    """The baseline in a file that the user named. Raises UsageError."""
    from mmupgrade.baseline import BrokenBaseline, read_baseline

    try:
        return read_baseline(path)
    except FileNotFoundError:
        raise UsageError(
            f"{path}: no such baseline; `mmupgrade baseline write` makes one"
        ) from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except BrokenBaseline as error:
        raise UsageError(f"{path}: {error}") from None


def beyond(options: argparse.Namespace, workspace: Workspace, found: list[Record]) -> list[Record]:
    """The findings that no baseline holds: the one named, or that of a file's settings."""
    known = hidden(options, workspace, found)
    return [row for row, is_known in zip(found, known, strict=True) if not is_known]


def hidden(options: argparse.Namespace, workspace: Workspace, found: list[Record]) -> list[bool]:
    """Whether each finding is in the baseline that concerns its file."""
    files = {row.path: options.baseline for row in found}
    if options.baseline is None:
        files = {path: workspace.settings_of(path).baseline for path in files}
    known = [False] * len(found)
    for file in dict.fromkeys(filter(None, files.values())):
        places = [index for index, row in enumerate(found) if files[row.path] == file]
        shown = read(file).beyond(found[index] for index in places)
        for index, is_shown in zip(places, shown, strict=True):
            known[index] = not is_shown
    return known


def write(options: argparse.Namespace) -> int:
    """Write today's findings to the baseline, in place of what it holds."""
    from mmupgrade.baseline import baseline

    _, found = _findings(options)
    made = baseline(os.path.dirname(os.path.abspath(options.baseline)), found)
    _save(options.baseline, made)
    print(f"{_findings_in(made.counts)} written to {options.baseline}.")
    return CLEAN


def prune(options: argparse.Namespace) -> int:
    """Take out of the baseline what no longer occurs."""
    held = read(options.baseline)
    workspace, found = _findings(options)
    kept = held.pruned(found, _judged(held, workspace))
    if kept != held:
        _save(options.baseline, kept)
    dropped = _findings_in(held.counts - kept.counts)
    print(f"{dropped} dropped from {options.baseline}, {kept.counts.total()} kept.")
    return CLEAN


def _findings(options: argparse.Namespace) -> tuple[Workspace, list[Record]]:
    from mmupgrade import parallel

    if "-" in options.paths:
        raise UsageError("a baseline is about files, not standard input")
    workspace, _, notices = load(options)
    found = [notice.record() for notice in notices]
    return workspace, [*found, *parallel.records(workspace)]


def _judged(held: Baseline, workspace: Workspace) -> Iterator[Key]:
    """The entries that can be judged: of files that are gone, and of those given that parse."""
    for key in held.counts:
        document = workspace.run.get(held.path(key))
        if document is None:
            if not os.path.exists(held.path(key)):
                yield key
        elif document.facts.module.problem is None:
            if workspace.settings_of(document.path).reports(key.rule):
                yield key


def _save(path: str, made: Baseline) -> None:
    from mmupgrade.paths import write as write_text

    try:
        write_text(path, made.as_json())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def _findings_in(counts: Counter[Key]) -> str:
    from mmupgrade.report.text import count

    files = {key.path for key in counts}
    return f"{count(counts.total(), 'finding')} in {count(len(files), 'file')}"
