"""No finding on Python that is no 0.x config."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from mmupgrade.document import Unreadable, read
from mmupgrade.engine import check
from mmupgrade.findings import Severity
from mmupgrade.paths import python_files
from mmupgrade.workspace import Workspace
from tests.corpus.download import modern

#: 1.x configs that really hold leftover 0.x fields, each looked at by hand.
LEFTOVERS = {
    "mmagic": {
        # Read by nothing; `env_cfg` in the same file says the same.
        "_base_/gen_default_runtime.py": {"dist_params", "opencv_num_threads", "mp_start_method"},
        # Inert: the interval of 50000 isn't used, that of the base file is.
        "partial_conv/pconv_stage2_4xb2_places-256x256.py": {"checkpoint_config"},
        # A note in the file says that apex remains to be done.
        "styleganv2/stylegan2_c2-PL-R1_8xb4-apex-fp16-no-scaler-800kiters_ffhq-256x256.py": {
            *("apex_amp", "resume_from"),
        },
    },
    "mmdet": {
        # The configs that inherit from it run without cuDNN's benchmark mode.
        "_base_/models/ssd300.py": {"cudnn_benchmark"},
        # The proposals in `data` and the clipping in `optimizer_config` are read by nothing.
        "guided_anchoring/ga-fast-rcnn_r50-caffe_fpn_1x_coco.py": {"data", "optimizer_config"},
    },
    "mmsegmentation": {
        # Trains in single precision: nothing reads `fp16`.
        "mae/mae-base_upernet_8xb2-amp-160k_ade20k-512x512.py": {"fp16"},
        # Train 160,000 iterations, as the base says, and not the 320,000 of `runner`.
        "mobilenet_v3/mobilenet-v3-d8-scratch_lraspp_4xb4-320k_cityscapes-512x1024.py": {"runner"},
        "mobilenet_v3/mobilenet-v3-d8_lraspp_4xb4-320k_cityscapes-512x1024.py": {"runner"},
    },
    # Train in single precision: nothing reads `fp16`.
    "mmpose": {
        f"body_2d_keypoint/topdown_heatmap/coco/td-hm_{name}.py": {"fp16"}
        for name in (
            "2xrsn50_8xb32-210e_coco-256x192",
            "3xrsn50_8xb32-210e_coco-256x192",
            "hrformer-base_8xb32-210e_coco-256x192",
            "hrformer-base_8xb32-210e_coco-384x288",
            "hrformer-small_8xb32-210e_coco-256x192",
            "hrformer-small_8xb32-210e_coco-384x288",
            "rsn18_8xb32-210e_coco-256x192",
            "rsn50_8xb32-210e_coco-256x192",
        )
    },
}
COUNTS = {"mmagic": 306, "mmdet": 869, "mmsegmentation": 769, "mmpose": 464}


def _run(folder: Path) -> Workspace:
    made = Workspace()
    for path in python_files([str(folder)]):
        try:
            made.add(path, read(path))
        except Unreadable:
            continue
    return made


@pytest.mark.parametrize("package", list(COUNTS))
def test_1x_configs(package: str) -> None:
    folder = modern() / package
    made = _run(folder)
    assert len(made.run) == COUNTS[package]
    found: dict[str, set[str]] = {}
    for finding in check(made):
        name = Path(finding.document.path).relative_to(folder).as_posix()
        found.setdefault(name, set()).add(finding.field)
        assert finding.severity is Severity.ERROR
    assert found == LEFTOVERS[package]


def test_standard_library() -> None:
    made = _run(Path(sysconfig.get_paths()["stdlib"]))
    assert len(made.run) > 500
    assert check(made) == []


def test_installed_packages() -> None:
    made = _run(Path(sysconfig.get_paths()["purelib"]))
    assert len(made.run) > 1000
    assert check(made) == []
