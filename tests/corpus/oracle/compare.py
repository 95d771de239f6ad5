"""What a run's runtime settings amount to, whichever framework reads them, and how two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias


class Missing(Enum):
    """The 0.x trainers read the key as an attribute and it is not there: no run to describe."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

# An int says it all, except where 0.x logs at the multiples of several numbers.
Period: TypeAlias = "int | tuple[Any, ...]"

NEVER: Final = -1


class Unrunnable(Exception):
    """The framework refuses this config; `field` is where, `why` is how."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True)
class Checkpoint:
    """When and where checkpoints are written; NEVER for an interval that never comes round."""

    interval: int
    by_epoch: bool
    save_optimizer: bool
    max_keep_ckpts: int
    save_last: bool
    save_begin: int
    sync_buffer: bool
    out_dir: str | None
    filename_tmpl: str
    file_backend: Mapping[str, Any]


@dataclass(frozen=True)
class Logger:
    """When and where scalars are reported.

    `text` is whether lines are printed, `json` whether scalars are also kept on disk. `out_suffix`
    names the kinds of file that get copied: the frameworks name the files themselves differently.
    """

    interval: Period
    ignore_last: bool
    interval_exp_name: int
    out_dir: str | None
    out_suffix: tuple[str, ...]
    keep_local: bool
    file_backend: Mapping[str, Any]
    text: bool
    json: bool


@dataclass(frozen=True)
class Backend:
    """A logging service, with the keywords that reach it and differ from its defaults."""

    kind: str
    kwargs: Mapping[str, Any]


@dataclass(frozen=True)
class Env:
    """Process-wide switches."""

    cudnn_benchmark: bool
    opencv_num_threads: int
    mp_start_method: str
    dist: Mapping[str, Any]


class ByEpoch(NamedTuple):
    """Whether lines, and the steps of validation metrics, count epochs."""

    lines: bool
    metrics: bool


class Load(NamedTuple):
    """A checkpoint to start from; (None, True) is the newest one of the work directory."""

    path: str | None
    resume: bool


class Loop(NamedTuple):
    """'iter' or 'epoch', and how many."""

    kind: str
    length: int


@dataclass(frozen=True)
class Settings:
    """The runtime settings of one run."""

    checkpoint: Checkpoint | Missing | None
    logger: Logger | Missing | None
    window: Period | Missing | None
    log_by_epoch: ByEpoch | Missing | None
    backends: tuple[Backend, ...]
    env: Env
    load: Load
    loop: Loop | None
    workflow_val: bool
    log_level: str


@dataclass(frozen=True)
class Difference:
    """One setting, and what it is on either side."""

    path: str
    old: Any
    new: Any


def compare(old: Settings, new: Settings) -> list[Difference]:
    """Every setting in which two runs differ, compared exactly."""
    return list(_differences("", old, new))


def _differences(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if path == "backends":
        yield from _backend_differences(old, new)
    elif type(old) is type(new) and isinstance(old, (Settings, Checkpoint, Logger, Env)):
        for item in fields(old):
            below = f"{path}.{item.name}" if path else item.name
            yield from _differences(below, getattr(old, item.name), getattr(new, item.name))
    elif old != new:
        yield Difference(path, old, new)


def _backend_differences(
    old: tuple[Backend, ...], new: tuple[Backend, ...]
) -> Iterator[Difference]:
    if [backend.kind for backend in old] != [backend.kind for backend in new]:
        yield Difference("backends", old, new)
        return
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        for key in sorted({*before.kwargs, *after.kwargs}):
            values = before.kwargs.get(key), after.kwargs.get(key)
            if (key in before.kwargs) != (key in after.kwargs) or values[0] != values[1]:
                yield Difference(f"backends[{index}].{key}", *values)


_LEVELS = {"CRITICAL": 50, "ERROR": 40, "WARNING": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0}
_LEVEL_ALIASES = {"FATAL": "CRITICAL", "WARN": "WARNING"}


def level_name(level: Any) -> str:
    """The canonical name of a log level; both frameworks end in `logging`, which wants upper case.

    0.x: mmcv/utils/logging.py:72,76. 1.x: mmengine/logging/logger.py:207.
    """
    if isinstance(level, int):
        return next((name for name, number in _LEVELS.items() if number == level), str(level))
    name = _LEVEL_ALIASES.get(level, level)
    if name not in _LEVELS:
        raise Unrunnable("log_level", f"{level!r} is not a level of logging")
    return str(name)


def unknown_keys(given: Mapping[str, Any], accepted: frozenset[str], field: str) -> None:
    """Refuse keywords a constructor does not take."""
    extra = sorted(str(key) for key in given if key not in accepted)
    if extra:
        raise Unrunnable(field, f"unexpected keyword {', '.join(extra)}")


def plain(value: Any) -> Any:
    """The same value in built-in containers, so that equality means equality."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(plain(item) for item in value)
    return value
