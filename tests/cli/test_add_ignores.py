"""`mmupgrade check --add-ignores` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmupgrade import paths
from mmupgrade.cli import main

FILES = {
    "plain.py": (
        "model = dict(type='EDVR')\ncheckpoint_config = dict(interval=1)  # 注\n"
        "log_config = dict(\n    hooks=[])\n",
        "model = dict(type='EDVR')\n"
        "checkpoint_config = dict(interval=1)  # 注  # mmupgrade: ignore[MMR101]\n"
        "log_config = dict(  # mmupgrade: ignore[MMR102]\n    hooks=[])\n",
    ),
    "windows.py": (
        "\ufeff名 = 1\r\nmodel = dict(type='EDVR')\r\nresume_from = None",
        "\ufeff名 = 1  # mmupgrade: ignore[MMR903]\r\nmodel = dict(type='EDVR')\r\n"
        "resume_from = None  # mmupgrade: ignore[MMR103]",
    ),
    "merged.py": (
        "model = dict(type='EDVR')\n"
        "resume_from = None; workflow = [('train', 1)] # mmupgrade: ignore[MMR103 ] -- later\n",
        "model = dict(type='EDVR')\n"
        "resume_from = None; workflow = [('train', 1)]"
        " # mmupgrade: ignore[MMR103, MMR109 ] -- later\n",
    ),
    "carried.py": (
        "model = dict(type='EDVR')\nresume_from = \\\n    None\n"
        "log_config = dict(hooks=[], x='''\n'''); note = '''\n'''\n",
        "model = dict(type='EDVR')\nresume_from = \\\n    None  # mmupgrade: ignore[MMR103]\n"
        "log_config = dict(hooks=[], x='''\n'''); note = '''\n'''  # mmupgrade: ignore[MMR102]\n",
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, (before, _) in FILES.items():
        (tmp_path / name).write_bytes(before.encode())
    return tmp_path


def test_comments_go_where_they_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--add-ignores"]) == 0
    assert capsys.readouterr().out == "7 ignores added in 4 files.\n"
    written = {name: (folder / name).read_bytes().decode() for name in FILES}
    assert written == {name: after for name, (_, after) in FILES.items()}
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["check", "--add-ignores"]) == 0
    assert capsys.readouterr().out == "0 ignores added in 0 files.\n"


def test_only_selected_rules_are_ignored(folder: Path) -> None:
    assert main(["check", "--add-ignores", "--select", "log_config", "plain.py"]) == 0
    assert (folder / "plain.py").read_text().count("mmupgrade") == 1
    assert main(["check", "--select", "log_config", "plain.py"]) == 0
    assert main(["check", "plain.py"]) == 1


def test_a_file_that_does_not_parse_is_named_and_left(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = "model = dict(type='EDVR')\nresume_from = None\nlog_config = dict(hooks=[]\n"
    (folder / "broken.py").write_text(broken)
    assert main(["check", "--add-ignores", "broken.py", "plain.py"]) == 1
    said = capsys.readouterr()
    assert said.err == "broken.py: left as it is: it doesn't parse\n"
    assert said.out == "2 ignores added in 1 file.\n"
    assert (folder / "broken.py").read_text() == broken


def test_what_the_baseline_knows_needs_no_comment(folder: Path) -> None:
    assert main(["baseline", "write", "plain.py", "--select", "MMR101"]) == 0
    options = ["--baseline", ".mmupgrade-baseline.json", "plain.py"]
    assert main(["check", "--add-ignores", *options]) == 0
    assert "MMR101" not in (folder / "plain.py").read_text()
    assert main(["check", *options]) == 0


def test_standard_input_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--add-ignores", "-"]) == 2
    assert "writes to files" in capsys.readouterr().err


def test_a_file_that_can_not_be_written_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: str, source: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(paths, "write", refused)
    assert main(["check", "--add-ignores", "plain.py"]) == 2
    assert capsys.readouterr().err == f"error: {folder / 'plain.py'}: Permission denied\n"


def test_fix_says_what_is_ignored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--add-ignores", "--select", "MMR101", "plain.py"]) == 0
    assert main(["fix", "plain.py"]) == 0
    assert "left 0, ignored 1 (checkpoint_config); runs on neither" in capsys.readouterr().err
