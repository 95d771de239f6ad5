"""`fp16` became the type of `optim_wrapper`.

MMCV wrapped the model and its optimizer for half precision where this was set. In
MMEngine the `AmpOptimWrapper` does it.

What changes silently if it is left: MMEngine ignores it and trains in single
precision.

## Before

```python
fp16 = dict(loss_scale='dynamic')
optimizer = dict(type='SGD', lr=0.01)
```

## By hand

Use `AmpOptimWrapper`; `loss_scale` keeps its meaning, except that an int isn't
accepted.

```python
optim_wrapper = dict(
    type='AmpOptimWrapper',
    loss_scale='dynamic',
    optimizer=dict(type='SGD', lr=0.01))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, keyed, nothing
from mmupgrade.view import View


@rule(
    "MMR306",
    on="fp16",
    shape=either(nothing, keyed("loss_scale")),
    source="mmcv 1.7.1 runner/hooks/optimizer.py",
)
def fp16(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`optim_wrapper` with `AmpOptimWrapper`")
