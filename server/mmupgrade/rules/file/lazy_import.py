"""MMEngine takes the file for a lazy config.

An `import` that stands before `_base_`, or in a file without `_base_`, makes MMEngine
read the file in its lazy syntax, which can't be mixed with text configs: loading a
config that inherits from it stops with an error. MMCV ran such a file. Remove the
import, or move it below `_base_`.
"""

from mmupgrade.rule import page

LAZY_IMPORT = page("MMR905", "lazy-import", __name__)
