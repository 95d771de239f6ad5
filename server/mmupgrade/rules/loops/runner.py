"""`runner` became the loop in `train_cfg`.

0.x built the runner that it names: `IterBasedRunner`, `EpochBasedRunner`, or
MMGeneration's `DynamicIterBasedRunner`, which is also used where nothing is said.
MMEngine has one `Runner`; what used to tell runners apart is the training loop,
`IterBasedTrainLoop` or `EpochBasedTrainLoop`, with its length in `max_iters` or
`max_epochs`.

What changes silently if it is left: MMEngine ignores it. Beside a `train_cfg` with
another length, the training ends early or late without a word.

`pass_training_status` has no counterpart: 1.x models read the iteration from
MMEngine's message hub. `total_iters` wins over `max_iters`, as it did in 0.x.

## Before

```python
total_iters = 1000000
runner = dict(
    type='DynamicIterBasedRunner',
    is_dynamic_ddp=False,
    pass_training_status=True)
```

## After

```python
train_cfg = dict(type='IterBasedTrainLoop', max_iters=1000000)
val_cfg = dict(type='MultiValLoop')
test_cfg = dict(type='MultiTestLoop')
```

## Before

```python
lr_config = dict(policy='step', step=[16, 22])
runner = dict(type='EpochBasedRunner', max_epochs=24)
```

## After

```python
lr_config = dict(policy='step', step=[16, 22])
train_cfg = dict(type='EpochBasedTrainLoop', max_epochs=24)
```

## Left alone

`fp16_loss_scaler` and `is_dynamic_ddp=True` stay in `runner`: they become part of
`optim_wrapper` and `model_wrapper_cfg`, which are written by hand. It is also left beside
a length that counts something else, in the config or in one that inherits from it, and in
MMEditing, which never read it, where nothing else says how long to train.

## Fix safety

Safe where everything it holds has a counterpart or no effect.
"""

from __future__ import annotations

from mmupgrade.fields import Field
from mmupgrade.moves import Lost, Stays, Steps, manual, move, soft
from mmupgrade.rule import rule
from mmupgrade.rules.loop import has_length, loops, one_unit, together
from mmupgrade.shapes import having
from mmupgrade.values import OPAQUE, Entry, Value
from mmupgrade.verdict import unreadable
from mmupgrade.view import View

_KNOWN = ("IterBasedRunner", "DynamicIterBasedRunner", "EpochBasedRunner")
_KEYS = (
    *("type", "max_iters", "max_epochs", "is_dynamic_ddp", "pass_training_status"),
    *("fp16_loss_scaler", "use_apex_amp"),
)


#: What becomes of the arguments that are migrated by hand.
_STAYS = {
    "is_dynamic_ddp": "`is_dynamic_ddp` becomes `model_wrapper_cfg` by hand",
    "fp16_loss_scaler": "`fp16_loss_scaler` becomes `optim_wrapper` with `AmpOptimWrapper` by hand",
}


def _is_runner(value: Value) -> bool:
    kind = value.get("type")
    known = kind.const if kind is not None else OPAQUE
    return having(*_KEYS)(value) and (known is OPAQUE or str(known).endswith("Runner"))


@rule(
    "MMR203",
    on="runner",
    shape=_is_runner,
    source="mmcv 1.7.1 runner/iter_based_runner.py, mmgen 0.7.3 apis/train.py:119",
)
def runner(field: Field, view: View) -> Steps:
    """`runner` -> `train_cfg`, and what stays of it."""
    entries = field.value.entries
    if field.value.is_none:
        known = view.codebase in ("mmedit", "mmgen")
        if not known and any(not part.is_none for part in field.parts[:-1]):
            yield manual("it takes back a base's `runner`, and nothing shows what runs instead")
        if not view.says_length and any(has_length(part) for part in field.parts[:-1]):
            yield manual("it takes back the length that a base's `runner` sets")
        if any(_base_has(field, key) for key in _STAYS):
            yield soft("runner", None, field.statement)
            yield Stays("it stays while a base's `runner` does")
        return
    if entries is None:
        yield unreadable()
        return
    if view.codebase == "mmedit":
        yield Lost("runner", "was never read by MMEditing", False)
        if has_length(field.value) and not _is_said_elsewhere(view):
            yield manual("MMEditing never read its length, and nothing else says how long")
        return
    yield from one_unit(view, "runner")
    if has_length(field.value):
        yield from together(view, "runner")
    yield from _kind(entries, view)
    yield from _length(entries, view)
    for entry in entries.values():
        yield from _other(entry, field, view)


def _kind(entries: dict[str, Entry], view: View) -> Steps:
    entry = entries.get("type")
    known = entry.value.const if entry else None
    if entry is not None:
        yield Lost("runner.type", "says the same as the loop's type", False, entry)
    if entry is not None and known not in _KNOWN:
        yield manual(f"the runner {entry.value.source} is not one of MMCV's or MMGeneration's")
    epochs = known == "EpochBasedRunner"
    if "max_iters" in entries and "max_epochs" in entries:
        yield manual("it sets both `max_iters` and `max_epochs`")
    elif known in _KNOWN and ("max_iters" if epochs else "max_epochs") in entries:
        yield manual("its length and its type count different things")
    if epochs and view.codebase == "mmgen":
        yield manual("MMGeneration can't be started with an `EpochBasedRunner`")


def _length(entries: dict[str, Entry], view: View) -> Steps:
    total = view.old.get("total_iters")
    overruled = total is not None and not total.value.is_none
    for key in ("max_iters", "max_epochs"):
        entry = entries.get(key)
        if entry is None or entry.value.is_none:
            continue
        if overruled and key == "max_iters":
            yield Lost("runner.max_iters", "was overruled by `total_iters`", False, entry)
            continue
        yield move(entry, f"train_cfg.{key}")
        yield from loops(view, by_epoch=key == "max_epochs")
        overruled = True
    if not overruled and not view.has_length:
        yield manual("it sets no `max_iters` or `max_epochs`, and nothing else says how long")


def _other(entry: Entry, field: Field, view: View) -> Steps:
    known = entry.value.const
    if entry.key in ("type", "max_iters", "max_epochs"):
        return
    if entry.key == "pass_training_status":
        why = "has no counterpart: 1.x models read the status from the message hub"
        yield Lost(f"runner.{entry.key}", why, False, entry)
    elif entry.key == "use_apex_amp":
        yield manual("`use_apex_amp` became `ApexOptimWrapper`")
    elif entry.key in _STAYS:
        off = known is False or known is None
        if off and not _base_has(field, entry.key):
            yield Lost(f"runner.{entry.key}", "has no effect", False, entry)
        else:
            yield move(entry, f"runner.{entry.key}")
            yield Stays(_STAYS[entry.key])
    else:
        yield manual(f"`{entry.key}` is no argument of MMCV's runners")


def _is_said_elsewhere(view: View) -> bool:
    """Whether the config, or one that inherits from it, has a length that MMEditing read."""
    related = (view, *view.workspace.dependents(view.document))
    return any(member.units.keys() & {"total_iters", "train_cfg"} for member in related)


def _base_has(field: Field, key: str) -> bool:
    """Whether a base switches on what this file switches off."""
    values = [part.get(key) for part in field.parts[:-1]]
    return any(value is not None and value.const not in (False, None) for value in values)
