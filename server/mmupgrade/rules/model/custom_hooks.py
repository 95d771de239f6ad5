"""`custom_hooks` holds hooks whose names or arguments changed.

The field keeps its name. Hooks of MMCV keep theirs too, but MMEditing's and
MMGeneration's own hooks changed: the visualization hooks draw through the
`visualizer`, the moving average hook's `momentum` is turned around, and logger
hooks became backends of the `visualizer`.

What changes silently if it is left: an `ExponentialMovingAverageHook` with
`momentum=0.999` copies the live weights, since 1.x takes the share of the new
weights where 0.x took that of the old ones.

## Before

```python
custom_hooks = [
    dict(type='VisualizeUnconditionalSamples', output_dir='samples', interval=1000)]
total_iters = 1000
```

## By hand

`VisualizeUnconditionalSamples` and `MMGenVisualizationHook` became
`VisualizationHook`; `MMEditVisualizationHook` became `BasicVisualizationHook`.
`PGGANFetchDataHook` takes no arguments. Write 1 minus the old value for `momentum`.

```python
custom_hooks = [
    dict(
        type='VisualizationHook',
        interval=1000,
        vis_kwargs_list=dict(type='GAN', name='fake_img'))]
```
"""

from mmupgrade.fields import Field, is_marked
from mmupgrade.moves import Steps, manual
from mmupgrade.rule import rule
from mmupgrade.values import Value
from mmupgrade.view import View

_OLD = frozenset(
    """
    VisualizeUnconditionalSamples MMGenVisualizationHook MMEditVisualizationHook
    PetrelUploadHook TextLoggerHook TensorboardLoggerHook WandbLoggerHook PaviLoggerHook
    MlflowLoggerHook NeptuneLoggerHook ClearMLLoggerHook DvcliveLoggerHook SegmindLoggerHook
    """.split()
)


def old_hooks(value: Value) -> list[str]:
    """The types of a list of hooks that 1.x doesn't know, or knows with other arguments."""
    return [kind for item in value.items or () if (kind := _old_kind(item)) is not None]


def _old_kind(hook: Value) -> str | None:
    kind = hook.get("type")
    known = kind.const if kind is not None else None
    if not isinstance(known, str):
        return None
    entries = hook.entries or {}
    if known == "ExponentialMovingAverageHook" and not _is_old_average(hook):
        return None
    if known == "PGGANFetchDataHook" and "interval" not in entries:
        return None
    if known == "VisualizationHook" and "output_dir" not in entries:
        return None
    changed = ("ExponentialMovingAverageHook", "PGGANFetchDataHook", "VisualizationHook")
    return known if known in _OLD or known in changed else None


def _is_old_average(hook: Value) -> bool:
    """0.x's momentum is the share of the old weights, close to 1; 1.x's is close to 0."""
    if hook.get("momentum_policy") is not None:
        return True
    settings = hook.get("interp_cfg")
    momentum = settings.get("momentum") if settings is not None else None
    if momentum is None:
        return not is_marked(hook.document)
    return isinstance(momentum.const, (int, float)) and momentum.const > 0.5


def _holds_old(value: Value) -> bool:
    return bool(old_hooks(value))


@rule(
    "MMR502",
    on="custom_hooks",
    shape=_holds_old,
    source="mmedit 0.16.1 core/hooks/, mmgen 0.7.3 core/hooks/",
)
def custom_hooks(field: Field, view: View) -> Steps:
    """Name the hooks that have to be rewritten."""
    names = ", ".join(f"`{kind}`" for kind in dict.fromkeys(old_hooks(field.value)))
    yield manual(f"rewrite {names} by hand")
