"""`metrics` in `test_cfg` became `val_evaluator` and `test_evaluator`.

MMEditing 0.x models computed the metrics that their `test_cfg` named, with its
`crop_border` and `convert_to`. In 1.x evaluators do, each metric with arguments of
its own.

What changes silently if it is left: the model ignores it: nothing is computed.

## Before

```python
model = dict(
    type='EDVR',
    test_cfg=dict(metrics=['PSNR'], crop_border=4))
lr_config = None
```

## By hand

`MSE` of a matting model is `MattingMSE`. `BasicRestorer` ignored `convert_to`:
leave it out for such a model.

```python
val_evaluator = dict(type='Evaluator', metrics=[dict(type='PSNR', crop_border=4)])
test_evaluator = val_evaluator
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import instance
from mmupgrade.view import View


@rule(
    "MMR404",
    on="model.test_cfg.metrics",
    shape=instance(list, tuple),
    source="mmedit 0.16.1 models/restorers/basic_restorer.py",
    weak=True,
)
def metrics(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`val_evaluator` and `test_evaluator`")
