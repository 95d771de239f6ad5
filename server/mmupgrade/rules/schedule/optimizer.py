"""`optimizer` became part of `optim_wrapper`.

0.x built the optimizer, or one for each named part of the model, straight from this
field. MMEngine wraps each optimizer in an `OptimWrapper`, which also holds gradient
clipping, accumulation and mixed precision.

What changes silently if it is left: nothing. Without an `optim_wrapper`
MMEngine refuses to train.

## Before

```python
optimizer = dict(
    generator=dict(type='Adam', lr=2e-4),
    discriminator=dict(type='Adam', lr=2e-4))
workflow = [('train', 1)]
```

## By hand

One optimizer goes into `optim_wrapper.optimizer`. Several need the constructor that
reads one wrapper for each part of the model. `paramwise_cfg` and `constructor` move
out of the optimizer, beside it.

```python
optim_wrapper = dict(
    constructor='MultiOptimWrapperConstructor',
    generator=dict(optimizer=dict(type='Adam', lr=2e-4)),
    discriminator=dict(optimizer=dict(type='Adam', lr=2e-4)))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, mapping, nothing
from mmupgrade.view import View


@rule(
    "MMR301",
    on="optimizer",
    shape=either(nothing, mapping),
    source="mmgen 0.7.3 core/optimizer/builder.py",
    weak=True,
)
def optimizer(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`optim_wrapper`")
