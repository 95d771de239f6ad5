"""`log_config` moved to `default_hooks.logger`, `log_processor` and `visualizer`.

In 0.x each entry of `log_config.hooks` was a logger of its own, built with the
common `interval`, and averaged what it logged over that interval. In 1.x one
`LoggerHook` decides when to log, a `LogProcessor` averages, and a `visualizer`
sends the values to its backends: `TextLoggerHook` became the `LoggerHook` with
`LocalVisBackend`, the others a backend each.

What changes silently if it is left: MMEngine ignores `log_config`, logs every 10
iterations, averages over 10, and writes to no TensorBoard or other service.

So that the curves stay comparable, `window_size` is the old interval. Iteration-
based runners of 0.x set `by_epoch=False` by themselves; 1.x has to be told in
`log_processor.by_epoch` and in `default_hooks.logger.log_metric_by_epoch`.

`visualizer` is new: it records results and values in one or several backends
(a local file, TensorBoard, Weights & Biases and others).

## Before

```python
total_iters = 400000
log_config = dict(
    interval=100,
    hooks=[
        dict(type='TextLoggerHook', by_epoch=False),
        dict(type='TensorboardLoggerHook', log_dir='tb'),
    ])
```

## After

```python
total_iters = 400000
default_hooks = dict(
    timer=dict(type='IterTimerHook'),
    logger=dict(type='LoggerHook', interval=100, log_metric_by_epoch=False),
    param_scheduler=dict(type='ParamSchedulerHook'),
    sampler_seed=dict(type='DistSamplerSeedHook'),
)
log_processor = dict(type='LogProcessor', window_size=100, by_epoch=False)
visualizer = dict(
    type='Visualizer',
    vis_backends=[
        dict(type='LocalVisBackend'),
        dict(type='TensorboardVisBackend', save_dir='tb'),
    ],
)
env_cfg = dict(
    cudnn_benchmark=False,
    mp_cfg=dict(mp_start_method='fork', opencv_num_threads=0),
    dist_cfg=dict(backend='nccl'),
)
```

## Left alone

Loggers that count epochs under an iteration-based runner (they logged nothing),
loggers that disagree about `by_epoch`, and hooks whose type isn't written out.

## Fix safety

Unsafe where a logger or one of its arguments has no counterpart: each is named.
`ignore_last`, `interval` and `by_epoch` of a single backend are lost only where
they differ from the `LoggerHook`'s.
"""

from __future__ import annotations

from collections.abc import Generator

from mmupgrade.fields import Field
from mmupgrade.moves import (
    Lost,
    Move,
    Step,
    Steps,
    carry,
    default,
    implied,
    listed,
    lost,
    manual,
    move,
    path,
    shell,
    soft,
    unsafe,
)
from mmupgrade.rule import rule
from mmupgrade.rules.files import backend_args
from mmupgrade.rules.logger_hooks import BACKENDS, TEXT, convert
from mmupgrade.shapes import having
from mmupgrade.tree import Branch, Leaf, Node
from mmupgrade.values import OPAQUE, Entry, Value
from mmupgrade.verdict import unreadable
from mmupgrade.view import View

TO = "default_hooks.logger"
_SAME = ("ignore_last", "interval_exp_name", "out_dir", "out_suffix", "keep_local")


@rule(
    "MMR102",
    on="log_config",
    shape=having("interval", "hooks"),
    source="mmcv 1.7.1 runner/base_runner.py:477, runner/hooks/logger/",
)
def log_config(field: Field, view: View) -> Steps:
    """`log_config` -> `default_hooks.logger`, `log_processor`, `visualizer`."""
    value, entries = field.value, field.value.entries
    hooks = value.get("hooks")
    if value.is_none or (hooks is not None and hooks.items == []):
        yield Move(path(TO), Leaf(value if entries is None else None, carrier=field.statement))
        yield soft("visualizer", None)
        return
    if entries is None or (hooks is not None and not _readable(hooks)):
        yield unreadable()
        return
    whole = view.complete and not _is_migrated(view)
    if "interval" not in entries and whole:
        yield manual("it sets no `interval`, without which 0.x doesn't start")
        return
    yield shell(value, TO, field.statement)
    yield default(f"{TO}.type", "LoggerHook")
    yield default("log_processor.type", view.target.log_processor)
    if hooks is None and whole:
        yield manual("it sets no `hooks`, without which 0.x doesn't start")
    text = _text_hook(hooks)
    if hooks is not None and text is None:
        yield unsafe("1.x also prints lines and keeps a local file, which no logger here did")
    yield from _interval(entries.get("interval"), text or _only(hooks))
    for entry in entries.values():
        if entry.key not in ("interval", "hooks"):
            yield lost(entry, "log_config", "was never read", effect=False)
    if hooks is None:
        return
    by_epoch = yield from _by_epoch(hooks, text, view)
    yield from _text_arguments(text)
    yield from _visualizer(entries["hooks"], text, by_epoch, view)


def _is_migrated(view: View) -> bool:
    """Whether the rest of the field stands in a base as what 1.x has for it."""
    held = view.plain("default_hooks")
    return held is not None and held.value.get("logger") is not None


def _readable(hooks: Value) -> bool:
    items = hooks.items
    return items is not None and all(
        isinstance(kind.const, str) if (kind := item.get("type")) else False for item in items
    )


def _text_hook(hooks: Value | None) -> Value | None:
    return next((item for item in _items(hooks) if _kind(item) in TEXT), None)


def _only(hooks: Value | None) -> Value | None:
    items = _items(hooks)
    return items[0] if len(items) == 1 else None


def _items(hooks: Value | None) -> list[Value]:
    return (hooks.items if hooks is not None else None) or []


def _kind(hook: Value) -> str:
    kind = hook.get("type")
    return str(kind.const) if kind else ""


def _interval(common: Entry | None, text: Value | None) -> Steps:
    """The interval of the text logger, which is its own or the common one."""
    own = text.entry("interval") if text else None
    used = own or common
    if used is None:
        return
    yield move(used, f"{TO}.interval")
    yield carry(used.value, "log_processor.window_size")
    if text and own and common and own.value.const != common.value.const:
        yield unsafe(f"all backends log at the interval of `{_kind(text)}`")
    known = used.value.const
    if known is not OPAQUE and not (isinstance(known, int) and known > 0):
        yield manual("1.x takes only whole numbers of at least 1 as logging interval")


def _by_epoch(hooks: Value, text: Value | None, view: View) -> Generator[Step, None, object]:
    """Whether the loggers count epochs; every logger has to agree."""
    said = [item.get("by_epoch") for item in _items(hooks)]
    if any(value is not None and value.const not in (True, False) for value in said):
        yield manual("`by_epoch` of a logger can't be known without running the config")
        return None
    given = {value.const for value in said if value is not None}
    known = given | ({view.by_epoch} if None in said and view.by_epoch is not None else set())
    if not known and view.complete:
        yield manual("nothing shows whether the 0.x runner counts iterations or epochs")
    if len(known) > 1:
        yield manual("its loggers disagree about `by_epoch`")
    if len(known) != 1:
        return None
    counted = known.pop()
    if counted is True and view.by_epoch is False:
        yield manual("a logger with `by_epoch=True` under an iteration-based runner logged nothing")
    entry = text.entry("by_epoch") if text else None
    for to in (f"{TO}.log_metric_by_epoch", "log_processor.by_epoch"):
        if entry is None:
            if counted is not True:
                yield implied(to, counted)
        elif to.startswith(TO):
            yield move(entry, to)
        else:
            yield carry(entry.value, to)
    return counted


def _text_arguments(text: Value | None) -> Steps:
    for entry in ((text.entries if text else None) or {}).values():
        known = entry.value.const
        if entry.key in _SAME:
            yield move(entry, f"{TO}.{entry.key}")
            if entry.key == "out_suffix" and known is not None:
                yield unsafe("1.x names its JSON log `.json`, not `.log.json`: check `out_suffix`")
        elif entry.key == "file_client_args":
            yield from backend_args(entry, TO)
        elif entry.key == "reset_flag":
            why = "has no counterpart in 1.x"
            yield lost(entry, "TextLoggerHook", why, effect=known is not False)
        elif entry.key not in ("type", "interval", "by_epoch"):
            yield lost(entry, "TextLoggerHook", "has no counterpart in 1.x")


def _visualizer(hooks: Entry, text: Value | None, by_epoch: object, view: View) -> Steps:
    logger = _logger_settings(hooks, text, by_epoch)
    local = Branch({"type": Leaf(const="LocalVisBackend")}, shell=text, carrier=text)
    if text is not None:
        local.children["type"].carrier = text.entry("type")
    backends: list[Node] = [local]
    for item in _items(hooks.value):
        kind = _kind(item)
        if kind == "IterTextLoggerHook":
            yield unsafe("`IterTextLoggerHook` is registered nowhere: 0.x couldn't start with it")
        if item is text:
            continue
        if kind in TEXT:
            yield Lost(kind, "is a second one: 1.x has one `LoggerHook`")
            continue
        converted = convert(item, view.target, logger)
        if converted.node is not None:
            backends.append(converted.node)
        elif kind not in BACKENDS and kind != "SegmindLoggerHook":
            yield unsafe(f"`{kind}` is no logger hook of MMCV")
        yield from converted.steps
    _name_apart(backends)
    yield default("visualizer.type", view.target.visualizer)
    yield listed(backends, hooks.value, "visualizer.vis_backends", hooks)


def _logger_settings(hooks: Entry, text: Value | None, by_epoch: object) -> dict[str, object]:
    common = hooks.holder.entry("interval")
    settings: dict[str, object] = {"ignore_last": True, "by_epoch": by_epoch}
    if common is not None:
        settings["interval"] = common.value.const
    for key in ("interval", "ignore_last"):
        own = text.get(key) if text else None
        if own is not None:
            settings[key] = own.const
    return settings


def _name_apart(backends: list[Node]) -> None:
    """Backends of one type need names, or MMEngine refuses the second."""
    seen: dict[object, int] = {}
    for node in backends:
        assert isinstance(node, Branch)
        kind = node.children["type"].known
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] > 1:
            node.children["name"] = Leaf(const=f"{kind}_{seen[kind]}")
