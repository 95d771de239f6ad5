"""The file can't be read.

It isn't UTF-8, the only encoding in which MMCV and MMEngine read configs, or it is
too large for a config, or the system refuses it. It is left as it is.
"""

from mmupgrade.rule import page

UNREADABLE_FILE = page("MMR904", "unreadable-file", __name__)
