"""`data` became `train_dataloader`, `val_dataloader` and `test_dataloader`.

0.x built its loaders from one dict: the datasets, and how many samples and workers
a GPU gets. MMEngine builds each loader from a dict of its own, with the sampler
written out.

What changes silently if it is left: nothing. Without a `train_dataloader`
MMEngine refuses to train.

## Before

```python
data = dict(
    samples_per_gpu=4,
    workers_per_gpu=2,
    train=dict(type='SRFolderDataset', lq_folder='lq', gt_folder='gt', pipeline=[]))
total_iters = 1000
```

## By hand

Write a loader for each of `train`, `val` and `test`. An iteration-based training
takes the `InfiniteSampler`.

```python
train_dataloader = dict(
    batch_size=4,
    num_workers=2,
    sampler=dict(type='InfiniteSampler', shuffle=True),
    dataset=dict(type='BasicImageDataset', pipeline=[]))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import having
from mmupgrade.view import View


@rule(
    "MMR401",
    on="data",
    shape=having(
        *("samples_per_gpu", "workers_per_gpu", "train", "val", "test"),
        *("train_dataloader", "val_dataloader", "test_dataloader"),
        none=False,
    ),
    source="mmedit 0.16.1 apis/train.py",
    weak=True,
)
def data(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("the three dataloaders")
