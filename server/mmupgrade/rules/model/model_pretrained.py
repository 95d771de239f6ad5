"""`model.pretrained` became `load_from` or `init_cfg`.

0.x models loaded a checkpoint from this path when their weights were initialised.
Models of 1.x take an `init_cfg`; the weights of a whole model can also be given in
`load_from`.

What changes silently if it is left: nothing. Most models of 1.x refuse the
argument.

## Before

```python
model = dict(type='DIM', backbone=dict(type='SimpleEncoderDecoder'), pretrained='vgg.pth')
total_iters = 1000
```

## By hand

Use `init_cfg` of the part that the checkpoint belongs to.

```python
model = dict(
    type='DIM',
    backbone=dict(
        type='SimpleEncoderDecoder',
        init_cfg=dict(type='Pretrained', checkpoint='vgg.pth')))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.values import Value
from mmupgrade.view import View


def _path(value: Value) -> bool:
    """A path; None is no field of a 1.x model that keeps the argument."""
    return isinstance(value.const, str)


@rule(
    "MMR501",
    on="model.pretrained",
    shape=_path,
    source="mmedit 0.16.1 models/mattors/base_mattor.py",
    weak=True,
)
def pretrained(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`init_cfg` or `load_from`")
