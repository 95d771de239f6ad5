"""Families of 0.x configs as hypothesis makes them: files that inherit and set a few fields."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.properties.layout import Raw, Tree
from tests.properties.loading import Config, NotLoadable, joined, merge, namespace

Values: TypeAlias = SearchStrategy[Tree]
Codebase: TypeAlias = Literal["mmedit", "other"]


@dataclass(frozen=True, repr=False)
class Family:
    """Texts by relative path, bases before what inherits from them."""

    files: Mapping[str, str]
    codebase: Codebase | None

    def __repr__(self) -> str:
        return f"Family of {self.codebase or 'an unnamed codebase'}:\n{shown(self.files)}"


def shown(files: Mapping[str, str]) -> str:
    """All texts, each below its path."""
    return "\n".join(f"==> {path} <==\n{text}" for path, text in files.items())


def _dict(**optional: Values) -> Values:
    """A dict of some of these keys, at least one, in any order."""
    some = st.lists(st.sampled_from(list(optional)), min_size=1, unique=True)
    return some.flatmap(lambda keys: st.fixed_dictionaries({key: optional[key] for key in keys}))


def _typed(kind: str, **optional: Values) -> Values:
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=optional)


_no = st.just(False)
_none = st.none()
#: Stands for a variable that the file binds to a number.
_VARIABLE = Raw("a variable of the file")
_interval = st.sampled_from([5, 40, _VARIABLE])
_path = st.sampled_from([None, "", "a.pth", "b.pth"])

_checkpoint = _dict(
    interval=_interval,
    by_epoch=_no,
    save_optimizer=st.booleans(),
    max_keep_ckpts=st.integers(1, 3),
    save_last=_no,
    out_dir=st.sampled_from(["", "out"]),
    create_symlink=st.booleans(),
)
_hooks = st.lists(
    st.one_of(
        _typed("TextLoggerHook", by_epoch=_no, interval=st.just(7), ignore_last=_no),
        _typed("TensorboardLoggerHook", log_dir=st.just("tb")),
        _typed("WandbLoggerHook", log_artifact=_no),
    ),
    max_size=2,
    unique_by=lambda hook: str(hook["type"]),
)
_model_cfg: Values = st.one_of(
    _none, st.just({}), _dict(a=_interval, b=st.just(2), metrics=st.just(["PSNR"]))
)

#: 0.x fields that are migrated.
MIGRATED: dict[str, Values] = {
    "checkpoint_config": st.one_of(_checkpoint, _none),
    "log_config": st.one_of(
        st.fixed_dictionaries({"interval": _interval, "hooks": _hooks}),
        _dict(interval=_interval, hooks=_hooks),
        _none,
    ),
    "dist_params": _dict(backend=st.sampled_from(["nccl", "gloo"]), port=st.just(1)),
    "cudnn_benchmark": st.booleans(),
    "opencv_num_threads": st.integers(0, 2),
    "mp_start_method": st.sampled_from(["fork", "spawn"]),
    "load_from": _path,
    "resume_from": _path,
    "workflow": st.sampled_from([[("train", 1)], [("train", 1), ("val", 1)]]),
    "visual_config": st.one_of(_none, _typed("Visual")),
    "train_cfg": _model_cfg,
    "test_cfg": _model_cfg,
}
#: 0.x fields that are migrated by hand, and names that are none.
OTHERS: dict[str, Values] = {
    "model": _dict(
        type=st.just("EDVR"), a=st.just(1), train_cfg=_dict(c=st.just(3)), test_cfg=_none
    ),
    "data": _dict(samples_per_gpu=st.just(4), test=_dict(type=st.just("Folder"))),
    "evaluation": st.one_of(_none, _dict(interval=_interval)),
    "lr_config": st.one_of(_none, _dict(policy=st.just("step"), step=_interval)),
    "optimizer": _typed("Adam", lr=st.just(0.1)),
    "note": st.sampled_from([1, None, Raw("dict(a=total_iters)")]),
}
#: What says how long to train, drawn more often than others.
_ITERATIONS: list[tuple[str, Values]] = [
    ("total_iters", st.sampled_from([1000, 2000, None])),
    ("total_iters", st.sampled_from([1000, 2000])),
    ("runner", st.one_of(_none, _typed("IterBasedRunner", max_iters=st.just(1000)))),
    ("runner", _dict(max_iters=st.just(3000))),
]
_EPOCHS: list[tuple[str, Values]] = [
    ("total_epochs", st.sampled_from([10, 20])),
    ("runner", st.one_of(_none, _typed("EpochBasedRunner", max_epochs=st.sampled_from([10, 20])))),
]
#: Fields of 1.x in a file that is migrated already, or half.
NEW: dict[str, Values] = {
    "default_hooks": _dict(
        checkpoint=_typed("CheckpointHook", interval=st.just(9)),
        logger=_typed("LoggerHook", interval=st.just(9)),
        timer=_typed("IterTimerHook"),
    ),
    "env_cfg": _dict(cudnn_benchmark=st.booleans(), dist_cfg=_dict(backend=st.just("mpi"))),
    "train_cfg": _typed("IterBasedTrainLoop", max_iters=st.sampled_from([1000, 4000])),
    "default_scope": st.just("mmagic"),
}


#: Where the comments of a statement stand.
_STYLES = ("one line", "above", "behind", "inside")


class _File:
    """Writes the statements of one file, each in a style of its own."""

    def __init__(self, draw: DrawFn, stem: str, styles: tuple[str, ...]) -> None:
        self.draw = draw
        self.stem = stem
        self.styles = styles
        self.text = ""
        self._variable = ""
        self._comments = 0

    def assign(self, name: str, value: Tree) -> None:
        literal = self.draw(st.booleans())
        style = self.draw(st.sampled_from(self.styles))
        if style == "inside" and isinstance(value, dict):
            self.text += f"{name} = {self._exploded(value, literal)}\n"
            return
        above = f"{self._comment()}\n" if style == "above" else ""
        behind = f"  {self._comment()}" if style == "behind" else ""
        self.text += f"{above}{name} = {self._expression(value, literal)}{behind}\n"

    def whole(self) -> str:
        number = f"{self._variable} = 30\n" if self._variable else ""
        return number + self.text

    def _exploded(self, value: dict[str, Tree], literal: bool) -> str:
        opening, closing = ("{", "}") if literal else ("dict(", ")")
        entries = [
            f"    {self._entry(key, item, literal)},  {self._comment()}\n"
            for key, item in value.items()
        ]
        return f"{opening}  {self._comment()}\n{''.join(entries)}{closing}"

    def _comment(self) -> str:
        self._comments += 1
        return f"# {self.stem}{self._comments}"

    def _expression(self, value: Tree, literal: bool) -> str:
        if value is _VARIABLE:
            self._variable = self._variable or self.draw(
                st.sampled_from(("interval", f"interval_{self.stem}"))
            )
            return self._variable
        if isinstance(value, Raw):
            return value.text
        if isinstance(value, dict):
            inner = ", ".join(self._entry(key, item, literal) for key, item in value.items())
            return f"{{{inner}}}" if literal else f"dict({inner})"
        if isinstance(value, list):
            return f"[{', '.join(self._expression(item, literal) for item in value)}]"
        return repr(value)

    def _entry(self, key: str, value: Tree, literal: bool) -> str:
        sign = f"{key!r}: " if literal else f"{key}="
        return sign + self._expression(value, literal)


@st.composite
def families(draw: DrawFn, *, half_migrated: bool = False, comments_above: bool = True) -> Family:
    """2 to 6 files that 0.x can load; `half_migrated` ones hold fields of 1.x too."""
    styles = _STYLES if comments_above else tuple(each for each in _STYLES if each != "above")
    files: dict[str, str] = {}
    below: dict[str, Config] = {}
    pool = _pool(draw, half_migrated)
    for stem in "abcdef"[: draw(st.integers(2, 6))]:
        path = draw(st.sampled_from(("", "_base_/", "x/y/"))) + f"{stem}.py"
        bases = _bases(draw, below)
        inherited = joined(below[base] for base in bases)
        own = _fields(draw, _File(draw, stem, styles), pool, inherited)
        files[path] = _base_line(draw, path, bases) + own
        try:
            below[path] = merge(namespace(own), inherited)
        except NotLoadable:
            reject()
    return Family(files, draw(st.sampled_from((None, "mmedit", "other"))))


def _pool(draw: DrawFn, half_migrated: bool) -> list[tuple[str, Values]]:
    """What the files of one family set: few fields are overridden often, many are spread."""
    lengths = draw(st.sampled_from((_ITERATIONS, _EPOCHS, [*_ITERATIONS, *_EPOCHS])))
    pool = [*MIGRATED.items(), *MIGRATED.items(), *OTHERS.items()]
    pool += NEW.items() if half_migrated else ()
    count = draw(st.sampled_from((6, 12, 24)))
    return [*lengths, *draw(st.lists(st.sampled_from(pool), min_size=count, max_size=count))]


def _bases(draw: DrawFn, below: Mapping[str, Config]) -> list[str]:
    """Files to inherit from, no two of which set the same name."""
    count = draw(st.sampled_from((1, 0, 1, 2, 2, 3))) if below else 0
    files = st.sampled_from(list(below) or [""])
    taken: set[str] = set()
    bases = []
    for base in draw(st.lists(files, unique=True, min_size=min(count, 1), max_size=count)):
        if not taken & below[base].keys():
            taken |= below[base].keys()
            bases.append(base)
    return bases


def _base_line(draw: DrawFn, path: str, bases: list[str]) -> str:
    relative = [os.path.relpath(base, os.path.dirname(path) or ".") for base in bases]
    if not relative:
        return ""
    single = len(relative) == 1 and draw(st.booleans())
    return f"_base_ = {relative[0]!r}\n" if single else f"_base_ = {relative!r}\n"


def _fields(draw: DrawFn, file: _File, pool: list[tuple[str, Values]], inherited: Config) -> str:
    count = draw(st.sampled_from((2, 0, 1, 1, 2, 3, 4)))
    chosen = st.lists(
        st.sampled_from(pool), unique_by=lambda f: f[0], min_size=count, max_size=count
    )
    names: set[str] = set()
    for name, values in draw(chosen):
        value = draw(values)
        if isinstance(value, Raw) and "total_iters" not in names:
            value = 1
        file.assign(name, _overriding(draw, value, inherited.get(name, ...)))
        names.add(name)
    return file.whole()


def _overriding(draw: DrawFn, value: Tree, inherited: Any) -> Tree:
    """A dict over what isn't one has to replace it; over a dict it may."""
    if not isinstance(value, dict) or inherited is ...:
        return value
    replaces = not isinstance(inherited, dict) or draw(st.integers(0, 3)) == 3
    return {"_delete_": True, **value} if replaces else value
