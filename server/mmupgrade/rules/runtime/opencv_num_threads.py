"""`opencv_num_threads` moved to `env_cfg.mp_cfg.opencv_num_threads`.

0.x set the number of OpenCV's threads from it, 0 by default. MMEngine reads it from
`env_cfg.mp_cfg`, with the same default; some base files of MMagic set 4.

What changes silently if it is left: MMEngine ignores it and uses 0.

## Before

```python
opencv_num_threads = 4
workflow = [('train', 1)]
```

## After

```python
env_cfg = dict(mp_cfg=dict(opencv_num_threads=4))
workflow = [('train', 1)]
```

## Left alone

Nothing.

## Fix safety

Safe.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, carry
from mmupgrade.rule import rule
from mmupgrade.shapes import instance
from mmupgrade.view import View


@rule(
    "MMR107",
    on="opencv_num_threads",
    shape=instance(int),
    source="mmedit 0.16.1 utils/setup_env.py:10, mmengine 0.10.7 utils/dl_utils/setup_env.py",
)
def opencv_num_threads(field: Field, view: View) -> Steps:
    """`opencv_num_threads` -> `env_cfg.mp_cfg.opencv_num_threads`."""
    yield carry(field.value, "env_cfg.mp_cfg.opencv_num_threads", field.statement)
