"""Whatever the order and formatting of a config, its rewrite keeps what it has to keep."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from mmupgrade.engine import check
from mmupgrade.fix import Rewrite, fix
from mmupgrade.rule import rules
from mmupgrade.workspace import Workspace
from tests.corpus.oracle import Difference, Unrunnable, compare, new_settings, old_settings
from tests.properties.configs import BOM, configs
from tests.properties.judge import (
    comments,
    frame,
    is_subsequence,
    loaded,
    shared,
    statements,
)

# Shrinking takes minutes here; what fails is short enough to be read as it is.
steady = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
both = pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])

#: The 0.x fields that decide a setting of the oracle.
FIELDS = {
    "checkpoint": {"checkpoint_config"},
    "logger": {"log_config"},
    "window": {"log_config"},
    "log_by_epoch": {"log_config"},
    "backends": {"log_config"},
    "env.cudnn_benchmark": {"cudnn_benchmark"},
    "env.opencv_num_threads": {"opencv_num_threads"},
    "env.mp_start_method": {"mp_start_method"},
    "env.dist": {"dist_params"},
    "load": {"resume_from", "load_from"},
    "loop": {"total_iters"},
    "workflow_val": {"workflow"},
}
RUNTIME = frozenset().union(*FIELDS.values()) | {"train_cfg", "test_cfg", "visual_config"}


def workspace(source: str) -> Workspace:
    made = Workspace()
    made.add("/configs/config.py", source)
    return made


def rewrite(source: str, *, unsafe: bool) -> Rewrite:
    [made] = fix(workspace(source), unsafe=unsafe)
    assert made.error == ""
    return made


def touched(made: Rewrite) -> set[str]:
    """The names whose statements the engine says that it rewrote."""
    names = {name.partition(".")[0] for name in made.migrated}
    if "resume_from" in names:
        names.add("load_from")
    if names & {"train_cfg", "test_cfg"}:
        names.add("model")
    return names


def differences(source: str, made: Rewrite) -> list[Difference]:
    old = old_settings(loaded(source), "mmedit")
    return compare(old, new_settings(loaded(made.text)))


def deciding(difference: Difference) -> set[str]:
    return next(f for path, f in FIELDS.items() if difference.path.startswith(path))


@steady
@given(configs(exact=True, rebinding=False))
def test_exact_values_stay_what_they_are(source: str) -> None:
    made = rewrite(source, unsafe=True)
    assert [left.message for left in made.left if left.field in RUNTIME] == []
    assert differences(source, made) == []


@both
@steady
@given(source=configs(exact=True))
def test_only_fields_that_are_left_differ(source: str, unsafe: bool) -> None:
    made = rewrite(source, unsafe=unsafe)
    left = {finding.field for finding in made.left}
    try:
        found = differences(source, made)
    except Unrunnable as error:
        # Settings of the model that are left stand where 1.x looks for a loop.
        assert error.field in left & {"train_cfg", "test_cfg"}  # noqa: PT017
        return
    assert [d for d in found if not deciding(d) & left] == []


@steady
@given(configs(exact=True))
def test_model_settings_reach_the_model(source: str) -> None:
    old, new = loaded(source), loaded(rewrite(source, unsafe=True).text)
    left = {s.name for s in statements(source.removeprefix(BOM))} & {"train_cfg", "test_cfg"}
    expected = {**{name: old[name] for name in left if old[name]}, **old["model"]}
    assert {key: value for key, value in new["model"].items() if value} == expected


@both
@steady
@given(source=configs())
def test_the_rewrite_loads(source: str, unsafe: bool) -> None:
    loaded(rewrite(source, unsafe=unsafe).text)


@steady
@given(configs())
def test_safe_fixes_lose_no_comment(source: str) -> None:
    made = rewrite(source, unsafe=False)
    assert comments(source) - comments(made.text) == Counter()
    assert doubled(source, made) == Counter()


@steady
@given(configs())
def test_unsafe_fixes_say_which_comments_go(source: str) -> None:
    titles = " ".join(title for finding in check(workspace(source)) for title in finding.titles)
    made = rewrite(source, unsafe=True)
    lost = comments(source) - comments(made.text)
    assert [comment for comment in lost if comment not in titles] == []
    assert doubled(source, made) == Counter()


def doubled(source: str, made: Rewrite) -> Counter[str]:
    """New comments, but for those of variables that stay and whose value is written out."""
    ours = touched(made)
    kept = [s.text for s in statements(source.removeprefix(BOM)) if s.name not in ours]
    return comments(made.text) - comments(source) - comments("\n".join(kept))


@both
@steady
@given(source=configs())
def test_all_other_bytes_stay(source: str, unsafe: bool) -> None:
    made = rewrite(source, unsafe=unsafe)
    old, new = source.removeprefix(BOM), made.text.removeprefix(BOM)
    ours = touched(made)
    mixed = shared(old, ours)
    untouched = {s.name for s in statements(old)} - ours
    before = frame(old, ours, mixed)
    after = frame(new, {s.name for s in statements(new)} - untouched, mixed)
    assert after.kept == before.kept
    assert after.lines == before.lines
    assert is_subsequence(before.settled, after.comments_too)


@both
@steady
@given(source=configs())
def test_line_ends_and_byte_order_mark_stay(source: str, unsafe: bool) -> None:
    new = rewrite(source, unsafe=unsafe).text
    assert new.startswith(BOM) == source.startswith(BOM)
    assert new.count(BOM) == source.count(BOM)
    if "\r\n" in source:
        assert new.count("\n") == new.count("\r") == new.count("\r\n")
    else:
        assert "\r" not in new


@both
@steady
@given(source=configs())
def test_a_second_fix_changes_nothing(source: str, unsafe: bool) -> None:
    first = rewrite(source, unsafe=unsafe)
    for second in fix(workspace(first.text), unsafe=unsafe):
        assert second.error == ""
        assert second.text == first.text


@steady
@given(configs())
def test_every_finding_marks_the_key(source: str) -> None:
    found = check(workspace(source))
    text = source.removeprefix(BOM)
    for finding in found:
        assert text[finding.start : finding.end] == finding.field.rpartition(".")[2]
    bound = [(s.start, s.name) for s in statements(text) if s.name in RUNTIME & rules().keys()]
    marked = {finding.start for finding in found}
    assert [name for start, name in bound if start not in marked and name != "load_from"] == []


@both
@steady
@given(source=configs())
def test_other_values_stay(source: str, unsafe: bool) -> None:
    made = rewrite(source, unsafe=unsafe)
    old, new = loaded(source), loaded(made.text)
    ours = touched(made)
    assert _without(old, ours) == {name: new[name] for name in _without(old, ours)}


def _without(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
