"""`total_epochs` moved to `train_cfg.max_epochs`.

Codebases with MMCV's `EpochBasedRunner` trained for so many epochs. MMEngine
reads the length from `train_cfg`, with the loop `EpochBasedTrainLoop`.

What changes silently if it is left: nothing. Without a `train_cfg`
MMEngine refuses to train.

## Before

```python
total_epochs = 120
workflow = [('train', 1)]
```

## After

```python
train_cfg = dict(type='EpochBasedTrainLoop', max_epochs=120)
workflow = [('train', 1)]
```

## Left alone

MMEditing and MMGeneration never read it: there it does nothing, and what was
meant can't be known. It is also left beside a `max_epochs` of `runner` or `train_cfg`
that says something else, and beside a length in iterations: some codebases read the one,
some the other. Where both say the same, `total_epochs` goes.

## Fix safety

Unsafe where other code reads `total_epochs`: it stays as a variable then.
"""

from collections.abc import Iterator

from mmupgrade.fields import Field
from mmupgrade.moves import Lost, Steps, carry, manual
from mmupgrade.rule import rule
from mmupgrade.rules.loop import loops, one_unit, together
from mmupgrade.shapes import instance
from mmupgrade.values import OPAQUE, Value
from mmupgrade.view import View


@rule(
    "MMR202",
    on="total_epochs",
    shape=instance(int),
    source="mmcv 1.7.1 runner/epoch_based_runner.py",
    weak=True,
)
def total_epochs(field: Field, view: View) -> Steps:
    """`total_epochs` -> `train_cfg.max_epochs`."""
    if view.by_epoch is False:
        yield manual("an iteration-based runner never read it")
        return
    yield from one_unit(view, "total_epochs")
    yield from together(view, "total_epochs")
    set_too = dict(_lengths(view))
    for name, length in set_too.items():
        if OPAQUE in (length.const, field.value.const) or length.const != field.value.const:
            yield manual(f"`{name}` is set too, to `{length.source}`")
            return
    if set_too:
        yield Lost("total_epochs", f"says the same as `{next(iter(set_too))}`", False)
        return
    yield carry(field.value, "train_cfg.max_epochs", field.statement)
    yield from loops(view, by_epoch=True)


def _lengths(view: View) -> Iterator[tuple[str, Value]]:
    """What else says how many epochs there are."""
    for name, held in (("runner", view.old.get("runner")), ("train_cfg", view.plain("train_cfg"))):
        length = held.value.get("max_epochs") if held is not None else None
        if length is not None:
            yield f"{name}.max_epochs", length
