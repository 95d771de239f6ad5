"""`mp_start_method` moved to `env_cfg.mp_cfg.mp_start_method`.

0.x set the start method of worker processes from it, `fork` by default. MMEngine
reads it from `env_cfg.mp_cfg`, with the same default.

What changes silently if it is left: MMEngine ignores it and uses `fork`.

## Before

```python
mp_start_method = 'spawn'
workflow = [('train', 1)]
```

## After

```python
env_cfg = dict(mp_cfg=dict(mp_start_method='spawn'))
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
    "MMR108",
    on="mp_start_method",
    shape=instance(str),
    source="mmedit 0.16.1 utils/setup_env.py:10, mmengine 0.10.7 utils/dl_utils/setup_env.py",
)
def mp_start_method(field: Field, view: View) -> Steps:
    """`mp_start_method` -> `env_cfg.mp_cfg.mp_start_method`."""
    yield carry(field.value, "env_cfg.mp_cfg.mp_start_method", field.statement)
