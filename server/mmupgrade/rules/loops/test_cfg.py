"""`test_cfg` moved to `model.test_cfg`.

In 0.x a top-level `test_cfg` held settings of the model and reached its
constructor. In 1.x the name belongs to the test loop, and the model takes its
settings inside `model`. A `test_cfg` inside `model` won over the top-level one.

What changes silently if it is left: MMEngine takes the settings for those of a
loop and stops, or, merged over a base that is 1.x already, trains with them mixed
into the loop.

## Before

```python
model = dict(
    type='EDVR',
    generator=dict(type='EDVRNet'))
test_cfg = dict(metrics=['PSNR'], crop_border=0)
```

## After

```python
model = dict(
    type='EDVR',
    generator=dict(type='EDVRNet'),
    test_cfg=dict(metrics=['PSNR'], crop_border=0))
```

## Left alone

A dict with `type`, `by_epoch`, `max_iters` or another key of a loop: that is a
loop already.

## Fix safety

Safe where `model` is a plain dict that no inheriting config replaces. `None` and an
empty dict go, unless they override what a base sets. Unsafe where a name in it is only
assigned after `model`: its value is written then.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.model_cfg import into_model, is_model_cfg
from mmupgrade.view import View


@rule(
    "MMR205",
    on="test_cfg",
    shape=is_model_cfg,
    source="mmedit 0.16.1 tools/train.py:134, mmgen 0.7.3 tools/train.py:203",
    weak=True,
)
def test_cfg(field: Field, view: View) -> Steps:
    """`test_cfg` -> `model.test_cfg`."""
    return into_model(field, view)
