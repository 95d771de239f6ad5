"""`resume_from` was replaced by `resume` together with `load_from`.

0.x resumed from the path in `resume_from`, and otherwise loaded the weights in
`load_from`: with both set, `load_from` was never read. In 1.x `load_from` holds
the path and `resume` says what is done with it:

- `resume=True` and `load_from` set: training goes on from that checkpoint.
- `resume=True` and `load_from=None`: training goes on from the newest checkpoint
  in the work directory, if there is one.
- `resume=False` and `load_from` set: only the weights are loaded.
- `resume=False` and `load_from=None`: nothing is loaded.

What changes silently if it is left: MMEngine ignores `resume_from` and trains
from `load_from`, or from nothing.

A checkpoint that 0.x wrote can be loaded but not resumed: MMEngine's
`Runner.resume` needs entries that no such file has. With torch 2.6 or newer and
MMEngine 0.10.7, resuming MMEngine's own checkpoints needs the environment
variable `TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1`.

## Before

```python
load_from = None
resume_from = None
workflow = [('train', 1)]
```

## After

```python
load_from = None
resume = False
workflow = [('train', 1)]
```

## Before

```python
load_from = 'stage1.pth'
resume_from = 'work_dirs/stage2/iter_15000.pth'
workflow = [('train', 1)]
```

## After

```python
load_from = 'work_dirs/stage2/iter_15000.pth'
resume = True
workflow = [('train', 1)]
```

## Left alone

A path below which another config sets `load_from`, a value that may be no path, and a
`resume` that stands there already and says something else. Where `resume_from` is set
there are two fixes, this one and `resume = True` alone, which goes on from the newest
checkpoint in the work directory.

## Fix safety

Safe for `None`. Unsafe for a path: 1.x can't resume what 0.x saved, writes
`last_checkpoint` instead of `latest.pth`, and the value of `load_from`, which 0.x
never read, goes.
"""

import ast

from mmupgrade.fields import Field
from mmupgrade.moves import (
    Consume,
    Lost,
    Move,
    Otherwise,
    Steps,
    Titled,
    carry,
    implied,
    manual,
    path,
    unsafe,
)
from mmupgrade.rule import rule
from mmupgrade.shapes import either, instance, nothing
from mmupgrade.tree import Kind, Leaf
from mmupgrade.values import OPAQUE, Value
from mmupgrade.verdict import unreadable
from mmupgrade.view import View

#: Expressions that can only give a text.
_TEXTS = (ast.Constant, ast.Name, ast.JoinedStr, ast.BinOp)
_DOUBT = "1.x can load but not resume a 0.x checkpoint"


@rule(
    "MMR103",
    on="resume_from",
    shape=either(nothing, instance(str)),
    source="mmedit 0.16.1 apis/train.py:234, mmgen 0.7.3 apis/train.py:203",
)
def resume_from(field: Field, view: View) -> Steps:
    """`resume_from` -> `load_from` and `resume`."""
    known = field.value.const
    if known is OPAQUE and not isinstance(field.value.node, _TEXTS):
        yield unreadable()
        return
    if known is None or known == "":
        standing = view.document.value("resume")
        if standing is not None and standing.const not in (False, None):
            yield manual(f"`resume` is {standing.source} already, `resume_from` gives False")
        yield Move(path("resume"), Leaf(None, False, Kind.DEFAULT, field.statement))
        if any(part.const not in (None, "") for part in field.parts[:-1]):
            yield from _load_again(view)
        return
    yield from _overridden(view)
    yield unsafe(_DOUBT)
    yield Titled("Resume from this path: `load_from` takes it, `resume = True`")
    yield from _latest(field.value)
    yield from _load_from_lost(view)
    yield carry(field.value, "load_from", field.statement)
    yield implied("resume", True)
    yield Otherwise("`resume = True` alone: from the newest checkpoint in the work directory")
    yield unsafe(_DOUBT)
    yield from _load_from_lost(view)
    yield Lost("resume_from", "is not what is resumed from")
    yield implied("load_from", None)
    yield Move(path("resume"), Leaf(const=True, carrier=field.statement))


def _load_again(view: View) -> Steps:
    """A base resumed: its `load_from` holds that path now."""
    held = view.load_from
    known = held is not None and held.const not in (None, "")
    yield carry(held, "load_from") if held and known else implied("load_from", None)


def _overridden(view: View) -> Steps:
    """A file that inherits may set `load_from`, which would win over the path now."""
    for member in view.workspace.dependents(view.document):
        own = member.document.value("load_from")
        if own is None or own.const == "":
            continue
        if member.own_value("resume_from") is None:
            yield manual("a config that inherits sets `load_from`, which 0.x didn't read then")
            return


def _latest(value: Value) -> Steps:
    if "latest.pth" in value.source:
        yield unsafe("1.x writes `last_checkpoint`, no `latest.pth`")


def _load_from_lost(view: View) -> Steps:
    held = view.load_from
    if held is None:
        return
    yield Consume("load_from")
    if held.const not in (None, ""):
        shown = held.source if held.const is OPAQUE else repr(held.const)
        yield Lost("load_from", f"({shown}) was never read beside `resume_from` and goes")
