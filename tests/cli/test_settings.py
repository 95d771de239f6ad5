"""Settings files as a user of the command line meets them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmupgrade.cli import main

CONFIG = "checkpoint_config = dict(interval=10)\nresume_from = None\nworkflow = [('train', 1)]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.py", "old/b.py", "gen/c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CONFIG)
    return tmp_path


class Checked:
    """The files and rules that `check` reports, its exit code, and what it complains of."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.code = main(["check", *arguments])
        captured = capsys.readouterr()
        lines = [line.split(":", 3) for line in captured.out.splitlines() if ".py:" in line]
        self.files = sorted({line[0] for line in lines})
        self.rules = sorted({line[3].split()[0] for line in lines})
        self.error = captured.err


def test_select_and_ignore_differ_by_folder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mmupgrade.toml").write_text('select = ["MMR1"]\nignore = ["resume_from"]\n')
    (project / "gen" / "pyproject.toml").write_text('[tool.mmupgrade]\nselect = ["MMR109"]\n')
    assert Checked(capsys, "a.py").rules == ["MMR101", "MMR109"]
    assert Checked(capsys, "gen").rules == ["MMR109"]
    assert Checked(capsys).files == ["a.py", "gen/c.py", "old/b.py"]


def test_fix_follows_the_settings(project: Path) -> None:
    (project / "mmupgrade.toml").write_text(
        'target = "mmgen"\ncodebase = "mmgen"\nignore = ["workflow"]\n'
    )
    main(["fix", "a.py"])
    text = (project / "a.py").read_text()
    assert "default_scope = 'mmgen'" in text
    assert "workflow = [('train', 1)]" in text


def test_the_command_line_wins(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mmupgrade.toml").write_text('select = ["MMR1"]\nignore = ["MMR103"]\n')
    assert Checked(capsys, "--select", "MMR103", "a.py").rules == ["MMR103"]
    assert Checked(capsys, "--ignore", "MMR109", "a.py").rules == ["MMR101"]
    (project / "mmupgrade.toml").write_text('target = "mmgen"\ncodebase = "mmgen"\n')
    main(["fix", "--target", "mmedit", "--codebase", "mmedit", "a.py"])
    assert "default_scope = 'mmedit'" in (project / "a.py").read_text()


def test_include_and_exclude_hold_in_folders(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = project / "mmupgrade.toml"
    settings.write_text('exclude = ["old", "gen/*.py"]\n')
    assert Checked(capsys, ".").files == ["a.py"]
    assert Checked(capsys, "old", "gen/c.py").files == ["gen/c.py", "old/b.py"]
    settings.write_text('include = ["gen/**"]\n')
    assert Checked(capsys, ".").files == ["gen/c.py"]
    assert Checked(capsys, "a.py").files == ["a.py"]


def test_force_exclude_counts_for_what_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mmupgrade.toml").write_text('exclude = ["old"]\n')
    checked = Checked(capsys, "--force-exclude", "a.py", "old", "old/b.py", "gen/c.py")
    assert checked.files == ["a.py", "gen/c.py"]
    assert Checked(capsys, "--force-exclude", "old/b.py").code == 0
    (project / "mmupgrade.toml").write_text('exclude = ["old/"]\n')
    assert Checked(capsys, "--force-exclude", "old", "./old").code == 0


def test_a_nested_file_counts_from_its_own_folder(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mmupgrade.toml").write_text('exclude = ["c.py"]\n')
    (project / "gen" / "mmupgrade.toml").write_text('exclude = ["/d.py"]\n')
    (project / "gen" / "d.py").write_text(CONFIG)
    assert Checked(capsys, ".").files == ["a.py", "gen/c.py", "old/b.py"]


def test_one_file_for_all_and_none_at_all(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mmupgrade.toml").write_text('select = ["MMR109"]\n')
    (project / "gen" / "other.toml").write_text('select = ["MMR103"]\n')
    assert Checked(capsys, "--config", "gen/other.toml", ".").rules == ["MMR103"]
    assert Checked(capsys, "--isolated", "a.py").rules == ["MMR101", "MMR103", "MMR109"]
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--isolated", "--config", "gen/other.toml"])


@pytest.mark.parametrize("arguments", [["a.py"], ["."], ["-"], ["--config", "mmupgrade.toml", "x"]])
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_wrong_file_is_an_error(
    command: str, arguments: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mmupgrade.toml").write_text('traget = "mmgen"\nselect = ["MMR999"]\n')
    assert main([command, *arguments]) == 2
    path = project / "mmupgrade.toml"
    captured = capsys.readouterr()
    first, second = captured.err.splitlines()
    assert first == f"error: {path}: unknown key `traget`; did you mean `target`?"
    assert second.startswith(f"{path}: `select` has the unknown rule `MMR999`; did you mean `MMR9")
    assert captured.out == ""
    assert (project / "a.py").read_text() == CONFIG


def test_a_wrong_file_counts_where_nothing_is_found(project: Path) -> None:
    (project / "mmupgrade.toml").write_text("x = 1\n")
    (project / "clean.py").write_text("x = 1\n")
    assert main(["check", "clean.py"]) == 2


def test_a_wrong_file_beside_a_base_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "gen" / "mmupgrade.toml").write_text("x = 1\n")
    (project / "a.py").write_text(f"_base_ = 'gen/c.py'\n{CONFIG}")
    assert Checked(capsys, "a.py").error == (
        f"error: {project / 'gen' / 'mmupgrade.toml'}: unknown key `x`\n"
    )


def test_an_unreadable_file_may_be_ignored(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.py").write_bytes(b"# \xff\n" + CONFIG.encode())
    assert Checked(capsys, "a.py").rules == ["MMR904"]
    (project / "mmupgrade.toml").write_text('ignore = ["unreadable-file"]\n')
    assert Checked(capsys, "a.py").code == 0


def test_settings_are_looked_up_from_where_a_path_leads(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "mmupgrade.toml").write_text('exclude = ["old"]\nselect = ["MMR101"]\n')
    monkeypatch.chdir(project / "gen")
    checked = Checked(capsys, os.pardir)
    assert checked.files == ["../a.py", "../gen/c.py"]
    assert checked.rules == ["MMR101"]
