"""`default_hooks` holds logger hooks of MMCV.

`default_hooks` is a field of 1.x, and MMCV's logger hooks are no hooks there: the
one `LoggerHook` logs, and the backends of the `visualizer` receive the values.

What changes silently if it is left: nothing. MMEngine doesn't find the type and
stops.

## Before

```python
default_hooks = dict(logger=dict(type='TextLoggerHook', interval=100))
resume_from = None
```

## By hand

```python
default_hooks = dict(logger=dict(type='LoggerHook', interval=100))
```
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, manual
from mmupgrade.rule import rule
from mmupgrade.rules.logger_hooks import BACKENDS, TEXT
from mmupgrade.values import Value
from mmupgrade.view import View


def _old_loggers(value: Value) -> list[str]:
    kinds = [entry.value.get("type") for entry in (value.entries or {}).values()]
    known = [kind.const for kind in kinds if kind is not None]
    return [name for name in known if isinstance(name, str) and (name in BACKENDS or name in TEXT)]


def _holds_old(value: Value) -> bool:
    return bool(_old_loggers(value))


@rule(
    "MMR503",
    on="default_hooks",
    shape=_holds_old,
    source="mmengine 0.10.7 hooks/logger_hook.py",
)
def default_hooks(field: Field, view: View) -> Steps:
    """Name the logger hooks that have to be rewritten."""
    names = ", ".join(f"`{kind}`" for kind in _old_loggers(field.value))
    yield manual(f"rewrite {names}: `LoggerHook` logs, and `visualizer` holds the backends")
