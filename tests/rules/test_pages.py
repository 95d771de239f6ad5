"""Every rule's page is run: its Before becomes its After, byte for byte."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest

from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.moves import Applicability
from mmupgrade.rule import Page, Rule, pages, rules
from mmupgrade.workspace import Workspace
from tests.support import load_text, workspace

FIELDS = list(rules().values())
#: Rules whose own fix needs the fields it is joined with.
JOINED = {"runner": ("runner", "total_iters")}


def _examples(heading: str) -> list[tuple[Rule, str, str]]:
    found = []
    for rule in FIELDS:
        befores, afters = _blocks(rule, "Before"), _blocks(rule, "After")
        if heading == "After" and afters:
            found += [(rule, b, a) for b, a in zip_longest(befores, afters, fillvalue="")]
        elif heading == "By hand" and not afters:
            found += [(rule, before, "") for before in befores]
    return found


def _blocks(rule: Rule, heading: str) -> list[str]:
    return [block for name, block in rule.blocks if name == heading]


def _ids(example: object) -> str:
    return example.field if isinstance(example, Rule) else ""


def _alone(rule: Rule, source: str, folder: Path) -> Workspace:
    """A run in which only this rule, and those it is joined with, are selected."""
    select = JOINED.get(rule.field, (rule.field,))
    return workspace({"c.py": source}, folder, select=select)


@pytest.mark.parametrize(("rule", "before", "after"), _examples("After"), ids=_ids)
def test_before_becomes_after(rule: Rule, before: str, after: str, tmp_path: Path) -> None:
    (rewrite,) = fix(_alone(rule, before, tmp_path), unsafe=True)
    assert rewrite.text == after
    assert check(_alone(rule, after, tmp_path)) == []
    again = fix(_alone(rule, after, tmp_path), unsafe=True)
    assert [rewrite.text for rewrite in again] in ([], [after])
    load_text(before, tmp_path)
    load_text(after, tmp_path)


@pytest.mark.parametrize(("rule", "before", "after"), _examples("By hand"), ids=_ids)
def test_by_hand_is_found_and_left(rule: Rule, before: str, after: str, tmp_path: Path) -> None:
    found = check(_alone(rule, before, tmp_path))
    assert [finding.applicability for finding in found] == [Applicability.MANUAL]
    for rewrite in fix(_alone(rule, before, tmp_path), unsafe=True):
        assert rewrite.text == before
    (recipe,) = _blocks(rule, "By hand")
    assert check(workspace({"c.py": recipe}, tmp_path)) == []
    load_text(recipe, tmp_path)


@pytest.mark.parametrize("rule", pages(), ids=_ids)
def test_page_is_whole(rule: Page) -> None:
    assert rule.title.endswith(".")
    assert rule.explanation
    if isinstance(rule, Rule):
        assert rule.source
        assert "What changes silently if it is left:" in rule.explanation
        headings = list(dict.fromkeys(rule.sections))
        fixable = ["Before", "After", "Left alone", "Fix safety"]
        assert headings in (fixable, ["Before", "By hand"])


def test_ids_and_fields_are_unique() -> None:
    made = pages()
    assert len({rule.id for rule in made}) == len({rule.name for rule in made}) == len(made)
