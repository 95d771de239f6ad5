"""Configs and their bases: what each file says, and what is not safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmupgrade.engine import check
from mmupgrade.findings import Finding
from mmupgrade.fix import fix
from mmupgrade.moves import Applicability
from tests.support import fix_all, load, workspace

MMEDIT = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"
TEXT = "log_config = dict(interval=50, hooks=[dict(type='TextLoggerHook')])\n"


def _merged(files: dict[str, str], folder: Path, leaf: str) -> dict[str, object]:
    for name, source in fix_all(files, unsafe=True).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    return load(folder / leaf)


def _verdicts(files: dict[str, str], name: str) -> dict[str, Finding]:
    found = check(workspace(files, Path("/nowhere")))
    return {f.field or f.rule.name: f for f in found if f.document.path.endswith("/" + name)}


def test_a_base_with_one_field_is_part_of_its_family(tmp_path: Path) -> None:
    files = {
        "b.py": "checkpoint_config = dict(interval=5)\n",
        "c.py": f"_base_ = ['b.py']\n{MMEDIT}checkpoint_config = dict(max_keep_ckpts=3)\n{TEXT}",
    }
    after = _merged(files, tmp_path, "c.py")
    assert after["default_hooks"]["checkpoint"] == {  # type: ignore[index]
        "type": "CheckpointHook",
        "interval": 5,
        "by_epoch": False,
        "max_keep_ckpts": 3,
    }
    assert after["train_cfg"] == {"type": "IterBasedTrainLoop", "max_iters": 10}
    assert after["default_scope"] == "mmagic"
    assert "checkpoint_config" not in after


def test_a_base_outside_the_run_is_thought_of_as_migrated(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text(f"checkpoint_config = dict(interval=5)\n{TEXT}")
    child = (
        f"_base_ = 'b.py'\n{MMEDIT}"
        "checkpoint_config = dict(max_keep_ckpts=3)\nlog_config = dict(interval=7)\n"
    )
    made = workspace({"c.py": child}, tmp_path)
    assert [r.migrated for r in fix(made)] == [("total_iters",)]
    reasons = " ".join(finding.message for finding in check(workspace({"c.py": child}, tmp_path)))
    for name in ("checkpoint_config", "log_config"):
        assert f"`{name}` of `b.py` goes with it, which isn't among the given files" in reasons
    (rewrite,) = fix(workspace({"c.py": child}, tmp_path), unsafe=True)
    assert "logger=dict(interval=7)" in rewrite.text
    assert "checkpoint=dict(max_keep_ckpts=3)" in rewrite.text
    assert "log_processor = dict(window_size=7)" in rewrite.text
    assert "train_cfg = dict(type='IterBasedTrainLoop', max_iters=10)" in rewrite.text


@pytest.mark.parametrize(
    "reader",
    [
        "foo = {{_base_.total_iters}}\n",
        "foo = '{{_base_.total_iters}}'\n",
        "foo = dict(a=_base_.total_iters)\n",
    ],
)
def test_a_field_that_an_inheriting_file_reads_stays(reader: str) -> None:
    files = {"b.py": MMEDIT, "c.py": f"_base_ = 'b.py'\n{reader}lr_config = dict(policy='Step')\n"}
    assert _verdicts(files, "b.py")["total_iters"].applicability is Applicability.MANUAL
    assert fix_all(files, unsafe=True)["b.py"] == MMEDIT


def test_inheriting_configs_that_count_differently_leave_it_open() -> None:
    files = {
        "b.py": f"checkpoint_config = dict(interval=5)\n{TEXT}",
        "one.py": f"_base_ = 'b.py'\n{MMEDIT}",
        "two.py": "_base_ = 'b.py'\ntotal_epochs = 5\nlr_config = dict(policy='step')\n",
    }
    assert _verdicts(files, "b.py")["checkpoint_config"].applicability is Applicability.MANUAL
    agreed = {**files, "two.py": "_base_ = 'b.py'\nrunner = dict(type='IterBasedRunner')\n"}
    assert _verdicts(agreed, "b.py")["checkpoint_config"].applicability is not Applicability.MANUAL


def test_a_file_that_throws_the_model_away_keeps_the_settings_where_they_are() -> None:
    files = {
        "b.py": f"model = dict(type='EDVR')\ntrain_cfg = dict(tsa_iter=5)\n{MMEDIT}",
        "c.py": "_base_ = 'b.py'\nmodel = dict(_delete_=True, type='EDVR')\n",
    }
    verdict = _verdicts(files, "b.py")["train_cfg"]
    assert verdict.applicability is Applicability.MANUAL
    assert "`c.py` throws away the `model`" in verdict.message


def test_settings_survive_a_model_that_is_replaced(tmp_path: Path) -> None:
    files = {
        "b.py": f"model = dict(type='EDVR', a=1)\ntrain_cfg = dict(tsa_iter=5)\n{MMEDIT}",
        "c.py": (
            "_base_ = 'b.py'\nmodel = dict(_delete_=True, type='EDVR')\n"
            "checkpoint_config = dict(interval=1)\n"
        ),
    }
    assert _merged(files, tmp_path, "c.py")["model"] == {
        "type": "EDVR",
        "train_cfg": {"tsa_iter": 5},
    }


@pytest.mark.parametrize("name", ["c.py", "d.py"])
def test_circular_bases_are_found_in_each_file(name: str) -> None:
    files = {
        "c.py": f"_base_ = 'd.py'\n{MMEDIT}",
        "d.py": f"_base_ = 'c.py'\n{TEXT}",
    }
    for order in (files, dict(reversed(files.items()))):
        assert "inherits from this file again" in _verdicts(order, name)["unresolved-base"].message
        assert fix_all(order) == files


def test_delete_is_carried_to_the_new_place(tmp_path: Path) -> None:
    files = {
        "b.py": f"{MMEDIT}checkpoint_config = dict(interval=5, max_keep_ckpts=3)\n{TEXT}",
        "c.py": "_base_ = 'b.py'\ncheckpoint_config = dict(_delete_=True, interval=1)\n",
    }
    after = _merged(files, tmp_path, "c.py")
    assert after["default_hooks"]["checkpoint"] == {  # type: ignore[index]
        "type": "CheckpointHook",
        "interval": 1,
        "by_epoch": False,
    }


def test_none_over_a_dict_removes_the_hook(tmp_path: Path) -> None:
    files = {
        "b.py": f"{MMEDIT}checkpoint_config = dict(interval=5)\n{TEXT}",
        "c.py": "_base_ = 'b.py'\ncheckpoint_config = None\nlog_config = None\n",
    }
    hooks = _merged(files, tmp_path, "c.py")["default_hooks"]
    assert hooks["checkpoint"] is None  # type: ignore[index]
    assert hooks["logger"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("base", "child", "expected"),
    [
        ("load_from = 'p'\nresume_from = None\n", "resume_from = 'r'\n", ("r", True)),
        ("load_from = 'p'\nresume_from = 'r'\n", "resume_from = None\n", ("p", False)),
        ("load_from = None\nresume_from = 'r'\n", "resume_from = None\n", (None, False)),
        ("load_from = 'p'\nresume_from = 'r'\n", "resume_from = 's'\n", ("s", True)),
        ("load_from = None\nresume_from = None\n", "load_from = 'q'\n", ("q", False)),
    ],
)
def test_resuming_is_decided_by_the_merged_config(
    base: str, child: str, expected: tuple[str | None, bool], tmp_path: Path
) -> None:
    files = {"b.py": MMEDIT + base, "c.py": f"_base_ = 'b.py'\n{child}{TEXT}"}
    after = _merged(files, tmp_path, "c.py")
    assert (after["load_from"], after["resume"]) == expected


def test_load_from_below_a_base_that_resumes_is_for_the_user() -> None:
    files = {
        "b.py": f"{MMEDIT}resume_from = 'r'\n",
        "c.py": f"_base_ = 'b.py'\nload_from = 'q'\n{TEXT}",
    }
    assert _verdicts(files, "b.py")["resume_from"].applicability is Applicability.MANUAL


def test_of_two_bases_one_writes_what_both_would(tmp_path: Path) -> None:
    files = {
        "schedule.py": "checkpoint_config = dict(interval=5)\nlr_config = dict(policy='step')\n",
        "runtime.py": f"dist_params = dict(backend='nccl')\n{TEXT}",
        "c.py": f"_base_ = ['schedule.py', 'runtime.py']\n{MMEDIT}",
    }
    after = _merged(files, tmp_path, "c.py")
    hooks = after["default_hooks"]
    assert hooks["checkpoint"]["interval"] == 5  # type: ignore[index]
    assert hooks["logger"]["interval"] == 50  # type: ignore[index]


def test_a_1x_base_below_a_0x_config(tmp_path: Path) -> None:
    files = {
        "b.py": (
            "default_hooks = dict(\n    checkpoint=dict(type='CheckpointHook', interval=1),\n"
            "    logger=dict(type='LoggerHook', interval=10))\n"
        ),
        "c.py": f"_base_ = 'b.py'\n{MMEDIT}checkpoint_config = dict(interval=7)\n",
    }
    after = _merged(files, tmp_path, "c.py")
    assert after["default_hooks"] == {
        "checkpoint": {"type": "CheckpointHook", "interval": 7, "by_epoch": False},
        "logger": {"type": "LoggerHook", "interval": 10},
    }


def test_one_file_that_cant_be_written_holds_back_its_relatives() -> None:
    files = {
        "b.py": f"{MMEDIT}resume_from = None\ncudnn_benchmark = False\n",
        "c.py": (
            "_base_ = 'b.py'\nif True:\n    cudnn_benchmark = True\n"
            "cudnn_benchmark = True\nlr_config = dict(policy='Step')\n"
        ),
    }
    after = fix_all(files, unsafe=True)
    assert "cudnn_benchmark = False\n" in after["b.py"]
    assert "resume = False\n" in after["b.py"]
    assert "the fix of `cudnn_benchmark` in `c.py` is by hand" in (
        _verdicts(files, "b.py")["cudnn_benchmark"].message
    )


@pytest.mark.parametrize(
    "other",
    [
        "runner = dict(type='EpochBasedRunner', max_epochs={})\n",
        "train_cfg = dict(type='EpochBasedTrainLoop', max_epochs={})\n",
    ],
)
def test_a_second_length_is_kept_or_left_open(other: str) -> None:
    child = "_base_ = 'b.py'\ntotal_epochs = 5\nlr_config = dict(policy='step')\n"
    same = {"b.py": other.format(5), "c.py": child}
    assert "total_epochs" not in (text := fix_all(same)["c.py"])
    assert "max_epochs" not in text
    differs = {"b.py": other.format(6), "c.py": child}
    verdict = _verdicts(differs, "c.py")["total_epochs"]
    assert verdict.applicability is Applicability.MANUAL
    assert "max_epochs` is set too, to `6`" in verdict.message
    once = fix_all(differs, unsafe=True)
    assert "max_epochs=6" in once["b.py"]
    assert once["c.py"] == child
    assert fix_all(once, unsafe=True) == once
