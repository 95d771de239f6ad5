"""What can't be known, or would change under a rewrite, is said and left."""

from __future__ import annotations

import pytest

from mmupgrade.findings import Finding
from mmupgrade.moves import Applicability
from tests.support import fixed, found

HEAD = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"
TEXT = "log_config = dict(interval=50, hooks=[dict(type='TextLoggerHook')])\n"
CHECKPOINT = "checkpoint_config = dict(interval=interval)\n"


def _verdict(source: str, field: str) -> Finding:
    return next(f for f in found(source) if f.field == field and "no effect" not in f.message)


@pytest.mark.parametrize(
    "between",
    [
        "interval = 7\n",
        "interval += 1\n",
        "interval, b = 3, 4\n",
        "for interval, _ in [(1, 2)]:\n    pass\n",
        "print(interval := 3)\n",
        "if (interval := 3):\n    pass\n",
        "x = [interval := n for n in (1, 2)]\n",
        "try:\n    from m import interval\nexcept ImportError:\n    pass\n",
        "try:\n    pass\nexcept ValueError as interval:\n    pass\n",
        "with open('f') as interval:\n    pass\n",
        "match 3:\n    case interval:\n        pass\n",
        "match {}:\n    case {**interval}:\n        pass\n",
        "if True:\n    del interval\n",
        "def f():\n    global interval\n    interval = 3\nf()\n",
        "import interval\n",
        "globals()['interval'] = 3\n",
        "exec('interval = 3')\n",
        "class interval:\n    pass\n",
    ],
)
def test_a_name_that_is_set_in_between(between: str) -> None:
    source = f"interval = 5\n{CHECKPOINT}{between}{HEAD}{TEXT}"
    verdict = _verdict(source, "checkpoint_config")
    assert verdict.applicability is not Applicability.SAFE
    assert CHECKPOINT in fixed(source)


def test_a_known_value_is_written_where_its_name_means_something_else() -> None:
    source = f"interval = 5\n{CHECKPOINT}interval = 7\n{HEAD}{TEXT}"
    assert "interval=5" in fixed(source, unsafe=True)
    assert "`interval`" in _verdict(source, "checkpoint_config").message


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("a = dict(interval=5)\ncheckpoint_config = a\na['interval'] = 10\n", "checkpoint_config"),
        (
            "a = dict(interval=5)\nd = a\nd['interval'] = 3\ncheckpoint_config = dict(**a)\n",
            "checkpoint_config",
        ),
        (
            "hooks = [dict(type='TextLoggerHook')]\nlog_config = dict(interval=5, hooks=hooks)\n"
            "hooks.append(dict(type='TensorboardLoggerHook'))\n",
            "log_config",
        ),
        (
            "n = [dict(type='TextLoggerHook')]\nm = n\nk = m\nk[0]['interval'] = 7\n"
            "log_config = dict(interval=10, hooks=n)\n",
            "log_config",
        ),
        ("checkpoint_config = dict(interval=f())\n" + TEXT, "checkpoint_config"),
        ("checkpoint_config = dict(interval=next(it))\n", "checkpoint_config"),
        ("checkpoint_config = dict(interval=5)\nx = checkpoint_config\n", "checkpoint_config"),
        (
            "checkpoint_config = dict(interval=5)\nx = f'{checkpoint_config=}'\n",
            "checkpoint_config",
        ),
        ("checkpoint_config = x = dict(interval=5)\n", "checkpoint_config"),
        ("checkpoint_config, x = dict(interval=5), 1\n", "checkpoint_config"),
        ("if True:\n    checkpoint_config = dict(interval=1)\n" * 2, "checkpoint_config"),
        (
            "if True:\n    env_cfg = dict(cudnn_benchmark=True)\n"
            "checkpoint_config = dict(interval=5)\n",
            "checkpoint_config",
        ),
        ("env_cfg = base_env\ncheckpoint_config = dict(interval=5)\n", "checkpoint_config"),
        ("def visualizer():\n    pass\n" + TEXT, "log_config"),
        ("checkpoint_config = dict(interval=5, by_epoch=True)\n", "checkpoint_config"),
        ("checkpoint_config = dict(interval=5, foo=3)\n", "checkpoint_config"),
        ("log_config = dict(interval=5, hooks=['TextLoggerHook'])\n", "log_config"),
        ("log_config = dict(interval=0, hooks=[dict(type='TextLoggerHook')])\n", "log_config"),
        (
            "log_config = dict(interval=5, hooks=[dict(type='TextLoggerHook', by_epoch=[1])])\n",
            "log_config",
        ),
        (
            "checkpoint_config = dict(interval=5, file_client_args=dict(backend=['disk']))\n",
            "checkpoint_config",
        ),
        ("load_from = 'a'\nresume_from = 'b'\npretrained = load_from\n", "resume_from"),
    ],
)
def test_by_hand(source: str, field: str) -> None:
    source = HEAD + source
    verdict = _verdict(source, field)
    assert verdict.applicability is Applicability.MANUAL, verdict.message
    assert "mmupgrade failed" not in verdict.message
    kept = [line for line in source.splitlines() if field in line]
    assert kept
    assert all(line in fixed(source, unsafe=True) for line in kept)


@pytest.mark.parametrize(
    "runner",
    [
        "dict(type='EpochBasedRunner', max_iters=100)",
        "dict(type='IterBasedRunner', max_epochs=100)",
        "dict(type='IterBasedRunner', max_iters=5, max_epochs=100)",
        "dict(type='MyRunner', max_iters=5)",
        "dict(type='IterBasedRunner')",
    ],
)
def test_runners_that_say_two_things_or_none(runner: str) -> None:
    source = f"runner = {runner}\nworkflow = [('train', 1)]\n"
    assert _verdict(source, "runner").applicability is Applicability.MANUAL


@pytest.mark.parametrize(
    "hook",
    [
        "dict(type='WandbLoggerHook')",
        "dict(type='WandbLoggerHook', log_artifact=True)",
        "dict(type='WandbLoggerHook', log_artifact=False, with_step=False)",
        "dict(type='MlflowLoggerHook', log_model=True)",
        "dict(type='SegmindLoggerHook')",
        "dict(type='DvcliveLoggerHook', model_file='m.pth')",
        "dict(type='TextLoggerHook', interval=7, out_dir='keep')",
        "dict(type='MyLoggerHook')",
        "dict(type='TensorboardLoggerHook', interval=7)",
        "dict(type='TensorboardLoggerHook', reset_flag=True)",
    ],
)
def test_a_logger_that_loses_something_is_unsafe(hook: str) -> None:
    source = f"{HEAD}log_config = dict(interval=5, hooks=[dict(type='TextLoggerHook'), {hook}])\n"
    verdict = _verdict(source, "log_config")
    assert verdict.applicability is Applicability.UNSAFE
    kind = hook.split("'")[1]
    assert f"`{kind}" in verdict.message


@pytest.mark.parametrize(
    ("hook", "backend"),
    [
        ("dict(type='WandbLoggerHook', log_artifact=False)", "dict(type='WandbVisBackend')"),
        ("dict(type='MlflowLoggerHook', log_model=False)", "dict(type='MLflowVisBackend')"),
        ("dict(type='NeptuneLoggerHook')", "dict(type='NeptuneVisBackend', init_kwargs={})"),
        ("dict(type='ClearMLLoggerHook')", "dict(type='ClearMLVisBackend')"),
        (
            "dict(type='DvcliveLoggerHook', path='d')",
            "dict(type='DVCLiveVisBackend', init_kwargs=dict(path='d'))",
        ),
        (
            "dict(type='TensorboardLoggerHook', interval=5, ignore_last=True, reset_flag=False)",
            "dict(type='TensorboardVisBackend')",
        ),
    ],
)
def test_a_logger_that_loses_nothing_is_safe(hook: str, backend: str) -> None:
    source = f"{HEAD}log_config = dict(interval=5, hooks=[dict(type='TextLoggerHook'), {hook}])\n"
    assert _verdict(source, "log_config").applicability is Applicability.SAFE
    assert backend in fixed(source)


def test_an_empty_folder_for_checkpoints_was_none() -> None:
    assert "out_dir=None" in fixed(HEAD + "checkpoint_config = dict(interval=5, out_dir='')\n")


def test_storage_backends_have_new_names() -> None:
    source = HEAD + "checkpoint_config = dict(interval=5, file_client_args=dict(backend='disk'))\n"
    assert "backend_args=dict(backend='local')" in fixed(source)


def test_two_backends_of_one_type_get_names() -> None:
    twice = "dict(type='TensorboardLoggerHook'), dict(type='TensorboardLoggerHook', log_dir='b')"
    source = f"{HEAD}log_config = dict(interval=5, hooks=[{twice}])\n"
    assert "save_dir='b',\n            name='TensorboardVisBackend_2'," in fixed(
        source, unsafe=True
    )


def test_a_length_that_others_read_stays_as_a_variable() -> None:
    source = HEAD + "lr_config = dict(policy='Step', step=[total_iters])\n"
    assert _verdict(source, "total_iters").applicability is Applicability.UNSAFE
    after = fixed(source, unsafe=True)
    assert after.startswith(
        "total_iters = 10\ntrain_cfg = dict(type='IterBasedTrainLoop', max_iters=total_iters)\n"
    )
    assert "total_iters" not in {finding.field for finding in found(after)}


@pytest.mark.parametrize(
    "source",
    [
        "train_cfg = dict(lr=0.1, epochs=5)\ntest_cfg = {'batch': 4}\n",
        "checkpoint_config = None\nresume_from = None\n",
        "optimizer = dict(a=1)\nmetrics = dict(b=2)\ndata = dict(train=1)\nevaluation = dict()\n",
        "dist_params = compute()\nlr_config = load()\n",
        "cudnn_benchmark = True\nresume_from = None\n",
        "checkpoint_config = {'num_to_keep': 3, 'checkpoint_at_end': True}\nresume_from = ''\n",
        "from mmengine.config import read_base\nwith read_base():\n    from .a import *\n"
        "checkpoint_config = dict(interval=1)\nresume_from = None\n",
    ],
)
def test_other_python_has_no_findings(source: str) -> None:
    assert found(source) == []
