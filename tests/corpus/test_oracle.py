"""The oracle has to be able to fail: for each setting one faithful rewrite and wrong ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

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

Config: TypeAlias = dict[str, Any]
Codebase: TypeAlias = Literal["mmedit", "mmgen", "other"]

TEXT: Config = {"type": "TextLoggerHook", "by_epoch": False}

OLD: Config = {
    "checkpoint_config": {"interval": 5000, "save_optimizer": True},
    "log_config": {"interval": 100, "hooks": [TEXT]},
    "total_iters": 300000,
    "workflow": [("train", 1)],
    "dist_params": {"backend": "nccl"},
    "log_level": "INFO",
    "load_from": None,
    "resume_from": None,
}

SAVE: Config = {"type": "CheckpointHook", "interval": 5000, "by_epoch": False}
LOG: Config = {"type": "LoggerHook", "interval": 100, "log_metric_by_epoch": False}
WINDOW: Config = {"type": "LogProcessor", "window_size": 100, "by_epoch": False}
LOOP: Config = {"type": "IterBasedTrainLoop", "max_iters": 300000, "val_interval": 5000}
NEW: Config = {
    "default_hooks": {"checkpoint": SAVE, "logger": LOG},
    "log_processor": WINDOW,
    "train_cfg": LOOP,
    "load_from": None,
    "resume": False,
}


def hooks(*services: Config, **text: Any) -> Config:
    """A log_config with these hooks behind the text logger."""
    return {"log_config": {"interval": 100, "hooks": [{**TEXT, **text}, *services]}}


def saving(**changes: Any) -> Config:
    """Default hooks with another checkpoint hook."""
    return {"default_hooks": {"checkpoint": {**SAVE, **changes}, "logger": LOG}}


def logging(**changes: Any) -> Config:
    """Default hooks with another logger hook."""
    return {"default_hooks": {"checkpoint": SAVE, "logger": {**LOG, **changes}}}


def backends(*listed: Config, **visualizer: Any) -> Config:
    """A visualizer with these backends behind the local one."""
    local = {"type": "LocalVisBackend"}
    return {"visualizer": {"type": "Visualizer", "vis_backends": [local, *listed], **visualizer}}


def checkpoint_config(**changes: Any) -> Config:
    """A checkpoint_config with these changes."""
    return {"checkpoint_config": {"interval": 5000, **changes}}


class Case(NamedTuple):
    """Changes to OLD, the faithful changes to NEW, and unfaithful ones by what they change."""

    old: Config
    faithful: Config
    wrong: Mapping[str, Config]


PETREL = {"backend": "petrel", "path_mapping": {"a": "s3://a"}}
BOARD: Config = {"type": "TensorboardLoggerHook"}

CASES: dict[str, Case] = {
    "plain": Case(
        {},
        {},
        {
            "checkpoint": {"default_hooks": {"checkpoint": None, "logger": LOG}},
            "checkpoint.interval checkpoint.by_epoch checkpoint.filename_tmpl": {
                "default_hooks": {"logger": LOG}
            },
            "checkpoint.by_epoch checkpoint.filename_tmpl": {
                "default_hooks": {
                    "checkpoint": {"type": "CheckpointHook", "interval": 5000},
                    "logger": LOG,
                }
            },
            "logger log_by_epoch window": {"default_hooks": {"checkpoint": SAVE, "logger": None}},
            "window": {"log_processor": {"by_epoch": False}},
            "log_by_epoch window": {"log_processor": None},
            "log_by_epoch": {"log_processor": {**WINDOW, "by_epoch": True}},
            "logger.json": {"visualizer": {"type": "Visualizer"}},
            "loop": {"train_cfg": {**LOOP, "max_iters": 300001}},
        },
    ),
    "checkpoint interval": Case(
        checkpoint_config(interval=12310),
        saving(interval=12310),
        {"checkpoint.interval": saving(interval=12300)},
    ),
    "checkpoint without interval": Case(
        {"checkpoint_config": {}},
        saving(interval=-1),
        {"checkpoint.interval": saving(interval=1)},
    ),
    "save_optimizer": Case(
        checkpoint_config(save_optimizer=False),
        saving(save_optimizer=False),
        {"checkpoint.save_optimizer": saving()},
    ),
    "max_keep_ckpts": Case(
        checkpoint_config(max_keep_ckpts=3),
        saving(max_keep_ckpts=3),
        {"checkpoint.max_keep_ckpts": saving(max_keep_ckpts=10)},
    ),
    "save_last": Case(
        checkpoint_config(save_last=False),
        saving(save_last=False),
        {
            "checkpoint.save_last": saving(),
            "checkpoint.save_last checkpoint.save_begin": saving(save_begin=9),
        },
    ),
    "out_dir": Case(
        checkpoint_config(out_dir="s3://a/b"),
        saving(out_dir="s3://a/b"),
        {"checkpoint.out_dir": saving()},
    ),
    "empty out_dir": Case(
        checkpoint_config(out_dir=""), saving(), {"checkpoint.out_dir": saving(out_dir="")}
    ),
    "filename_tmpl": Case(
        checkpoint_config(filename_tmpl="step_{}.pth"),
        saving(filename_tmpl="step_{}.pth"),
        {"checkpoint.filename_tmpl": saving()},
    ),
    "file_client_args": Case(
        checkpoint_config(file_client_args=PETREL),
        saving(backend_args=PETREL),
        {"checkpoint.file_backend": saving(backend_args={"backend": "petrel"})},
    ),
    "disk is local": Case(
        checkpoint_config(file_client_args={"backend": "disk"}),
        saving(backend_args={"backend": "local"}),
        {"checkpoint.file_backend": saving()},
    ),
    "a prefix is a backend": Case(
        checkpoint_config(file_client_args={"prefix": "s3", "enable_mc": True}),
        saving(backend_args={"backend": "petrel", "enable_mc": True}),
        {"checkpoint.file_backend": saving(backend_args={"enable_mc": True})},
    ),
    "a client without arguments is the disk": Case(
        checkpoint_config(file_client_args={}),
        saving(file_client_args={"backend": "disk"}),
        {"checkpoint.file_backend": saving(backend_args={})},
    ),
    "what 1.x has no use for": Case(
        checkpoint_config(type="CheckpointHook", create_symlink=False, meta={}, max_keep_ckpts=0),
        saving(priority="LOW", save_best="PSNR", rule="greater", max_keep_ckpts=-5),
        {"checkpoint.max_keep_ckpts": saving(max_keep_ckpts=1)},
    ),
    "no checkpoint": Case(
        {"checkpoint_config": None},
        {"default_hooks": {"checkpoint": None, "logger": LOG}},
        {"checkpoint": {"default_hooks": {"logger": LOG}}},
    ),
    "by epoch an iteration runner saves nothing": Case(
        checkpoint_config(by_epoch=True),
        {"default_hooks": {"checkpoint": None, "logger": LOG}},
        {"checkpoint": saving(by_epoch=True)},
    ),
    "no logger": Case(
        {"log_config": None},
        {"default_hooks": {"checkpoint": SAVE, "logger": None}},
        {"logger window log_by_epoch": {}},
    ),
    "no hooks": Case(
        {"log_config": {"interval": 5, "hooks": []}},
        {"default_hooks": {"checkpoint": SAVE, "logger": None}},
        {"logger window log_by_epoch": {}},
    ),
    "own interval": Case(
        hooks(interval=20),
        {**logging(interval=20), "log_processor": {**WINDOW, "window_size": 20}},
        {"logger.interval window": {}, "window": logging(interval=20)},
    ),
    "mean_pattern": Case(
        {},
        {"log_processor": {**WINDOW, "mean_pattern": ".*"}},
        {
            "window": {"log_processor": {**WINDOW, "mean_pattern": "psnr"}},
            "log_by_epoch window": {"log_processor": {"window_size": 50}},
        },
    ),
    "metrics by epoch": Case({}, {}, {"log_by_epoch": logging(log_metric_by_epoch=True)}),
    "ignore_last": Case(
        hooks(ignore_last=False),
        logging(ignore_last=False),
        {"logger.ignore_last": {}},
    ),
    "interval_exp_name": Case(
        hooks(interval_exp_name=50),
        logging(interval_exp_name=50),
        {"logger.interval_exp_name": {}},
    ),
    "log out_dir": Case(
        hooks(out_dir="s3://log", keep_local=False, file_client_args={"backend": "petrel"}),
        logging(out_dir="s3://log", keep_local=False, backend_args={"backend": "petrel"}),
        {
            "logger.out_dir": logging(
                out_dir="log", keep_local=False, backend_args={"backend": "petrel"}
            ),
            "logger.keep_local": logging(
                out_dir="s3://log", file_client_args={"backend": "petrel"}
            ),
            "logger.file_backend": logging(out_dir="s3://log", keep_local=False),
        },
    ),
    "out_suffix": Case(
        hooks(out_suffix=(".log.json", ".log")),
        logging(out_suffix=(".json", ".log")),
        {"logger.out_suffix": logging(out_suffix=(".log.json", ".log"))},
    ),
    "one out_suffix": Case(
        hooks(out_suffix=".txt"),
        logging(out_suffix=[".txt"]),
        {"logger.out_suffix": logging(out_suffix=".py")},
    ),
    "explicit out_suffix": Case(
        hooks(out_suffix=[".log.json", ".log", ".py"]),
        logging(out_suffix=(".py", ".log", ".json")),
        {"logger.out_suffix": logging(out_suffix=(".py", ".log"))},
    ),
    "IterTextLoggerHook": Case(
        {"log_config": {"interval": 100, "hooks": [{"type": "IterTextLoggerHook"}]}},
        {"visualizer": {"type": "mmagic.Visualizer", "vis_backends": {"type": "VisBackend"}}},
        {"backends": backends({"type": "TensorboardVisBackend"})},
    ),
    "tensorboard": Case(
        hooks(BOARD),
        backends({"type": "TensorboardVisBackend"}),
        {
            "backends": {},
            "backends[0].save_dir": backends({"type": "TensorboardVisBackend", "save_dir": "a"}),
            "backends logger.json": backends({"type": "TensorboardVisBackend"}, save_dir=None),
        },
    ),
    "tensorboard directory": Case(
        hooks({**BOARD, "log_dir": "tb", "interval": 100, "ignore_last": False}),
        backends({"type": "TensorboardVisBackend", "save_dir": "tb"}),
        {
            "backends[0].save_dir": backends({"type": "TensorboardVisBackend"}),
            "backends": backends({"type": "TensorboardVisBackend", "save_dir": None}),
        },
    ),
    "order of backends": Case(
        hooks(BOARD, {"type": "ClearMLLoggerHook"}),
        backends({"type": "TensorboardVisBackend"}, {"type": "ClearMLVisBackend"}),
        {"backends": backends({"type": "ClearMLVisBackend"}, {"type": "TensorboardVisBackend"})},
    ),
    "wandb": Case(
        hooks({"type": "WandbLoggerHook", "init_kwargs": {"project": "p"}, "commit": False}),
        backends({"type": "WandbVisBackend", "init_kwargs": {"project": "p"}, "commit": False}),
        {
            "backends[0].commit": backends(
                {"type": "WandbVisBackend", "init_kwargs": {"project": "p"}}
            ),
            "backends[0].init_kwargs": backends(
                {"type": "WandbVisBackend", "init_kwargs": {"project": "q"}, "commit": False}
            ),
        },
    ),
    "wandb defaults": Case(
        hooks({"type": "WandbLoggerHook", "init_kwargs": {}, "with_step": True}),
        backends({"type": "mmengine.WandbVisBackend", "commit": True, "init_kwargs": {}}),
        {"backends": backends({"type": "MLflowVisBackend"})},
    ),
    "mlflow": Case(
        hooks({"type": "MlflowLoggerHook", "exp_name": "e", "tags": {"a": 1}}),
        backends({"type": "MLflowVisBackend", "exp_name": "e", "tags": {"a": 1}}),
        {"backends[0].tags": backends({"type": "MLflowVisBackend", "exp_name": "e"})},
    ),
    "neptune without arguments is online": Case(
        hooks({"type": "NeptuneLoggerHook"}),
        backends({"type": "NeptuneVisBackend", "init_kwargs": {}}),
        {"backends[0].init_kwargs": backends({"type": "NeptuneVisBackend"})},
    ),
    "dvclive": Case(
        hooks({"type": "DvcliveLoggerHook", "path": "d"}),
        backends({"type": "DVCLiveVisBackend", "init_kwargs": {"path": "d"}}),
        {"backends[0].init_kwargs": backends({"type": "DVCLiveVisBackend"})},
    ),
    "cudnn_benchmark": Case(
        {"cudnn_benchmark": True},
        {"env_cfg": {"cudnn_benchmark": True}},
        {"env.cudnn_benchmark": {"cudnn_benchmark": True}},
    ),
    "opencv_num_threads": Case(
        {"opencv_num_threads": 2},
        {"env_cfg": {"mp_cfg": {"opencv_num_threads": 2}}},
        {"env.opencv_num_threads": {"env_cfg": {"mp_cfg": {"opencv_num_threads": 4}}}},
    ),
    "mp_start_method": Case(
        {"mp_start_method": "spawn"},
        {"env_cfg": {"mp_cfg": {"mp_start_method": "spawn"}}},
        {"env.mp_start_method": {"mp_start_method": "spawn"}},
    ),
    "dist_params": Case(
        {"dist_params": {"backend": "gloo", "port": 1}},
        {"env_cfg": {"dist_cfg": {"backend": "gloo", "port": 1}}},
        {"env.dist": {"env_cfg": {"dist_cfg": {"port": 1}}}},
    ),
    "load_from": Case(
        {"load_from": "p"}, {"load_from": "p"}, {"load": {"load_from": "p", "resume": True}}
    ),
    "empty load_from": Case({"load_from": ""}, {}, {"load": {"load_from": ""}}),
    "resume_from wins": Case(
        {"load_from": "p", "resume_from": "r"},
        {"load_from": "r", "resume": True},
        {"load": {"load_from": "p", "resume": True}},
    ),
    "auto_resume is read by neither": Case(
        {"auto_resume": True}, {"resume": None}, {"load": {"resume": True}}
    ),
    "total_iters": Case(
        {"total_iters": 1000},
        {"train_cfg": {"by_epoch": False, "max_iters": 1e3}},
        {
            "loop": {"train_cfg": {"by_epoch": True, "max_epochs": 1000}},
        },
    ),
    "mmedit has no runner": Case(
        {"runner": {"type": "EpochBasedRunner", "max_epochs": 2}},
        {},
        {"loop": {"train_cfg": {"type": "EpochBasedTrainLoop", "max_epochs": 2}}},
    ),
    "a base without a loop": Case(
        {"total_iters": None},
        {"train_cfg": {"type": "IterBasedTrainLoop", "val_interval": 5}},
        {"loop": {}},
    ),
    "log_level alias": Case(
        {"log_level": "WARN"}, {"log_level": "WARNING"}, {"log_level": {"log_level": 40}}
    ),
    "log_level": Case(
        {"log_level": "DEBUG"}, {"log_level": 10}, {"log_level": {"log_level": "INFO"}}
    ),
}


def differences(old: Config, new: Config, codebase: Codebase = "mmedit") -> list[Difference]:
    """How NEW with these changes differs from OLD with those."""
    return compare(old_settings({**OLD, **old}, codebase), new_settings({**NEW, **new}))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_faithful(case: Case) -> None:
    assert differences(case.old, case.faithful) == []


@pytest.mark.parametrize(
    ("case", "paths"),
    [
        pytest.param(case, paths, id=f"{name}: {paths}")
        for name, case in CASES.items()
        for paths in case.wrong
    ],
)
def test_wrong(case: Case, paths: str) -> None:
    found = differences(case.old, case.wrong[paths])
    assert sorted(item.path for item in found) == sorted(paths.split())


UNKEPT: dict[str, tuple[Config, Config, str]] = {
    "a val phase": ({"workflow": [("train", 1), ("val", 1)]}, {}, "workflow_val"),
    "buffers": (checkpoint_config(sync_buffer=True), saving(), "checkpoint.sync_buffer"),
    "segmind": (hooks({"type": "SegmindLoggerHook"}), {}, "backends"),
    "pavi": (hooks({"type": "PaviLoggerHook"}), {}, "backends"),
    "with_step": (
        hooks({"type": "WandbLoggerHook", "with_step": False}),
        backends({"type": "WandbVisBackend"}),
        "backends[0].with_step",
    ),
    "log_model": (
        hooks({"type": "MlflowLoggerHook", "log_model": False}),
        backends({"type": "MLflowVisBackend"}),
        "backends[0].log_model",
    ),
    "model_file": (
        hooks({"type": "DvcliveLoggerHook", "model_file": "m"}),
        backends({"type": "DVCLiveVisBackend"}),
        "backends[0].model_file",
    ),
    "a slower service is averaged for itself": (
        hooks({**BOARD, "interval": 1000}),
        backends({"type": "TensorboardVisBackend"}),
        "backends[0].window",
    ),
    "no text": (
        {"log_config": {"interval": 100, "hooks": [BOARD]}},
        backends({"type": "TensorboardVisBackend"}),
        "logger.text logger.json",
    ),
    "a second text hook": (hooks(TEXT), {}, "backends"),
    "a faster service behind": (
        hooks({**BOARD, "interval": 20}),
        backends({"type": "TensorboardVisBackend"}),
        "backends[0].interval backends[0].window",
    ),
    "an unknown service": (hooks({"type": "MyHook"}), {}, "backends"),
    "a custom_cfg": (
        {},
        {"log_processor": {**WINDOW, "custom_cfg": [{"data_src": "loss", "window_size": 1}]}},
        "window",
    ),
}


@pytest.mark.parametrize(("old", "new", "paths"), UNKEPT.values(), ids=UNKEPT)
def test_what_cannot_be_kept_is_seen(old: Config, new: Config, paths: str) -> None:
    assert {item.path for item in differences(old, new)} == set(paths.split())


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
