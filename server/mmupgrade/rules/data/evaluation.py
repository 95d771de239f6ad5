"""`evaluation` became `val_evaluator` and `train_cfg.val_interval`.

0.x validated in a hook, every `interval` iterations or epochs, and took metrics and
the choice of the best checkpoint from the same dict. In 1.x the validation loop
runs every `train_cfg.val_interval`, `val_evaluator` holds the metrics, and
`default_hooks.checkpoint.save_best` keeps the best checkpoint.

What changes silently if it is left: MMEngine ignores it and doesn't validate.

## Before

```python
evaluation = dict(interval=5000, save_image=True)
workflow = [('train', 1)]
```

## By hand

Set `val_interval` (its default is 1000 iterations), the evaluator and the loop.
`None` means no validation: all three of `val_dataloader`, `val_cfg` and
`val_evaluator` are `None` then.

```python
train_cfg = dict(type='IterBasedTrainLoop', max_iters=10000, val_interval=5000)
val_cfg = dict(type='MultiValLoop')
val_evaluator = dict(type='Evaluator', metrics=[dict(type='PSNR')])
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import either, mapping, nothing
from mmupgrade.view import View


@rule(
    "MMR402",
    on="evaluation",
    shape=either(nothing, mapping),
    source="mmedit 0.16.1 apis/train.py:192, mmgen 0.7.3 core/evaluation/eval_hooks.py",
    weak=True,
)
def evaluation(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`val_evaluator` and `train_cfg.val_interval`")
