"""`val_cfg` and `test_cfg` are new: the loops that validate and test.

0.x validated in a hook and tested in a script. MMEngine runs a loop for each, and
refuses a `val_cfg` without `val_dataloader` and `val_evaluator`. MMagic's metrics need
its own loops, `MultiValLoop` and `MultiTestLoop`; MMGeneration's 1.0.0rc0 has
`GenValLoop` and `GenTestLoop`. They are written beside `train_cfg` where there is
something to evaluate.
"""

from mmupgrade.rule import page

page("MMR605", "val_cfg", __name__)
