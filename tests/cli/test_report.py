"""Colours, widths and the progress bar: what only a terminal shows."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from mmupgrade.cli import inputs
from mmupgrade.engine import check
from mmupgrade.report import text
from tests.support import workspace


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


SOURCE = "名 = '🚀é'; resume_from = None; workflow = [('train', 1)]\n"


def _blocks(*, coloured: bool) -> list[str]:
    made = workspace({"c.py": SOURCE}, Path("/nowhere"))
    rows = [finding.record() for finding in check(made)]
    return list(text.text(rows, {"/nowhere/c.py": "c.py"}, text.Paint(coloured)))


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert text.wants_colour(Terminal())
    assert not text.wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not text.wants_colour(Terminal())
    assert any("\033[" in line for line in _blocks(coloured=True))
    assert not any("\033[" in line for line in _blocks(coloured=False))


def test_carets_stand_below_wide_characters() -> None:
    source, carets = _blocks(coloured=False)[2:4]
    assert source == f"1 | {SOURCE.rstrip()}"
    before = source.split("resume_from")[0]
    # Two columns for 名 and for the rocket.
    assert carets == "  | " + " " * (len(before) - 4 + 2) + "^" * len("resume_from")


def test_many_files_show_their_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(inputs._with_progress(["a"] * 400)) == ["a"] * 400
    assert "files" in terminal.getvalue()
    assert inputs._with_progress(["a"]) == ["a"]


def test_no_progress_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    files = ["a"] * 400
    assert inputs._with_progress(files) is files
