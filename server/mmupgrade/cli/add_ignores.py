"""`mmupgrade check --add-ignores`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from mmupgrade.cli.baseline import hidden
from mmupgrade.cli.inputs import load
from mmupgrade.cli.usage import CLEAN, FINDINGS, UsageError

if TYPE_CHECKING:
    from mmupgrade.document import Document
    from mmupgrade.workspace import Workspace


def run(options: argparse.Namespace) -> int:
    """Write comments that ignore what is found; gives the exit code."""
    from mmupgrade.ignore_edits import Unsilenced, silenced
    from mmupgrade.report.text import count

    if "-" in options.paths:
        raise UsageError("`--add-ignores` writes to files, not to standard input")
    workspace, names, notices = load(options)
    left = [f"{names[notice.document.path]}: {notice.message}" for notice in notices]
    texts: dict[str, str] = {}
    added = 0
    for document, found in _wanted(options, workspace):
        try:
            texts[document.path], more = silenced(document, found)
            added += more
        except Unsilenced as error:
            left.append(f"{names[document.path]}: left as it is: {error}")
    _write(texts)
    print(*left, sep="\n", end="\n" if left else "", file=sys.stderr)
    print(f"{count(added, 'ignore')} added in {count(len(texts), 'file')}.")
    return FINDINGS if left and not options.exit_zero else CLEAN


def _wanted(
    options: argparse.Namespace, workspace: Workspace
) -> list[tuple[Document, list[tuple[str, int]]]]:
    """The findings to ignore by file, each by rule and beginning."""
    from mmupgrade.engine import check
    from mmupgrade.ignores import UNUSED

    every = check(workspace)
    known = hidden(options, workspace, [finding.record() for finding in every])
    found = [finding for finding, is_known in zip(every, known, strict=True) if not is_known]
    by_file: dict[Document, list[tuple[str, int]]] = {}
    for finding in found:
        if finding.rule.id != UNUSED:
            by_file.setdefault(finding.document, []).append((finding.rule.id, finding.start))
    return list(by_file.items())


def _write(texts: dict[str, str]) -> None:
    from mmupgrade.paths import write

    try:
        for path, text in texts.items():
            write(path, text)
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
