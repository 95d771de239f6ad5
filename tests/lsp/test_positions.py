"""Positions are counted as the protocol says, against texts that are really encoded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range

from mmupgrade.lsp.positions import Positions
from mmupgrade.text import Text
from tests.lsp.texts import ENCODINGS, encodings, line_of, texts, units

UTF8, UTF16, UTF32 = ENCODINGS


@given(texts, encodings)
def test_every_offset(source: str, encoding: PositionEncodingKind) -> None:
    positions = Positions(Text(source), encoding)
    for offset in range(len(source) + 1):
        line, before = line_of(source, offset)
        position = positions.position(offset)
        assert position == Position(line, units(before, encoding))
        inside = source[max(offset - 1, 0) : offset + 1] == "\r\n"
        assert positions.offset(position) == offset - inside


@given(texts, encodings, st.integers(0, 12), st.integers(0, 40))
def test_every_position(
    source: str, encoding: PositionEncodingKind, line: int, character: int
) -> None:
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    offset = Positions(Text(source), encoding).offset(Position(line, character))
    if line >= len(lines):
        assert offset == len(source)
        return
    reached, before = line_of(source, offset)
    assert reached == line
    following = lines[line][len(before) : len(before) + 1]
    assert lines[line].startswith(before)
    assert units(before, encoding) <= character
    assert not following or character < units(before + following, encoding)


@pytest.mark.parametrize(
    ("encoding", "character", "offset"),
    [
        (UTF16, 3, 3),
        (UTF16, 4, 3),
        (UTF16, 5, 4),
        (UTF16, 6, 5),
        (UTF8, 3, 3),
        (UTF8, 4, 3),
        (UTF8, 6, 3),
        (UTF8, 7, 4),
        (UTF32, 4, 4),
        (UTF32, 99, 5),
        (UTF16, 2**31 - 1, 5),
    ],
)
def test_a_position_inside_a_character_goes_before_it(
    encoding: PositionEncodingKind, character: int, offset: int
) -> None:
    assert Positions(Text("x='🚀'"), encoding).offset(Position(0, character)) == offset


@pytest.mark.parametrize(
    ("source", "position", "offset"),
    [
        ("abc", Position(0, 999), 3),
        ("abc\n", Position(0, 999), 3),
        ("abc\r\nd", Position(0, 4), 3),
        ("abc\n", Position(1, 5), 4),
        ("abc", Position(7, 0), 3),
        ("", Position(0, 0), 0),
        ("a\fb\u2028c\nd", Position(1, 0), 6),
    ],
)
def test_clamping(source: str, position: Position, offset: int) -> None:
    before = Position(position.line, position.character)
    assert Positions(Text(source)).offset(position) == offset
    assert position == before


def test_ranges() -> None:
    positions = Positions(Text("超🚀\nb"))
    assert positions.range(1, 4) == Range(Position(0, 1), Position(1, 1))
    assert positions.span(Range(Position(0, 1), Position(1, 1))) == (1, 4)
    assert positions.span(Range(Position(1, 1), Position(0, 1))) == (1, 4)


@pytest.mark.parametrize(("encoding", "width"), list(zip(ENCODINGS, (3, 1, 1))))
def test_a_mark_that_the_text_lacks_is_counted(encoding: PositionEncodingKind, width: int) -> None:
    positions = Positions(Text("ab\ncd"), encoding, marked=True)
    assert positions.position(1) == Position(0, 1 + width)
    assert positions.position(4) == Position(1, 1)
    assert positions.offset(Position(0, 0)) == 0
    assert positions.offset(Position(0, 1 + width)) == 1
    assert positions.offset(Position(1, 1)) == 4
