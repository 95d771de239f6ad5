"""`env_cfg` is new: the environment of a run.

It holds what 0.x read from `cudnn_benchmark`, `opencv_num_threads`, `mp_start_method`
and `dist_params`. The file without `_base_` that sets `checkpoint_config` or
`log_config` gets all of it, with the values that 0.x used where nothing was said:
`cudnn_benchmark=False`, `fork`, no OpenCV threads, `nccl`.
"""

from mmupgrade.rule import page

page("MMR604", "env_cfg", __name__)
