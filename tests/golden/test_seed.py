"""What the user asked for: the two columns of the migration guides, compared by value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support import fixed, load_text

MMEDIT_BEFORE: dict[str, Any] = {
    "checkpoint_config": {"interval": 5000, "save_optimizer": True, "by_epoch": False},
    "log_config": {
        "interval": 100,
        "hooks": [
            {"type": "TextLoggerHook", "by_epoch": False},
            {"type": "TensorboardLoggerHook"},
        ],
    },
    "visual_config": None,
    "dist_params": {"backend": "nccl"},
    "log_level": "INFO",
    "load_from": None,
    "resume_from": None,
    "workflow": [("train", 1)],
}
MMEDIT_AFTER: dict[str, Any] = {
    "default_hooks": {
        "checkpoint": {
            "type": "CheckpointHook",
            "interval": 5000,
            "save_optimizer": True,
            "by_epoch": False,
        },
        "timer": {"type": "IterTimerHook"},
        "logger": {"type": "LoggerHook", "interval": 100},
        "param_scheduler": {"type": "ParamSchedulerHook"},
        "sampler_seed": {"type": "DistSamplerSeedHook"},
    },
    "default_scope": "mmedit",
    "env_cfg": {
        "cudnn_benchmark": False,
        # The guide writes 4 here; 0.x used 0 where nothing was said.
        "mp_cfg": {"mp_start_method": "fork", "opencv_num_threads": 0},
        "dist_cfg": {"backend": "nccl"},
    },
    "log_level": "INFO",
    "log_processor": {"type": "LogProcessor", "window_size": 100, "by_epoch": False},
    "load_from": None,
    "resume": False,
}
MMEDIT_ADDED: dict[str, Any] = {
    "visualizer": {
        "type": "Visualizer",
        "vis_backends": [{"type": "LocalVisBackend"}, {"type": "TensorboardVisBackend"}],
    }
}

LOOP_BEFORE: dict[str, Any] = {
    "total_iters": 1000000,
    "runner": {
        "type": "DynamicIterBasedRunner",
        "is_dynamic_ddp": False,
        "pass_training_status": True,
    },
}
LOOP_AFTER: dict[str, Any] = {
    "train_cfg": {"by_epoch": False, "max_iters": 1000000},
    "val_cfg": {"type": "GenValLoop"},
    "test_cfg": {"type": "GenTestLoop"},
}

MMGEN_BEFORE: dict[str, Any] = {
    "checkpoint_config": {"interval": 10000, "by_epoch": False, "save_optimizer": True},
    "log_config": {"interval": 100, "hooks": [{"type": "TextLoggerHook"}]},
    "dist_params": {"backend": "nccl"},
    "load_from": None,
    "resume_from": None,
    "workflow": [("train", 10000)],
}
MMGEN_AFTER: dict[str, Any] = {
    "default_hooks": {
        "timer": {"type": "GenIterTimerHook"},
        "logger": {"type": "LoggerHook", "interval": 100, "log_metric_by_epoch": False},
        "checkpoint": {
            "type": "CheckpointHook",
            "interval": 10000,
            "by_epoch": False,
            "save_optimizer": True,
        },
    },
    "env_cfg": {
        "cudnn_benchmark": False,
        "mp_cfg": {"mp_start_method": "fork", "opencv_num_threads": 0},
        "dist_cfg": {"backend": "nccl"},
    },
    "default_scope": "mmgen",
    "load_from": None,
    "resume": False,
}
MMGEN_ADDED: dict[str, Any] = {
    "log_processor": {"type": "GenLogProcessor", "window_size": 100, "by_epoch": False},
    "visualizer": {"type": "GenVisualizer", "vis_backends": [{"type": "LocalVisBackend"}]},
}


def _migrated(before: dict[str, Any], target: str, folder: Path) -> dict[str, Any]:
    source = "".join(f"{name} = {value!r}\n" for name, value in before.items())
    return load_text(fixed(source, target=target, codebase=target), folder)


def test_mmediting_runtime_settings(tmp_path: Path) -> None:
    after = _migrated(MMEDIT_BEFORE, "mmedit", tmp_path)
    assert after["default_hooks"]["logger"].pop("log_metric_by_epoch") is False
    assert after == {**MMEDIT_AFTER, **MMEDIT_ADDED}


def test_mmgeneration_loops(tmp_path: Path) -> None:
    assert _migrated(LOOP_BEFORE, "mmgen", tmp_path) == LOOP_AFTER


def test_mmgeneration_runtime_settings(tmp_path: Path) -> None:
    after = _migrated(MMGEN_BEFORE, "mmgen", tmp_path)
    assert after == {**MMGEN_AFTER, **MMGEN_ADDED}


def test_default_target_is_mmagic(tmp_path: Path) -> None:
    source = "".join(f"{name} = {value!r}\n" for name, value in MMEDIT_BEFORE.items())
    after = load_text(fixed(source, codebase="mmedit"), tmp_path)
    assert after["default_scope"] == "mmagic"
    assert after["default_hooks"]["timer"] == {"type": "IterTimerHook"}
