"""Two processes find what one finds, in the same order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmupgrade import parallel
from mmupgrade.document import read
from mmupgrade.engine import check
from mmupgrade.findings import Record
from mmupgrade.paths import python_files
from mmupgrade.workspace import Workspace
from tests.corpus.download import corpus


def _run(folder: Path) -> Workspace:
    made = Workspace()
    for path in python_files([str(folder)]):
        made.add(path, read(path))
    return made


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    forked = []
    fork = os.fork

    def noted() -> int:
        forked.append(True)
        return fork()

    monkeypatch.setattr(os, "fork", noted)
    found = parallel.records(_run(corpus()))
    assert forked
    assert found == [finding.record() for finding in check(_run(corpus()))]


def test_a_process_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    mine = os.getpid()

    def records(workspace: Workspace) -> list[Record]:
        if os.getpid() != mine:
            os._exit(9)
        return [finding.record() for finding in check(workspace)]

    monkeypatch.setattr(parallel, "_records", records)
    statuses = []
    wait = os.waitpid

    def noted(process: int, options: int) -> tuple[int, int]:
        statuses.append(wait(process, options))
        return statuses[-1]

    monkeypatch.setattr(os, "waitpid", noted)
    found = parallel.records(_run(corpus()))
    assert [os.waitstatus_to_exitcode(status) for _, status in statuses] == [9]
    assert found == [finding.record() for finding in check(_run(corpus()))]


def test_families_stay_together() -> None:
    made = _run(corpus())
    first, second = parallel.halves(list(made.run.values()))
    assert len(first) + len(second) == len(made.run)
    paths = {document.path for document in second}
    for document in first:
        assert not {view.document.path for view in made.view(document).chain} & paths
    for document in second:
        assert "_base_" not in document.text.value


def test_few_files_stay_in_one_process() -> None:
    made = _run(corpus() / "mmedit" / "mattors")
    assert parallel.halves(list(made.run.values()))[1] == []
