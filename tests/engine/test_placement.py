"""Which file of a family says what, where the bases of one config would clash."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.project import know_relatives
from tests.support import fix_all, load, workspace

RUNTIME = """\
log_config = dict(
    interval=50,  # fifty
    hooks=[dict(type='TextLoggerHook', by_epoch=False)])
dist_params = dict(backend='nccl')
cudnn_benchmark = True
"""
BASES = "_base_ = ['_base_/models/m.py', '_base_/default_runtime.py', '_base_/schedules/{}.py']\n"


def _schedule(iterations: int) -> str:
    return f"""\
optimizer = dict(type='SGD', lr=0.01)
runner = dict(type='IterBasedRunner', max_iters={iterations})
checkpoint_config = dict(by_epoch=False, interval={iterations // 10})  # ten times
"""


FILES = {
    "_base_/schedules/s20.py": _schedule(20000),
    "_base_/schedules/s40.py": _schedule(40000),
    "_base_/default_runtime.py": RUNTIME,
    "_base_/models/m.py": "model = dict(type='X')\n",
    "a.py": BASES.format("s20"),
    "b.py": BASES.format("s40"),
    "c.py": f"{BASES.format('s40')}checkpoint_config = dict(interval=7)\n",
    "d.py": "_base_ = 'c.py'\nlog_config = dict(interval=1)\n",
}


def _loaded(files: dict[str, str], folder: Path) -> dict[str, dict[str, Any]]:
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    return {name: load(folder / name) for name in files}


def test_the_base_by_which_the_fewest_files_change_says_it(tmp_path: Path) -> None:
    """The schedules differ in their checkpoints, and all have the one logger besides."""
    after = fix_all(FILES)
    assert {name for name, text in after.items() if text != FILES[name]} == {
        *(name for name in FILES if name.startswith(("_base_/s", "_base_/d"))),
        *("c.py", "d.py"),
    }
    assert "default_hooks" not in after["_base_/default_runtime.py"]
    assert after["c.py"].endswith("default_hooks = dict(checkpoint=dict(interval=7))\n")
    loaded = _loaded(after, tmp_path)
    found = {
        name: (hooks["checkpoint"]["interval"], hooks["logger"]["interval"])
        for name in ("a.py", "b.py", "c.py", "d.py")
        for hooks in [loaded[name]["default_hooks"]]
    }
    assert found == {
        "a.py": (2000, 50),
        "b.py": (4000, 50),
        "c.py": (7, 50),
        "d.py": (7, 1),
    }
    assert all(loaded[name]["env_cfg"]["cudnn_benchmark"] for name in found)


def test_where_configs_disagree_each_says_it(tmp_path: Path) -> None:
    files = {
        "one.py": "checkpoint_config = dict(interval=1)\nrunner = dict(type='IterBasedRunner')\n",
        "two.py": "checkpoint_config = dict(interval=2)\nrunner = dict(type='IterBasedRunner')\n",
        "log.py": RUNTIME,
        "log2.py": RUNTIME.replace("50", "60"),
        "a.py": "_base_ = ['one.py', 'log.py']\n",
        "b.py": "_base_ = ['two.py', 'log.py']\n",
        "c.py": "_base_ = ['one.py', 'log2.py']\n",
    }
    after = fix_all(files)
    loaded = _loaded(after, tmp_path)
    assert [
        (hooks["checkpoint"]["interval"], hooks["logger"]["interval"])
        for hooks in (loaded[name]["default_hooks"] for name in ("a.py", "b.py", "c.py"))
    ] == [(1, 50), (2, 50), (1, 60)]


def test_what_a_third_config_does_without_is_not_pushed_on_it(tmp_path: Path) -> None:
    files = {**FILES, "e.py": "_base_ = '_base_/schedules/s20.py'\n"}
    loaded = _loaded(fix_all(files), tmp_path)
    assert "logger" not in loaded["e.py"].get("default_hooks", {})
    assert loaded["a.py"]["default_hooks"]["logger"]["interval"] == 50


def test_the_order_of_the_files_makes_no_difference() -> None:
    expected = fix_all(FILES)
    for names in list(permutations(FILES))[::4001]:
        assert fix_all({name: FILES[name] for name in names}) == expected


def test_comments_stay_where_their_field_was() -> None:
    after = fix_all(FILES)
    assert after["_base_/default_runtime.py"].startswith("# fifty\nlog_processor = ")
    assert "  # ten times\n" in after["_base_/schedules/s20.py"]


def test_a_base_that_is_1x_has_the_name(tmp_path: Path) -> None:
    files = {
        **FILES,
        "_base_/default_runtime.py": (
            "default_hooks = dict(logger=dict(type='LoggerHook', interval=50))\n"
            "log_processor = dict(type='LogProcessor', by_epoch=False)\n"
        ),
        "d.py": "_base_ = 'c.py'\n",
    }
    after = fix_all(files, unsafe=True)
    loaded = _loaded(after, tmp_path)
    assert after["_base_/default_runtime.py"].startswith("default_hooks = dict(logger=")
    hooks = {name: loaded[name]["default_hooks"] for name in ("a.py", "b.py", "c.py", "d.py")}
    assert [h["checkpoint"]["interval"] for h in hooks.values()] == [2000, 4000, 7, 7]
    assert all(h["logger"]["interval"] == 50 for h in hooks.values())


def test_a_field_that_stays_keeps_its_part_of_the_template() -> None:
    """No `env_cfg` says `cudnn_benchmark=False` while the runtime's 0.x field is there."""
    files = {
        **FILES,
        "_base_/default_runtime.py": f"{RUNTIME}cudnn_benchmark |= False\n",
    }
    after = fix_all(files, unsafe=True)
    assert not any("cudnn_benchmark=" in text for text in after.values())


def test_a_second_run_changes_nothing() -> None:
    after = fix_all(FILES)
    assert fix_all(after) == after
    assert fix_all(after, unsafe=True) == after


def test_a_part_that_its_heirs_would_have_to_say_is_not_safe(tmp_path: Path) -> None:
    _loaded(FILES, tmp_path)
    (tmp_path / "mmupgrade.toml").touch()
    name = "_base_/default_runtime.py"
    made = workspace({name: FILES[name]}, tmp_path)
    know_relatives(made)
    assert "log_config" not in fix(made)[0].migrated
    (finding,) = [f for f in check(made) if f.field == "log_config"]
    assert finding.scope == "family"
    assert "needs a `default_hooks` then, and isn't among the given files" in finding.message
