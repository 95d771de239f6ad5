"""The oracle tells equal settings from those that differ."""

from __future__ import annotations

import pytest

from tests.corpus.oracle_cases import (
    BOARD,
    CASES,
    TEXT,
    WINDOW,
    Case,
    Config,
    backends,
    checkpoint_config,
    differences,
    hooks,
    saving,
)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_faithful(case: Case) -> None:
    assert differences(case.old, case.faithful) == []


@pytest.mark.parametrize(
    ("case", "paths"),
    [
        pytest.param(case, paths, id=f"{name}: {paths}")
        for name, case in CASES.items()
        for paths in case.wrong
    ],
)
def test_wrong(case: Case, paths: str) -> None:
    found = differences(case.old, case.wrong[paths])
    assert sorted(item.path for item in found) == sorted(paths.split())


UNKEPT: dict[str, tuple[Config, Config, str]] = {
    "a val phase": ({"workflow": [("train", 1), ("val", 1)]}, {}, "workflow_val"),
    "buffers": (checkpoint_config(sync_buffer=True), saving(), "checkpoint.sync_buffer"),
    "segmind": (hooks({"type": "SegmindLoggerHook"}), {}, "backends"),
    "pavi": (hooks({"type": "PaviLoggerHook"}), {}, "backends"),
    "with_step": (
        hooks({"type": "WandbLoggerHook", "with_step": False}),
        backends({"type": "WandbVisBackend"}),
        "backends[0].with_step",
    ),
    "log_model": (
        hooks({"type": "MlflowLoggerHook", "log_model": False}),
        backends({"type": "MLflowVisBackend"}),
        "backends[0].log_model",
    ),
    "model_file": (
        hooks({"type": "DvcliveLoggerHook", "model_file": "m"}),
        backends({"type": "DVCLiveVisBackend"}),
        "backends[0].model_file",
    ),
    "a slower service is averaged for itself": (
        hooks({**BOARD, "interval": 1000}),
        backends({"type": "TensorboardVisBackend"}),
        "backends[0].window",
    ),
    "no text": (
        {"log_config": {"interval": 100, "hooks": [BOARD]}},
        backends({"type": "TensorboardVisBackend"}),
        "logger.text logger.json",
    ),
    "a second text hook": (hooks(TEXT), {}, "backends"),
    "a faster service behind": (
        hooks({**BOARD, "interval": 20}),
        backends({"type": "TensorboardVisBackend"}),
        "backends[0].interval backends[0].window",
    ),
    "an unknown service": (hooks({"type": "MyHook"}), {}, "backends"),
    "a custom_cfg": (
        {},
        {"log_processor": {**WINDOW, "custom_cfg": [{"data_src": "loss", "window_size": 1}]}},
        "window",
    ),
}


@pytest.mark.parametrize(("old", "new", "paths"), UNKEPT.values(), ids=UNKEPT)
def test_what_cannot_be_kept_is_seen(old: Config, new: Config, paths: str) -> None:
    assert {item.path for item in differences(old, new)} == set(paths.split())
