"""Log processor and visualizer of a 1.x config: what logged values become, and where they go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .compare import Backend, Period, Unrunnable, unknown_keys

# mmengine/runner/log_processor.py:109-115; the subclasses in mmagic/engine/runner/log_processor.py
# and mmgen 1.0.0rc0 engine/logging/log_processor.py have no constructor of their own.
LOG_PROCESSOR = frozenset(
    """
    type window_size by_epoch custom_cfg num_digits log_with_hierarchy mean_pattern
    """.split()
)
LOG_PROCESSORS = frozenset({"LogProcessor", "GenLogProcessor"})

MEAN_PATTERN = r".*(loss|time|data_time|grad_norm).*"  # log_processor.py:115

# Visualizer type: keywords, and those without a default. mmengine/visualization/visualizer.py:156,
# mmagic/visualization/concat_visualizer.py:42, mmgen 1.0.0rc0 visualization/gen_visualizer.py:44.
VISUALIZER = frozenset(
    """
    type name image vis_backends save_dir fig_save_cfg fig_show_cfg
""".split()
)
CONCAT = frozenset({"fn_key", "img_keys"})
VISUALIZERS = {
    "Visualizer": (VISUALIZER, frozenset[str]()),
    "ConcatImageVisualizer": (VISUALIZER | CONCAT | {"pixel_range", "bgr2rgb"}, CONCAT),
    "GenVisualizer": (frozenset({"type", "name", "vis_backends", "save_dir"}), frozenset[str]()),
}

_LOCAL = {
    "img_save_dir": "vis_image",
    "config_save_file": "config.py",
    "scalar_save_file": "scalars.json",
}
_CEPH = {**_LOCAL, "ceph_path": None, "delete_local_image": True}
_WANDB = {
    "init_kwargs": None,
    "define_metric_cfg": None,
    "commit": True,
    "log_code_name": None,
    "watch_kwargs": None,
}
_MLFLOW = {
    "exp_name": None,
    "run_name": None,
    "tags": None,
    "params": None,
    "tracking_uri": None,
    "artifact_suffix": (".json", ".log", ".py", "yaml"),
    "tracked_config_keys": None,
    "artifact_location": None,
}

# Type: kind, and the defaults of what it takes beside save_dir. mmengine/visualization/
# vis_backend.py:199,380,536,678,891,1043,1171,1350; mmagic/visualization/vis_backend.py:55 (its
# Tensorboard and Wandb add no keyword, :264,402); mmgen 1.0.0rc0 visualization/vis_backend.py:54.
BACKENDS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "LocalVisBackend": ("local", _LOCAL),
    "VisBackend": ("local", _CEPH),
    "GenVisBackend": ("local", _CEPH),
    "TensorboardVisBackend": ("tensorboard", {}),
    "TensorboardGenVisBackend": ("tensorboard", {}),
    "WandbVisBackend": ("wandb", _WANDB),
    "WandbGenVisBackend": ("wandb", _WANDB),
    "MLflowVisBackend": ("mlflow", _MLFLOW),
    "ClearMLVisBackend": ("clearml", {"init_kwargs": None, "artifact_suffix": (".py", ".pth")}),
    "NeptuneVisBackend": ("neptune", {"init_kwargs": None}),
    "DVCLiveVisBackend": (
        "dvclive",
        {"artifact_suffix": (".json", ".py", "yaml"), "init_kwargs": None},
    ),
    "AimVisBackend": ("aim", {"init_kwargs": None}),
}

# Those that take save_dir without a default (same places) are left out when it is None
# (visualizer.py:190-198).
WANTS_DIR = frozenset({"local", "tensorboard", "wandb", "mlflow", "dvclive"})

# They never set `_save_dir` (mmagic vis_backend.py:303-316, mmgen vis_backend.py:289-302), which
# Visualizer reads of every backend whose save_dir has no default (visualizer.py:195).
BROKEN = frozenset({"PaviVisBackend", "PaviGenVisBackend"})


def type_name(value: Any) -> str:
    """A type's own name: configs write a class, a name, or a name below its scope."""
    return str(getattr(value, "__name__", value)).rpartition(".")[2]


def window(config: Any) -> tuple[bool, Period]:
    """Whether lines count epochs, and over how many iterations a loss is averaged.

    Only names that match mean_pattern are averaged (log_processor.py:376), losses among them.
    """
    if config is None:
        config = {}
    if not isinstance(config, Mapping):
        raise Unrunnable("log_processor", "neither a dict nor None")
    if "type" in config and type_name(config["type"]) not in LOG_PROCESSORS:
        raise Unrunnable("log_processor.type", "only LogProcessor can be read")
    unknown_keys(config, LOG_PROCESSOR, "log_processor")
    size: Period = config.get("window_size", 10)
    if not isinstance(size, int):
        raise Unrunnable("log_processor.window_size", "not an integer")  # history_buffer.py:151
    if re.search(config.get("mean_pattern", MEAN_PATTERN), "loss") is None:
        size = 1
    if config.get("custom_cfg"):
        size = (size, repr(config["custom_cfg"]))
    return bool(config.get("by_epoch", True)), size


def backend_settings(visualizer: Any) -> tuple[tuple[Backend, ...], bool]:
    """The services that get the scalars, and whether they are kept on disk as well.

    mmengine/runner/runner.py:773-808: without a visualizer there is a local backend, with one only
    what it lists; visualizer.py:156-205.
    """
    if visualizer is None:
        return (), True
    if not isinstance(visualizer, Mapping) or "type" not in visualizer:
        raise Unrunnable("visualizer", "not a dict with a type")
    _check_visualizer(visualizer)
    listed = visualizer.get("vis_backends") or []
    built = _build([listed] if isinstance(listed, Mapping) else listed, visualizer)
    services = tuple(backend for backend in built if backend.kind != "local")
    return services, len(services) < len(built)


def _check_visualizer(visualizer: Mapping[str, Any]) -> None:
    known = VISUALIZERS.get(type_name(visualizer["type"]))
    if known is None:
        return
    accepted, required = known
    unknown_keys(visualizer, accepted, "visualizer")
    if absent := sorted(required - visualizer.keys()):
        raise Unrunnable("visualizer", f"missing {', '.join(absent)}")


def _build(listed: Any, visualizer: Mapping[str, Any]) -> list[Backend]:
    """A backend's own save_dir goes before the visualizer's; the run's own serves if neither has
    one, but an explicit None is kept (runner.py:802, visualizer.py:180-205).
    """
    inherited = {}
    if "save_dir" in visualizer:
        above = visualizer["save_dir"]
        inherited["save_dir"] = None if above is None else f"{above}/vis_data"
    named: dict[str, Backend] = {}
    for index, given in enumerate(listed):
        field = f"visualizer.vis_backends[{index}]"
        if not isinstance(given, Mapping) or "type" not in given:
            raise Unrunnable(field, "not a dict with a type")
        backend = _backend({**inherited, **given}, field)
        if backend is None:
            continue
        name = given.get("name") or type_name(given["type"])
        if name in named:
            raise Unrunnable(field, f"another backend is called {name}")
        named[name] = backend
    return list(named.values())


def _backend(given: Mapping[str, Any], field: str) -> Backend | None:
    name = type_name(given["type"])
    if name in BROKEN:
        raise Unrunnable(field, f"{name} has no _save_dir")
    kwargs = {key: value for key, value in given.items() if key not in ("type", "name")}
    if name not in BACKENDS:
        return Backend(name, kwargs)
    kind, others = BACKENDS[name]
    defaults = {"save_dir": None, **others}
    unknown_keys(kwargs, frozenset(defaults), field)
    if kind in WANTS_DIR and kwargs.get("save_dir", "") is None:
        return None
    own = {key: value for key, value in kwargs.items() if value != defaults[key]}
    if kind == "neptune":  # None is an offline run (vis_backend.py:1056), {} an online one
        init = kwargs.get("init_kwargs")
        own["init_kwargs"] = {"mode": "offline"} if init is None else init
    elif not own.get("init_kwargs", True):
        del own["init_kwargs"]
    return Backend(kind, own)
