"""Judges a rewritten config by what each framework makes of it, from their sources alone.

Files are cited inside the unpacked releases: mmcv 1.7.1, mmedit 0.16.1 and mmgen 0.7.3 for the old
side, mmengine 0.10.7, mmagic 1.2.0, mmedit 1.0.0rc0 and mmgen 1.0.0rc0 for the new one.
"""

from .compare import (
    MISSING,
    NEVER,
    Backend,
    ByEpoch,
    Checkpoint,
    Difference,
    Env,
    Load,
    Logger,
    Loop,
    Settings,
    Unrunnable,
    compare,
)
from .new import new_settings
from .old import old_settings

__all__ = [
    "MISSING",
    "NEVER",
    "Backend",
    "ByEpoch",
    "Checkpoint",
    "Difference",
    "Env",
    "Load",
    "Logger",
    "Loop",
    "Settings",
    "Unrunnable",
    "compare",
    "new_settings",
    "old_settings",
]
