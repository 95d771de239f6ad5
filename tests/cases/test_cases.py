"""Small odd inputs; the first line of each says what is right, its test asserts it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mmupgrade.cli import main
from mmupgrade.findings import Finding, Severity
from mmupgrade.moves import Applicability
from tests.support import fix_all, fixed, found, load_text

FOLDER = Path(__file__).parent / "inputs"


def _read(number: str) -> str:
    (path,) = FOLDER.glob(f"{number}-*.py")
    return path.read_bytes().decode()


def _body(source: str) -> str:
    """A case without its first line, which says what is right."""
    return source.split("\n", 1)[1]


def _named(source: str, field: str) -> list[Finding]:
    return [finding for finding in found(source) if finding.field == field]


def _loaded(source: str, tmp_path: Path) -> dict[str, Any]:
    return load_text(source, tmp_path)


def test_01_a_dropped_argument_is_reported(tmp_path: Path) -> None:
    source = _read("01")
    (finding,) = _named(source, "checkpoint_config")
    assert "create_symlink" in finding.message
    assert finding.applicability is Applicability.SAFE
    after = _loaded(fixed(source), tmp_path)
    assert after["default_hooks"]["checkpoint"] == {
        "type": "CheckpointHook",
        "interval": 10000,
        "save_optimizer": True,
        "by_epoch": False,
        "max_keep_ckpts": 3,
    }


def test_02_by_epoch_is_written_out(tmp_path: Path) -> None:
    after = _loaded(fixed(_read("02")), tmp_path)
    assert after["default_hooks"]["checkpoint"]["by_epoch"] is False
    assert after["log_processor"] == {"type": "LogProcessor", "window_size": 50, "by_epoch": False}
    assert after["default_scope"] == "mmagic"


BASES = {
    "_base_/default_runtime.py": (
        "checkpoint_config = dict(interval=1)\n"
        "log_config = dict(interval=100, hooks=[dict(type='TextLoggerHook')])\n"
    ),
    "_base_/schedule_a.py": (
        "runner = dict(type='IterBasedRunner', max_iters=4000)\nlr_config = None\n"
    ),
}


def test_03_a_child_says_only_what_it_overrides() -> None:
    texts = fix_all({**BASES, "sub/child.py": _read("03")})
    child = texts["sub/child.py"]
    assert "default_hooks = dict(\n    logger=dict(interval=20),\n" in child
    assert "    checkpoint=dict(max_keep_ckpts=2),\n" in child
    assert "log_processor = dict(window_size=20)" in child
    assert "visualizer" not in _body(child)
    assert "evaluation = dict(interval=2)" in child


def test_03_missing_bases_are_found_and_make_the_fix_unsafe() -> None:
    source = _read("03")
    missing = [finding for finding in found(source) if finding.rule.name == "unresolved-base"]
    assert [finding.position[0] for finding in missing] == [2, 2]
    (finding,) = _named(source, "log_config")
    assert finding.applicability is Applicability.UNSAFE
    assert fixed(source) == source
    after = fixed(source, unsafe=True)
    assert "logger=dict(interval=20)" in after
    assert "visualizer" not in _body(after)
    assert "type=" not in _body(after)
    (evaluation,) = _named(source, "evaluation")
    assert evaluation.applicability is Applicability.MANUAL


def test_04_loggers_become_backends(tmp_path: Path) -> None:
    source = _read("04")
    (finding,) = _named(source, "log_config")
    assert finding.applicability is Applicability.UNSAFE
    assert "`WandbLoggerHook.log_checkpoint`" in finding.message
    assert "`WandbLoggerHook.interval`" in finding.message
    assert "WandbLoggerHook.log_checkpoint" in finding.titles[0]
    text = fixed(source, unsafe=True)
    assert "init_kwargs={'project': 'demo', 'name': 'run-1', 'tags': ['a', 'b']}" in text
    after = _loaded(text, tmp_path)
    assert after["default_hooks"]["logger"]["interval_exp_name"] == 500
    assert after["visualizer"]["vis_backends"] == [
        {"type": "LocalVisBackend"},
        {"type": "TensorboardVisBackend", "save_dir": "/tmp/tb"},
        {
            "type": "WandbVisBackend",
            "init_kwargs": {"project": "demo", "name": "run-1", "tags": ["a", "b"]},
        },
        {"type": "MLflowVisBackend", "exp_name": "demo", "tags": {"k": "v"}},
        {"type": "PaviVisBackend", "project": "demo"},
    ]


@pytest.mark.parametrize("target", ["mmedit", "mmgen"])
def test_04_pavi_has_no_counterpart_elsewhere(target: str) -> None:
    (finding,) = [f for f in found(_read("04"), target=target) if f.field == "log_config"]
    assert f"`PaviLoggerHook` has no counterpart in 1.x of target `{target}`" in finding.message
    assert "PaviVisBackend" not in _body(fixed(_read("04"), target=target, unsafe=True))


def test_05_comments_stay_beside_what_they_describe() -> None:
    after = fixed(_read("05"))
    for line in (
        "    checkpoint=dict(  # when to save",
        "        interval=5000,  # in iterations",
        "        # keep the disk small\n        max_keep_ckpts=2,",
        "        # dict(type='PaviLoggerHook', init_kwargs=dict(project='demo')),",
        "        dict(type='TensorboardVisBackend'),\n        # dict(type='WandbLoggerHook')\n",
        "# yapf:disable\n",
        "# yapf:enable\n",
        "resume = False  # './work_dirs/old/iter_63000.pth'",
        "workflow = [('train', 1)]  # ('val', 1) was tried, see notes",
    ):
        assert line in after
    (workflow,) = _named(_read("05"), "workflow")
    assert workflow.applicability is Applicability.UNSAFE
    assert "('val', 1) was tried" in workflow.titles[0]


def test_06_resume_from_wins_over_load_from(tmp_path: Path) -> None:
    source = _read("06")
    (finding,) = _named(source, "resume_from")
    assert "work_dirs/stage1/iter_82000.pth" in finding.message
    assert "`load_from`" in finding.titles[0]
    after = _loaded(fixed(source, unsafe=True), tmp_path)
    assert (after["load_from"], after["resume"]) == ("work_dirs/stage2/iter_15000.pth", True)


def test_07_an_expression_is_kept_and_two_fixes_offered() -> None:
    source = _read("07")
    (finding,) = _named(source, "resume_from")
    assert finding.applicability is Applicability.UNSAFE
    assert len(finding.titles) == 2
    assert "can load but not resume" in finding.message
    assert "`last_checkpoint`" in finding.message
    after = fixed(source, unsafe=True)
    assert "load_from = work_dir + '/latest.pth'\nresume = True\n# resume_from = None\n" in after


def test_08_a_val_phase_is_for_the_user(tmp_path: Path) -> None:
    source = _read("08")
    (finding,) = _named(source, "workflow")
    assert finding.applicability is Applicability.MANUAL
    assert "`val_cfg` and `val_evaluator` give metrics only" in finding.message
    after = fixed(source, unsafe=True)
    assert "workflow = [('train', 1), ('val', 1)]" in after
    assert _loaded(after, tmp_path)["train_cfg"] == {
        "type": "EpochBasedTrainLoop",
        "max_epochs": 24,
    }


def test_09_names_that_others_use_stay() -> None:
    source = _read("09")
    (finding,) = _named(source, "workflow")
    assert finding.applicability is Applicability.SAFE
    after = fixed(source)
    assert "workflow" not in _body(after)
    for kept in (
        "max_iters = 26550\ninterval = 5000\n",
        "max_iters=max_iters",
        "interval=interval",
        "lr_config = dict(policy='step', step=[int(max_iters * 2 / 3)], by_epoch=False)",
    ):
        assert kept in after


def test_10_literals_are_read_like_calls(tmp_path: Path) -> None:
    source = _read("10")
    assert {finding.field for finding in found(source)} == {
        *("total_iters", "checkpoint_config", "log_config", "dist_params", "resume_from")
    }
    after = _loaded(fixed(source), tmp_path)
    assert after["env_cfg"]["dist_cfg"] == {"backend": "nccl"}
    assert after["default_hooks"]["checkpoint"]["interval"] == 2000
    assert after["visualizer"]["vis_backends"][1] == {"type": "TensorboardVisBackend"}


def test_11_changed_fields_are_reported_at_every_use() -> None:
    source = _read("11")
    lines = [(finding.field, finding.position[0]) for finding in found(source)]
    assert lines == [
        ("checkpoint_config", 2),
        ("log_config", 3),
        ("log_config", 4),
        ("checkpoint_config", 6),
        ("lr_config", 7),
        ("lr_config", 8),
    ]
    assert {finding.applicability for finding in found(source)} == {Applicability.MANUAL}
    assert fixed(source, unsafe=True) == source


def test_13_the_last_assignment_counts(tmp_path: Path) -> None:
    source = _read("13")
    dead = [finding for finding in found(source) if "no effect" in finding.message]
    assert [(f.field, f.position[0]) for f in dead] == [("checkpoint_config", 2), ("evaluation", 5)]
    text = fixed(source)
    assert _body(text).count("default_hooks = ") == 1
    hooks = _loaded(text, tmp_path)["default_hooks"]
    assert (hooks["checkpoint"]["interval"], hooks["logger"]["interval"]) == (5, 50)


def test_18_other_python_has_no_findings() -> None:
    assert found(_read("18")) == []


def test_19_line_ends_and_wide_characters() -> None:
    source = _read("19")
    (finding,) = _named(source, "checkpoint_config")
    assert finding.position == (2, 24)
    after = fixed(source, unsafe=True)
    assert after.count("\n") == after.count("\r\n")
    for comment in ("#保存间隔", "#打印日志的间隔", "#训练日志", "#也可以用它"):
        assert comment in fixed(source)
    assert "#可视化配置，不使用" in fixed(source)


def test_20_a_byte_order_mark_and_tabs_stay() -> None:
    source = _read("20")
    assert source.startswith("\ufeff")
    (mark,) = [finding for finding in found(source) if finding.rule.name == "byte-order-mark"]
    assert mark.severity is Severity.WARNING
    (total,) = _named(source, "total_iters")
    assert total.position == (2, 1)
    after = fixed(source)
    assert after.startswith("\ufeff#")
    assert "\n\tcheckpoint=dict(" in after
    assert "\n    " not in after


def test_27_leftovers_in_a_1x_file(tmp_path: Path) -> None:
    source = _read("27")
    assert {finding.severity for finding in found(source)} == {Severity.ERROR}
    (runner,) = _named(source, "runner")
    assert runner.applicability is Applicability.MANUAL
    assert "160000" in runner.message
    assert "320000" in runner.message
    (checkpoint,) = _named(source, "checkpoint_config")
    assert checkpoint.applicability is Applicability.UNSAFE
    assert fixed(source) == source
    after = fixed(source, unsafe=True)
    assert after.count("default_hooks = ") == 1
    assert _loaded(after, tmp_path)["default_hooks"] == {
        "timer": {"type": "IterTimerHook"},
        "logger": {"type": "LoggerHook", "interval": 100},
        "param_scheduler": {"type": "ParamSchedulerHook"},
        "checkpoint": {"type": "CheckpointHook", "interval": 5000, "by_epoch": False},
    }


def test_29_a_syntax_error_costs_only_its_statement(capsys: pytest.CaptureFixture[str]) -> None:
    source = _read("29")
    lines = [(finding.rule.name, finding.position[0]) for finding in found(source)]
    assert lines == [
        ("syntax-error", 6),
        ("checkpoint_config", 8),
        ("resume_from", 9),
        ("checkpoint_config", 10),
    ]
    assert fixed(source, unsafe=True) == source
    (path,) = FOLDER.glob("29-*.py")
    assert main(["check", str(path)]) == 1
    assert "29-syntax-error.py:6:" in capsys.readouterr().out
    mended = source.replace("num_blocks=7", "num_blocks=7,")
    assert [f.rule.name for f in found(mended)] == [name for name, _ in lines[1:]]
    assert fixed(mended) != mended
