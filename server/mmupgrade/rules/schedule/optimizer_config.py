"""`optimizer_config` became part of `optim_wrapper`.

MMCV's optimizer hook took gradient clipping and accumulation from it. MMEngine's
`OptimWrapper` does both. MMEditing 0.x and MMGeneration 0.7.3 never read this
field, so there it did nothing.

What changes silently if it is left: MMEngine ignores it: gradients aren't clipped.

## Before

```python
optimizer_config = dict(grad_clip=dict(max_norm=35, norm_type=2))
optimizer = dict(type='SGD', lr=0.01)
```

## By hand

`grad_clip` becomes `optim_wrapper.clip_grad`, `cumulative_iters` becomes
`optim_wrapper.accumulative_counts`.

```python
optim_wrapper = dict(
    optimizer=dict(type='SGD', lr=0.01),
    clip_grad=dict(max_norm=35, norm_type=2))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, mapping, nothing
from mmupgrade.view import View


@rule(
    "MMR303",
    on="optimizer_config",
    shape=either(nothing, mapping),
    source="mmcv 1.7.1 runner/hooks/optimizer.py",
)
def optimizer_config(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`optim_wrapper.clip_grad`")
