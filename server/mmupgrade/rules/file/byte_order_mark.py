"""The file begins with a byte order mark.

MMCV and MMEngine read configs as plain UTF-8 and hand the text to Python's parser,
which refuses the mark. Save the file as UTF-8 without it. A rewrite keeps it.
"""

from mmupgrade.rule import page

BYTE_ORDER_MARK = page("MMR903", "byte-order-mark", __name__)
