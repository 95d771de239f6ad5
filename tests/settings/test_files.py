"""Settings are found upwards, read once a folder, and never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mmupgrade.settings import files
from mmupgrade.settings.files import Finder, read_settings
from mmupgrade.settings.settings import Settings, SettingsError, defaults


def _of(path: Path) -> Settings:
    return Finder().of(str(path))


def _said(path: Path) -> str:
    with pytest.raises(SettingsError) as raised:
        _of(path)
    return str(raised.value)


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    assert _of(tmp_path / "a.py") is defaults("")


def test_the_nearest_folder_wins_and_nothing_is_merged(tmp_path: Path) -> None:
    (tmp_path / "mmupgrade.toml").write_text('target = "mmgen"\ncodebase = "mmgen"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert _of(inner / "c.py").target == "mmgen"
    (tmp_path / "a" / "mmupgrade.toml").write_text('target = "mmedit"\n')
    found = _of(inner / "c.py")
    assert (found.target, found.codebase) == ("mmedit", None)
    assert found.root == str(tmp_path / "a")
    assert found.source == str(tmp_path / "a" / "mmupgrade.toml")


def test_its_own_file_beats_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mmupgrade]\ntarget = "mmgen"\n')
    assert _of(tmp_path / "c.py").target == "mmgen"
    (tmp_path / "mmupgrade.toml").write_text("")
    assert _of(tmp_path / "c.py").target == "mmagic"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'mmupgrade'\n",
        "[tool.other]\nx = 'tool.mmupgrade'\n",
        "tool = 'mmupgrade'\n",
        "[[tool]]\nmmupgrade = {}\n",
        "this is [no TOML",
        "\xff",
    ],
)
def test_a_pyproject_without_the_table_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "mmupgrade.toml").write_text('target = "mmgen"\n')
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_bytes(text.encode("latin-1"))
    assert _of(tmp_path / "a" / "c.py").target == "mmgen"


@pytest.mark.parametrize(
    "text",
    [
        "[tool.mmupgrade]\ntarget = 'mmgen'\n",
        "[ tool . 'mmupgrade' ]\ntarget = 'mmgen'\n",
        "[tool]\nmmupgrade.target = 'mmgen'\n",
        "tool.mmupgrade.target = 'mmgen'\n",
        "tool = {mmupgrade = {target = 'mmgen'}}\n",
        "\ufeff[tool.mmupgrade]\ntarget = 'mmgen'\n",
    ],
)
def test_the_table_may_be_written_in_every_way(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert _of(tmp_path / "c.py").target == "mmgen"


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("mmupgrade.toml", b"# \xe9\n", "not UTF-8 (byte 2)"),
        ("mmupgrade.toml", b"traget = 1\n", "unknown key `traget`; did you mean `target`?"),
        ("pyproject.toml", b"[tool.mmupgrade]\nx = 1\n", "unknown key `x`"),
        ("pyproject.toml", b"[[tool.mmupgrade]]\n", "`tool.mmupgrade` is no table"),
        ("pyproject.toml", b"tool.mmupgrade = 3\n", "`tool.mmupgrade` is no table"),
        ("pyproject.toml", b"[tool.mmupgrade\n", "isn't TOML: "),
    ],
)
def test_what_is_wrong_is_said(name: str, raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    assert _said(tmp_path / "a.py").startswith(f"{tmp_path / name}: {said}")


def test_a_mistake_in_the_syntax_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mmupgrade.toml").write_text("\n\ntarget =\n")
    said = _said(tmp_path / "a.py")
    assert "mmupgrade.toml: isn't TOML: " in said
    assert "line 3" in said


def test_a_file_that_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mmupgrade.toml"
    path.write_text("")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", refuse, raising=False)
    assert _said(tmp_path / "a.py") == f"{path}: can't be read: Permission denied"


def test_a_folder_is_looked_into_once(tmp_path: Path) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    settings = tmp_path / "mmupgrade.toml"
    settings.write_text('target = "mmgen"\n')
    finder = Finder()
    first = finder.of(str(inner / "a.py"))
    settings.write_text("broken")
    assert finder.of(str(inner / "b.py")) is first
    assert finder.of(str(tmp_path / "c.py")) is first
    assert finder.of(os.path.join(inner, "")) is first
    finder = Finder()
    for _ in range(2):
        with pytest.raises(SettingsError, match="isn't TOML"):
            finder.of(str(inner / "a.py"))


def test_one_file_by_name(tmp_path: Path) -> None:
    path = tmp_path / "any.toml"
    path.write_text('target = "mmgen"\nbaseline = "known.json"\n')
    read = read_settings(str(path))
    assert (read.target, read.root) == ("mmgen", str(tmp_path))
    assert read.baseline == str(tmp_path / "known.json")
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.other]\n")
    with pytest.raises(SettingsError, match="has no table"):
        read_settings(str(path))
    with pytest.raises(SettingsError, match="can't be read: No such file or directory"):
        read_settings(str(tmp_path / "none.toml"))


def test_without_a_settings_file_nothing_is_imported_for_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n[tool.ruff]\n")
    (tmp_path / "a.py").write_text("resume_from = None\nworkflow = [('train', 1)]\n")
    script = (
        "import sys; from mmupgrade.cli import main; main(['check', sys.argv[1]]);"
        "held = {'tomllib', 'tomli', 'mmupgrade.settings.reading'} & set(sys.modules);"
        "sys.exit(f'{held}' if held else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
