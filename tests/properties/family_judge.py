"""What the 1.x settings of a migrated family have to be, from the merged 0.x values alone.

Each function says what one 0.x field means in 1.x, by dotted path. `epochs` is what the 0.x
runner counts; anything where only the relatives of a config say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from unittest.mock import ANY

from tests.properties.families import NEW, Family
from tests.properties.loading import Config, namespace

Expected: TypeAlias = dict[str, Any]

#: What MMEngine takes for what isn't there.
DEFAULTS: dict[str, Config] = {
    "default_hooks.checkpoint": {"by_epoch": True, "out_dir": None},
    "default_hooks.logger": {"log_metric_by_epoch": True},
    "env_cfg.dist_cfg": {"backend": "nccl"},
}

#: The fields that become the loop; a 1.x `train_cfg = None` over it says not to
#: train, and under it gives way.
LENGTHS = ("total_iters", "total_epochs", "runner")
MODEL_CFGS = ("train_cfg", "test_cfg")
_CHECKPOINT = ("interval", "save_optimizer", "max_keep_ckpts", "save_last", "out_dir")
_BACKENDS = {
    "TensorboardLoggerHook": "TensorboardVisBackend",
    "WandbLoggerHook": "WandbVisBackend",
}
#: The names that the migration may add at the top of a config.
NEW_NAMES = frozenset(
    """
    default_scope default_hooks log_processor visualizer env_cfg train_cfg val_cfg test_cfg
    load_from resume model
    """.split()
)


def checkpoint_config(old: Config, epochs: bool) -> Expected:
    held = old["checkpoint_config"]
    if held is None:
        return {"default_hooks.checkpoint": None}
    kept = {key: held[key] for key in _CHECKPOINT if key in held}
    if "out_dir" in kept:
        kept["out_dir"] = kept["out_dir"] or None
    by_epoch = held.get("by_epoch", epochs)
    return {
        "default_hooks.checkpoint": {"type": "CheckpointHook", **kept, "by_epoch": by_epoch},
    }


def log_config(old: Config, epochs: bool) -> Expected:
    held = old["log_config"]
    if held is None or held.get("hooks") == []:
        return {"default_hooks.logger": None}
    if "hooks" not in held:
        return {}
    hooks = held["hooks"]
    text = next((hook for hook in hooks if hook["type"] == "TextLoggerHook"), None)
    leading = text or (hooks[0] if len(hooks) == 1 else {})
    interval = leading.get("interval", held["interval"])
    said = [hook["by_epoch"] for hook in hooks if "by_epoch" in hook]
    by_epoch = said[0] if said else epochs
    logger = {"type": "LoggerHook", "interval": interval, "log_metric_by_epoch": by_epoch}
    if text and "ignore_last" in text:
        logger["ignore_last"] = text["ignore_last"]
    others = [_BACKENDS[hook["type"]] for hook in hooks if hook is not text]
    return {
        "default_hooks.logger": logger,
        "log_processor.window_size": interval,
        "log_processor.by_epoch": by_epoch,
        "visualizer.vis_backends": ["LocalVisBackend", *others],
    }


def total_iters(old: Config, epochs: bool) -> Expected:
    if old["total_iters"] is None:
        return {}
    return {"train_cfg.type": "IterBasedTrainLoop", "train_cfg.max_iters": old["total_iters"]}


def total_epochs(old: Config, epochs: bool) -> Expected:
    return {"train_cfg.type": "EpochBasedTrainLoop", "train_cfg.max_epochs": old["total_epochs"]}


def runner(old: Config, epochs: bool) -> Expected:
    held = old["runner"] or {}
    overruled = old.get("total_iters") is not None
    lengths = {"max_iters": "IterBasedTrainLoop", "max_epochs": "EpochBasedTrainLoop"}
    expected: Expected = {}
    for key, kind in lengths.items():
        if key in held and not (overruled and key == "max_iters"):
            expected |= {"train_cfg.type": kind, f"train_cfg.{key}": held[key]}
    return expected


def resume_from(old: Config, epochs: bool) -> Expected:
    if old["resume_from"]:
        return {"load_from": old["resume_from"], "resume": True}
    return {"resume": False}


def model_cfg(name: str) -> Callable[[Config, bool], Expected]:
    def expected(old: Config, epochs: bool) -> Expected:
        model = old.get("model", {})
        return {f"model.{name}": model.get(name, old[name]) or None}

    return expected


def moved(name: str, to: str) -> Callable[[Config, bool], Expected]:
    return lambda old, epochs: {to: old[name]}


def gone(old: Config, epochs: bool) -> Expected:
    return {}


FIELDS: Mapping[str, Callable[[Config, bool], Expected]] = {
    "checkpoint_config": checkpoint_config,
    "log_config": log_config,
    "total_iters": total_iters,
    "total_epochs": total_epochs,
    "runner": runner,
    "resume_from": resume_from,
    "train_cfg": model_cfg("train_cfg"),
    "test_cfg": model_cfg("test_cfg"),
    "dist_params": moved("dist_params", "env_cfg.dist_cfg"),
    "cudnn_benchmark": moved("cudnn_benchmark", "env_cfg.cudnn_benchmark"),
    "opencv_num_threads": moved("opencv_num_threads", "env_cfg.mp_cfg.opencv_num_threads"),
    "mp_start_method": moved("mp_start_method", "env_cfg.mp_cfg.mp_start_method"),
    "workflow": gone,
    "visual_config": gone,
}


def counts_epochs(old: Config, *, mmedit: bool) -> bool | None:
    """Whether the 0.x runner of a merged config counts epochs; None where nothing says."""
    kinds = [(old.get(name) or {}).get("type", "") for name in ("train_cfg", "runner")]
    kind = next(filter(None, kinds), "")
    if mmedit or "Iter" in kind:
        return False
    if "Epoch" in kind or "total_epochs" in old:
        return True
    return None if old.get("total_iters") is None else False


def is_field(name: str, value: Any) -> bool:
    """Whether this is a 0.x field: a loop is none."""
    return name not in ("train_cfg", "test_cfg") or "type" not in (value or {})


def is_mmedit(family: Family, chain: list[str]) -> bool:
    """Whether a config is MMEditing's, by what it was given as or by its model."""
    if family.codebase is not None:
        return family.codebase == "mmedit"
    return any("'EDVR'" in family.files[path] for path in chain)


@dataclass(frozen=True)
class Change:
    """One config before and after; `taken` are the fields that `fix` migrated in each file."""

    family: Family
    chain: list[str]
    taken: Mapping[str, frozenset[str]]
    old: Config
    new: Config

    @property
    def mmedit(self) -> bool:
        return is_mmedit(self.family, self.chain)

    def migrated(self, field: str) -> bool:
        """Whether every file that sets the field takes its fix; there is one at least."""
        names = {path: namespace(self.family.files[path]) for path in self.chain}
        setting = [
            path
            for path in self.chain
            if field in names[path] and is_field(field, names[path][field])
        ]
        taken = [field in self.taken.get(path, ()) for path in setting]
        return bool(taken) and all(taken)


def differences(change: Change) -> Iterator[str]:
    """What isn't in the new config as it should be."""
    fields = [field for field in FIELDS if change.migrated(field)]
    wanted = _wanted(change, fields)
    for path, value in wanted.items():
        if not _agrees(change, path, value):
            yield f"{path} is {at(change.new, path)!r} and should be {effective(path, value)!r}"
    yield from _gone(change, fields)
    yield from _kept(change, fields, wanted)


def _wanted(change: Change, fields: list[str]) -> Expected:
    epochs = counts_epochs(change.old, mmedit=change.mmedit)
    epochs = ANY if epochs is None else epochs
    wanted: Expected = {}
    for field in fields:
        unread = field == "runner" and change.mmedit
        said_by_runner = "max_epochs" in (change.old.get("runner") or {})
        said_twice = field == "total_epochs" and said_by_runner
        off = field in LENGTHS and change.old.get("train_cfg", ...) is None
        if not (unread or said_twice or off) and is_field(field, change.old[field]):
            wanted |= FIELDS[field](change.old, epochs)
    return wanted


def _agrees(change: Change, path: str, value: Any) -> bool:
    """Whether the 1.x value is there, or key by key what stood there in 1.x's words."""
    found, expected = at(change.new, path), effective(path, value)
    standing = None if path.startswith("model.") else at(change.old, path)
    if isinstance(found, dict) and isinstance(expected, dict) and isinstance(standing, dict):
        either = (expected, standing)
        return found.keys() == expected.keys() | standing.keys() and all(
            any(key in held and held[key] == item for held in either) for key, item in found.items()
        )
    return found == expected or (standing is not None and found == standing)


def _gone(change: Change, fields: list[str]) -> Iterator[str]:
    """A field that is migrated everywhere is there no more, unless 1.x has the name too."""
    for field in fields:
        read = field == "total_iters" and "note" in change.old
        if field in change.new and field not in NEW_NAMES and not read:
            yield f"{field} is still there"


def _kept(change: Change, fields: list[str], wanted: Expected) -> Iterator[str]:
    written = {path.partition(".")[0] for path in wanted}
    for name, value in change.old.items():
        # Where a file holds 1.x names, an empty `train_cfg` in it is 1.x's and stays.
        partly = name in MODEL_CFGS and any(name in taken for taken in change.taken.values())
        if name in fields or name == "model" or partly:
            continue
        found = change.new.get(name, ...)
        if name == "load_from":
            kept = (change.new.get(name) or None) == (value or None) or name in written
        elif name in NEW:
            kept = holds(found, value) or name in written or (name == "train_cfg" and not value)
        else:
            kept = repr(found) == repr(value)
        if not kept:
            yield f"{name} was {value!r} and is {found!r}"
    yield from (f"{name} is new" for name in change.new.keys() - change.old.keys() - NEW_NAMES)
    moved = ("train_cfg", "test_cfg")
    before, after = (
        {key: value for key, value in held.get("model", {}).items() if key not in moved}
        for held in (change.old, change.new)
    )
    if before != after:
        yield f"model was {before} and is {after}"


def holds(whole: Any, part: Any) -> bool:
    """Whether `whole` is `part`, or a dict with all that `part` holds and more."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return all(key in whole and holds(whole[key], item) for key, item in part.items())
    return repr(whole) == repr(part)


def at(config: Config, path: str) -> Any:
    """The value at a dotted path, with MMEngine's defaults; None where there is none."""
    value: Any = config
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return effective(path, value)


def effective(path: str, value: Any) -> Any:
    """A value of 1.x with what MMEngine takes for what isn't said; backends by their types."""
    if path == "visualizer.vis_backends":
        return [item["type"] if isinstance(item, dict) else item for item in value or []]
    if path == "log_processor.by_epoch" and value is None:
        return True
    return {**DEFAULTS.get(path, {}), **value} if isinstance(value, dict) else value
