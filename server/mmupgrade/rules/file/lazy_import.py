"""MMEngine takes the file for a lazy config.

An `import` that stands before `_base_`, or in a file without `_base_`, makes MMEngine
read the file as a lazy config, in another language than the text configs that inherit
from it or that it inherits from; loading them stops with an error. MMCV ran such a
file. Remove the import, or move it below `_base_`.
"""

from mmupgrade.rule import page

LAZY_IMPORT = page("MMR905", "lazy-import", __name__)
