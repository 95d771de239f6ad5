"""`total_iters` moved to `train_cfg.max_iters`.

0.x handed it to an iteration-based runner, where it won over the runner's own
`max_iters`. MMEngine trains in a loop: `train_cfg` says which and how long,
`val_cfg` and `test_cfg` say which loops evaluate.

What changes silently if it is left: nothing. Without a `train_cfg`
MMEngine refuses to train.

The names `train_cfg` and `test_cfg` are taken: in 0.x they held settings of the
model, and those move into `model` first.

## Before

```python
optimizers = dict(generator=dict(type='Adam', lr=1e-4))
total_iters = 300000
```

## After

```python
optimizers = dict(generator=dict(type='Adam', lr=1e-4))
train_cfg = dict(type='IterBasedTrainLoop', max_iters=300000)
val_cfg = dict(type='MultiValLoop')
test_cfg = dict(type='MultiTestLoop')
```

## Left alone

A plain variable of this name that a 1.x `train_cfg` reads. It is also left where the
config, or one that inherits from it, has a length in epochs.

## Fix safety

Unsafe where other code reads `total_iters`: it stays as a variable then.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, carry
from mmupgrade.rule import rule
from mmupgrade.rules.loop import loops, one_unit, together
from mmupgrade.shapes import either, instance, nothing
from mmupgrade.view import View


@rule(
    "MMR201",
    on="total_iters",
    shape=either(nothing, instance(int, float)),
    source="mmedit 0.16.1 apis/train.py:238, mmgen 0.7.3 apis/train.py:207",
    weak=True,
)
def total_iters(field: Field, view: View) -> Steps:
    """`total_iters` -> `train_cfg.max_iters`."""
    if field.value.is_none:
        return
    yield from one_unit(view, "total_iters")
    yield from together(view, "total_iters")
    yield carry(field.value, "train_cfg.max_iters", field.statement)
    yield from loops(view, by_epoch=False)
