"""The file doesn't parse.

Findings on intact statements are shown, but nothing is rewritten until the file is
valid Python again. MMCV and MMEngine refuse such a file.
"""

from mmupgrade.rule import page

SYNTAX_ERROR = page("MMR901", "syntax-error", __name__)
