"""A config and its bases can't be merged.

MMCV and MMEngine refuse a config two of whose bases set the same name, and a dict over
something that is none, such as `None` or a list. A family that is migrated in parts comes
to this easily: `runner` in one base and `evaluation` in another both become `train_cfg`.

For two bases, take the name out of one of them and write it in the config. For a dict over
something else, `_delete_=True` in the dict replaces what the base says.
"""

from mmupgrade.rule import page

UNMERGED_BASE = page("MMR907", "unmerged-base", __name__)
