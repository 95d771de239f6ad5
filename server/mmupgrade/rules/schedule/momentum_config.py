"""`momentum_config` became part of `param_scheduler`.

MMCV's momentum hooks took a policy from it. MMEngine's momentum schedulers stand in
the same list as those of the learning rate.

What changes silently if it is left: MMEngine ignores it: the momentum stays where
it starts.

## Before

```python
momentum_config = dict(policy='step', step=[8, 11])
lr_config = dict(policy='step', step=[8, 11])
```

## By hand

Add the momentum scheduler of the same policy to `param_scheduler`.

```python
param_scheduler = [
    dict(type='MultiStepLR', milestones=[8, 11]),
    dict(type='MultiStepMomentum', milestones=[8, 11])]
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, having, nothing
from mmupgrade.view import View


@rule(
    "MMR305",
    on="momentum_config",
    shape=either(nothing, having("policy")),
    source="mmcv 1.7.1 runner/hooks/momentum_updater.py",
)
def momentum_config(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`param_scheduler`")
