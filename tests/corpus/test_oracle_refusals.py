"""The oracle says what either runner refuses, and reads the defaults of both."""

from __future__ import annotations

from typing import Any

import pytest

from tests.corpus.oracle import (
    MISSING,
    Checkpoint,
    Difference,
    Load,
    Logger,
    Loop,
    Unrunnable,
    compare,
    new_settings,
    old_settings,
)
from tests.corpus.oracle_cases import (
    BOARD,
    LOOP,
    NEW,
    OLD,
    PETREL,
    TEXT,
    Codebase,
    Config,
    backends,
    checkpoint_config,
    differences,
    hooks,
    logging,
    saving,
)

TRAIN = {"by_epoch": False, "max_iters": 9}

REFUSED: dict[str, tuple[Config, str]] = {
    "create_symlink": (saving(create_symlink=False), "default_hooks.checkpoint"),
    "sync_buffer": (saving(sync_buffer=False), "default_hooks.checkpoint"),
    "meta": (saving(meta=None), "default_hooks.checkpoint"),
    "save_begin": (saving(save_begin=-1), "default_hooks.checkpoint"),
    "another checkpoint hook": (saving(type="MyHook"), "default_hooks.checkpoint.type"),
    "another logger hook": (logging(type="MyHook"), "default_hooks.logger.type"),
    "prefix in backend_args": (
        saving(backend_args={"prefix": "s3"}),
        "default_hooks.checkpoint.backend_args",
    ),
    "unknown prefix": (
        saving(file_client_args={"prefix": "a"}),
        "default_hooks.checkpoint.file_client_args",
    ),
    "both storages": (
        saving(file_client_args=PETREL, backend_args=PETREL),
        "default_hooks.checkpoint",
    ),
    "disk as a backend": (
        saving(backend_args={"backend": "disk"}),
        "default_hooks.checkpoint.backend_args",
    ),
    "ceph": (
        saving(file_client_args={"backend": "ceph"}),
        "default_hooks.checkpoint.file_client_args",
    ),
    "no type": ({"default_hooks": {"timer": {}}}, "default_hooks.timer"),
    "no such hook": ({"default_hooks": {"optimizer": None}}, "default_hooks.optimizer"),
    "interval 0": (logging(interval=0), "default_hooks.logger.interval"),
    "interval -1": (logging(interval=-1), "default_hooks.logger.interval"),
    "interval of text": (logging(interval="10"), "default_hooks.logger.interval"),
    "ignore_last": (logging(ignore_last=1), "default_hooks.logger.ignore_last"),
    "by_epoch": (logging(by_epoch=False), "default_hooks.logger"),
    "reset_flag": (logging(reset_flag=False), "default_hooks.logger"),
    "interval_exp_name": (logging(interval_exp_name=0), "default_hooks.logger.interval_exp_name"),
    "keep_local": (logging(keep_local=None), "default_hooks.logger.keep_local"),
    "log out_dir": (logging(out_dir=1), "default_hooks.logger.out_dir"),
    "out_suffix": (logging(out_suffix=[1]), "default_hooks.logger.out_suffix"),
    "hook of text": ({"default_hooks": {"timer": "IterTimerHook"}}, "default_hooks.timer"),
    "another log processor": ({"log_processor": {"type": "MyProcessor"}}, "log_processor.type"),
    "log processor of text": ({"log_processor": "LogProcessor"}, "log_processor"),
    "another loop": ({"train_cfg": {"type": "MyLoop"}}, "train_cfg.type"),
    "loop of text": ({"train_cfg": "IterBasedTrainLoop"}, "train_cfg"),
    "test loop of text": ({"test_cfg": "TestLoop"}, "test_cfg"),
    "dist_cfg of None": ({"env_cfg": {"dist_cfg": None}}, "env_cfg"),
    "backend without type": (backends({"save_dir": "a"}), "visualizer.vis_backends[1]"),
    "client without out_dir": (logging(file_client_args=PETREL), "default_hooks.logger"),
    "interval of processor": ({"log_processor": {"interval": 9}}, "log_processor"),
    "window of text": ({"log_processor": {"window_size": "epoch"}}, "log_processor.window_size"),
    "log_dir": (
        backends({"type": "TensorboardVisBackend", "log_dir": "a"}),
        "visualizer.vis_backends[1]",
    ),
    "with_step": (
        backends({"type": "WandbVisBackend", "with_step": True}),
        "visualizer.vis_backends[1]",
    ),
    "two of a type": (
        backends(*2 * [{"type": "TensorboardVisBackend"}]),
        "visualizer.vis_backends[2]",
    ),
    "pavi": (backends({"type": "PaviVisBackend"}), "visualizer.vis_backends[1]"),
    "visualizer without type": ({"visualizer": {"vis_backends": []}}, "visualizer"),
    "visualizer without keys": ({"visualizer": {"type": "ConcatImageVisualizer"}}, "visualizer"),
    "type and by_epoch": ({"train_cfg": {**LOOP, "by_epoch": False}}, "train_cfg"),
    "neither": ({"train_cfg": {"max_iters": 9}}, "train_cfg"),
    "model keys in the loop": ({"train_cfg": {**LOOP, "disc_steps": 1}}, "train_cfg"),
    "epochs in an iteration loop": ({"train_cfg": {**TRAIN, "max_epochs": 9}}, "train_cfg"),
    "half an iteration": ({"train_cfg": {**TRAIN, "max_iters": 0.5}}, "train_cfg.max_iters"),
    "lists of intervals": (
        {"train_cfg": {**TRAIN, "dynamic_intervals": [[1, 2]]}},
        "train_cfg.dynamic_intervals",
    ),
    "model keys in test_cfg": ({"test_cfg": {"metrics": ["PSNR"]}}, "test_cfg"),
    "interval in val_cfg": ({"val_cfg": {"type": "MultiValLoop", "interval": 1}}, "val_cfg"),
    "env_cfg of None": ({"env_cfg": None}, "env_cfg"),
    "mp_cfg": ({"env_cfg": {"mp_cfg": {"cudnn_benchmark": True}}}, "env_cfg.mp_cfg"),
    "log_level": ({"log_level": "info"}, "log_level"),
}


@pytest.mark.parametrize(("new", "field"), REFUSED.values(), ids=REFUSED)
def test_new_refusal(new: Config, field: str) -> None:
    with pytest.raises(Unrunnable) as caught:
        new_settings({**NEW, **new})
    assert caught.value.field == field


OLD_REFUSED: dict[str, tuple[Config, str]] = {
    "interval": ({"log_config": {"hooks": []}}, "log_config"),
    "hooks": ({"log_config": {"interval": 1}}, "log_config"),
    "hook keyword": (hooks({**BOARD, "save_dir": "a"}), "log_config.hooks[1]"),
    "text keyword": (hooks(priority=1), "log_config.hooks[0]"),
    "client without out_dir": (hooks(file_client_args=PETREL), "log_config.hooks[0]"),
    "checkpoint keyword": (checkpoint_config(save_best="PSNR"), "checkpoint_config"),
    "checkpoint type": (checkpoint_config(type="MyHook"), "checkpoint_config.type"),
    "hook without type": (hooks({"log_dir": "a"}), "log_config.hooks[1]"),
    "log_level": ({"log_level": "info"}, "log_level"),
}


@pytest.mark.parametrize(("old", "field"), OLD_REFUSED.values(), ids=OLD_REFUSED)
def test_old_refusal(old: Config, field: str) -> None:
    with pytest.raises(Unrunnable) as caught:
        old_settings({**OLD, **old}, "mmedit")
    assert caught.value.field == field


def test_two_backends_of_a_type_with_names() -> None:
    board = {"type": "TensorboardVisBackend"}
    settings = new_settings({**NEW, **backends(board, {**board, "name": "other"})})
    assert [backend.kind for backend in settings.backends] == ["tensorboard", "tensorboard"]


def test_a_directory_of_the_visualizer_reaches_its_backends() -> None:
    settings = new_settings({**NEW, **backends({"type": "TensorboardVisBackend"}, save_dir="a")})
    assert settings.backends[0].kwargs == {"save_dir": "a/vis_data"}


def test_pavi_keywords() -> None:
    hook = {"type": "PaviLoggerHook", "init_kwargs": {"name": "n", "project": "p"}}
    settings = old_settings({**OLD, **hooks(hook)}, "mmedit")
    assert settings.backends[0].kwargs == {"exp_name": "n", "project": "p"}


def test_mmgen_saves_below_the_work_directory() -> None:
    assert differences({}, {}, "mmgen") == [
        Difference("checkpoint.out_dir", "<work_dir>/ckpt", None)
    ]
    wrong = differences(checkpoint_config(out_dir="a"), saving(out_dir="a"), "mmgen")
    assert wrong == [Difference("checkpoint.out_dir", "<work_dir>/a", "a")]
    assert differences(checkpoint_config(out_dir="/a"), saving(out_dir="/a"), "mmgen") == []


@pytest.mark.parametrize(
    ("codebase", "cfg", "loop"),
    [
        ("mmgen", {"runner": None, "total_iters": 5}, Loop("iter", 5)),
        ("mmgen", {"runner": None}, None),
        ("mmgen", {"runner": {"type": "DynamicIterBasedRunner"}}, None),
        ("mmgen", {"runner": {"type": "DynamicIterBasedRunner", "max_iters": 7}}, Loop("iter", 7)),
        (
            "mmgen",
            {"runner": {"type": "DynamicIterBasedRunner", "max_iters": 7}, "total_iters": 5},
            Loop("iter", 5),
        ),
        ("mmedit", {"runner": {"type": "IterBasedRunner", "max_iters": 7}}, None),
        ("other", {"runner": {"type": "EpochBasedRunner", "max_epochs": 2}}, Loop("epoch", 2)),
        ("other", {"runner": {"type": "IterBasedRunner", "max_iters": 7}}, Loop("iter", 7)),
        ("other", {"total_epochs": 2}, Loop("epoch", 2)),
        ("other", {"total_iters": 5}, Loop("iter", 5)),
        ("other", {}, None),
    ],
)
def test_old_loop(codebase: Codebase, cfg: Config, loop: Loop | None) -> None:
    assert old_settings(cfg, codebase).loop == loop


RUNNERS: list[Config] = [
    {"max_iters": 7},
    {"type": "MyRunner"},
    {"type": "IterBasedRunner", "max_iters": 7, "max_epochs": 1},
]


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_runner_that_cannot_be_read(runner: Config) -> None:
    with pytest.raises(Unrunnable):
        old_settings({"runner": runner}, "mmgen")


def test_epoch_runner_defaults() -> None:
    old = {
        "runner": {"type": "EpochBasedRunner", "max_epochs": 2},
        "checkpoint_config": {"interval": 1},
        "log_config": {"interval": 10, "hooks": [{"type": "TextLoggerHook"}]},
    }
    new = {"train_cfg": {"by_epoch": True, "max_epochs": 2}}
    assert compare(old_settings(old, "other"), new_settings(new)) == []
    iterations = {**old, "runner": {"type": "IterBasedRunner", "max_iters": 2}}
    paths = {item.path for item in compare(old_settings(iterations, "other"), new_settings(new))}
    assert paths == {
        "loop",
        "log_by_epoch",
        "checkpoint.by_epoch",
        "checkpoint.filename_tmpl",
    }


def test_missing_is_not_none() -> None:
    settings = old_settings({"model": {}}, "mmgen")
    assert settings.checkpoint is settings.logger is settings.window is MISSING
    assert settings.log_by_epoch is MISSING
    assert settings.load == Load(None, False)
    found = compare(settings, new_settings({"model": {}}))
    assert {item.path for item in found} == {"checkpoint", "logger", "window", "log_by_epoch"}
    assert all(item.old is MISSING for item in found)


def test_new_defaults() -> None:
    settings = new_settings({})
    assert isinstance(settings.checkpoint, Checkpoint)
    assert (settings.checkpoint.interval, settings.checkpoint.by_epoch) == (1, True)
    assert isinstance(settings.logger, Logger)
    assert (settings.logger.interval, settings.window) == (10, 10)
    assert settings.log_by_epoch == (True, True)
    assert settings.env.dist == {"backend": "nccl"}


@pytest.mark.parametrize(
    ("listed", "interval", "window", "workflow"),
    [
        # A hook also logs what one before it has made ready...
        ([{**BOARD, "interval": 5}, TEXT], 5, (5, 100), 1),
        ([{**BOARD, "interval": 30}, TEXT], (30, 100), (30, 100), 1),
        # ...unless that one resets the buffer, or comes behind.
        ([{**BOARD, "interval": 5, "reset_flag": True}, TEXT], 100, 100, 1),
        ([{"type": "NeptuneLoggerHook", "interval": 5}, TEXT], 100, 100, 1),
        ([TEXT, {**BOARD, "interval": 5}], 100, 100, 1),
        ([{**TEXT, "interval": -1}], -1, -1, 1),
        # By epoch it counts within one pass of the workflow.
        ([{**TEXT, "by_epoch": True}], -1, -1, 1),
        ([{**TEXT, "by_epoch": True}], 100, 100, 10000),
        ([{**TEXT, "by_epoch": True, "interval": 300}], (300, 10000), (300, 10000), 10000),
    ],
)
def test_hooks_share_a_buffer(
    listed: list[Config], interval: Any, window: Any, workflow: int
) -> None:
    log = {"interval": 100, "hooks": listed}
    settings = old_settings({**OLD, "log_config": log, "workflow": [("train", workflow)]}, "mmedit")
    assert isinstance(settings.logger, Logger)
    assert settings.logger.interval == interval
    assert settings.window == window


def test_ignore_last_of_a_service_counts_in_long_passes_only() -> None:
    log = hooks({**BOARD, "ignore_last": False})
    new = backends({"type": "TensorboardVisBackend"})
    assert differences(log, new) == []
    found = differences({**log, "workflow": [("train", 10000)]}, new)
    assert found == [Difference("backends[0].ignore_last", False, None)]
