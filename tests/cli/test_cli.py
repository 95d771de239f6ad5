"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mmupgrade import __version__, parallel
from mmupgrade.cli import main

CLEAN = "default_scope = 'mmagic'\nresume = False\n"
CONFIG = """\
total_iters = 1000
checkpoint_config = dict(interval=10)
resume_from = None
workflow = [('train', 1)]
optimizers = dict(generator=dict(type='Adam', lr=1e-4))
"""
BROKEN = "checkpoint_config = dict(interval=1\nresume_from = None\nlog_config = dict(interval=5)\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.py"
    path.write_text(CONFIG)
    return path


def _run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mmupgrade", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_check_shows_where_what_and_help(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "config.py"]) == 1
    out = capsys.readouterr().out
    assert "config.py:2:1: MMR101 [*] `checkpoint_config` moved to" in out
    assert "2 | checkpoint_config = dict(interval=10)\n  | ^^^^^^^^^^^^^^^^^\n" in out
    assert "  = help: Migrate `checkpoint_config`\n" in out
    assert out.endswith(
        "5 findings in 1 file: 4 fixed by `mmupgrade fix`, 0 more with `--unsafe-fixes`, "
        "1 by hand.\n"
    )


def test_check_is_clean_where_nothing_is_found(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CLEAN)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No 0.x fields found in 1 file.\n"


def test_json_has_every_key(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("名 = '🚀'; checkpoint_config = dict(interval=10)\n" + CONFIG)
    assert main(["check", "--output-format", "json", "--select", "MMR101", "config.py"]) == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert first.pop("message").startswith("`checkpoint_config` is assigned again in line 3")
    assert first.pop("fixes")
    assert first == {
        "path": "config.py",
        "line": 1,
        "column": 10,
        "end_line": 1,
        "end_column": 27,
        "rule": "MMR101",
        "name": "checkpoint_config",
        "field": "checkpoint_config",
        "applicability": "safe",
        "severity": "warning",
        "scope": "file",
    }


def test_fix_writes_and_says_what_is_left(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "config.py"]) == 1
    said = capsys.readouterr().err
    assert said == (
        "config.py: migrated 4, left 1 (optimizers); "
        "runs on neither 0.x nor 1.x until the rest is migrated\n"
    )
    assert "resume = False\noptimizers" in config.read_text()
    assert main(["fix", "config.py"]) == 1
    said = capsys.readouterr().err
    assert "migrated 0, left 1 (optimizers); runs on neither 0.x nor 1.x" in said


def test_fix_of_everything_exits_0(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("resume_from = None\nworkflow = [('train', 1)]\n")
    assert main(["fix", "config.py"]) == 0
    assert "nothing of 0.x is left" in capsys.readouterr().err
    assert config.read_text() == "resume = False\n"


def test_diff_writes_nothing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--diff", "config.py"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("--- a/config.py\n+++ b/config.py\n")
    assert "-workflow = [('train', 1)]\n" in out
    assert config.read_text() == CONFIG


def test_output_dir_leaves_the_originals(tmp_path: Path, config: Path) -> None:
    (tmp_path / "base.py").write_text("dist_params = dict(backend='nccl')\nresume_from = None\n")
    (tmp_path / "sub").mkdir()
    child = tmp_path / "sub" / "child.py"
    child.write_text("_base_ = '../base.py'\nresume_from = 'a.pth'\n")
    main(["fix", "--unsafe-fixes", "--output-dir", "out", "."])
    assert config.read_text() == CONFIG
    assert (tmp_path / "out" / "base.py").read_text() == (
        "env_cfg = dict(dist_cfg=dict(backend='nccl'))\nresume = False\n"
    )
    assert (tmp_path / "out" / "sub" / "child.py").read_text() == (
        "_base_ = '../base.py'\nload_from = 'a.pth'\nresume = True\n"
    )


def test_select_and_ignore(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "MMR1", "--ignore", "resume_from,MMR109", "config.py"])
    out = capsys.readouterr().out
    assert "MMR101" in out
    assert not any(rule in out for rule in ("MMR103", "MMR109", "MMR201", "MMR302"))
    main(["fix", "--select", "workflow", "config.py"])
    assert config.read_text() == CONFIG.replace("workflow = [('train', 1)]\n", "")


def test_statistics_and_exit_zero(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--statistics", "--exit-zero", "config.py"]) == 0
    assert "     1 MMR101 checkpoint_config\n" in capsys.readouterr().out


def test_standard_input() -> None:
    done = _run("check", "-", "--stdin-filename", "a/b.py", stdin=CONFIG.encode())
    assert done.returncode == 1
    assert b"a/b.py:2:1: MMR101" in done.stdout
    done = _run("fix", "-", stdin=CONFIG.replace("\n", "\r\n").encode())
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n") > 0
    assert b"resume = False\r\n" in done.stdout
    assert _run("fix", "-", stdin=b"x = 1\n").stdout == b"x = 1\n"


def test_explain_by_id_and_by_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "MMR103"]) == main(["explain", "resume_from"]) == 0
    one, two = capsys.readouterr().out.split("# resume_from (MMR103)\n")[1:]
    assert one.strip() == two.strip()
    assert "## Fix safety" in one


def test_rules_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len({line.split()[0] for line in lines}) > 30
    assert any(line.startswith("MMR101  checkpoint_config ") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no/such/file.py"], "no/such/file.py: no such file or folder"),
        (["check", "--select", "nonsense", "."], "no rule or field `nonsense`"),
        (["explain", "nonsense"], "no rule or field `nonsense`"),
    ],
)
def test_usage_errors(
    arguments: list[str], said: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"error: {said}")
    assert captured.out == ""


def test_wrong_arguments_exit_2() -> None:
    assert _run("check", "--target", "nowhere").returncode == 2
    assert _run().returncode == 2


def test_version() -> None:
    assert _run("--version").stdout.decode() == f"mmupgrade {__version__}\n"


def test_a_broken_file_is_found_and_left(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(BROKEN)
    assert main(["fix", "--unsafe-fixes", "config.py"]) == 1
    assert config.read_text() == BROKEN
    main(["check", "config.py"])
    assert "MMR901 '(' was never closed" in capsys.readouterr().out


def test_a_file_in_another_encoding(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = ("# é\n" + CONFIG).encode("latin-1")
    config.write_bytes(raw)
    assert main(["fix", "."]) == 1
    assert config.read_bytes() == raw
    assert main(["check", "."]) == 1
    assert "MMR904 The file can't be read: not UTF-8" in capsys.readouterr().out
    (config.parent / "other.py").write_bytes("x = 'é'\n".encode("latin-1"))
    config.unlink()
    assert main(["check", "."]) == 0


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\0",
        "checkpoint_config = dict(interval=1)\nresume_from = '\0'\n",
        "(" * 5000 + "\ncheckpoint_config = None\nresume_from = None\n",
        "x = " + "-" * 50000 + "1\ncheckpoint_config = dict(interval=1)\nresume_from = None\n",
        "checkpoint_config = " + "{'interval': " * 500 + "1" + "}" * 500 + "\nresume_from = None\n",
        "total_iters = 9 ** 9 ** 9 ** 9\nresume_from = None\n",
        "total_iters = 'a' * 10 ** 10\nresume_from = None\n",
        "a = b\nb = a\nresume_from = a\nload_from = b\nworkflow = [('train', 1)]\n",
        "resume_from = resume_from\nworkflow = [('train', 1)]\n",
        "_base_ = './config.py'\nresume_from = None\n",
        "_base_ = [1, None]\nresume_from = None\n",
        "\ufeff\ufeffresume_from = None\nworkflow = [('train', 1)]\n",
        "resume_from = None;workflow = [('train', 1)]",
        "\f\nresume_from = None\n\fworkflow = [('train', 1)]\f\n",
    ],
)
def test_odd_input_gets_an_answer(source: str, config: Path) -> None:
    config.write_bytes(source.encode())
    for arguments in (["check", "."], ["fix", "--unsafe-fixes", "."], ["check", "."]):
        done = _run(*arguments)
        assert done.returncode in (0, 1)
        assert b"Traceback" not in done.stderr
    compile(source, "before", "exec") if _parses(source) else None
    assert _parses(config.read_text("utf-8-sig")) or not _parses(source)


def _parses(source: str) -> bool:
    try:
        compile(source.removeprefix("\ufeff"), "config", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def test_mode_and_link_are_kept(config: Path, tmp_path: Path) -> None:
    config.chmod(0o640)
    (tmp_path / "link.py").symlink_to(config)
    main(["fix", "link.py"])
    assert (tmp_path / "link.py").is_symlink()
    assert config.stat().st_mode & 0o777 == 0o640
    assert "resume = False" in config.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.py", "link.py"]


def test_a_link_to_nothing_is_passed_over(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".#config.py").symlink_to("user@host.1:2")  # Emacs' lock
    assert main(["check", "."]) == 1
    assert "config.py" in capsys.readouterr().out
    assert config.exists()


def test_a_write_that_fails_leaves_the_file(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", str(config))

    monkeypatch.setattr(os, "replace", refuse)
    assert main(["fix", "config.py"]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert config.read_text() == CONFIG
    assert [path.name for path in config.parent.iterdir()] == ["config.py"]


def test_a_failure_of_ours_is_one_line(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of the test")

    monkeypatch.setattr(parallel, "records", broken)
    assert main(["check", "config.py"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: mmupgrade failed in test_cli.py, line ")
    assert "Traceback" not in said


def test_a_reader_that_goes_away_ends_it_quietly(config: Path) -> None:
    config.write_text("resume_from = None; workflow = [('train', 1)]\n" * 3000)
    command = f"{sys.executable} -m mmupgrade check {config} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_colours_only_on_a_terminal(config: Path) -> None:
    assert b"\033[" not in _run("check", str(config)).stdout
