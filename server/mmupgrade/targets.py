"""What each 1.x target calls things: one row a target."""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """One 1.x package.

    `typed_loops` says how `train_cfg` names its loop: by `type`, or by
    `by_epoch` alone. `hooks` are default hooks that its runtime files write
    besides timer, logger and checkpoint. `pavi` says whether it has a backend
    for PAVI.
    """

    name: str
    scope: str
    val_loop: str
    test_loop: str
    timer: str
    log_processor: str
    visualizer: str
    hooks: dict[str, str]
    typed_loops: bool
    pavi: bool


_HOOKS = {"param_scheduler": "ParamSchedulerHook", "sampler_seed": "DistSamplerSeedHook"}

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        # mmagic 1.2.0: engine/runner/multi_loops.py, visualization/visualizer.py
        Target(
            name="mmagic",
            scope="mmagic",
            val_loop="MultiValLoop",
            test_loop="MultiTestLoop",
            timer="IterTimerHook",
            log_processor="LogProcessor",
            visualizer="Visualizer",
            hooks=_HOOKS,
            typed_loops=True,
            pavi=True,
        ),
        # mmedit 1.0.0rc0: its configs/_base_/default_runtime.py and restorers
        Target(
            name="mmedit",
            scope="mmedit",
            val_loop="ValLoop",
            test_loop="TestLoop",
            timer="IterTimerHook",
            log_processor="LogProcessor",
            visualizer="Visualizer",
            hooks=_HOOKS,
            typed_loops=True,
            pavi=False,
        ),
        # mmgen 1.0.0rc0: engine/, visualization/gen_visualizer.py, docs/en/migration.md
        Target(
            name="mmgen",
            scope="mmgen",
            val_loop="GenValLoop",
            test_loop="GenTestLoop",
            timer="GenIterTimerHook",
            log_processor="GenLogProcessor",
            visualizer="GenVisualizer",
            hooks={},
            typed_loops=False,
            pavi=False,
        ),
    )
}
