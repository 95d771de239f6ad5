"""A run is read once and judged once; nothing of one look changes the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mmupgrade.document import Missing, Unreadable, document
from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.moves import Applicability
from mmupgrade.rule import rules
from mmupgrade.workspace import Workspace
from tests.support import workspace

SOURCE = """\
total_iters = 10
optimizers = dict(generator=dict(type='Adam'))
checkpoint_config = dict(interval=1)
dist_params = dict(port=1)
"""


def test_looking_twice_gives_the_same() -> None:
    made = workspace({"c.py": SOURCE}, Path("/nowhere"))
    whole = fix(made)[0].text
    before = [finding.message for finding in check(made)]
    assert fix(made)[0].text == whole
    assert [finding.message for finding in check(made)] == before
    alone = workspace({"c.py": SOURCE}, Path("/nowhere"), select=("MMR105",))
    assert "dist_cfg=dict(port=1)" in fix(alone)[0].text != whole


def test_a_rule_that_fails_costs_its_own_field() -> None:
    def broken(*_: object) -> Iterator[None]:
        raise ZeroDivisionError("of the test")

    rule = rules()["dist_params"]
    whole = rule.body
    object.__setattr__(rule, "body", broken)
    try:
        made = workspace({"c.py": SOURCE}, Path("/nowhere"))
        verdicts = {finding.field: finding for finding in check(made)}
    finally:
        object.__setattr__(rule, "body", whole)
    assert "mmupgrade failed on it" in verdicts["dist_params"].message
    assert verdicts["dist_params"].applicability is Applicability.MANUAL
    assert verdicts["checkpoint_config"].applicability is Applicability.SAFE


@pytest.mark.parametrize(
    ("error", "said"), [(Missing("x"), "doesn't exist"), (Unreadable("x"), "can't be read")]
)
def test_bases_are_opened_by_the_given_opener(error: Unreadable, said: str) -> None:
    def opener(path: str) -> Unreadable:
        assert path == "/nowhere/b.py"
        return error

    made = Workspace(opener=opener)
    made.add("/nowhere/c.py", "_base_ = 'b.py'\n" + SOURCE)
    (finding,) = [f for f in check(made) if f.rule.name == "unresolved-base"]
    assert said in finding.message


def test_a_base_in_an_open_buffer_counts() -> None:
    texts = {"/nowhere/b.py": "checkpoint_config = dict(interval=7)\nlog_config = None\n"}
    made = Workspace(opener=lambda path: document(path, texts[path]))
    made.add("/nowhere/c.py", "_base_ = 'b.py'\n" + SOURCE)
    assert made.view(made.run["/nowhere/c.py"]).complete


@pytest.mark.parametrize("name", ["a\\0b.py", "\\ud800.py"])
def test_a_base_that_no_file_can_be_is_a_finding(name: str) -> None:
    made = workspace({"c.py": f"_base_ = '{name}'\n{SOURCE}"}, Path("/nowhere"))
    (finding,) = [f for f in check(made) if f.rule.name == "unresolved-base"]
    assert "can't be read" in finding.message
