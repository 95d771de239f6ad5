"""Keystroke after keystroke, the findings are those of a check from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmupgrade import unaffected
from mmupgrade.analysis import Analysis
from mmupgrade.document import Document, Origin, document
from mmupgrade.engine import check
from mmupgrade.workspace import Workspace

FOLDER = Path("/nowhere")
BASE = """\
# 中文
exp_name = 'edvr'
scale = 4
model = dict(
    type='EDVR', generator=dict(type='EDVRNet', mid_channels=64),
    pretrained=None)
train_cfg = dict(tsa_iter=5000)
test_cfg = dict(metrics=['PSNR'], crop_border=0)
train_pipeline = [
    dict(type='LoadImageFromFile', key='lq'),  # load
    dict(type='Rescale', scale=scale),
]
data = dict(
    workers_per_gpu=4,
    train=dict(type='SRFolder', pipeline=train_pipeline, lq_folder='data/x'),
    test=dict(type='SRFolder', scale=scale))
optimizers = dict(generator=dict(type='Adam', lr=2e-4, betas=(0.9, 0.999)))
total_iters = 600000
lr_config = dict(policy='Step', by_epoch=False, step=[50000], gamma=0.5)
interval = 5000
checkpoint_config = dict(interval=interval, save_optimizer=True, by_epoch=False)
evaluation = dict(interval=interval, save_image=False)
log_config = dict(
    interval=100,
    hooks=[
        dict(type='TextLoggerHook', by_epoch=False),
        # dict(type='PaviLoggerHook'),
    ])
visual_config = None
dist_params = dict(backend='nccl')
load_from = None
resume_from = None
workflow = [('train', 1)]
"""
CHILD = """\
_base_ = 'base.py'
exp_name = 'child'
checkpoint_config = dict(interval=7)  # more often
log_config = dict(interval=50)
data = dict(workers_per_gpu=8)
"""
NEW = ["", "1", "x", "#", " ", "'", "中", "\n", ",", "None", "type='EDVR'", "mmupgrade: ignore"]

Told = list[tuple[str, int, int, str, str, str, str]]


def _told(held: Analysis, path: str) -> Told:
    return [
        (f.rule.id, f.start, f.end, f.message, f.severity.value, f.scope, f.document.text.value)
        for f in held.findings(path)
    ]


def _fresh(texts: dict[str, str], path: str) -> Told:
    run = Workspace()
    for each, source in texts.items():
        run.add(each, source)
    return [
        (f.rule.id, f.start, f.end, f.message, f.severity.value, f.scope, f.document.text.value)
        for f in check(run)
        if f.document.path == path
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_after_every_keystroke(data: st.DataObject) -> None:
    texts = {str(FOLDER / "base.py"): BASE, str(FOLDER / "child.py"): CHILD}
    if data.draw(st.booleans()):
        del texts[str(FOLDER / "child.py")]
    held, documents = Analysis(), {path: document(path, text) for path, text in texts.items()}
    for each in documents.values():
        held.open(each)
    for path in texts:
        if data.draw(st.booleans()):
            held.findings(path)
    for _ in range(data.draw(st.integers(1, 6))):
        path = data.draw(st.sampled_from(sorted(texts)))
        source = documents[path].text.value
        start = data.draw(st.integers(0, len(source)))
        end = min(len(source), start + data.draw(st.integers(0, 2)))
        new = data.draw(st.sampled_from(NEW))
        documents[path] = documents[path].edited(start, end, new)
        texts[path] = documents[path].text.value
        held.open(documents[path])
        seen = [each for each in texts if data.draw(st.booleans())]
        assert [_told(held, each) for each in seen] == [_fresh(texts, each) for each in seen]
    assert [_told(held, each) for each in texts] == [_fresh(texts, each) for each in texts]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# 中文", "# 中文字", True),
        ("'edvr'", "'edvr2'", True),
        ("mid_channels=64", "mid_channels=128", True),
        ("key='lq'", "key='gt'", True),
        ("lr=2e-4", "lr=1e-4", True),
        ("data/x", "data/y", True),
        ("# load", "# loads", True),
        ("tsa_iter=5000", "tsa_iter=5", False),
        ("interval = 5000", "interval = 500", True),
        ("interval=100", "interval=-1", False),
        ("pretrained=None", "pretrained='x'", False),
        ("crop_border=0)", "crop_border=0) # mmupgrade: ignore", False),
        ("('train', 1)]", "('train', 1),\n]", False),
        ("'EDVR'", "'Other'", False),
    ],
)
def test_what_an_edit_concerns(
    old: str, new: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[bool] = []
    real = unaffected.is_unaffected

    def asked(after: Document, origin: Origin) -> bool:
        answers.append(real(after, origin))
        return answers[-1]

    monkeypatch.setattr("mmupgrade.analysis.is_unaffected", asked)
    path = str(FOLDER / "base.py")
    held, before = Analysis(), document(path, BASE)
    held.open(before)
    held.findings(path)
    start = BASE.index(old)
    held.open(before.edited(start, start + len(old), new))
    assert answers == [expected]
