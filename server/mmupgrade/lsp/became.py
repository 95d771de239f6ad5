"""Which 0.x field a 1.x setting was, and what became of hooks."""

from __future__ import annotations

from mmupgrade.rules.logger_hooks import BACKENDS, TEXT

#: By the path of the 1.x setting; the longest that fits counts.
_WAS: dict[tuple[str, ...], str] = {
    ("default_hooks", "checkpoint"): "checkpoint_config",
    ("default_hooks", "logger"): "log_config",
    ("env_cfg", "cudnn_benchmark"): "cudnn_benchmark",
    ("env_cfg", "dist_cfg"): "dist_params",
    ("env_cfg", "mp_cfg", "mp_start_method"): "mp_start_method",
    ("env_cfg", "mp_cfg", "opencv_num_threads"): "opencv_num_threads",
    ("log_processor",): "log_config",
    ("model", "test_cfg"): "test_cfg",
    ("model", "train_cfg"): "train_cfg",
    ("optim_wrapper",): "optimizer",
    ("param_scheduler",): "lr_config",
    ("resume",): "resume_from",
    ("test_dataloader",): "data",
    ("test_evaluator",): "evaluation",
    ("train_cfg", "max_epochs"): "total_epochs",
    ("train_cfg", "max_iters"): "total_iters",
    ("train_cfg", "val_interval"): "evaluation",
    ("train_cfg",): "runner",
    ("train_dataloader",): "data",
    ("val_dataloader",): "data",
    ("val_evaluator",): "evaluation",
    ("visualizer",): "log_config",
}


def was(path: tuple[str, ...]) -> str | None:
    """The 0.x field that the 1.x setting at `path` takes the place of."""
    for length in range(len(path), 0, -1):
        if path[:length] in _WAS:
            return _WAS[path[:length]]
    return None


def hook_became(name: str) -> str | None:
    """What is said of a logger hook of 0.x by its type; None where there is nothing."""
    if name in TEXT:
        return f"`{name}` became `LoggerHook`, which writes with `LocalVisBackend`."
    return f"`{name}` became `{BACKENDS[name].type}`." if name in BACKENDS else None
