"""`default_scope` is new: where MMEngine looks for types.

Every `type='...'` of a config is looked up in the registries of this package first.
0.x had a registry for each codebase and needed no such field. Without it MMEngine
looks in its own registries and doesn't find MMagic's models.

It is written where the codebase is proven: `'mmagic'` for the target MMagic,
`'mmedit'` and `'mmgen'` for their 1.0.0rc0. It goes into the file without `_base_`
that sets `checkpoint_config` or `log_config`.
"""

from mmupgrade.rule import page

page("MMR601", "default_scope", __name__)
