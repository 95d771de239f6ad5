"""Hand-written pairs of 0.x and 1.x settings for the oracle's own tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from tests.corpus.oracle import (
    Difference,
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


def differences(old: Config, new: Config, codebase: Codebase = "mmedit") -> list[Difference]:
    """How NEW with these changes differs from OLD with those."""
    return compare(old_settings({**OLD, **old}, codebase), new_settings({**NEW, **new}))


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
