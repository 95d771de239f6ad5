"""The file doesn't parse.

Findings on intact statements are shown, but nothing is rewritten until the file is
valid Python again. MMCV and MMEngine refuse such a file.
"""

from mmupgrade.rule import notice

SYNTAX_ERROR = notice("MMR901", "syntax-error", __doc__ or "")
