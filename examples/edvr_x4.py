_base_ = './_base_/default_runtime.py'

exp_name = 'edvr_x4_demo'
scale = 4

model = dict(
    type='EDVR',
    generator=dict(
        type='EDVRNet',
        in_channels=3,
        out_channels=3,
        mid_channels=64,
        num_frames=5,
        with_tsa=True),
    pixel_loss=dict(type='CharbonnierLoss', loss_weight=1.0, reduction='sum'))
train_cfg = dict(tsa_iter=50000)
test_cfg = dict(metrics=['PSNR', 'SSIM'], crop_border=scale)

data = dict(
    workers_per_gpu=4,
    train_dataloader=dict(samples_per_gpu=8, drop_last=True),
    train=dict(
        type='SRFolderMultipleGTDataset',
        lq_folder='data/demo/lq',
        gt_folder='data/demo/gt',
        pipeline=[],
        scale=scale))

optimizers = dict(generator=dict(type='Adam', lr=4e-4, betas=(0.9, 0.999)))

# learning policy
total_iters = 300000
lr_config = dict(policy='Step', by_epoch=False, step=[200000], gamma=0.5)

# keep the disk small
checkpoint_config = dict(max_keep_ckpts=3)
log_config = dict(interval=50)
visual_config = None

work_dir = f'./work_dirs/{exp_name}'
