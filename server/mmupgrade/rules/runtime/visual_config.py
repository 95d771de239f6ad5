"""`visual_config` became a hook in `custom_hooks`; `None` goes.

MMEditing 0.x built a hook from it that saved images while training, or none where
it was `None`. In 1.x such a hook stands in `custom_hooks`
(`BasicVisualizationHook`) and draws through the `visualizer`.

What changes silently if it is left: MMEngine ignores it and saves no images.

## Before

```python
visual_config = None
workflow = [('train', 1)]
```

## After

```python
workflow = [('train', 1)]
```

## Left alone

A dict: `BasicVisualizationHook` draws in validation and test, not every so many
training iterations. Add it to `custom_hooks` by hand.

## Fix safety

Safe for `None`.
"""

from mmupgrade.fields import Field
from mmupgrade.moves import Steps, manual
from mmupgrade.rule import rule
from mmupgrade.shapes import either, mapping, nothing
from mmupgrade.view import View


@rule(
    "MMR110",
    on="visual_config",
    shape=either(nothing, mapping),
    source="mmedit 0.16.1 apis/train.py",
)
def visual_config(field: Field, view: View) -> Steps:
    """`visual_config` goes where it is None."""
    if not field.value.is_none:
        yield manual("a hook in `custom_hooks` takes its place: see `BasicVisualizationHook`")
