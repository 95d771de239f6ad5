"""`checkpoint_config` moved to `default_hooks.checkpoint`.

In 0.x, MMCV's runner built its `CheckpointHook` from this field. Under the
iteration-based runners of MMEditing and MMGeneration, an absent `by_epoch` meant
`False`. MMEngine builds its `CheckpointHook` from `default_hooks.checkpoint`,
where an absent `by_epoch` means `True`, so `by_epoch=False` is written out.

What changes silently if it is left: MMEngine ignores `checkpoint_config` and
saves once an epoch, which in an iteration-based loop is once, at the very end.

The hooks that 0.x set up in its scripts (timer, logger, parameter scheduler,
sampler seed) are fields of `default_hooks` too. They are written once, in the
file without `_base_` that sets `checkpoint_config` or `log_config`; a file that
inherits gets only what it overrides.

What says which checkpoint is the best (`save_best` and `rule`, or `less_keys` and
`greater_keys`) is new in the hook: 0.x decided it in `evaluation`.

`out_dir` counts from the work directory only in MMGeneration 0.x, which saves
under `<work_dir>/ckpt`; 1.x saves under `<work_dir>`.

## Before

```python
total_iters = 400000
checkpoint_config = dict(interval=10000, save_optimizer=True, create_symlink=False)
```

## After

```python
total_iters = 400000
default_hooks = dict(
    timer=dict(type='IterTimerHook'),
    param_scheduler=dict(type='ParamSchedulerHook'),
    checkpoint=dict(
        type='CheckpointHook',
        interval=10000,
        save_optimizer=True,
        by_epoch=False,
    ),
    sampler_seed=dict(type='DistSamplerSeedHook'),
)
log_processor = dict(type='LogProcessor', by_epoch=False)
env_cfg = dict(
    cudnn_benchmark=False,
    mp_cfg=dict(mp_start_method='fork', opencv_num_threads=0),
    dist_cfg=dict(backend='nccl'),
)
```

## Left alone

`by_epoch=True` under an iteration-based runner: in 0.x no checkpoint was ever
saved. Whether that was meant can't be known.

## Fix safety

Unsafe where a value with an effect has no counterpart: `create_symlink=True` (1.x
writes a text file `last_checkpoint`, no `latest.pth`) and `sync_buffer=True`.
Without an effect and dropped: `create_symlink=False`, `sync_buffer=False`, `meta`.
Kept, they would make MMEngine crash at the first save.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Move, Steps, default, implied, lost, manual, move, path, shell, unsafe
from mmupgrade.rule import rule
from mmupgrade.rules.files import backend_args
from mmupgrade.shapes import having
from mmupgrade.tree import Leaf
from mmupgrade.values import Entry
from mmupgrade.verdict import unreadable
from mmupgrade.view import View

TO = "default_hooks.checkpoint"
_SAME = ("type", "interval", "save_optimizer", "max_keep_ckpts", "save_last", "filename_tmpl")
_GONE = {
    "create_symlink": "has no counterpart: 1.x writes `last_checkpoint` instead of `latest.pth`",
    "sync_buffer": "has no counterpart in the hook: see MMEngine's `SyncBuffersHook`",
    "meta": "has no counterpart: 1.x fills it in itself",
}
_KEYS = (*_SAME, *_GONE, "by_epoch", "out_dir", "file_client_args")


@rule(
    "MMR101",
    on="checkpoint_config",
    shape=having(*_KEYS),
    source="mmcv 1.7.1 runner/base_runner.py:468, runner/iter_based_runner.py:271",
)
def checkpoint_config(field: Field, view: View) -> Steps:
    """`checkpoint_config` -> `default_hooks.checkpoint`."""
    value, entries = field.value, field.value.entries
    if value.is_none:
        yield Move(path(TO), Leaf(value, carrier=field.statement))
        return
    if entries is None:
        yield unreadable()
        return
    yield shell(value, TO, field.statement)
    yield default(f"{TO}.type", "CheckpointHook")
    for entry in entries.values():
        yield from _entry(entry, view)
    if "by_epoch" not in entries and view.by_epoch is not True:
        yield from _implied_by_epoch(view)


def _entry(entry: Entry, view: View) -> Steps:
    known = entry.value.const
    if entry.key in _GONE:
        effect = entry.key != "meta" and known is not False
        yield lost(entry, "checkpoint_config", _GONE[entry.key], effect=effect)
    elif entry.key == "file_client_args":
        yield from backend_args(entry, TO)
    elif entry.key == "out_dir" and known == "":
        yield Move(path(f"{TO}.out_dir"), Leaf(carrier=entry))
    else:
        yield move(entry, f"{TO}.{entry.key}")
        if entry.key not in _KEYS:
            yield manual(f"`{entry.key}` is no argument of MMCV's CheckpointHook")
        if entry.key == "type" and known != "CheckpointHook":
            yield unsafe(f"the hook {entry.value.source} has to exist in 1.x too")
    if entry.key == "by_epoch" and known is not False and view.by_epoch is False:
        yield manual("`by_epoch=True` under an iteration-based runner saved nothing in 0.x")
    if entry.key == "out_dir" and known not in (None, "") and view.codebase == "mmgen":
        yield unsafe("`out_dir` counted from the work directory in MMGeneration, now it doesn't")


def _implied_by_epoch(view: View) -> Steps:
    if view.by_epoch is False:
        yield implied(f"{TO}.by_epoch", False)
    elif view.complete:
        yield manual("nothing shows whether the 0.x runner counts iterations or epochs")
