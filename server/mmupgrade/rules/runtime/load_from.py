"""`load_from=''` loads nothing in 0.x; 1.x needs `None`.

0.x took an empty string for "load nothing". MMEngine tests for `None` only and
would try to load a checkpoint from an empty path.

Otherwise `load_from` keeps its name, and `resume` says what is done with it:

- `resume=True` and `load_from` set: training goes on from that checkpoint.
- `resume=True` and `load_from=None`: training goes on from the newest checkpoint
  in the work directory, if there is one.
- `resume=False` and `load_from` set: only the weights are loaded.
- `resume=False` and `load_from=None`: nothing is loaded.

What changes silently if it is left: nothing. The run stops at its start.

## Before

```python
load_from = ''
workflow = [('train', 1)]
```

## After

```python
load_from = None
workflow = [('train', 1)]
```

## Left alone

Any other value: `load_from` has the same name and meaning in 1.x.

## Fix safety

Safe.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Move, Needs, Steps, path
from mmupgrade.rule import rule
from mmupgrade.tree import Leaf
from mmupgrade.values import Value
from mmupgrade.view import View


def _empty(value: Value) -> bool:
    return bool(value.const == "")


@rule(
    "MMR104",
    on="load_from",
    shape=_empty,
    source="mmengine 0.10.7 runner/runner.py:1679",
)
def load_from(field: Field, view: View) -> Steps:
    """`load_from=''` -> `load_from=None`; beside a path to resume from it goes."""
    resumed = view.old.get("resume_from")
    if resumed is not None and resumed.value.const not in (None, ""):
        yield Needs("resume_from")
        return
    yield Move(path("load_from"), Leaf(const=None, carrier=field.statement))
