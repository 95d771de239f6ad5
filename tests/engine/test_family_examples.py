"""Families that `tests/properties/test_families.py` found, each as small as it gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from mmupgrade.fix import fix, quick_fix
from tests.support import fix_all, load, workspace

FOLDER = Path("/nowhere")
ITERATIONS = "total_iters = 1000\n"
TEXT = "log_config = dict(interval=5, hooks=[dict(type='TextLoggerHook')])\n"


def _loaded(files: Mapping[str, str], folder: Path) -> dict[str, dict[str, Any]]:
    for name, source in files.items():
        (folder / name).write_text(source)
    return {name: load(folder / name) for name in files}


def _errors(files: Mapping[str, str]) -> list[str]:
    return [rewrite.error for rewrite in fix(workspace(files, FOLDER)) if rewrite.error]


def test_a_length_in_other_units_than_the_base_replaces_its_loop(tmp_path: Path) -> None:
    files = {
        "b.py": "total_epochs = 20\nlr_config = None\n",
        "c.py": f"_base_ = 'b.py'\n{ITERATIONS}",
    }
    loop = _loaded(fix_all(files), tmp_path)["c.py"].get("train_cfg", {})
    assert not {"max_iters", "max_epochs"} <= loop.keys()


def test_two_lengths_in_one_file_are_not_one_loop(tmp_path: Path) -> None:
    files = {"c.py": f"{ITERATIONS}total_epochs = 10\nlr_config = dict(policy='step')\n"}
    loop = _loaded(fix_all(files), tmp_path)["c.py"].get("train_cfg", {})
    assert not {"max_iters", "max_epochs"} <= loop.keys()


@pytest.mark.parametrize(
    ("field", "hook"), [("checkpoint_config", "checkpoint"), ("log_config", "logger")]
)
def test_a_hook_of_a_1x_config_over_a_base_without_it_loads(
    field: str, hook: str, tmp_path: Path
) -> None:
    files = {
        "b.py": f"{ITERATIONS}{field} = None\n",
        "c.py": f"_base_ = 'b.py'\ndefault_hooks = dict({hook}=dict(type='Hook'))\n",
    }
    assert _loaded(fix_all(files), tmp_path)["c.py"]


@pytest.mark.parametrize(
    "field", ["resume_from = None", "load_from = ''", "log_config = dict(interval=5, hooks=[])"]
)
def test_a_comment_beside_what_the_base_says_too_is_kept_without_an_error(field: str) -> None:
    base = f"{ITERATIONS}{field}\n"
    assert _errors({"b.py": base, "c.py": f"_base_ = 'b.py'\n{field}  # why\n"}) == []


def test_a_comment_beside_what_another_base_owns_is_kept_without_an_error() -> None:
    files = {
        "a.py": "mp_start_method = 'spawn'  # why\nresume_from = None\n",
        "b.py": f"{ITERATIONS}log_config = None\n",
        "c.py": "_base_ = ['a.py', 'b.py']\n",
    }
    assert _errors(files) == []


def test_a_file_that_is_only_added_to_keeps_its_comments() -> None:
    files = {
        "a.py": "mp_start_method = 'spawn'\nresume_from = None\n",
        "b.py": f"{ITERATIONS}log_config = None\n",
        "c.py": "_base_ = ['a.py', 'b.py']\nnote = 1  # why\n",
    }
    assert _errors(files) == []


def test_of_two_bases_one_has_load_from(tmp_path: Path) -> None:
    files = {
        "a.py": "load_from = ''  # why\nlr_config = None\n",
        "b.py": "resume_from = 'a.pth'\n",
        "c.py": f"_base_ = ['a.py', 'b.py']\n{ITERATIONS}",
    }
    assert _loaded(fix_all(files, unsafe=True), tmp_path)["c.py"]["load_from"] == "a.pth"


def test_a_dict_that_is_left_is_not_over_none(tmp_path: Path) -> None:
    files = {
        "b.py": "default_scope = 'mmagic'\ntest_cfg = None\nmp_start_method = 'fork'\n",
        "c.py": "_base_ = 'b.py'\ntest_cfg = dict(_delete_=True)\ncudnn_benchmark = True\n",
        "d.py": "_base_ = 'c.py'\nenv_cfg = dict(cudnn_benchmark=True)\ntest_cfg = dict()\n",
    }
    assert _loaded(fix_all(files), tmp_path)["d.py"]


def test_a_1x_base_that_says_not_to_test_is_not_overridden(tmp_path: Path) -> None:
    files = {
        "b.py": "train_cfg = dict(type='IterBasedTrainLoop')\ntest_cfg = None\n",
        "c.py": f"_base_ = 'b.py'\n{ITERATIONS}model = dict(type='EDVR')\n",
    }
    assert _loaded(fix_all(files), tmp_path)["c.py"]["test_cfg"] is None


def test_settings_of_the_model_over_a_loop_come_without_delete(tmp_path: Path) -> None:
    files = {
        "b.py": "train_cfg = dict(type='IterBasedTrainLoop')\n",
        "c.py": "_base_ = 'b.py'\ntrain_cfg = dict(_delete_=True, a=1)\nlr_config = None\n",
    }
    assert _loaded(fix_all(files), tmp_path)["c.py"]["model"] == {"train_cfg": {"a": 1}}


@pytest.mark.parametrize(
    ("base", "own"),
    [
        ("workflow = [('train', 1), ('val', 1)]\n", "workflow = [('train', 1)]\n"),
        ("visual_config = dict(type='Hook')\n", "visual_config = None\n"),
        ("load_from = 'a.pth'\nresume_from = 'b.pth'\n", "load_from = ''\nlr_config = None\n"),
        ("model = dict(type='EDVR')\nrunner = dict(max_iters=30)  # why\n", "runner = None\n"),
        (
            "env_cfg = dict(cudnn_benchmark=False)\ncudnn_benchmark = True\n",
            "cudnn_benchmark = False\nenv_cfg = dict(cudnn_benchmark=False)\n",
        ),
    ],
)
def test_what_takes_back_a_field_stays_as_long_as_the_field(
    base: str, own: str, tmp_path: Path
) -> None:
    files = {"b.py": ITERATIONS + base, "c.py": f"_base_ = 'b.py'\n{own}"}
    name = own.split()[0]
    before = _loaded(files, tmp_path)["c.py"]
    after = _loaded(fix_all(files), tmp_path)["c.py"]
    assert (after.get(name) or None) == (before[name] or None)


def test_a_field_that_stays_keeps_its_value_when_the_one_it_deletes_goes(tmp_path: Path) -> None:
    files = {
        "b.py": f"{ITERATIONS}visual_config = None\n",
        "c.py": "_base_ = 'b.py'\nvisual_config = dict(_delete_=True, type='Hook')\n",
    }
    before = _loaded(files, tmp_path)["c.py"]
    after = _loaded(fix_all(files), tmp_path)["c.py"]
    assert after["visual_config"] == before["visual_config"]


@pytest.mark.parametrize("length", ["max_iters", "max_epochs"])
def test_a_length_in_the_runner_says_what_is_counted(length: str) -> None:
    files = {
        "b.py": f"runner = dict({length}=30)\ncheckpoint_config = dict(interval=5)\n",
        "c.py": "_base_ = 'b.py'\n",
    }
    once = fix_all(files, unsafe=True)
    assert fix_all(once, unsafe=True) == once


def test_a_length_that_was_never_read_is_not_read_later() -> None:
    files = {
        "b.py": ITERATIONS,
        "c.py": "_base_ = 'b.py'\nrunner = dict(type='IterBasedRunner')\ntotal_epochs = 10\n",
    }
    once = fix_all(files, unsafe=True)
    assert fix_all(once, unsafe=True) == once


def test_settings_of_the_model_that_are_left_are_no_loop_later() -> None:
    files = {
        "b.py": "cudnn_benchmark = True\ntest_cfg = None  # why\n",
        "c.py": f"_base_ = 'b.py'\n{ITERATIONS}test_cfg = None\noptimizers = dict(type='Adam')\n",
    }
    once = fix_all(files)
    assert fix_all(once) == once


def test_a_length_that_is_left_for_its_readers_is_a_field_later() -> None:
    files = {
        "b.py": f"{ITERATIONS}note = dict(a=total_iters)\ncudnn_benchmark = True\n",
        "c.py": f"_base_ = 'b.py'\n{ITERATIONS}",
    }
    once = fix_all(files)
    assert fix_all(once) == once


def test_a_config_that_says_no_length_is_left_alone() -> None:
    files = {
        "a.py": TEXT,
        "b.py": "_base_ = 'a.py'\n",
        "c.py": f"_base_ = 'a.py'\n{ITERATIONS}",
    }
    assert fix_all(files)["b.py"] == files["b.py"]


def _one_by_one(files: Mapping[str, str], fixes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The files after one quick fix after the other, as an editor applies them."""
    state = workspace(files, FOLDER)
    for name, field in fixes:
        rewrites = quick_fix(state, str(FOLDER / name), field)
        assert [rewrite.error for rewrite in rewrites if rewrite.error] == []
        state = state.with_texts({r.document.path: r.text for r in rewrites})
    return {name: state.run[str(FOLDER / name)].source for name in files}


def _migrated(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields of each file that `fix` migrates."""
    rewrites = fix(workspace(files, FOLDER), unsafe=True)
    return [(Path(r.document.path).name, field) for r in rewrites for field in r.migrated]


def test_a_path_to_resume_from_alone_is_not_lost() -> None:
    files = {"c.py": "_base_ = []\nload_from = ''\nresume_from = 'a.pth'\n"}
    assert "'a.pth'" in _one_by_one(files, [("c.py", "resume_from")])["c.py"]


def test_a_comment_behind_a_field_that_stays_stays() -> None:
    source = "cudnn_benchmark = True\nopencv_num_threads = 2  # two\nlr_config = None\n"
    after = _one_by_one({"c.py": source}, [("c.py", "cudnn_benchmark")])
    assert "opencv_num_threads = 2  # two\n" in after["c.py"]


def test_what_a_config_keeps_of_the_runtime_does_not_replace_it() -> None:
    """What is left in a config says nothing against the settings that its base gets."""
    files = {"b.py": "log_config = None\n", "c.py": "_base_ = 'b.py'\ncudnn_benchmark = True\n"}
    assert _one_by_one(files, [("b.py", "log_config")])["c.py"] == files["c.py"]


def test_an_empty_test_cfg_goes_with_what_writes_1x_names() -> None:
    source = "test_cfg = dict()\ncudnn_benchmark = True\nworkflow = [('train', 1)]\n"
    after = _one_by_one({"c.py": source}, [("c.py", "cudnn_benchmark")])
    assert "test_cfg" not in after["c.py"]
    after = _one_by_one({"c.py": source}, [("c.py", "workflow")])
    assert "test_cfg = dict()" in after["c.py"]


def test_a_length_that_mmediting_would_not_have_read_is_not_dropped() -> None:
    files = {
        "a.py": "",
        "b.py": "_base_ = 'a.py'\nmodel = dict(type='EDVR')\n",
        "c.py": "_base_ = 'a.py'\nrunner = dict(max_epochs=10)\n",
    }
    assert "10" in fix_all(files, unsafe=True)["c.py"]


def test_the_loops_of_two_bases_become_one(tmp_path: Path) -> None:
    files = {
        "a.py": "runner = dict(max_iters=3000)\nlr_config = None\n",
        "b.py": "train_cfg = dict(type='IterBasedTrainLoop')\n",
        "c.py": "_base_ = ['a.py', 'b.py']\n",
    }
    loop = _loaded(fix_all(files, unsafe=True), tmp_path)["c.py"]["train_cfg"]
    assert loop == {"type": "IterBasedTrainLoop", "max_iters": 3000}


def test_a_path_to_resume_from_is_not_said_beside_the_load_from_of_another_base(
    tmp_path: Path,
) -> None:
    files = {
        "a.py": "resume_from = 'b.pth'\nlr_config = None\n",
        "b.py": "load_from = 'a.pth'\n",
        "c.py": "_base_ = ['a.py', 'b.py']\n",
    }
    assert _loaded(fix_all(files, unsafe=True), tmp_path)["c.py"]["load_from"] == "b.pth"


@pytest.mark.parametrize(
    "own", [ITERATIONS, "runner = dict(max_iters=30)\n", "runner = dict(type='IterBasedRunner')\n"]
)
def test_a_length_in_other_units_than_the_base_stays_and_so_does_the_base(own: str) -> None:
    files = {"b.py": "total_epochs = 20\nlr_config = None\n", "c.py": f"_base_ = 'b.py'\n{own}"}
    once = fix_all(files, unsafe=True)
    assert once == files


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "c.py": "dist_params = dict(backend='nccl')\nmp_start_method = 'fork'\n"
                "lr_config = None\n"
            },
            id="the order of keys",
        ),
        pytest.param(
            {"c.py": f"{ITERATIONS}checkpoint_config = dict(interval=5)\n"},
            id="a loop before the rest",
        ),
        pytest.param(
            {
                "c.py": f"{ITERATIONS}runner = dict(max_iters=3000)\n"
                "lr_config = dict(policy='step')\n"
            },
            id="a runner that was overruled",
        ),
        pytest.param(
            {
                "c.py": f"{TEXT}{ITERATIONS}cudnn_benchmark = True\n"
                "checkpoint_config = dict(interval=5)\n"
            },
            id="one statement from several fields",
        ),
        pytest.param(
            {"c.py": f"{ITERATIONS}checkpoint_config = dict(interval=5)\n{TEXT}"},
            id="loggers after checkpoints",
        ),
        pytest.param(
            {"c.py": f"{ITERATIONS}{TEXT}checkpoint_config = dict(interval=5)\n"},
            id="loggers before checkpoints",
        ),
        pytest.param(
            {"c.py": "train_cfg = dict(a=1)\ntest_cfg = dict(b=2)\nlr_config = None\n"},
            id="settings of the model",
        ),
        pytest.param(
            {
                "b.py": f"{ITERATIONS}{TEXT}",
                "c.py": "_base_ = 'b.py'\ndist_params = dict(port=1, backend='gloo')\n",
            },
            id="keys that the base has too",
        ),
        pytest.param(
            {"c.py": f"dist_params = dict()\n{ITERATIONS}log_config = None\n"},
            id="a dict that holds nothing",
        ),
        pytest.param(
            {"b.py": ITERATIONS, "c.py": "_base_ = 'b.py'\nrunner = dict(max_iters=3000)\n"},
            id="a runner that the base overrules",
        ),
        pytest.param(
            {
                "a.py": "dist_params = dict(port=1)\n",
                "b.py": "mp_start_method = 'spawn'\nlr_config = None\n",
                "c.py": "_base_ = ['a.py', 'b.py']\n",
            },
            id="one name from two bases",
        ),
        pytest.param(
            {
                "b.py": f"{ITERATIONS}checkpoint_config = None\n",
                "c.py": "_base_ = 'b.py'\ncudnn_benchmark = True\n",
            },
            id="a part of the runtime in a config",
        ),
        pytest.param(
            {"c.py": "total_iters = None\nrunner = dict(type='IterBasedRunner')\n"},
            id="no length at all",
        ),
        pytest.param(
            {
                "b.py": "total_epochs = 20\ncheckpoint_config = dict(interval=5)\n",
                "c.py": "_base_ = 'b.py'\nworkflow = [('train', 1)]\nmodel = dict(type='EDVR')\n",
            },
            id="a name that no field of the file gives",
        ),
    ],
)
def test_fixes_one_by_one_in_any_order_give_what_all_at_once_give(files: dict[str, str]) -> None:
    expected = fix_all(files, unsafe=True)
    for order in permutations(_migrated(files)):
        assert _one_by_one(files, order) == expected, order
