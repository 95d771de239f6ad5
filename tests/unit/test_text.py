"""A text made from another by an edit is the text that one would read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.text import Text

# What ends a line, what doesn't though `str.splitlines` says so, and characters of all widths.
pieces = st.lists(
    st.sampled_from(
        ["a", "\r", "\n", "\r\n", "\f", "\v", "\x85", "\u2028", "é", "漢", "🚀", "e\u0301"]
    )
).map("".join)


@given(pieces, st.data())
def test_edits_keep_the_line_index(source: str, data: st.DataObject) -> None:
    text = Text(source)
    assert text.starts[0] == 0
    for _ in range(3):
        start = data.draw(st.integers(0, len(text.value)))
        end = data.draw(st.integers(start, len(text.value)))
        new = data.draw(pieces)
        expected = text.value[:start] + new + text.value[end:]
        text = text.edited(start, end, new)
        assert text.value == expected
        assert text.starts == Text(expected).starts


@pytest.mark.parametrize(
    ("source", "start", "end", "new", "starts"),
    [
        ("a\r\nb", 2, 2, "x", [0, 2, 4]),
        ("a\r\nb", 1, 2, "", [0, 2]),
        ("a\r\nb", 2, 3, "", [0, 2]),
        ("a\rx\nb", 2, 3, "", [0, 3]),
        ("a\nb", 1, 1, "\r", [0, 3]),
        ("a\rb", 2, 2, "\n", [0, 3]),
        ("", 0, 0, "\n", [0, 1]),
        ("a\nb", 0, 3, "", [0]),
    ],
)
def test_line_ends_meet_and_part(
    source: str, start: int, end: int, new: str, starts: list[int]
) -> None:
    text = Text(source)
    assert text.starts
    assert text.edited(start, end, new).starts == starts


def test_an_edit_leaves_the_old_text() -> None:
    text = Text("a\nb")
    assert text.edited(0, 1, "\n").starts == [0, 1, 2]
    assert text.value == "a\nb"
    assert text.starts == [0, 2]


@given(pieces)
def test_a_line_ends_before_its_line_end(source: str) -> None:
    text = Text(source)
    spans = [text.line_span(line) for line in range(len(text.starts))]
    assert not any("\n" in source[start:end] or "\r" in source[start:end] for start, end in spans)
    gaps = [source[a[1] : b[0]] for a, b in pairwise(spans)]
    assert set(gaps) <= {"\n", "\r", "\r\n"}
    assert spans[-1][1] == len(source)
