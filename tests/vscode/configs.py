"""0.x configs, and what the engine makes of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmupgrade.workspace import Workspace
from tests.support import workspace

LONE = """\
# EDVR 微调：REDS 数据集
exp_name = 'edvr_reds_微调'
model = dict(
    type='EDVR',
    generator=dict(type='EDVRNet', in_channels=3, out_channels=3, mid_channels=64))

# 每 5000 次迭代保存一次
checkpoint_config = dict(interval=5000, by_epoch=False)  # 按迭代
log_config = dict(
    interval=100,
    hooks=[
        dict(type='TextLoggerHook', by_epoch=False),
        dict(type='TensorboardLoggerHook'),
    ])
optimizers = dict(generator=dict(type='Adam', lr=1e-4, betas=(0.9, 0.999)))
lr_config = dict(policy='Step', by_epoch=False, step=[200000], gamma=0.5)
total_iters = 300000
resume_from = None
workflow = [('train', 1)]
"""
FAMILY = {
    "configs/_base_/default_runtime.py": """\
# 运行设置
checkpoint_config = dict(interval=5000, by_epoch=False)
log_config = dict(interval=100, hooks=[dict(type='TextLoggerHook', by_epoch=False)])
dist_params = dict(backend='nccl')
log_level = 'INFO'
load_from = None
resume_from = None
workflow = [('train', 1)]
""",
    "configs/esrgan_psnr.py": """\
_base_ = './_base_/default_runtime.py'

# ESRGAN 预训练
exp_name = 'esrgan_psnr'; tag = '🍣'; log_config = dict(interval=50)
model = dict(
    type='BasicRestorer',
    generator=dict(type='RRDBNet', in_channels=3, out_channels=3, mid_channels=64),
    pixel_loss=dict(type='L1Loss', loss_weight=1.0, reduction='mean'))
optimizers = dict(generator=dict(type='Adam', lr=2e-4, betas=(0.9, 0.999)))

# 保留三个检查点
total_iters = 1000000
checkpoint_config = dict(max_keep_ckpts=3)
""",
}


def written(folder: Path, files: Mapping[str, str], **settings: Any) -> Workspace:
    """The run of these files, once they are written as they stand, with these settings."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return workspace(files, folder, **settings)


def configure(folder: Path, settings: Mapping[str, Any]) -> None:
    """Write the settings of VS Code for a folder."""
    path = folder / ".vscode" / "settings.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(settings))
