"""What is read of a config without running it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mmupgrade.document import document
from mmupgrade.findings import Severity
from mmupgrade.moves import Applicability
from mmupgrade.text import Text
from mmupgrade.tokens import parenthesised
from mmupgrade.values import OPAQUE
from tests.support import fixed, found, load_text, workspace

HEAD = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = 1 + 2 * 3", 7),
        ("a = 4\nx = f'x{a}_' + 'y'", "x4_y"),
        ("a, b = 1, 4\nx = b", 4),
        ("a: int = 3\nx = a", 3),
        ("a = b = 5\nx = a", 5),
        ("a = dict(b=1, **dict(c=[2]))\nx = a", {"b": 1, "c": [2]}),
        ("a = {'b': (1, 2), **{'c': None}}\nx = {**a}", {"b": (1, 2), "c": None}),
        ("x = int(26550 * 2 / 3)", 17700),
        ("x = max(1, 2)", 2),
        ("x = -1", -1),
        ("a = 1\na = 2\nx = a\na = 3", 2),
        ("x = f(1)", OPAQUE),
        ("x = y", OPAQUE),
        ("x = x", OPAQUE),
        ("x = '{{ fileDirname }}/a'", OPAQUE),
        ("x = {{_base_.a.b}}", OPAQUE),
        ("x = {{$HOME:nowhere}}", OPAQUE),
        ("x = 10 ** 10 ** 10", OPAQUE),
        ("a = 1\nif a:\n    a = 2\nx = a", OPAQUE),
        ("max = min\nx = max(1, 2)", OPAQUE),
    ],
)
def test_values(source: str, value: Any) -> None:
    read = document("c.py", source).value("x")
    assert read is not None
    assert read.const is value if value is OPAQUE else read.const == value


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_where_editors_say(newline: str) -> None:
    text = Text(f"a\f\u2028b{newline}c")
    assert text.starts == [0, 4 + len(newline)]
    assert text.newline == newline
    assert text.position(4 + len(newline)) == (1, 0)
    assert text.line_span(0) == (0, 4)


def test_offsets_count_code_points() -> None:
    text = Text("超🚀 = 1\nx = 2")
    assert text.offset(1, len("超🚀".encode())) == 2
    assert text.offset(2, 1) == 8


def test_parentheses_belong_to_the_value() -> None:
    source = "x = (  # c1\n    1  # c2\n)  # c3"
    start = source.index("1  #")
    assert parenthesised(source, start, start + 1, 0) == (4, source.index(")") + 1)
    assert parenthesised("f(1)", 2, 3, 2) == (2, 3)


def test_templates_are_not_values(tmp_path: Path) -> None:
    source = f"{HEAD}resume_from = '{{{{ fileDirname }}}}/a.pth'\n"
    after = fixed(source, unsafe=True)
    assert "load_from = '{{ fileDirname }}/a.pth'\nresume = True\n" in after
    assert load_text(after, tmp_path)["load_from"] == f"{tmp_path}/a.pth"


def test_bases_may_be_named_by_templates() -> None:
    files = {
        "b.py": "checkpoint_config = dict(interval=5)\nlog_config = None\n",
        "c.py": "_base_ = ['{{ fileDirname }}/b.py']\n" + HEAD,
    }
    made = workspace(files, Path("/nowhere"))
    (child,) = [made.view(d) for d in made.run.values() if d.path.endswith("c.py")]
    assert child.complete
    assert "checkpoint_config" in child.old


@pytest.mark.parametrize(
    "inside",
    [
        "if True:\n    checkpoint_config = dict(interval=1)\n",
        "for i in (1, 2):\n    checkpoint_config = dict(interval=i)\n",
        "try:\n    checkpoint_config = dict(interval=1)\nexcept ValueError:\n    pass\n",
        "def f():\n    checkpoint_config = dict(interval=1)\n",
    ],
)
def test_fields_inside_other_code_are_found_and_left(inside: str) -> None:
    source = HEAD + inside
    (finding,) = [f for f in found(source) if f.field == "checkpoint_config"]
    assert finding.applicability is Applicability.MANUAL
    assert "inside other code" in finding.message
    assert inside in fixed(source, unsafe=True)


def test_a_file_with_fields_inside_other_code_alone_is_found() -> None:
    source = "_base_ = './b.py'\nif True:\n    log_config = dict(interval=5)\n"
    assert "log_config" in {finding.field for finding in found(source)}


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("custom_hooks = [dict(type='TensorboardLoggerHook')]\n", "custom_hooks"),
        ("custom_hooks = [dict(type='VisualizationHook', output_dir='a')]\n", "custom_hooks"),
        (
            "custom_hooks = [dict(type='ExponentialMovingAverageHook',"
            " interp_cfg=dict(momentum=0.999))]\n",
            "custom_hooks",
        ),
        ("default_hooks = dict(logger=dict(type='TextLoggerHook'))\n", "default_hooks"),
        ("mp_start_method = None\n", "mp_start_method"),
        ("workflow = []\n", "workflow"),
    ],
)
def test_old_hooks_and_odd_values_are_found(source: str, field: str) -> None:
    (finding,) = [finding for finding in found(HEAD + source) if finding.field == field]
    assert finding.applicability is Applicability.MANUAL


@pytest.mark.parametrize(
    "source",
    [
        "find_unused_parameters = True\n",
        "log_level = 'INFO'\n",
        "work_dir = './a'\n",
        "custom_imports = dict(imports=['mmagic.models'], allow_failed_imports=False)\n",
        "seed = 1\n",
        "auto_resume = True\n",
        "gpu_ids = [0]\n",
        "device = 'cuda'\n",
        "exp_name = 'a'\n",
        "custom_hooks = [dict(type='NumClassCheckHook')]\n",
        "custom_hooks = [dict(type='ExponentialMovingAverageHook', module_keys=('a',),"
        " interp_cfg=dict(momentum=0.001))]\n",
    ],
)
def test_what_1x_reads_or_0x_never_read_is_no_finding(source: str) -> None:
    before = {finding.field for finding in found(HEAD)}
    assert {finding.field for finding in found(HEAD + source)} == before


def test_an_import_that_makes_mmengine_refuse_the_file() -> None:
    (finding,) = [f for f in found("import os\n" + HEAD) if f.rule.name == "lazy-import"]
    assert finding.severity is Severity.ERROR
    assert "`os`" in finding.message


def test_codebase_is_told_by_types_fields_and_setting() -> None:
    source = "checkpoint_config = dict(interval=5)\nlr_config = dict(policy='step')\n"
    manual = {f.field: f.applicability for f in found(source)}["checkpoint_config"]
    assert manual is Applicability.MANUAL
    for proof in ("model = dict(type='EDVR')\n", "evaluation = dict(type='GenerativeEvalHook')\n"):
        assert "default_scope = 'mmagic'" in fixed(proof + source)
    assert "default_scope = 'mmagic'" in fixed(source, codebase="mmgen")
    assert "default_scope" not in fixed("total_epochs = 3\n" + source, codebase="other")


def test_selected_rules_alone_are_reported() -> None:
    assert [f.rule.id for f in found(HEAD, select=("MMR201",))] == ["MMR201"]
