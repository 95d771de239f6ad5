"""Facts of an edited text are those of the text read from nothing, at the same places."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmupgrade.facts import Facts, read_facts
from mmupgrade.increments import Replaced, edited
from mmupgrade.text import Text

SOURCE = """\
# 中文 heading

model = dict(type='EDVR')  # behind
interval = 5
checkpoint_config = dict(
    interval=interval,
    # inside
    by_epoch=False)

a = 1; b = 2
log_config = dict(interval=interval, hooks=[
    dict(type='TextLoggerHook'),
])
workflow = [('train', 1)]
# the end
"""


def _told(facts: Facts) -> object:
    return (
        [
            (ast.dump(node), facts.statement_span(order))
            for order, (node, _) in enumerate(facts.module.statements)
        ],
        {
            name: [(use.span, use.order, use.value and ast.dump(use.value)) for use in uses]
            for name, uses in facts.bindings.items()
        },
        {name: sorted(use.span for use in facts.reads(name)) for name in facts.bindings},
        {name: [use.span for use in uses] for name, uses in facts.nested.items()},
        {name: [use.span for use in uses] for name, uses in facts.changes.items()},
        [use.span for use in facts.imports],
        (facts.unsure, facts.lazy, facts.opaque, facts.module.problem),
    )


def _edit(facts: Facts, start: int, end: int, new: str) -> tuple[Facts | None, Text]:
    text = facts.text.edited(start, end, new)
    change = edited(facts, text, Replaced(start, end, len(new)))
    return change.facts if change is not None else None, text


PIECES = ["", "#", "\n", " ", "1", "x", "(", ")", "'", "中", "\n# c\n", "=", ";", ",", "\\", "\r"]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_edits_give_the_facts_of_the_whole(data: st.DataObject) -> None:
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    facts = read_facts(Text(SOURCE.replace("\n", newline)))
    facts.reads("interval")
    for _ in range(data.draw(st.integers(1, 8))):
        length = len(facts.text.value)
        start = data.draw(st.integers(0, length))
        end = data.draw(st.integers(start, min(length, start + 3)))
        made, text = _edit(facts, start, end, data.draw(st.sampled_from(PIECES)))
        expected = read_facts(text)
        if made is not None:
            assert _told(made) == _told(expected)
        facts = made or expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'EDVR'", "'BasicVSR'"),
        ("behind", "behind it"),
        ("# inside", "#"),
        ("interval = 5", "interval = 55  # more"),
        ("heading\n", "heading\n# and more\n\n"),
        ("# the end", "# the very end"),
        ("interval=interval,\n", "interval=5,\n"),
        ("interval = 5", "spacing = 5"),
        ("interval = 5", "model = 5"),
    ],
)
def test_usual_edits_are_not_read_from_nothing(old: str, new: str) -> None:
    facts = read_facts(Text(SOURCE))
    start = SOURCE.index(old)
    made, text = _edit(facts, start, start + len(old), new)
    assert made is not None
    assert _told(made) == _told(read_facts(text))
    again, text = _edit(made, start, start + len(new), old)
    assert again is not None
    assert _told(again) == _told(read_facts(Text(SOURCE)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a = 1", "a = 3"),
        ("interval = 5", "interval += 5"),
        ("workflow = ", "workflow = other = "),
        ("('train', 1)", "('train', 1"),
        ("5\n", "5\nimport os\n"),
        ("'EDVR'", "globals()"),
        ("interval = 5", "dict = 5"),
    ],
)
def test_other_edits_are_left_to_a_whole_reading(old: str, new: str) -> None:
    start = SOURCE.index(old)
    made, _ = _edit(read_facts(Text(SOURCE)), start, start + len(old), new)
    assert made is None
