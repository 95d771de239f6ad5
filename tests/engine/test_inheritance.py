"""Families that MMCV and MMEngine can't merge, and those that are migrated in parts."""

from __future__ import annotations

import gc
import warnings
from pathlib import Path

import pytest

from mmupgrade.engine import check
from mmupgrade.findings import Finding, Severity
from tests.support import fix_all, load, workspace

MMEDIT = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"


def _found(files: dict[str, str], name: str, rule: str) -> list[Finding]:
    found = check(workspace(files, Path("/nowhere")))
    return [f for f in found if f.document.path.endswith(f"/{name}") and f.rule.id == rule]


def _refused(files: dict[str, str], folder: Path, name: str) -> bool:
    for each, source in files.items():
        (folder / each).write_text(source)
    try:
        load(folder / name)
    except (KeyError, TypeError):
        return True
    finally:
        _forget_open_files()
    return False


def _forget_open_files() -> None:
    """MMEngine leaves a temporary file open where it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {
                "a.py": "total_iters = 1\nx = 1\n",
                "b.py": "x = 2\n",
                "c.py": f"_base_ = ['a.py', 'b.py']\n{MMEDIT}",
            },
            "`a.py` and `b.py` both set `x`",
        ),
        (
            {
                "a.py": "log_config = None\n",
                "c.py": f"_base_ = 'a.py'\n{MMEDIT}log_config = dict(interval=1, hooks=[])\n",
            },
            "`log_config` is a dict here and none in `a.py`",
        ),
        (
            {
                "a.py": "data = dict(train=[1])\n",
                "c.py": f"_base_ = 'a.py'\n{MMEDIT}data = dict(train=dict(type='X'))\n",
            },
            "`data.train` is a dict here and none in `a.py`",
        ),
        (
            {"a.py": "x = 1\n", "c.py": f"_base_ = ('a.py', )\n{MMEDIT}"},
            "not a tuple",
        ),
    ],
)
def test_what_cant_be_merged_is_found(files: dict[str, str], message: str, tmp_path: Path) -> None:
    found = [*_found(files, "c.py", "MMR907"), *_found(files, "c.py", "MMR902")]
    assert [message in finding.message for finding in found] == [True]
    assert found[0].severity is Severity.ERROR
    assert _refused(files, tmp_path, "c.py")


@pytest.mark.parametrize(
    "files",
    [
        {
            "a.py": "log_config = None\n",
            "c.py": (
                f"_base_ = 'a.py'\n{MMEDIT}log_config = dict(_delete_=True, interval=1, hooks=[])\n"
            ),
        },
        {
            "a.py": "__x = 1\n",
            "b.py": "__x = 2\n",
            "c.py": f"_base_ = ['a.py', 'b.py']\n{MMEDIT}",
        },
        {
            "a.py": "data = dict(train=1)\n",
            "c.py": f"_base_ = 'a.py'\n{MMEDIT}data = dict(a={{}})\n",
        },
    ],
)
def test_what_can_be_merged_is_not_found(files: dict[str, str], tmp_path: Path) -> None:
    assert not _found(files, "c.py", "MMR907")
    assert not _refused(files, tmp_path, "c.py")


NEW = """\
train_cfg = dict(type='IterBasedTrainLoop', max_iters=160000)
train_dataloader = dict(batch_size=1)
default_hooks = dict(logger=dict(type='LoggerHook', interval=50, log_metric_by_epoch=False))
log_processor = dict(type='LogProcessor', window_size=50, by_epoch=False)
"""


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (
            "runner = dict(type='IterBasedRunner', max_iters=320000)",
            "1.x ignores it and trains 160000 iterations, not 320000",
        ),
        ("total_iters = 320000", "1.x ignores it and trains 160000 iterations, not 320000"),
        (
            "train_cfg = dict(disc_steps=5)",
            "1.x merges it with the loop of `b.py`, which takes no `disc_steps`",
        ),
        ("checkpoint_config = dict(interval=3)", "1.x ignores it"),
    ],
)
def test_what_breaks_in_a_half_migrated_family_is_said(field: str, message: str) -> None:
    files = {"b.py": NEW, "c.py": f"_base_ = 'b.py'\nmodel = dict(type='EDVR')\n{field}\n"}
    (finding,) = [f for f in check(workspace(files, Path("/nowhere"))) if f.field]
    assert message in finding.message
    assert finding.severity is Severity.ERROR


def test_a_loop_over_settings_of_the_model_is_said() -> None:
    files = {
        "b.py": f"model = dict(type='EDVR')\ntrain_cfg = dict(disc_steps=5)\n{MMEDIT}",
        "c.py": "_base_ = 'b.py'\ntrain_cfg = dict(type='IterBasedTrainLoop', max_iters=5)\n",
    }
    (finding,) = _found(files, "b.py", "MMR204")
    assert "1.x merges it with the loop of `c.py`, which takes no `disc_steps`" in finding.message


def test_a_partial_field_over_a_migrated_base(tmp_path: Path) -> None:
    base = NEW.replace("train_dataloader = dict(batch_size=1)\n", "")
    files = {"b.py": base, "c.py": f"_base_ = 'b.py'\nlog_config = dict(interval=7)\n{MMEDIT}"}
    after = fix_all(files)
    assert "default_hooks = dict(logger=dict(interval=7))\n" in after["c.py"]
    for name, source in after.items():
        (tmp_path / name).write_text(source)
    loaded = load(tmp_path / "c.py")
    assert loaded["log_processor"]["window_size"] == 7
    assert loaded["default_hooks"]["logger"]["type"] == "LoggerHook"
