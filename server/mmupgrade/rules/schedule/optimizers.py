"""`optimizers` became part of `optim_wrapper`.

MMEditing 0.x built one optimizer for each named part of the model, or a single one
for all of it. MMEngine wraps each in an `OptimWrapper`.

What changes silently if it is left: nothing. Without an `optim_wrapper`
MMEngine refuses to train.

## Before

```python
optimizers = dict(generator=dict(type='Adam', lr=1e-4, betas=(0.9, 0.999)))
total_iters = 1000
```

## By hand

A model whose only optimizer is `generator` takes a plain wrapper. Several take
`constructor='MultiOptimWrapperConstructor'` and a wrapper for each part.

```python
optim_wrapper = dict(
    constructor='DefaultOptimWrapperConstructor',
    type='OptimWrapper',
    optimizer=dict(type='Adam', lr=1e-4, betas=(0.9, 0.999)))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import mapping
from mmupgrade.view import View


@rule(
    "MMR302",
    on="optimizers",
    shape=mapping,
    source="mmedit 0.16.1 core/optimizer/builder.py",
)
def optimizers(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`optim_wrapper`")
