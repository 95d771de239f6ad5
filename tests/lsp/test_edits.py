"""Edits that the client gets make the engine's text, and touch nothing that stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range, TextEdit

from mmupgrade.edits import Edit, apply, minimal
from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.lsp.edits import text_edits
from mmupgrade.lsp.positions import Positions
from mmupgrade.text import BOM, Text
from mmupgrade.workspace import Workspace
from tests.lsp.texts import encodings, line_of, texts, units

CONFIG = """# 配置 🚀
model = dict(type='EDVR')
checkpoint_config = dict(interval=5000, by_epoch=False)
note = '🚀'
resume_from = None  # 🚀
"""


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it, which may touch; often they write what stands there."""
    source = draw(texts)
    places = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits = []
    for start, end in zip(places[::2], places[1::2]):
        old = source[start:end]
        new = draw(st.one_of(texts, st.just(old), texts.map(old.__add__), texts.map(str(old).join)))
        edits.append(Edit(start, end, new))
    return source, edits


@given(changes())
def test_minimal_edits_make_the_same_text(change: tuple[str, list[Edit]]) -> None:
    source, edits = change
    less = minimal(source, edits)
    assert apply(source, less) == apply(source, edits)
    assert sum(len(edit.text) for edit in less) <= sum(len(edit.text) for edit in edits) + 2 * len(
        less
    )
    for edit in less:
        old = source[edit.start : edit.end]
        assert old != edit.text
        assert not (old and edit.text) or old[0] != edit.text[0] or old[0] == "\r"
        assert not (old and edit.text) or old[-1] != edit.text[-1] or old[-1] == "\n"


@given(changes())
def test_edits_begin_and_end_where_editors_know_positions(change: tuple[str, list[Edit]]) -> None:
    source, edits = change
    for edit in minimal(source, edits):
        for place in (edit.start, edit.end):
            assert source[max(place - 1, 0) : place + 1] != "\r\n"
        before, after = source[: edit.start], source[edit.end :]
        assert not (before.endswith("\r") and (edit.text + after).startswith("\n"))
        assert not ((before + edit.text).endswith("\r") and after.startswith("\n"))


@given(changes(), encodings)
def test_the_client_gets_the_engines_text(
    change: tuple[str, list[Edit]], encoding: PositionEncodingKind
) -> None:
    source, edits = change
    assert carried_out(source, edits, encoding) == apply(source, edits)


def carried_out(source: str, edits: list[Edit], encoding: PositionEncodingKind) -> str:
    """What a client makes of the edits, counting in `encoding`."""
    places = {}
    for offset in reversed(range(len(source) + 1)):
        line, before = line_of(source, offset)
        places[line, units(before, encoding)] = offset
    for edit in reversed(text_edits(Positions(Text(source), encoding), edits)):
        start, end = (places[at.line, at.character] for at in (edit.range.start, edit.range.end))
        source = source[:start] + edit.new_text + source[end:]
    return source


@pytest.mark.parametrize(
    ("source", "edit", "expected"),
    [
        ("abcd", Edit(0, 4, "abXcd"), [Edit(2, 2, "X")]),
        ("aaa", Edit(0, 3, "aa"), [Edit(2, 3, "")]),
        ("abc", Edit(0, 3, "abc"), []),
        ("a\r\nb", Edit(0, 4, "a\nb"), [Edit(1, 3, "\n")]),
        ("a\nb", Edit(0, 3, "a\r\nb"), [Edit(1, 2, "\r\n")]),
        ("a\rb\nc", Edit(2, 3, ""), [Edit(1, 4, "\r\n")]),
    ],
)
def test_minimal(source: str, edit: Edit, expected: list[Edit]) -> None:
    assert minimal(source, [edit]) == expected


def test_edits_at_one_place_keep_their_order() -> None:
    assert minimal("ab", [Edit(1, 1, "x"), Edit(0, 1, "az")]) == [Edit(1, 1, "zx")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", BOM])
@pytest.mark.parametrize("encoding", list(PositionEncodingKind))
def test_a_fix_comes_with_its_edits(
    newline: str, mark: str, encoding: PositionEncodingKind
) -> None:
    source = CONFIG.replace("\n", newline)
    workspace = Workspace()
    workspace.add("/configs/a.py", mark + source)
    (rewrite,) = fix(workspace)
    assert {"checkpoint_config", "resume_from"} <= set(rewrite.migrated)
    assert mark + carried_out(source, list(rewrite.edits), encoding) == rewrite.text
    assert all(edit.start >= source.index("check") for edit in rewrite.edits)


def test_what_is_left_has_no_edits() -> None:
    workspace = Workspace()
    workspace.add("/configs/a.py", "_base_ = './b.py'\nresume_from = None\n")
    assert check(workspace)
    assert [rewrite.edits for rewrite in fix(workspace)] == [()]


def test_edits_of_the_protocol() -> None:
    positions = Positions(Text("x = '🚀' + a\n"))
    assert text_edits(positions, [Edit(0, 11, "x = '🚀' + bc")]) == [
        TextEdit(Range(Position(0, 11), Position(0, 12)), "bc")
    ]
