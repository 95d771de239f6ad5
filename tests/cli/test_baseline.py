"""The baseline as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.baseline import BrokenBaseline, Key, baseline, read_baseline, relative
from mmupgrade.cli import main
from mmupgrade.engine import check
from mmupgrade.findings import Record
from tests.support import workspace

FILE = ".mmupgrade-baseline.json"
MMEDIT = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"
CONFIG = f"{MMEDIT}resume_from = None\n"
WRITTEN = """\
{
  "version": 1,
  "findings": [
    {"path": "b/配.py", "rule": "MMR103", "field": "resume_from", "count": 2},
    {"path": "b/配.py", "rule": "MMR201", "field": "total_iters", "count": 1},
    {"path": "b/配.py", "rule": "MMR302", "field": "optimizers", "count": 1},
    {"path": "c.py", "rule": "MMR201", "field": "total_iters", "count": 1},
    {"path": "c.py", "rule": "MMR302", "field": "optimizers", "count": 1}
  ]
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.py").write_text(MMEDIT)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "配.py").write_text(f"{CONFIG}resume_from = None\n")
    return tmp_path


def _shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, int]]:
    """What `check` shows beyond the baseline: path, field, line."""
    capsys.readouterr()
    main(["check", "--baseline", FILE, "--output-format", "json", *arguments])
    rows = json.loads(capsys.readouterr().out)
    return [(row["path"], row["field"], row["line"]) for row in rows]


def test_write_gives_a_line_an_entry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "write"]) == 0
    assert capsys.readouterr().out == f"6 findings in 2 files written to {FILE}.\n"
    assert (folder / FILE).read_text(encoding="utf-8") == WRITTEN
    assert main(["baseline", "write", "c.py", "b"]) == 0
    assert (folder / FILE).read_text(encoding="utf-8") == WRITTEN


def test_known_findings_are_not_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "write"])
    capsys.readouterr()
    assert main(["check", "--baseline", FILE]) == 0
    said = capsys.readouterr().out
    assert said == "No 0.x fields found in 2 files.\n6 findings more in the baseline.\n"
    assert main(["check"]) == 1


def test_it_is_used_only_where_it_is_named(folder: Path) -> None:
    main(["baseline", "write"])
    assert main(["check"]) == 1
    assert main(["fix", "--diff"]) == 1


def test_an_edit_elsewhere_leaves_an_entry_true(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["baseline", "write"])
    (folder / "c.py").write_text(f"# above\n\nwork_dir = 'x'\n{CONFIG}")
    assert _shown(capsys) == [("c.py", "resume_from", 6)]
    assert main(["check", "--baseline", FILE, "c.py"]) == 1
    assert capsys.readouterr().out.endswith("0 by hand.\n2 findings more in the baseline.\n")


def test_the_later_ones_of_a_surplus_are_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["baseline", "write"])
    more = f"{CONFIG}resume_from = None\nresume_from = None\n"
    (folder / "b" / "配.py").write_text(more)
    assert _shown(capsys) == [("b/配.py", "resume_from", 5)]


def test_paths_count_from_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["baseline", "write", "--baseline", "b/known.json"])
    assert '"path": "../c.py"' in (folder / "b" / "known.json").read_text()
    monkeypatch.chdir(folder / "b")
    capsys.readouterr()
    assert main(["check", "..", "--baseline", "known.json"]) == 0


def test_fix_goes_on_in_spite_of_it(folder: Path) -> None:
    main(["baseline", "write"])
    main(["fix", "b"])
    assert "resume = False" in (folder / "b" / "配.py").read_text()


def test_prune_drops_what_no_longer_occurs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["baseline", "write"])
    (folder / "b" / "配.py").write_text(CONFIG)
    (folder / "c.py").write_text("optimizers = dict(generator=dict(type='Adam'))\n")
    capsys.readouterr()
    assert main(["baseline", "prune", "b"]) == 0
    said = capsys.readouterr().out
    assert said == f"1 finding in 1 file dropped from {FILE}, 5 kept.\n"
    expected = WRITTEN.replace('"count": 2', '"count": 1')
    assert (folder / FILE).read_text(encoding="utf-8") == expected
    assert main(["baseline", "prune", "b"]) == 0
    assert capsys.readouterr().out == f"0 findings in 0 files dropped from {FILE}, 5 kept.\n"


def test_prune_drops_files_that_are_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "write"])
    (folder / "c.py").unlink()
    capsys.readouterr()
    assert main(["baseline", "prune", "b"]) == 0
    assert capsys.readouterr().out == f"2 findings in 1 file dropped from {FILE}, 4 kept.\n"


@pytest.mark.parametrize("options", [["--select", "MMR3"], ["--ignore", "resume_from,total_iters"]])
def test_prune_judges_selected_rules_only(
    folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["baseline", "write"])
    (folder / "b" / "配.py").write_text("x = 1\n")
    capsys.readouterr()
    assert main(["baseline", "prune", *options]) == 0
    assert capsys.readouterr().out == f"1 finding in 1 file dropped from {FILE}, 5 kept.\n"


@pytest.mark.parametrize("text", [b"resume_from = (\n", b"\xff\xfe"], ids=["broken", "unreadable"])
def test_prune_keeps_what_it_can_not_see(folder: Path, text: bytes) -> None:
    main(["baseline", "write"])
    (folder / "c.py").write_bytes(text)
    assert main(["baseline", "prune"]) == 0
    assert (folder / FILE).read_text(encoding="utf-8") == WRITTEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "isn't valid JSON"),
        ("<<<<<<< ours\n", "isn't valid JSON"),
        ("[]", "isn't a baseline: it names no version"),
        ('{"version": true}', "isn't a baseline: it names no version"),
        ('{"version": 2, "findings": []}', "has version 2; this mmupgrade reads version 1"),
        ('{"version": 1}', "isn't a baseline: its `findings` are no list"),
        ('{"version": 1, "findings": [3]}', "isn't a baseline: entry 1 isn't one"),
        (WRITTEN.replace('"count": 2', '"count": 0'), "isn't a baseline: entry 1 isn't one"),
        (WRITTEN.replace('"rule": "MMR201", ', "", 1), "isn't a baseline: entry 2 isn't one"),
    ],
)
def test_a_file_that_is_no_baseline_is_an_error(
    folder: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")
    for command in (["check", "--baseline", FILE], ["baseline", "prune"]):
        assert main(command) == 2
        shown = capsys.readouterr()
        assert shown.err.startswith(f"error: {FILE}: {said}")
        assert shown.out == ""
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_a_missing_file_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--baseline", "none.json"]) == 2
    said = capsys.readouterr().err
    assert said == "error: none.json: no such baseline; `mmupgrade baseline write` makes one\n"
    assert main(["baseline", "write", "-"]) == 2


def test_an_entry_that_a_merge_doubled_counts_once(folder: Path) -> None:
    row = WRITTEN.splitlines(keepends=True)[3]
    (folder / FILE).write_text(WRITTEN.replace(row, row + row), encoding="utf-8")
    counts = read_baseline(FILE).counts
    assert counts[Key("b/配.py", "MMR103", "resume_from")] == 2


def _rows() -> list[Record]:
    files = {"a.py": f"{CONFIG}resume_from = None\n", "b.py": CONFIG, "c/d.py": MMEDIT}
    return [finding.record() for finding in check(workspace(files, Path("/nowhere")))]


@given(st.permutations(_rows()))
def test_the_order_of_files_makes_no_difference(rows: list[Record]) -> None:
    assert baseline("/nowhere", rows) == baseline("/nowhere", _rows())
    assert baseline("/nowhere", rows).as_json() == baseline("/nowhere", _rows()).as_json()


@given(st.lists(st.sampled_from(_rows())))
def test_what_is_beyond_is_the_surplus(rows: list[Record]) -> None:
    known = baseline("/nowhere", rows)
    assert not any(known.beyond(rows))
    assert known.beyond([*rows, *_rows()]) == [False] * len(rows) + [True] * len(_rows())
    assert known.pruned(rows, known.counts) == known
    assert not known.pruned([], known.counts).counts


def test_paths_have_forward_slashes() -> None:
    assert relative("/nowhere/a/b.py", "/nowhere/c") == "../a/b.py"


def test_broken_baselines_have_an_error_of_their_own(folder: Path) -> None:
    (folder / FILE).write_text("[" * 100_000)
    with pytest.raises(BrokenBaseline, match="isn't valid JSON"):
        read_baseline(FILE)
