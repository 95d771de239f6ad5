"""`visualizer` is new: what records values and images, and where they are sent.

0.x had a logger hook for each service. MMEngine has one `LoggerHook` and sends what it
logs to the backends of the `visualizer`: `LocalVisBackend` keeps a file of values,
`TensorboardVisBackend`, `WandbVisBackend` and others take the place of the hooks. A list
of backends in an inheriting file replaces that of its base. A TensorBoard folder is
below `<work_dir>/<timestamp>/vis_data` unless `save_dir` says where.
"""

from mmupgrade.rule import page

page("MMR603", "visualizer", __name__)
