"""`--output-format` and `--output-file`, of `check` and `fix`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mmupgrade.cli import main
from mmupgrade.report import formats

CONFIG = "resume_from = None\nworkflow = [('train', 1)]\nlr_config = dict(policy='Step')\n"
MACHINES = [name for name in formats.NAMES if name != "text"]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "配置 🚀.py"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def _count(format: str, report: str) -> int:
    """How many findings a report holds."""
    if format == "json":
        return len(json.loads(report))
    if format == "sarif":
        return len(json.loads(report)["runs"][0]["results"])
    if format == "github":
        return len(report.splitlines())
    return int(ElementTree.fromstring(report.encode()).get("failures", ""))


@pytest.mark.parametrize("format", MACHINES)
def test_check_reports_in_the_format(
    format: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--output-format", format]) == 1
    assert _count(format, capsys.readouterr().out) == 3
    config.write_text("resume = False\n")
    assert main(["check", "--output-format", format]) == 0
    assert _count(format, capsys.readouterr().out) == 0


@pytest.mark.parametrize("format", MACHINES)
def test_fix_reports_what_is_left(
    format: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fix", "--output-format", format]) == 1
    said = capsys.readouterr()
    assert _count(format, said.out) == 1
    assert said.err == ""
    assert "lr_config" in config.read_text()
    assert "resume_from" not in config.read_text()


@pytest.mark.parametrize("arguments", [["--diff", "."], ["-"]])
def test_a_report_is_kept_apart_from_texts(arguments: list[str], config: Path) -> None:
    command = [sys.executable, "-m", "mmupgrade", "fix", "--output-format", "json", *arguments]
    done = subprocess.run(command, input=CONFIG.encode(), capture_output=True, check=False)
    assert "resume = False" in done.stdout.decode()
    assert json.loads(done.stderr)


@pytest.mark.parametrize("format", formats.NAMES)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_holds_what_would_be_printed(
    command: str, format: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [command, "--output-format", format]
    assert main([*arguments, "--output-file", "new/folder/report"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
    written = (config.parent / "new" / "folder" / "report").read_bytes()
    config.write_text(CONFIG, encoding="utf-8")
    main(arguments)
    said = capsys.readouterr()
    assert written.decode() == said.out + said.err != ""


def test_statistics_go_to_the_file_too(config: Path) -> None:
    main(["check", "--statistics", "-o", "counts.txt"])
    assert "     1 MMR109 workflow\n" in (config.parent / "counts.txt").read_text()


def test_a_file_is_replaced_at_once(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = config.parent / "report.json"
    report.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", str(report))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        assert main(["check", "--output-format", "json", "-o", "report.json"]) == 2
    assert "error: report.json: No space left on device" in capsys.readouterr().err
    assert report.read_text() == "old"
    assert sorted(config.parent.iterdir()) == sorted([config, report])
    assert main(["check", "--output-format", "json", "-o", "report.json"]) == 1
    assert len(json.loads(report.read_text())) == 3


def test_a_folder_is_no_report(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-o", str(config.parent)]) == 2
    assert "Is a directory" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
def test_a_device_is_written_to_and_stays_one(config: Path) -> None:
    command = [sys.executable, "-m", "mmupgrade", "check", "--output-format", "github"]
    done = subprocess.run([*command, "-o", "/dev/stdout"], capture_output=True, check=False)
    assert done.stdout.count(b"::notice") == 1
    assert main(["check", "-o", os.devnull]) == 1
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("format", MACHINES)
def test_machines_get_utf_8_whatever_the_terminal_takes(format: str, config: Path) -> None:
    command = [sys.executable, "-m", "mmupgrade", "check", "--output-format", format]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.stderr == b""
    assert _count(format, done.stdout.decode("utf-8")) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such names")
@pytest.mark.parametrize("format", MACHINES)
def test_a_name_that_is_no_utf_8(format: str, config: Path) -> None:
    config.rename(os.fsdecode(b"a\xff.py"))
    command = [sys.executable, "-m", "mmupgrade", "check", "--output-format", format]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert _count(format, done.stdout.decode("utf-8")) == 3
