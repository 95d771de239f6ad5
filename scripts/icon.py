"""`make docs`: the icon of the extension, drawn without a library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from math import hypot
from pathlib import Path
from typing import NamedTuple, TypeAlias

ICON = Path(__file__).parents[1] / "media" / "icon.png"
SIZE = 256


class Colour(NamedTuple):
    """Red, green and blue, from 0 to 255."""

    red: float
    green: float
    blue: float


#: How far a point lies outside a shape, in pixels; negative within.
Shape: TypeAlias = Callable[[float, float], float]

_NIGHT, _DUSK = Colour(27, 36, 64), Colour(47, 72, 130)
_OLD, _NEW, _WAY = Colour(126, 141, 180), Colour(255, 255, 255), Colour(255, 176, 59)


def _box(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    """A rectangle with round corners."""
    middle = ((left + right) / 2, (top + bottom) / 2)
    half = ((right - left) / 2, (bottom - top) / 2)

    def distance(x: float, y: float) -> float:
        across, down = abs(x - middle[0]) - half[0] + radius, abs(y - middle[1]) - half[1] + radius
        return hypot(max(across, 0), max(down, 0)) + min(max(across, down), 0) - radius

    return distance


def _ring(shape: Shape, width: float) -> Shape:
    """The line along the edge of a shape."""
    return lambda x, y: abs(shape(x, y)) - width / 2


def _line(x1: float, y1: float, x2: float, y2: float, width: float) -> Shape:
    """A line with round ends."""

    def distance(x: float, y: float) -> float:
        along, length = (x - x1) * (x2 - x1) + (y - y1) * (y2 - y1), hypot(x2 - x1, y2 - y1)
        part = min(max(along / length**2, 0), 1)
        return hypot(x - x1 - part * (x2 - x1), y - y1 - part * (y2 - y1)) - width / 2

    return distance


#: A struck-through 0, an arrow, and a 1.
_CARD = _box(8, 8, 248, 248, 52)
_LAYERS = (
    (_ring(_box(46, 78, 102, 178, 28), 18), _OLD),
    (_line(34, 158, 114, 98, 12), _WAY),
    (_line(122, 128, 156, 128, 14), _WAY),
    (_line(142, 112, 157, 128, 14), _WAY),
    (_line(142, 144, 157, 128, 14), _WAY),
    (_line(200, 82, 200, 174, 22), _NEW),
    (_line(200, 82, 182, 96, 18), _NEW),
)


def _mixed(under: Colour, over: Colour, share: float) -> Colour:
    return Colour(*(low + (high - low) * share for low, high in zip(under, over)))


def _covered(shape: Shape, x: float, y: float) -> float:
    """The share of a pixel that a shape covers."""
    return min(max(0.5 - shape(x, y), 0), 1)


def _pixel(x: float, y: float) -> bytes:
    colour = _mixed(_DUSK, _NIGHT, y / SIZE)
    for shape, paint in _LAYERS:
        colour = _mixed(colour, paint, _covered(shape, x, y))
    return bytes((*(round(part) for part in colour), round(255 * _covered(_CARD, x, y))))


def drawn() -> bytes:
    """The icon as a PNG file."""
    centres = [place + 0.5 for place in range(SIZE)]
    rows = (b"\0" + b"".join(_pixel(x, y) for x in centres) for y in centres)
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    ICON.write_bytes(drawn())
