"""A `_base_` file can't be read.

What a config inherits decides what its own fields mean. Where a base is missing,
circular, unreadable, in another package (`package::path`), not a Python file, or
named by an expression, the fields of this file are rewritten only on demand, and
nothing that the base may set is invented.
"""

from mmupgrade.rule import page

UNRESOLVED_BASE = page("MMR902", "unresolved-base", __name__)
