"""`workflow` was removed.

0.x went through its phases in turn. `[('train', n)]` means the same for every `n`:
training alone. A `('val', n)` phase ran `val_step` on a second dataset and logged
a validation loss. 1.x has a training loop and a validation loop; the latter
computes metrics (`val_cfg`, `val_dataloader`, `val_evaluator`), not a loss.

What changes silently if it is left: MMEngine ignores it; a `('val', n)` phase is
not run.

## Before

```python
resume_from = None
workflow = [('train', 1)]
```

## After

```python
resume_from = None
```

## Left alone

A workflow with a `val` phase: whether its loss is still wanted is for you to
decide. Remove the field by hand when it isn't.

## Fix safety

Safe for training phases alone, which have no effect to carry over.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, manual
from mmupgrade.rule import rule
from mmupgrade.shapes import phases
from mmupgrade.verdict import unreadable
from mmupgrade.view import View


@rule(
    "MMR109",
    on="workflow",
    shape=phases,
    source="mmcv 1.7.1 runner/iter_based_runner.py, runner/epoch_based_runner.py",
)
def workflow(field: Field, view: View) -> Steps:
    """`workflow` goes where it only trains."""
    items = field.value.items
    if items is None:
        yield unreadable()
    elif any((item.items or [item])[0].const != "train" for item in items):
        yield manual(
            "its `val` phase computed a validation loss, for which 1.x has no loop:"
            " `val_cfg` and `val_evaluator` give metrics only"
        )
