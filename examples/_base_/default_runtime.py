# Shared by the configs of this folder.
checkpoint_config = dict(interval=5000, by_epoch=False)  # in iterations
# yapf:disable
log_config = dict(
    interval=100,  # every 100 iterations
    hooks=[
        dict(type='TextLoggerHook', by_epoch=False),
        dict(type='TensorboardLoggerHook'),
        # dict(type='WandbLoggerHook', init_kwargs=dict(project='sr')),
    ])
# yapf:enable

dist_params = dict(backend='nccl')
log_level = 'INFO'
load_from = None
resume_from = None
workflow = [('train', 1)]

# leave the threads to the workers
opencv_num_threads = 0
