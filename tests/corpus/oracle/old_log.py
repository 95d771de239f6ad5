"""What MMCV's logger hooks amount to when they run side by side on one log buffer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .compare import (
    MISSING,
    NEVER,
    Backend,
    ByEpoch,
    Logger,
    Missing,
    Period,
    Unrunnable,
    unknown_keys,
)
from .files import OLD_CLIENTS, OLD_FILES, OLD_SUFFIX, file_client, suffix_kinds

Hook: TypeAlias = Mapping[str, Any]

# mmcv/runner/hooks/logger/base.py:25-28
COMMON = frozenset({"type", "interval", "ignore_last", "reset_flag", "by_epoch"})

# mmcv/runner/hooks/logger/text.py:56-65
TEXT_HOOK = COMMON | {"interval_exp_name", "out_dir", "out_suffix", "keep_local"}
TEXT_HOOK |= {"file_client_args"}

# IterTextLoggerHook is registered nowhere, so the two mmedit files that name it cannot train. They
# are read as what they mean, or the rest of them would go unjudged.
TEXT_HOOKS = frozenset({"TextLoggerHook", "IterTextLoggerHook"})

# Type: kind, and the defaults of what the hook takes on top of COMMON. All in
# mmcv/runner/hooks/logger: tensorboard.py:26, wandb.py:63, mlflow.py:39, pavi.py:70,
# neptune.py:46, clearml.py:33, dvclive.py:37, segmind.py:25.
SERVICES: dict[str, tuple[str, dict[str, Any]]] = {
    "TensorboardLoggerHook": ("tensorboard", {"log_dir": None}),
    "WandbLoggerHook": (
        "wandb",
        {
            "init_kwargs": None,
            "commit": True,
            "with_step": True,
            "log_artifact": True,
            "out_suffix": OLD_SUFFIX,
            "define_metric_cfg": None,
        },
    ),
    "MlflowLoggerHook": (
        "mlflow",
        {"exp_name": None, "tags": None, "params": None, "log_model": True},
    ),
    "PaviLoggerHook": (
        "pavi",
        {
            "init_kwargs": None,
            "add_graph": None,
            "img_key": None,
            "add_last_ckpt": False,
            "add_graph_kwargs": None,
            "add_ckpt_kwargs": None,
        },
    ),
    "NeptuneLoggerHook": ("neptune", {"init_kwargs": None, "with_step": True}),
    "ClearMLLoggerHook": ("clearml", {"init_kwargs": None}),
    "DvcliveLoggerHook": ("dvclive", {"model_file": None, "dvclive": None}),
    "SegmindLoggerHook": ("segmind", {}),
}


@dataclass(frozen=True)
class Logging:
    """The share of the settings that log_config decides."""

    logger: Logger | Missing | None
    window: Period | Missing | None
    by_epoch: ByEpoch | Missing | None
    backends: tuple[Backend, ...]


def logging_settings(
    config: Mapping[str, Any] | Missing | None, kind: str, pass_length: int
) -> Logging:
    """mmcv/runner/base_runner.py:477-484: no hook unless listed, each built with the interval."""
    if isinstance(config, Missing):
        return Logging(MISSING, MISSING, MISSING, ())
    hooks = [] if config is None else _hooks(config, kind)
    if not hooks:
        return Logging(None, None, None, ())
    periods = _periods(hooks, kind, pass_length)
    texts = [index for index, hook in enumerate(hooks) if hook["type"] in TEXT_HOOKS]
    # Without a text hook the first hook stands for them all: one LoggerHook drives 1.x's.
    lead = texts[0] if texts else 0
    leading = (hooks[lead], periods[lead])
    logger = _logger(*leading, bool(texts))
    last_counts = kind == "epoch" or pass_length > 1
    backends = tuple(
        Backend(_kind(hook), {**_kwargs(hook), **_apart(hook, period, leading, last_counts)})
        for index, (hook, period) in enumerate(zip(hooks, periods, strict=True))
        if not (texts and index == lead)
    )
    by_epoch = bool(hooks[lead]["by_epoch"])
    return Logging(logger, _window(periods[lead]), ByEpoch(by_epoch, by_epoch), backends)


def _hooks(config: Mapping[str, Any], kind: str) -> list[Hook]:
    if "interval" not in config or "hooks" not in config:
        raise Unrunnable("log_config", "interval and hooks are both required")
    default = {
        "interval": config["interval"],
        "ignore_last": True,
        "by_epoch": kind == "epoch",  # iter_based_runner.py:277
    }
    hooks: list[Hook] = []
    for index, given in enumerate(config["hooks"]):
        if "type" not in given:
            raise Unrunnable(f"log_config.hooks[{index}]", "no type to build it from")
        # Only neptune.py:50 resets the buffer unless told not to.
        reset = given["type"] == "NeptuneLoggerHook"
        hook = {**default, "reset_flag": reset, **given}
        _check(hook, f"log_config.hooks[{index}]")
        hooks.append(hook)
    return hooks


def _check(hook: Hook, field: str) -> None:
    if hook["type"] in TEXT_HOOKS:
        unknown_keys(hook, TEXT_HOOK, field)
        if hook.get("out_dir") is None and hook.get("file_client_args") is not None:
            raise Unrunnable(field, "file_client_args without out_dir")  # text.py:71
    elif hook["type"] in SERVICES and hook["type"] != "DvcliveLoggerHook":
        unknown_keys(hook, COMMON | SERVICES[hook["type"]][1].keys(), field)


def _periods(hooks: Sequence[Hook], kind: str, pass_length: int) -> list[frozenset[int]]:
    """The numbers at whose multiples each hook logs.

    A hook logs when the buffer is ready, be it by its own interval or by that of a hook before it,
    and leaves it ready unless it resets it, as the last one always does (base.py:139-164).
    """
    ready: frozenset[int] = frozenset()
    periods = []
    for hook in hooks:
        ready |= _own(hook, kind, pass_length)
        periods.append(ready)
        if hook["reset_flag"]:
            ready = frozenset()
    return periods


def _own(hook: Hook, kind: str, pass_length: int) -> frozenset[int]:
    """hook.py:58-62. By epoch, an iteration runner counts within one pass of the workflow, where
    it starts again from 0 (iter_based_runner.py:134).
    """
    interval = hook["interval"]
    inner = kind == "iter" and hook["by_epoch"]
    if interval <= 0 or (inner and interval > pass_length):
        return frozenset()
    return frozenset({interval, pass_length} if inner and pass_length % interval else {interval})


def _interval(periods: frozenset[int]) -> Period:
    least = min(periods, default=NEVER)
    return tuple(sorted(periods)) if any(period % least for period in periods) else least


def _window(periods: frozenset[int]) -> Period:
    """Values are averaged over the interval of the hook that made the buffer ready; the buffer
    holds at least as many by then (base.py:150,152, log_buffer.py:33).
    """
    return tuple(sorted(periods)) if len(periods) > 1 else min(periods, default=NEVER)


def _logger(hook: Hook, periods: frozenset[int], text: bool) -> Logger:
    given = hook if text else {}
    out_dir = given.get("out_dir")
    return Logger(
        interval=_interval(periods),
        ignore_last=bool(hook["ignore_last"]),
        interval_exp_name=given.get("interval_exp_name", 1000),
        out_dir=out_dir,
        out_suffix=suffix_kinds(given.get("out_suffix", OLD_SUFFIX), OLD_SUFFIX, OLD_FILES),
        keep_local=bool(given.get("keep_local", True)),
        file_backend=file_client(given.get("file_client_args"), "log_config", OLD_CLIENTS),
        text=text,
        json=text,  # text.py:235 writes the .log.json
    )


def _apart(
    hook: Hook, periods: frozenset[int], leading: tuple[Hook, frozenset[int]], last: bool
) -> dict[str, Any]:
    """In what a hook parts from the leading one, which 1.x cannot let it do.

    ignore_last tells nothing when a pass is a single iteration: end_of_epoch compares the place in
    the pass with the length of the loader (hook.py:64).
    """
    leader, led = leading
    apart: dict[str, Any] = {}
    if (interval := _interval(periods)) != _interval(led):
        apart["interval"] = interval
    if (window := _window(periods)) != _window(led):
        apart["window"] = window
    if last and bool(hook["ignore_last"]) != bool(leader["ignore_last"]):
        apart["ignore_last"] = bool(hook["ignore_last"])
    return apart


def _kind(hook: Hook) -> str:
    if hook["type"] in TEXT_HOOKS:
        return "text"
    return SERVICES[hook["type"]][0] if hook["type"] in SERVICES else str(hook["type"])


def _kwargs(hook: Hook) -> dict[str, Any]:
    kind = _kind(hook)
    given = {key: value for key, value in hook.items() if key not in COMMON}
    defaults = SERVICES[hook["type"]][1] if hook["type"] in SERVICES else {}
    own = {key: value for key, value in given.items() if value != defaults.get(key, MISSING)}
    if kind == "tensorboard":
        return {"save_dir" if key == "log_dir" else key: value for key, value in own.items()}
    if kind == "pavi":
        return _pavi(own)
    if kind == "dvclive":  # the rest goes to Live (dvclive.py:49,60)
        live = {key: own.pop(key) for key in list(own) if key not in defaults}
        return {**own, "init_kwargs": live} if live else own
    if kind == "neptune":  # nothing given is an online run (neptune.py:69-73)
        return {**own, "init_kwargs": own.get("init_kwargs") or {}}
    return {key: value for key, value in own.items() if not (key == "init_kwargs" and not value)}


def _pavi(own: Mapping[str, Any]) -> dict[str, Any]:
    """init_kwargs go to pavi.SummaryWriter as they stand (pavi.py:150)."""
    names = {"name": "exp_name", "log_dir": "save_dir"}
    rest = {key: value for key, value in own.items() if key != "init_kwargs"}
    init = own.get("init_kwargs") or {}
    return {**rest, **{names.get(key, key): value for key, value in init.items()}}
