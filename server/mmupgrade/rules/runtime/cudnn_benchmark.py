"""`cudnn_benchmark` moved to `env_cfg.cudnn_benchmark`.

0.x switched cuDNN's benchmark mode on where this was true. MMEngine reads the same
value from `env_cfg`.

What changes silently if it is left: MMEngine ignores it and leaves the benchmark mode off.

## Before

```python
cudnn_benchmark = True
workflow = [('train', 1)]
```

## After

```python
env_cfg = dict(cudnn_benchmark=True)
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
    "MMR106",
    on="cudnn_benchmark",
    shape=instance(bool, int),
    source="mmedit 0.16.1 tools/train.py, mmengine 0.10.7 runner/runner.py",
)
def cudnn_benchmark(field: Field, view: View) -> Steps:
    """`cudnn_benchmark` -> `env_cfg.cudnn_benchmark`."""
    yield carry(field.value, "env_cfg.cudnn_benchmark", field.statement)
