"""The file can't be read.

It isn't UTF-8, the only encoding in which MMCV and MMEngine read configs, or it is
too large for a config, or the system refuses it. It is left as it is.
"""

from mmupgrade.rule import notice

UNREADABLE_FILE = notice("MMR904", "unreadable-file", __doc__ or "")
