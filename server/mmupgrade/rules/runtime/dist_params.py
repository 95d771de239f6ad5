"""`dist_params` moved to `env_cfg.dist_cfg`.

0.x passed it to `init_dist` when a launcher was given. MMEngine reads the same
arguments from `env_cfg.dist_cfg`; `env_cfg` also holds what 0.x read from
`cudnn_benchmark`, `opencv_num_threads` and `mp_start_method`.

What changes silently if it is left: MMEngine ignores it and uses `nccl`.

## Before

```python
dist_params = dict(backend='gloo', port=29501)
workflow = [('train', 1)]
```

## After

```python
env_cfg = dict(dist_cfg=dict(backend='gloo', port=29501))
workflow = [('train', 1)]
```

## Left alone

Nothing.

## Fix safety

Unsafe where `timeout` is set: 0.x took a `timedelta`, MMEngine takes seconds.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, move, shell, unsafe
from mmupgrade.rule import rule
from mmupgrade.shapes import mapping
from mmupgrade.verdict import unreadable
from mmupgrade.view import View


@rule(
    "MMR105",
    on="dist_params",
    shape=mapping,
    source="mmcv 1.7.1 runner/dist_utils.py, mmengine 0.10.7 dist/utils.py:56",
)
def dist_params(field: Field, view: View) -> Steps:
    """`dist_params` -> `env_cfg.dist_cfg`."""
    if field.value.entries is None:
        yield unreadable()
        return
    yield shell(field.value, "env_cfg.dist_cfg", field.statement)
    for entry in field.value.entries.values():
        yield move(entry, f"env_cfg.dist_cfg.{entry.key}")
        if entry.key == "timeout":
            yield unsafe("`timeout` was a timedelta in 0.x and is a number of seconds in 1.x")
