"""Edited files and their families: the same findings as a check from nothing, with less work."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmupgrade import judge
from mmupgrade.analysis import Analysis
from mmupgrade.document import document
from mmupgrade.engine import check
from mmupgrade.verdict import Verdict
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

MMEDIT = "optimizers = dict(generator=dict(type='Adam'))\ntotal_iters = 9\n"
FILES = {
    "b.py": f"{MMEDIT}checkpoint_config = dict(interval=5)\nresume_from = None\n",
    "c.py": "_base_ = 'b.py'\ncheckpoint_config = dict(interval=7)\n",
    "d.py": "_base_ = ['b.py']\nresume_from = 'x.pth'\n",
    "alone.py": f"{MMEDIT}cudnn_benchmark = True\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, source in FILES.items():
        (tmp_path / name).write_text(source)
    (tmp_path / "mmupgrade.toml").touch()
    return tmp_path


@pytest.fixture
def held(folder: Path) -> Analysis:
    made = Analysis()
    made.look_at(document(str(folder / name), source) for name, source in FILES.items())
    return made


def _said(held: Analysis, folder: Path) -> dict[str, list[tuple[int, str, str]]]:
    return {
        name: [(f.start, f.message, f.scope) for f in held.findings(str(folder / name))]
        for name in FILES
    }


def _expected(folder: Path, texts: dict[str, str]) -> dict[str, list[tuple[int, str, str]]]:
    run = Workspace()
    for name, source in {**FILES, **texts}.items():
        run.add(str(folder / name), source)
    found = check(run)
    return {
        name: [(f.start, f.message, f.scope) for f in found if Path(f.document.path).name == name]
        for name in FILES
    }


EDITS = {
    "a comment": ("b.py", "total_iters", "# more\ntotal_iters"),
    "layout": ("b.py", "dict(interval=5)", "dict(\n    interval = 5,\n)"),
    "a value": ("b.py", "interval=5", "interval=55"),
    "a field that goes": ("c.py", "checkpoint_config", "something"),
    "a base that goes": ("c.py", "'b.py'", "'missing.py'"),
    "a base that comes": ("alone.py", "cudnn", "_base_ = 'd.py'\ncudnn"),
    "a comment that would be lost": ("b.py", "interval=5)", "meta=dict(),  # why\ninterval=5)"),
    "a broken text": ("b.py", "total_iters = 9", "total_iters = (9"),
    "an ignore comment": ("b.py", "interval=5)", "interval=5)  # mmupgrade: ignore[MMR101]"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_gives_what_a_check_from_nothing_gives(
    edit: str, folder: Path, held: Analysis
) -> None:
    name, old, new = EDITS[edit]
    text = FILES[name].replace(old, new)
    held.open(document(str(folder / name), FILES[name]))
    assert _said(held, folder) == _expected(folder, {})
    before = _said(held, folder)
    touched = held.open(document(str(folder / name), text))
    assert _said(held, folder) == _expected(folder, {name: text})
    changed = {each for each, said in _said(held, folder).items() if said != before[each]}
    assert {str(folder / each) for each in changed} <= {str(folder / name), *touched}
    held.close(str(folder / name))
    assert _said(held, folder) == before


def _judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    judged: list[str] = []
    real = judge._verdict

    def verdict(view: View, name: str) -> Verdict:
        judged.append(Path(view.document.path).name)
        return real(view, name)

    monkeypatch.setattr(judge, "_verdict", verdict)
    return judged


def test_what_changes_no_value_costs_its_own_file_alone(
    folder: Path, held: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.open(document(str(folder / "b.py"), FILES["b.py"]))
    _said(held, folder)
    judged = _judged(monkeypatch)
    assert held.open(document(str(folder / "b.py"), f"# more\n{FILES['b.py']}")) == set()
    _said(held, folder)
    assert set(judged) == {"b.py"}
    touched = held.open(document(str(folder / "b.py"), FILES["b.py"].replace("5", "6")))
    assert touched == {str(folder / "c.py"), str(folder / "d.py")}
    judged.clear()
    _said(held, folder)
    assert set(judged) == {"b.py", "c.py", "d.py"}


def test_fixes_see_the_texts_as_they_are_now(folder: Path, held: Analysis) -> None:
    held.open(document(str(folder / "b.py"), FILES["b.py"]))
    held.findings(str(folder / "c.py"))
    text = f"# more\n{FILES['b.py']}"
    held.open(document(str(folder / "b.py"), text))
    run = held.run(str(folder / "c.py"))
    assert run is not None
    base = next(iter(run.view(run.run[str(folder / "c.py")]).bases))
    assert base.document.source == text


def test_the_disk_is_read_again_when_it_changes(folder: Path, held: Analysis) -> None:
    _said(held, folder)
    (folder / "b.py").write_text("")
    held.changed_on_disk(str(folder / "b.py"))
    assert _said(held, folder) == _expected(folder, {"b.py": ""})
    (folder / "d.py").unlink()
    held.changed_on_disk(str(folder / "d.py"))
    assert held.findings(str(folder / "d.py")) == []


def test_a_buffer_hides_the_disk(folder: Path, held: Analysis) -> None:
    held.open(document(str(folder / "alone.py"), ""))
    held.changed_on_disk(str(folder / "alone.py"))
    assert held.findings(str(folder / "alone.py")) == []
