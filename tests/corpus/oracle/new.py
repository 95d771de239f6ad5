"""Runtime settings of a 1.x config, as Runner.from_cfg of mmengine 0.10.7 reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from .compare import (
    NEVER,
    ByEpoch,
    Checkpoint,
    Env,
    Load,
    Logger,
    Loop,
    Settings,
    Unrunnable,
    level_name,
    plain,
    unknown_keys,
)
from .files import NEW_FILES, NEW_SUFFIX, new_backend, suffix_kinds
from .new_log import backend_settings, type_name, window

# mmengine/runner/runner.py:1948-1955
DEFAULT_HOOKS: Mapping[str, Mapping[str, Any]] = {
    "runtime_info": {"type": "RuntimeInfoHook"},
    "timer": {"type": "IterTimerHook"},
    "sampler_seed": {"type": "DistSamplerSeedHook"},
    "logger": {"type": "LoggerHook"},
    "param_scheduler": {"type": "ParamSchedulerHook"},
    "checkpoint": {"type": "CheckpointHook", "interval": 1},
}

# mmengine/hooks/checkpoint_hook.py:131-148. Its **kwargs go to runner.save_checkpoint, which has
# no parameter left for them (checkpoint_hook.py:443, runner.py:2147): TypeError when saving.
# register_hook takes `priority` for itself (runner.py:1875).
CHECKPOINT_HOOK = frozenset(
    """
    type priority interval by_epoch save_optimizer save_param_scheduler out_dir
    max_keep_ckpts save_last save_best rule greater_keys less_keys file_client_args
    filename_tmpl backend_args published_keys save_begin
    """.split()
)

# mmengine/hooks/logger_hook.py:77-86
LOGGER_HOOK = frozenset(
    """
    type priority interval ignore_last interval_exp_name out_dir out_suffix keep_local
    file_client_args log_metric_by_epoch backend_args
    """.split()
)

# mmengine/utils/dl_utils/setup_env.py:9-11; the runner adds `distributed` (runner.py:670).
MP_CFG = frozenset({"mp_start_method", "opencv_num_threads"})

# mmengine/runner/loops.py:38-45, 214-221
TRAIN_LOOPS = {
    kind: frozenset({"type", f"max_{kind}s", "val_begin", "val_interval", "dynamic_intervals"})
    for kind in ("iter", "epoch")
}
TRAIN_LOOP_KINDS = {"IterBasedTrainLoop": "iter", "EpochBasedTrainLoop": "epoch"}

# mmengine/runner/loops.py:342,429; mmagic/engine/runner/multi_loops.py:79,334; mmgen 1.0.0rc0
# engine/runners/loops.py:23,106.
OTHER_LOOPS = {
    "ValLoop": frozenset({"type", "fp16"}),
    "TestLoop": frozenset({"type", "fp16"}),
    "MultiValLoop": frozenset({"type", "fp16"}),
    "MultiTestLoop": frozenset({"type", "fp16"}),
    "GenValLoop": frozenset({"type"}),
    "GenTestLoop": frozenset({"type"}),
}


def new_settings(cfg: Mapping[str, Any]) -> Settings:
    """The settings of a fully merged 1.x config; Unrunnable where MMEngine would refuse them."""
    cfg = plain(cfg)
    hooks = _hooks(cfg.get("default_hooks"))
    backends, local = backend_settings(cfg.get("visualizer"))
    lines, averaged = window(cfg.get("log_processor"))
    logger, metrics = _logger(hooks.get("logger"), local)
    for name in ("val_cfg", "test_cfg"):
        _other_loop(cfg.get(name), name)
    return Settings(
        checkpoint=_checkpoint(hooks.get("checkpoint")),
        logger=logger,
        window=None if logger is None else averaged,
        log_by_epoch=None if logger is None else ByEpoch(lines, metrics),
        backends=backends,
        env=_env(cfg),
        # runner.py:1679-1700: load_from by being None, resume by truth.
        load=Load(cfg.get("load_from"), bool(cfg.get("resume", False))),
        loop=_train_loop(cfg.get("train_cfg")),
        workflow_val=False,
        log_level=level_name(cfg.get("log_level", "INFO")),
    )


def _hooks(given: Any) -> dict[str, Mapping[str, Any]]:
    """An entry replaces the built-in one, None removes it (runner.py:1956-1963)."""
    hooks = dict(DEFAULT_HOOKS)
    for name, hook in ({} if given is None else given).items():
        field = f"default_hooks.{name}"
        if hook is None:
            if name not in DEFAULT_HOOKS:
                raise Unrunnable(field, "None for a hook that is not built in")
            hooks.pop(name, None)
        elif not isinstance(hook, Mapping):
            raise Unrunnable(field, "neither a dict nor None")
        elif "type" not in hook:
            raise Unrunnable(field, "no type to build it from")
        else:
            hooks[name] = hook
    return hooks


def _checkpoint(hook: Mapping[str, Any] | None) -> Checkpoint | None:
    """mmengine/hooks/checkpoint_hook.py:131-178."""
    if hook is None:
        return None
    field = "default_hooks.checkpoint"
    _is_type(hook, "CheckpointHook", field)
    unknown_keys(hook, CHECKPOINT_HOOK, field)
    by_epoch = bool(hook.get("by_epoch", True))
    template, out_dir = hook.get("filename_tmpl"), hook.get("out_dir")
    interval, keep = hook.get("interval", -1), hook.get("max_keep_ckpts", -1)
    if hook.get("save_begin", 0) < 0:
        raise Unrunnable(field, "save_begin below 0")
    return Checkpoint(
        interval=interval if interval > 0 else NEVER,
        by_epoch=by_epoch,
        save_optimizer=bool(hook.get("save_optimizer", True)),
        max_keep_ckpts=keep if keep > 0 else -1,
        save_last=bool(hook.get("save_last", True)),
        save_begin=hook.get("save_begin", 0),
        sync_buffer=False,
        out_dir=None if out_dir is None else str(out_dir),  # '' stays: checkpoint_hook.py:267
        filename_tmpl=("epoch_{}.pth" if by_epoch else "iter_{}.pth")
        if template is None
        else template,
        file_backend=new_backend(hook, field),
    )


def _logger(hook: Mapping[str, Any] | None, local: bool) -> tuple[Logger | None, bool]:
    """The logger, and whether it counts validation in epochs (logger_hook.py:77-145,255)."""
    if hook is None:
        return None, False
    field = "default_hooks.logger"
    _is_type(hook, "LoggerHook", field)
    unknown_keys(hook, LOGGER_HOOK, field)
    _check_logger(hook, field)
    out_dir = hook.get("out_dir")
    logger = Logger(
        interval=hook.get("interval", 10),
        ignore_last=hook.get("ignore_last", True),
        interval_exp_name=hook.get("interval_exp_name", 1000),
        out_dir=None if out_dir is None else str(out_dir),
        out_suffix=suffix_kinds(hook.get("out_suffix", NEW_SUFFIX), NEW_SUFFIX, NEW_FILES),
        keep_local=hook.get("keep_local", True),
        # Without out_dir nothing is copied, and backend_args are not used (logger_hook.py:136).
        file_backend={} if out_dir is None else new_backend(hook, field),
        text=True,
        json=local,
    )
    return logger, bool(hook.get("log_metric_by_epoch", True))


def _check_logger(hook: Mapping[str, Any], field: str) -> None:
    """mmengine/hooks/logger_hook.py:88-125."""
    for key in ("interval", "interval_exp_name"):
        if not isinstance(hook.get(key, 1), int) or hook.get(key, 1) <= 0:
            raise Unrunnable(f"{field}.{key}", "not an integer above 0")
    for key in ("ignore_last", "keep_local"):
        if not isinstance(hook.get(key, True), bool):
            raise Unrunnable(f"{field}.{key}", "not a boolean")
    if not isinstance(hook.get("out_dir", ""), (str, PurePath, type(None))):
        raise Unrunnable(f"{field}.out_dir", "neither a string nor a Path")
    suffix = hook.get("out_suffix", "")
    if not isinstance(suffix, str) and not all(isinstance(item, str) for item in suffix):
        raise Unrunnable(f"{field}.out_suffix", "neither a string nor a sequence of them")
    if hook.get("out_dir") is None and hook.get("file_client_args") is not None:
        raise Unrunnable(field, "file_client_args without out_dir")


def _is_type(hook: Mapping[str, Any], expected: str, field: str) -> None:
    if type_name(hook["type"]) != expected:
        raise Unrunnable(f"{field}.type", f"only {expected} can be read")


def _env(cfg: Mapping[str, Any]) -> Env:
    """mmengine/runner/runner.py:648-675; mmengine/dist/utils.py:56 defaults to nccl."""
    env = cfg.get("env_cfg", {})
    mp = env.get("mp_cfg", {}) if isinstance(env, Mapping) else None
    dist = env.get("dist_cfg", {}) if isinstance(env, Mapping) else None
    if not isinstance(mp, Mapping) or not isinstance(dist, Mapping):
        raise Unrunnable("env_cfg", "env_cfg, mp_cfg and dist_cfg have to be dicts")
    unknown_keys(mp, MP_CFG, "env_cfg.mp_cfg")
    return Env(
        cudnn_benchmark=bool(env.get("cudnn_benchmark")),
        opencv_num_threads=mp.get("opencv_num_threads", 0),
        mp_start_method=mp.get("mp_start_method", "fork"),
        dist={"backend": "nccl", **dist},
    )


def _train_loop(loop: Any) -> Loop | None:
    """mmengine/runner/runner.py:1485-1532. Without a length there is a loop to complete, no run."""
    if loop is None:
        return None
    if not isinstance(loop, Mapping):
        raise Unrunnable("train_cfg", "neither a dict nor None")
    if ("type" in loop) == ("by_epoch" in loop):
        raise Unrunnable("train_cfg", "takes one of type and by_epoch")
    name = type_name(loop["type"]) if "type" in loop else None
    kind = TRAIN_LOOP_KINDS.get(name) if name else "epoch" if loop["by_epoch"] else "iter"
    if kind is None:
        raise Unrunnable("train_cfg.type", f"{name} cannot be read")
    unknown_keys({k: v for k, v in loop.items() if k != "by_epoch"}, TRAIN_LOOPS[kind], "train_cfg")
    if not all(isinstance(item, tuple) for item in loop.get("dynamic_intervals") or ()):
        raise Unrunnable("train_cfg.dynamic_intervals", "not a list of tuples")  # utils.py:37
    length = loop.get(f"max_{kind}s")
    if length is not None and int(length) != length:
        raise Unrunnable(f"train_cfg.max_{kind}s", "not a whole number")  # loops.py:48,224
    return None if length is None else Loop(kind, length)


def _other_loop(loop: Any, field: str) -> None:
    """mmengine/runner/runner.py:1534-1617."""
    if loop is None:
        return
    if not isinstance(loop, Mapping):
        raise Unrunnable(field, "neither a dict nor None")
    accepted = OTHER_LOOPS.get(type_name(loop["type"]) if "type" in loop else "ValLoop")
    if accepted is not None:
        unknown_keys(loop, accepted, field)
