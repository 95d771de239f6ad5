"""`apex_amp` became the type of `optim_wrapper`.

MMGeneration 0.x initialised NVIDIA's apex with it. MMEngine has an
`ApexOptimWrapper` for each optimizer; whether two of them can share a model has not
been shown.

What changes silently if it is left: MMEngine ignores it and trains in single
precision.

## Before

```python
apex_amp = dict(mode='gan', init_args=dict(opt_level='O1', num_losses=2))
total_iters = 1000
```

## By hand

`AmpOptimWrapper`, which needs no apex, is the nearest; set it for each optimizer.

```python
optim_wrapper = dict(
    constructor='MultiOptimWrapperConstructor',
    generator=dict(type='AmpOptimWrapper', optimizer=dict(type='Adam', lr=2e-3)),
    discriminator=dict(
        type='AmpOptimWrapper', optimizer=dict(type='Adam', lr=2e-3)))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, having, nothing
from mmupgrade.view import View


@rule(
    "MMR307",
    on="apex_amp",
    shape=either(nothing, having("mode", "init_args")),
    source="mmgen 0.7.3 apis/train.py",
)
def apex_amp(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`optim_wrapper` with `AmpOptimWrapper`")
