"""`log_processor` is new: over how many iterations logged values are averaged.

0.x averaged over the interval of `log_config`. MMEngine averages over `window_size`,
10 unless it is written out, so it takes the old interval. `by_epoch` says whether
iterations or epochs are shown; iteration-based runners of 0.x implied `False`, MMEngine
takes `True` for granted. Only losses and times are averaged in 1.x, other logged
values are shown as they are.
"""

from mmupgrade.rule import page

page("MMR602", "log_processor", __name__)
