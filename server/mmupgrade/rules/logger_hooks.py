"""MMCV's logger hooks and the visualizer backends that take their place."""

from __future__ import annotations

from dataclasses import dataclass, field

from mmupgrade.moves import Lost, Lower, manual, unsafe
from mmupgrade.targets import Target
from mmupgrade.tree import Branch, Leaf, Node, whole
from mmupgrade.values import OPAQUE, Entry, Value

TEXT = ("TextLoggerHook", "IterTextLoggerHook")
#: Read by every logger hook of MMCV.
COMMON = ("type", "interval", "ignore_last", "reset_flag", "by_epoch")


@dataclass(frozen=True, slots=True)
class Backend:
    """How one logger hook becomes a backend.

    `same` are arguments that keep their name, `renamed` those that don't;
    `harmless` gives for arguments without a counterpart the value that has no
    effect; of any other argument the loss is reported. `absent` is written where
    the 0.x hook got along without: leaving it out means something else in 1.x.
    `defaults` are what 0.x did without being told and 1.x doesn't.
    """

    type: str
    same: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    harmless: dict[str, object] = field(default_factory=dict)
    absent: dict[str, object] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    note: str = ""


# mmcv 1.7.1 runner/hooks/logger/*.py; mmengine 0.10.7 visualization/vis_backend.py;
# mmagic 1.2.0 visualization/vis_backend.py
BACKENDS: dict[str, Backend] = {
    "TensorboardLoggerHook": Backend("TensorboardVisBackend", renamed={"log_dir": "save_dir"}),
    "WandbLoggerHook": Backend(
        "WandbVisBackend",
        same=("init_kwargs", "commit", "define_metric_cfg"),
        harmless={"log_artifact": False},
        defaults={"log_artifact": "uploads the files of the run, which is the default"},
    ),
    "MlflowLoggerHook": Backend(
        "MLflowVisBackend",
        same=("exp_name", "tags", "params"),
        harmless={"log_model": False},
        defaults={"log_model": "uploads the model, which is the default"},
    ),
    "NeptuneLoggerHook": Backend(
        "NeptuneVisBackend",
        same=("init_kwargs",),
        harmless={"with_step": True},
        absent={"init_kwargs": {}},
    ),
    "ClearMLLoggerHook": Backend("ClearMLVisBackend", same=("init_kwargs",)),
    "DvcliveLoggerHook": Backend(
        "DVCLiveVisBackend", harmless={"model_file": None, "dvclive": None}
    ),
    "PaviLoggerHook": Backend(
        "PaviVisBackend",
        harmless={"add_graph": None, "add_last_ckpt": False, "img_key": None},
        note="MMagic's PaviVisBackend fails to start with mmengine 0.8.4 and newer",
    ),
}
_PAVI = {"name": "exp_name", "project": "project", "model": "model", "labels": "labels"}
_NO_COUNTERPART = "has no counterpart in 1.x"


@dataclass(slots=True)
class Converted:
    """A logger hook as a backend (None where there is none), and what is said of it."""

    node: Branch | None
    steps: list[Lost | Lower]


def convert(hook: Value, target: Target, logger: dict[str, object]) -> Converted:
    """The backend for `hook`.

    `logger` holds what the one LoggerHook of 1.x uses (`interval`,
    `ignore_last`, `by_epoch`): a hook of 0.x that used another value loses it.
    """
    entries = hook.entries or {}
    kind = str(entries["type"].value.const)
    backend = BACKENDS.get(kind)
    if backend is None or (kind == "PaviLoggerHook" and not target.pavi):
        why = f"{_NO_COUNTERPART} of target `{target.name}`" if backend else _NO_COUNTERPART
        return Converted(None, [Lost(kind, why)])
    node = Branch({"type": Leaf(const=backend.type, carrier=entries["type"])}, hook, hook)
    done = Converted(node, [unsafe(backend.note)] if backend.note else [])
    for entry in entries.values():
        _argument(entry, kind, backend, logger, done)
    if "ignore_last" not in entries and logger.get("ignore_last") is not True:
        why = f"is True by default, {_NO_COUNTERPART}: all backends follow the one LoggerHook"
        done.steps.append(Lost(f"{kind}.ignore_last", why))
    for key, what in backend.defaults.items():
        if key not in entries:
            done.steps.append(Lost(f"{kind}.{key}", f"{what}, {_NO_COUNTERPART}"))
    for key, const in backend.absent.items():
        node.children.setdefault(key, Leaf(const=const))
    return done


def _argument(
    entry: Entry, kind: str, backend: Backend, logger: dict[str, object], done: Converted
) -> None:
    assert done.node is not None
    children, key, known = done.node.children, entry.key, entry.value.const
    if key in backend.same:
        children[key] = whole(entry.value, entry)
        if key == "define_metric_cfg":
            done.steps.append(unsafe("MMagic's WandbVisBackend ignores `define_metric_cfg`"))
    elif key in backend.renamed:
        children[backend.renamed[key]] = whole(entry.value, entry)
    elif key in COMMON:
        done.steps += _common(entry, kind, logger)
    elif key == "init_kwargs" and kind == "PaviLoggerHook":
        _pavi(entry, children, done)
    elif kind == "DvcliveLoggerHook" and key not in backend.harmless:
        held = children.setdefault("init_kwargs", Branch())
        assert isinstance(held, Branch)
        held.children[key] = whole(entry.value, entry)
    else:
        effect = key not in backend.harmless or known != backend.harmless[key]
        done.steps.append(Lost(f"{kind}.{key}", _NO_COUNTERPART, effect, entry))


def _common(entry: Entry, kind: str, logger: dict[str, object]) -> list[Lost | Lower]:
    key, known = entry.key, entry.value.const
    if key == "type":
        return []
    if key == "reset_flag":
        return [Lost(f"{kind}.{key}", _NO_COUNTERPART, known is not False, entry)]
    if key == "by_epoch" and known is OPAQUE:
        return [manual(f"`{kind}.by_epoch` can't be known without running the config")]
    why = f"{_NO_COUNTERPART}: all backends follow the one LoggerHook"
    return [Lost(f"{kind}.{key}", why, known is OPAQUE or known != logger.get(key), entry)]


def _pavi(entry: Entry, children: dict[str, Node], done: Converted) -> None:
    inner = entry.value.entries
    if inner is None:
        done.steps.append(manual("`init_kwargs` of PaviLoggerHook can't be known"))
        return
    for item in inner.values():
        if item.key in _PAVI:
            children[_PAVI[item.key]] = whole(item.value, item)
        else:
            name = f"PaviLoggerHook.init_kwargs.{item.key}"
            done.steps.append(Lost(name, _NO_COUNTERPART, True, item))
