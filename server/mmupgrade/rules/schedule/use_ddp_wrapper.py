"""`use_ddp_wrapper` became `model_wrapper_cfg`.

MMGeneration 0.x wrapped each part of a model by itself where this was true. In 1.x
`model_wrapper_cfg` names the wrapper.

What changes silently if it is left: MMEngine ignores it and wraps the model as a
whole.

## Before

```python
use_ddp_wrapper = True
workflow = [('train', 1)]
```

## By hand

Name the wrapper of separate parts; `find_unused_parameters` belongs into it then.

```python
model_wrapper_cfg = dict(
    type='MMSeparateDistributedDataParallel',
    broadcast_buffers=False,
    find_unused_parameters=False)
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import instance
from mmupgrade.view import View


@rule(
    "MMR308",
    on="use_ddp_wrapper",
    shape=instance(bool),
    source="mmgen 0.7.3 apis/train.py",
)
def use_ddp_wrapper(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`model_wrapper_cfg`")
