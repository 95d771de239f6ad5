"""What each file's settings say holds for its findings, its fixes and those that need them."""

from __future__ import annotations

import os
from pathlib import Path

from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.moves import Applicability
from mmupgrade.settings.settings import Settings
from mmupgrade.workspace import Workspace
from tests.support import fix_all, fixed, found, workspace

SAFE, UNSAFE, MANUAL = Applicability.SAFE, Applicability.UNSAFE, Applicability.MANUAL
COMMENTED = "workflow = [('train', 1)]  # one phase\nresume_from = None\n"
BASE = """\
checkpoint_config = dict(interval=1)
log_config = dict(interval=5, hooks=[dict(type='TextLoggerHook'), dict(type='PaviLoggerHook')])
total_iters = 10
"""
CHILD = "_base_ = 'b.py'\nlog_config = dict(interval=6)\nresume_from = None\n"
FAMILY = {"b.py": BASE, "c.py": CHILD}


def _trusts(files: dict[str, str], by_name: dict[str, Settings]) -> dict[tuple[str, str], str]:
    made = Workspace(lambda path: by_name[os.path.basename(path)])
    for name, source in files.items():
        made.add(f"/nowhere/{name}", source)
    return {
        (os.path.basename(finding.document.path), finding.field): finding.applicability.word
        for finding in check(made)
    }


def test_an_unsafe_fix_counts_as_safe() -> None:
    assert "workflow" in fixed(COMMENTED)
    (finding,) = found(COMMENTED, select=("workflow",), extend_safe_fixes=("MMR109",))
    assert finding.applicability is SAFE
    assert "the comment `# one phase` goes" in finding.titles[0]
    assert finding.record().applicability == SAFE
    assert fixed(COMMENTED, extend_safe_fixes=("MMR109",)) == "resume = False\n"


def test_what_is_lost_counts_as_safe() -> None:
    options = {"target": "mmedit", "select": ("log_config",)}
    (finding,) = found(BASE, **options)
    assert finding.applicability is UNSAFE
    (finding,) = found(BASE, **options, extend_safe_fixes=("log_config",))
    assert finding.applicability is SAFE
    assert "Pavi" in finding.titles[0]


def test_a_safe_fix_counts_as_unsafe() -> None:
    source = "workflow = [('train', 1)]\nresume_from = None\n"
    (finding,) = found(source, select=("workflow",), extend_unsafe_fixes=("MMR1",))
    assert finding.applicability is UNSAFE
    assert finding.message == "`workflow` was removed; the settings call it unsafe."
    assert fixed(source, extend_unsafe_fixes=("MMR109",)).startswith("workflow")
    assert fixed(source, extend_unsafe_fixes=("MMR109",), unsafe=True) == "resume = False\n"


def test_what_is_by_hand_stays_by_hand() -> None:
    source = "optimizer = dict(type='Adam', lr=1)\nlr_config = dict(policy='fixed')\n"
    for options in ({"extend_safe_fixes": ("MMR",)}, {"extend_unsafe_fixes": ("MMR",)}):
        assert {finding.applicability for finding in found(source, **options)} == {MANUAL}


def test_fixes_that_need_each_other_follow() -> None:
    mmedit = Settings(target="mmedit")
    trusting = Settings(target="mmedit", extend_safe_fixes=("log_config",))
    own, base = ("c.py", "log_config"), ("b.py", "log_config")
    plain = _trusts(FAMILY, {"b.py": mmedit, "c.py": mmedit})
    assert (plain[base], plain[own]) == ("unsafe", "unsafe")
    both = _trusts(FAMILY, {"b.py": trusting, "c.py": trusting})
    assert (both[base], both[own]) == ("safe", "safe")
    child = _trusts(FAMILY, {"b.py": mmedit, "c.py": trusting})
    assert (child[base], child[own]) == ("unsafe", "unsafe")


def test_distrust_in_one_file_reaches_its_relatives() -> None:
    doubting = Settings(extend_unsafe_fixes=("log_config",))
    held = _trusts(FAMILY, {"b.py": doubting, "c.py": Settings()})
    assert held["b.py", "log_config"] == held["c.py", "log_config"] == "unsafe"
    assert held["c.py", "resume_from"] == "safe"
    texts = fix_all(FAMILY, extend_unsafe_fixes=("log_config",))
    assert "log_config = dict(interval=6)" in texts["c.py"]


def test_each_file_goes_to_its_own_target() -> None:
    files = {"a.py": BASE, "b.py": BASE}
    settings = {"a.py": Settings(target="mmgen", codebase="mmgen"), "b.py": Settings()}
    made = Workspace(lambda path: settings[os.path.basename(path)])
    for name, source in files.items():
        made.add(f"/nowhere/{name}", source)
    first, second = (rewrite.text for rewrite in fix(made, unsafe=True))
    assert "GenLogProcessor" in first
    assert "GenLogProcessor" not in second


def test_a_rule_that_one_file_leaves_stays_in_its_family() -> None:
    settings = {"b.py": Settings(ignore=("log_config",)), "c.py": Settings()}
    made = Workspace(lambda path: settings[os.path.basename(path)])
    for name, source in FAMILY.items():
        made.add(f"/nowhere/{name}", source)
    base, child = fix(made)
    assert "log_config = dict(interval=5" in base.text
    assert "log_config = dict(interval=6)" in child.text
    assert "log_config" not in {finding.field for finding in base.left}
    assert "log_config" in {finding.field for finding in child.left}


def test_the_parts_of_a_run_keep_its_settings() -> None:
    made = workspace(FAMILY, Path("/nowhere"), select=("resume_from",))
    part = made.part([made.run["/nowhere/c.py"]])
    assert [finding.field for finding in check(part)] == ["resume_from"]
    again = made.with_texts({"/nowhere/c.py": "_base_ = 'b.py'\nresume_from = 'a'\n"})
    assert [finding.field for finding in check(again)] == ["resume_from"]
