"""`fix` on files of a family: what is said of the others, and `--family`."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from mmupgrade import fix, rewrite
from mmupgrade.cli import main
from mmupgrade.draft import FilePlan
from mmupgrade.edits import Edit, Overlap
from tests.support import fix_all

MMEDIT = "optimizers = dict(generator=dict(type='Adam'))\ntotal_iters = 9\n"
FILES = {
    "configs/_base_/runtime.py": f"{MMEDIT}checkpoint_config = dict(interval=5)\n",
    "configs/one/a.py": "_base_ = '../_base_/runtime.py'\ncheckpoint_config = dict(interval=7)\n",
    "configs/two/b.py": "_base_ = ['../_base_/runtime.py']\nresume_from = None\n",
    "configs/two/c.py": f"{MMEDIT}resume_from = None\n",
    "tools/train.py": "import os\n_base_ = os.getcwd()\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, source in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in FILES}


def test_files_that_belong_to_those_given_are_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["fix", "configs/one/a.py"])
    assert capsys.readouterr().err.endswith(
        "In one family with these files, and not given: configs/_base_/runtime.py, "
        "configs/two/b.py; `--family` takes them in.\n"
    )
    assert _texts(project) == FILES


@pytest.mark.parametrize("given", ["configs/one/a.py", "configs/_base_/runtime.py"])
def test_family_migrates_them_all(
    given: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["fix", "--family", given])
    expected = fix_all(FILES)
    alone = "configs/two/c.py"
    assert _texts(project) == {**expected, alone: FILES[alone]}
    said = capsys.readouterr().err
    assert "configs/two/b.py: migrated 1, left 0" in said
    assert "not given" not in said


def test_each_file_alone_and_the_folder_come_to_the_same(project: Path) -> None:
    for name in FILES:
        main(["fix", "--family", name])
    assert _texts(project) == fix_all(FILES)


def test_a_failure_leaves_the_whole_family(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, calls = os.replace, []

    def replace(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise PermissionError(13, "Permission denied", target)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert main(["fix", "--family", "configs/one/a.py"]) == 2
    assert len(calls) == 3
    assert _texts(project) == FILES
    assert sorted(path.name for path in project.rglob("*.tmp")) == []
    assert "Permission denied" in capsys.readouterr().err


def test_a_file_that_cant_be_rewritten_leaves_the_whole_family(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def edits(plan: FilePlan) -> list[Edit]:
        if plan.document.path.endswith("b.py"):
            raise Overlap("of the test")
        return rewrite.edits(plan)

    monkeypatch.setattr(fix, "edits", edits)
    main(["fix", "--family", "configs/one/a.py"])
    assert _texts(project) == FILES
    said = capsys.readouterr().err
    assert "configs/two/b.py: left as it is: of the test" in said
    assert "configs/one/a.py: left as it is: `b.py` of its family can't be rewritten" in said


def test_bases_outside_the_project_are_left(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = project / "configs/one"
    (inner / "mmupgrade.toml").touch()
    main(["fix", "--family", "configs/one/a.py"])
    assert _texts(project) == FILES
    said = capsys.readouterr().err
    assert "configs/_base_/runtime.py: left as it is: outside the project folder" in said


def test_standard_input_knows_its_relatives(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(FILES["configs/_base_/runtime.py"].encode())

    monkeypatch.setattr(sys, "stdin", Input())
    main(["check", "-", "--stdin-filename", "configs/_base_/runtime.py"])
    assert "`checkpoint_config` of `a.py` goes with it" in capsys.readouterr().out
