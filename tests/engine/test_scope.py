"""Which fixes need other files, and what files outside the run do to them."""

from __future__ import annotations

from pathlib import Path

from mmupgrade.engine import check
from mmupgrade.project import know_relatives
from tests.support import workspace

TEXT = "log_config = dict(interval=50, hooks=[dict(type='TextLoggerHook')])\n"
MMEDIT = "optimizers = dict(generator=dict(type='Adam'))\ntotal_iters = 9\n"
BASE = f"{MMEDIT}checkpoint_config = dict(interval=5)\n{TEXT}dist_params = dict(backend='nccl')\n"
CHILD = "_base_ = 'b.py'\nvisual_config = None\ncheckpoint_config = dict(interval=7)\n"


def _scopes(files: dict[str, str]) -> dict[tuple[str, str], str]:
    found = check(workspace(files, Path("/nowhere")))
    return {(Path(f.document.path).name, f.field): f.scope for f in found}


def test_a_fix_that_is_right_alone_has_scope_file() -> None:
    scopes = _scopes({"b.py": BASE, "c.py": CHILD})
    assert scopes["b.py", "dist_params"] == "file"
    assert scopes["b.py", "log_config"] == "file"
    assert scopes["c.py", "visual_config"] == "file"
    assert scopes["b.py", "checkpoint_config"] == "family"
    assert scopes["c.py", "checkpoint_config"] == "family"


def test_alone_everything_has_scope_file() -> None:
    assert set(_scopes({"b.py": BASE}).values()) == {"file"}


def _applicabilities(given: str, files: dict[str, str], folder: Path) -> dict[str, str]:
    for name, source in files.items():
        (folder / name).write_text(source)
    made = workspace({given: files[given]}, folder)
    know_relatives(made)
    found = {f.field: f.applicability.word for f in check(made)}
    return {name: word for name, word in found.items() if name != "optimizers"}


def test_relatives_outside_the_run_lower_what_they_have_a_part_in(tmp_path: Path) -> None:
    files = {"b.py": BASE, "c.py": CHILD}
    base = _applicabilities("b.py", files, tmp_path)
    assert base.pop("checkpoint_config") == "unsafe"
    assert set(base.values()) == {"safe"}
    child = _applicabilities("c.py", files, tmp_path)
    assert child["checkpoint_config"] == "unsafe"
    assert child["visual_config"] == "safe"


def test_relatives_that_set_nothing_lower_nothing(tmp_path: Path) -> None:
    files = {"b.py": BASE, "c.py": "_base_ = 'b.py'\nwork_dir = 'x'\n"}
    assert set(_applicabilities("b.py", files, tmp_path).values()) == {"safe"}


def test_an_heir_of_an_heir_counts(tmp_path: Path) -> None:
    files = {
        "b.py": BASE,
        "c.py": "_base_ = 'b.py'\n",
        "d.py": "_base_ = './c.py'\nlog_config = dict(interval=3)\n",
        "other.py": "_base_ = 'elsewhere.py'\nlog_config = dict(interval=3)\n",
    }
    found = _applicabilities("b.py", files, tmp_path)
    assert found["log_config"] == "unsafe"
    assert found["checkpoint_config"] == "safe"
