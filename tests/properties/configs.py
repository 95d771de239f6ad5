"""0.x MMEditing configs as hypothesis makes them: fields, order, variables, formatting."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.properties.layout import Assignment, Pen, Raw, Star, Tree

BOM = "\ufeff"
Fields = dict[str, SearchStrategy[Any]]

_interval = st.integers(1, 5000)
_word = st.sampled_from(["a", "b c", "run", "工作", "w#x"])
_path = st.sampled_from(["a.pth", "./work_dirs/x/latest.pth", "https://e.org/m.pth"])


def _dict(required: Fields, optional: Fields) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional).flatmap(
        lambda made: st.permutations(list(made.items())).map(dict)
    )


def _no(value: Any) -> SearchStrategy[Any]:
    return st.just(value)


_SERVICES: dict[str, Fields] = {
    "TensorboardLoggerHook": {"log_dir": _word},
    "WandbLoggerHook": {"init_kwargs": _dict({}, {"project": _word, "name": _word})},
    "MlflowLoggerHook": {"exp_name": _word, "tags": _dict({}, {"k": _word})},
    "NeptuneLoggerHook": {"init_kwargs": _dict({"project": _word}, {}), "with_step": _no(True)},
    "ClearMLLoggerHook": {"init_kwargs": _dict({}, {"task_name": _word})},
    "DvcliveLoggerHook": {"model_file": _no(None), "dir": _word},
}
_TEXT: Fields = {
    "by_epoch": _no(False),
    "interval_exp_name": _interval,
    "keep_local": st.booleans(),
    "reset_flag": _no(False),
}
_TEXT_LOSSY: Fields = {
    **_TEXT,
    "by_epoch": st.booleans(),
    "reset_flag": st.booleans(),
    "interval": st.integers(-1, 50),
    "out_suffix": _no(".log"),
    "unheard_of": _word,
}
_SERVICE_LOSSY: Fields = {
    "interval": _interval,
    "ignore_last": st.booleans(),
    "by_epoch": st.booleans(),
    "log_artifact": st.booleans(),
}


def _hook(kind: str, own: Fields) -> SearchStrategy[dict[str, Any]]:
    return _dict({"type": st.just(kind)}, own)


def _exact_hooks() -> SearchStrategy[list[Any]]:
    services = st.one_of([_hook(kind, own) for kind, own in _SERVICES.items()])
    return st.tuples(_hook("TextLoggerHook", _TEXT), st.lists(services, max_size=3)).flatmap(
        lambda made: st.permutations([made[0], *made[1]])
    )


def _any_hooks() -> SearchStrategy[Any]:
    kinds = [_hook(kind, {**own, **_SERVICE_LOSSY}) for kind, own in _SERVICES.items()]
    odd = [_hook(kind, {}) for kind in ("SegmindLoggerHook", "PaviLoggerHook", "MyLoggerHook")]
    texts = [_hook("TextLoggerHook", _TEXT_LOSSY), _hook("IterTextLoggerHook", _TEXT)]
    return st.lists(st.one_of(texts + kinds + odd), max_size=4)


_CHECKPOINT: Fields = {
    "by_epoch": _no(False),
    "save_optimizer": st.booleans(),
    "max_keep_ckpts": st.integers(1, 9),
    "create_symlink": _no(False),
    "sync_buffer": _no(False),
    "out_dir": _word,
    "filename_tmpl": _no("x_{}.pth"),
    "type": _no("CheckpointHook"),
}
_CHECKPOINT_LOSSY: Fields = {
    **_CHECKPOINT,
    "by_epoch": st.booleans(),
    "create_symlink": st.booleans(),
    "meta": _dict({}, {"k": _word}),
}
_MODEL: Fields = {"pixel_loss": _dict({"type": st.just("L1Loss")}, {"loss_weight": _interval})}

_ENV: Fields = {
    "dist_params": _dict({"backend": st.sampled_from(["nccl", "gloo"])}, {"port": _interval}),
    "cudnn_benchmark": st.booleans(),
    "opencv_num_threads": st.integers(0, 8),
    "mp_start_method": st.sampled_from(["fork", "spawn"]),
}
_MODEL_CFG = st.one_of(
    st.none(), _dict({}, {"metrics": st.lists(_word, max_size=2), "crop_border": _interval})
)
_EXACT: Fields = {
    **_ENV,
    "resume_from": st.one_of(st.none(), st.just(""), _path),
    "load_from": st.one_of(st.none(), st.just(""), _path),
    "workflow": _interval.map(lambda n: [("train", n)]),
    "visual_config": st.none(),
    "train_cfg": _MODEL_CFG,
    "test_cfg": _MODEL_CFG,
}
_LOSSY: Fields = {
    **_EXACT,
    "workflow": st.lists(st.tuples(st.sampled_from(["train", "val"]), _interval), min_size=1),
    "visual_config": st.one_of(st.none(), _dict({"type": st.just("V")}, {})),
    "runner": st.one_of(st.none(), _dict({"type": st.just("IterBasedRunner")}, {})),
}
_OTHERS: Fields = {
    "data": _dict({"samples_per_gpu": _interval}, {"test": _dict({"type": _word}, {})}),
    "lr_config": _dict({"policy": st.just("Step")}, {"gamma": st.floats(0, 1)}),
    "log_level": st.just("INFO"),
    "find_unused_parameters": st.booleans(),
    "evaluation": _dict({"interval": _interval}, {"save_image": st.booleans()}),
    "note": st.one_of(_word, st.none(), st.lists(_word, max_size=2)),
}


def _values(exact: bool) -> SearchStrategy[dict[str, Any]]:
    checkpoint = _dict({"interval": _interval}, _CHECKPOINT if exact else _CHECKPOINT_LOSSY)
    logging = _dict({"interval": _interval, "hooks": _exact_hooks() if exact else _any_hooks()}, {})
    always: Fields = {
        "model": _dict({"type": st.just("EDVR")}, _MODEL),
        "optimizers": _dict({"type": st.just("Adam")}, {"lr": st.floats(0, 1)}),
        "total_iters": st.integers(1, 10**6),
    }
    runtime: Fields = {"checkpoint_config": checkpoint, "log_config": logging}
    if exact:
        return _some({**always, **runtime}, {**_EXACT, **_OTHERS})
    return _some(always, {**runtime, **_LOSSY, **_OTHERS})


def _some(always: Fields, further: Fields) -> SearchStrategy[dict[str, Any]]:
    names = st.lists(st.sampled_from(sorted(further)), min_size=3, unique=True)
    return names.flatmap(lambda chosen: _dict({**always, **{n: further[n] for n in chosen}}, {}))


class _Order:
    """The statements of one config, with parts of them moved into variables."""

    def __init__(self, draw: DrawFn, values: dict[str, Any], rebinding: bool) -> None:
        self.draw = draw
        self.rebinding = rebinding
        self.statements = [Assignment(name, value) for name, value in values.items()]
        self._count = 0

    def _upto(self, most: int) -> int:
        return self.draw(st.integers(0, most))

    def _insert(self, first: int, last: int, name: str, value: Tree) -> int:
        at = first + self._upto(last - first)
        self.statements.insert(at, Assignment(name, value))
        return at

    def share_interval(self) -> None:
        """Several fields read one variable, which may be bound again between them."""
        users = [s for s in self.statements if isinstance(s.value, dict) and "interval" in s.value]
        if len(users) < 2 or self._upto(2) < 2:
            return
        for user in users:
            user.value = {**user.value, "interval": Raw("interval")}
        first = self.statements.index(users[0])
        at = self._insert(0, first, "interval", 40)
        if self.rebinding and self._upto(1):
            self._insert(at + 1, len(self.statements), "interval", 70)

    def hoist(self) -> None:
        for statement in list(self.statements):
            if self._upto(5) == 5 and statement.name not in ("model", "interval"):
                self._hoist(statement)

    def _hoist(self, statement: Assignment) -> None:
        self._count += 1
        name = f"v{self._count}"
        statement.value, part = _split(self.draw, statement.value, name)
        self._insert(0, self.statements.index(statement), name, part)
        if self.rebinding and self._upto(2) == 2:
            after = self.statements.index(statement) + 1
            self._insert(after, len(self.statements), name, 7)

    def work_dir(self) -> None:
        if self._upto(2) == 2:
            at = self._insert(0, len(self.statements), "exp_name", "edvr")
            work = Raw("f'./work_dirs/{exp_name}'")
            self._insert(at + 1, len(self.statements), "work_dir", work)

    def repeat(self) -> None:
        """A field that is assigned twice: the last one counts."""
        if self._upto(5) == 5:
            again = self.statements[self._upto(len(self.statements) - 1)]
            if again.name not in ("model", "optimizers"):
                at = self.statements.index(again)
                self._insert(0, at, again.name, again.value)


def _split(draw: DrawFn, value: Tree, name: str) -> tuple[Tree, Tree]:
    """`value` with a part of it behind the variable `name`, and that part."""
    way = draw(st.integers(0, 2))
    if isinstance(value, dict) and value and way:
        keys = list(value)
        key = keys[draw(st.integers(0, len(keys) - 1))]
        if way == 2 and not isinstance(key, Star):
            inner, part = _split(draw, value[key], name)
            return {**value, key: inner}, part
        held = {k: v for k, v in value.items() if k in keys[keys.index(key) :]}
        rest = {k: v for k, v in value.items() if k not in held}
        return {**rest, Star(name): None}, held
    if isinstance(value, list) and value and way:
        at = draw(st.integers(0, len(value) - 1))
        inner, part = _split(draw, value[at], name)
        return [*value[:at], inner, *value[at + 1 :]], part
    return Raw(name), value


@st.composite
def configs(draw: DrawFn, *, exact: bool = False, rebinding: bool = True) -> str:
    """The text of a config. `exact`: only values that 1.x has too."""
    order = _Order(draw, draw(_values(exact)), rebinding)
    if not exact:
        order.repeat()
    order.hoist()
    order.share_interval()
    order.work_dir()
    text = Pen(draw).file(order.statements)
    if draw(st.integers(0, 3)) == 3:
        text = text.replace("\n", "\r\n")
    return BOM + text if draw(st.integers(0, 5)) == 5 else text
