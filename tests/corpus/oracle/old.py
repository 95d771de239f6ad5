"""Runtime settings of a 0.x config, as the trainers of mmedit 0.16.1 and mmgen 0.7.3 read it.

The two call MMCV the same way: register_training_hooks on checkpoint_config and log_config, then
run() with total_iters (mmedit/apis/train.py:180-238, mmgen/apis/train.py:157-207). Neither reads
`auto_resume`, nor does MMCV. mmedit never reads `runner`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os.path import isabs
from typing import Any, Literal, TypeAlias

from .compare import (
    MISSING,
    NEVER,
    Checkpoint,
    Env,
    Load,
    Loop,
    Missing,
    Settings,
    Unrunnable,
    level_name,
    plain,
    unknown_keys,
)
from .files import OLD_CLIENTS, file_client
from .old_log import logging_settings

Codebase: TypeAlias = Literal["mmedit", "mmgen", "other"]

# mmcv/runner/hooks/checkpoint.py:52-61, then what runner.save_checkpoint takes of its **kwargs
# (iter_based_runner.py:190-197, epoch_based_runner.py:141-147).
CHECKPOINT_HOOK = frozenset(
    {
        "type",
        "interval",
        "by_epoch",
        "save_optimizer",
        "out_dir",
        "max_keep_ckpts",
        "save_last",
        "sync_buffer",
        "file_client_args",
        "filename_tmpl",
        "create_symlink",
        "meta",
    }
)


@dataclass(frozen=True)
class Run:
    """The runner that gets built, and how many iterations one pass of its workflow trains."""

    kind: Literal["iter", "epoch"]
    pass_length: int
    own: Mapping[str, Any]


def old_settings(cfg: Mapping[str, Any], codebase: Codebase) -> Settings:
    """The settings of a fully merged 0.x config.

    A missing checkpoint_config or log_config is MISSING: both trainers stop with AttributeError.
    The other keys they read that way mean nothing more than the default when they are missing.
    """
    cfg = plain(cfg)
    run = _run(cfg, codebase)
    log = logging_settings(cfg.get("log_config", MISSING), run.kind, run.pass_length)
    return Settings(
        checkpoint=_checkpoint(cfg.get("checkpoint_config", MISSING), run, codebase),
        logger=log.logger,
        window=log.window,
        log_by_epoch=log.by_epoch,
        backends=log.backends,
        env=_env(cfg),
        load=_load(cfg),
        loop=_loop(cfg, run),
        workflow_val=any(phase == "val" for phase, _ in cfg.get("workflow") or ()),
        log_level=level_name(cfg.get("log_level", "INFO")),
    )


def _run(cfg: Mapping[str, Any], codebase: Codebase) -> Run:
    """mmedit: always IterBasedRunner (apis/train.py:170,294). mmgen: that when `runner` is falsy,
    else what it names (apis/train.py:119-139); only DynamicIterBasedRunner takes the use_apex_amp
    passed there, but an iteration runner is read as one all the same.
    """
    own = {} if codebase == "mmedit" else cfg.get("runner") or {}
    passes = [length for phase, length in cfg.get("workflow") or () if phase == "train"]
    return Run(_kind(cfg, own, codebase), passes[0] if passes else 1, own)


def _kind(
    cfg: Mapping[str, Any], own: Mapping[str, Any], codebase: Codebase
) -> Literal["iter", "epoch"]:
    if not own:
        epochs = codebase == "other" and cfg.get("total_iters") is None
        return "epoch" if epochs else "iter"
    if "type" not in own:
        raise Unrunnable("runner", "no type to build it from")
    name = str(own["type"])
    if name == "Runner" or "Epoch" in name:  # Runner: epoch_based_runner.py:190
        return "epoch"
    if "Iter" in name:
        return "iter"
    raise Unrunnable("runner.type", f"{name} may count in iterations or in epochs")


def _checkpoint(
    config: Mapping[str, Any] | Missing | None, run: Run, codebase: Codebase
) -> Checkpoint | Missing | None:
    """mmcv/runner/base_runner.py:466-475, hooks/checkpoint.py:52-71."""
    if config is None or isinstance(config, Missing):
        return config
    if config.get("type", "CheckpointHook") != "CheckpointHook":
        raise Unrunnable("checkpoint_config.type", "only CheckpointHook can be read")
    unknown_keys(config, CHECKPOINT_HOOK, "checkpoint_config")
    by_epoch = bool(config.get("by_epoch", run.kind == "epoch"))  # iter_based_runner.py:272
    if by_epoch and run.kind == "iter":
        # By epoch it acts in after_train_epoch only (checkpoint.py:103), which iteration runners
        # never call (iter_based_runner.py:93-152): nothing is ever saved.
        return None
    interval, keep = config.get("interval", -1), config.get("max_keep_ckpts", -1)
    return Checkpoint(
        interval=interval if interval > 0 else NEVER,  # hook.py:56-62
        by_epoch=by_epoch,
        save_optimizer=bool(config.get("save_optimizer", True)),
        max_keep_ckpts=keep if keep > 0 else -1,  # checkpoint.py:135
        save_last=bool(config.get("save_last", True)),
        save_begin=0,
        sync_buffer=bool(config.get("sync_buffer", False)),
        out_dir=_out_dir(config, codebase),
        filename_tmpl=config.get("filename_tmpl", f"{run.kind}_{{}}.pth"),
        file_backend=file_client(
            config.get("file_client_args"), "checkpoint_config.file_client_args", OLD_CLIENTS
        ),
    )


def _out_dir(config: Mapping[str, Any], codebase: Codebase) -> str | None:
    """mmgen puts it below the work directory and defaults it to ckpt (apis/train.py:158-160);
    elsewhere a falsy one is the work directory itself (hooks/checkpoint.py:73).
    """
    if codebase != "mmgen":
        return config.get("out_dir") or None
    out_dir = str(config.get("out_dir", "ckpt"))
    return out_dir if isabs(out_dir) else f"<work_dir>/{out_dir}"


def _env(cfg: Mapping[str, Any]) -> Env:
    """mmedit: tools/train.py:85,103, utils/setup_env.py:14,25; mmgen: tools/train.py:86-91,129,161.

    init_dist itself takes nccl for granted (mmcv/runner/dist_utils.py:37).
    """
    return Env(
        cudnn_benchmark=bool(cfg.get("cudnn_benchmark", False)),
        opencv_num_threads=cfg.get("opencv_num_threads", 0),
        mp_start_method=cfg.get("mp_start_method", "fork"),
        dist={"backend": "nccl", **(cfg.get("dist_params") or {})},
    )


def _load(cfg: Mapping[str, Any]) -> Load:
    """mmedit/apis/train.py:234-237, mmgen/apis/train.py:203-206: by truth, resume_from first."""
    if cfg.get("resume_from"):
        return Load(cfg["resume_from"], True)
    return Load(cfg.get("load_from") or None, False)


def _loop(cfg: Mapping[str, Any], run: Run) -> Loop | None:
    """What run() is given beats what the runner was built with (iter_based_runner.py:111-117,
    epoch_based_runner.py:95-102). mmgen gives total_iters to whichever runner it has, which an
    epoch runner takes for epochs; the last resort is for trainers that have only total_epochs.
    """
    if run.own.get("max_iters") is not None and run.own.get("max_epochs") is not None:
        raise Unrunnable("runner", "both max_iters and max_epochs")  # base_runner.py:135
    candidates = [cfg.get("total_iters"), run.own.get(f"max_{run.kind}s")]
    if run.kind == "epoch":
        candidates.append(cfg.get("total_epochs"))
    length = next((value for value in candidates if value is not None), None)
    return None if length is None else Loop(run.kind, length)
