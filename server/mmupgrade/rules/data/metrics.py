"""`metrics` became `test_evaluator`.

MMGeneration's test script took its metrics from this dict, by name. In 1.x they are
the list `test_evaluator.metrics`, each with a `prefix` for its results. A list in
an inheriting file replaces that of its base, where a dict was merged.

What changes silently if it is left: MMEngine ignores it.

## Before

```python
metrics = dict(fid50k=dict(type='FID', num_images=50000, inception_pkl=None))
total_iters = 1000
```

## By hand

`num_images` is `fake_nums`; the statistics that 0.x saved in an `inception_pkl`
can't be read by 1.x. `FID` without `inception_args` used PyTorch's Inception in
0.x, which 1.x has to be told.

```python
test_evaluator = dict(
    type='Evaluator',
    metrics=[
        dict(
            type='FrechetInceptionDistance',
            prefix='FID-50k',
            fake_nums=50000,
            inception_style='PyTorch')])
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps
from mmupgrade.rule import rule
from mmupgrade.rules.later import by_hand
from mmupgrade.shapes import mapping
from mmupgrade.view import View


@rule(
    "MMR403",
    on="metrics",
    shape=mapping,
    source="mmgen 0.7.3 tools/evaluation.py:168",
    weak=True,
)
def metrics(field: Field, view: View) -> Steps:
    """Name what takes its place."""
    return by_hand("`test_evaluator`")
