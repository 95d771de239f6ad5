"""`lr_config` became `param_scheduler`.

MMCV's learning rate hooks took policy and warm-up from one dict. MMEngine has a
list of schedulers, one for the warm-up and one for the policy. `by_epoch` is `True`
there unless it is written out.

What changes silently if it is left: MMEngine ignores it: the learning rate stays
where it starts.

## Before

```python
lr_config = dict(policy='Step', by_epoch=False, step=[60000, 90000], gamma=0.5)
total_iters = 120000
```

## By hand

Write one scheduler a policy, with `by_epoch=False` for an iteration-based training.
`None` and `policy='Fixed'` need none.

```python
param_scheduler = dict(
    type='MultiStepLR', by_epoch=False, milestones=[60000, 90000], gamma=0.5)
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, mapping, nothing
from mmupgrade.view import View


@rule(
    "MMR304",
    on="lr_config",
    shape=either(nothing, mapping),
    source="mmcv 1.7.1 runner/hooks/lr_updater.py",
)
def lr_config(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`param_scheduler`")
