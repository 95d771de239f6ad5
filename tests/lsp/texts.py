"""Texts with characters of every width, every line end, and what isn't one."""

from __future__ import annotations

from hypothesis import strategies as st
from lsprotocol.types import PositionEncodingKind

ENCODINGS = list(PositionEncodingKind)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
PIECES = [
    "a",
    "b",
    "é",
    "e\u0301",
    "漢",
    "🚀",
    "👩\u200d🔬",
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\v",
    "\u2028",
]

texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
encodings = st.sampled_from(ENCODINGS)


def units(text: str, encoding: PositionEncodingKind) -> int:
    """The length of `text` in code units."""
    codec, width = CODECS[encoding.value]
    return len(text.encode(codec)) // width


def line_of(source: str, offset: int) -> tuple[int, str]:
    """The number of the line that holds `offset`, and what of it stands before."""
    before = source[:offset]
    if before.endswith("\r") and source[offset : offset + 1] == "\n":
        before = before[:-1]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines) - 1, lines[-1]
