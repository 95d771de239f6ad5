"""Checking many files in two processes, each with whole families."""

from __future__ import annotations

import marshal
import os

from mmupgrade.bases import named_files
from mmupgrade.document import Document
from mmupgrade.engine import check
from mmupgrade.findings import Record
from mmupgrade.workspace import Workspace

#: Below this, a second process costs more than it saves.
_LEAST_BYTES = 200_000
#: Merging bases makes a file of a family dearer than its size says.
_FAMILY_COST = 1.25


def records(workspace: Workspace) -> list[Record]:
    """What `check` finds, in the order of the files; in two processes where that pays."""
    mine, others = halves(list(workspace.run.values()))
    if not others or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return _records(workspace)
    reading, process = _forked(workspace.part(others))
    found = _records(workspace.part(mine))
    with open(reading, "rb") as pipe:
        received = pipe.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        return _records(workspace)
    found += [Record._make(row) for row in marshal.loads(received)]
    order = {path: index for index, path in enumerate(workspace.run)}
    return sorted(found, key=lambda row: order[row.path])


def _records(workspace: Workspace) -> list[Record]:
    return [finding.record() for finding in check(workspace)]


def _forked(workspace: Workspace) -> tuple[int, int]:
    """A process that checks `workspace`, and the pipe that gives what it finds."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return reading, process
    status = 1
    try:
        os.close(reading)
        rows = [tuple(row) for row in _records(workspace)]
        with open(writing, "wb") as pipe:
            pipe.write(marshal.dumps(rows))
        status = 0
    finally:
        os._exit(status)


def halves(documents: list[Document]) -> tuple[list[Document], list[Document]]:
    """The files in two parts of about one size; files that may belong together stay together.

    A base is named in the text of the file that inherits from it.
    """
    inheriting = [held for held in documents if "_base_" in held.text.value]
    named = {name for held in inheriting for name in named_files(held.text.value)}
    together = {held.path for held in inheriting}
    together |= {held.path for held in documents if os.path.basename(held.path) in named}
    first = [held for held in documents if held.path in together]
    alone = [held for held in documents if held.path not in together]
    second: list[Document] = []
    if _size(documents) < _LEAST_BYTES:
        return documents, []
    sizes = [_size(first) * _FAMILY_COST, 0.0]
    for held in sorted(alone, key=lambda held: len(held.text.value), reverse=True):
        smaller = sizes.index(min(sizes))
        (first, second)[smaller].append(held)
        sizes[smaller] += len(held.text.value)
    return first, second


def _size(documents: list[Document]) -> int:
    return sum(len(held.text.value) for held in documents)
