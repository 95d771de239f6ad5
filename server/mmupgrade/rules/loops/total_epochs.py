"""`total_epochs` moved to `train_cfg.max_epochs`.

Codebases with MMCV's `EpochBasedRunner` trained for so many epochs. MMEngine
reads the length from `train_cfg`, with the loop `EpochBasedTrainLoop`.

What changes silently if it is left: nothing. Without a `train_cfg`
MMEngine refuses to train.

## Before

```python
total_epochs = 120
workflow = [('train', 1)]
```

## After

```python
train_cfg = dict(type='EpochBasedTrainLoop', max_epochs=120)
workflow = [('train', 1)]
```

## Left alone

MMEditing and MMGeneration never read it: there it does nothing, and what was
meant can't be known.

## Fix safety

Unsafe where other code reads `total_epochs`: it stays as a variable then.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, carry, manual
from mmupgrade.rule import rule
from mmupgrade.rules.loop import loops
from mmupgrade.shapes import instance
from mmupgrade.view import View


@rule(
    "MMR202",
    on="total_epochs",
    shape=instance(int),
    source="mmcv 1.7.1 runner/epoch_based_runner.py",
    weak=True,
)
def total_epochs(field: Field, view: View) -> Steps:
    """`total_epochs` -> `train_cfg.max_epochs`."""
    if view.by_epoch is False:
        yield manual("an iteration-based runner never read it")
        return
    if "runner" in view.old and view.old["runner"].value.entry("max_epochs"):
        yield manual("`runner.max_epochs` is set too")
        return
    yield carry(field.value, "train_cfg.max_epochs", field.statement)
    yield from loops(view, by_epoch=True)
