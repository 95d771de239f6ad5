"""What a config text holds, told by Python's own tools and MMEngine alone."""

from __future__ import annotations

import ast
import io
import re
import tempfile
import tokenize
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmengine.config import Config

from tests.properties.configs import BOM

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Statement:
    """One top-level statement; `lines` are the indexes of the lines it stands on."""

    name: str
    text: str
    start: int
    end: int
    lines: range


def comments(text: str) -> Counter[str]:
    """Every comment, and how often it stands there."""
    readline = io.StringIO(text.removeprefix(BOM), newline="").readline
    tokens = tokenize.generate_tokens(readline)
    return Counter(t.string.rstrip() for t in tokens if t.type == tokenize.COMMENT)


def statements(text: str) -> list[Statement]:
    """The statements of a text without a byte order mark."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(number: int, column: int) -> int:
        return starts[number - 1] + len(lines[number - 1].encode()[:column].decode())

    found = []
    for node in ast.parse(text).body:
        start = offset(node.lineno, node.col_offset)
        end = offset(node.end_lineno or 0, node.end_col_offset or 0)
        covered = range(node.lineno - 1, node.end_lineno or 0)
        found.append(Statement(_bound(node), text[start:end], start, end, covered))
    return found


def _bound(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    assert isinstance(target, ast.Name), ast.dump(node)
    return target.id


@dataclass(frozen=True)
class Frame:
    """What stays of a text: `kept` statements and lines outside of all `touched` ones.

    `lines` are whole lines without comments of their own; `settled` has also
    those comments that stand above no touched statement; `comments_too` has all.
    """

    kept: list[str]
    lines: list[str]
    settled: list[str]
    comments_too: list[str]


def shared(text: str, touched: Collection[str]) -> set[int]:
    """Which of the untouched statements share a line with a touched one."""
    found = statements(text)
    busy = {line for s in found if s.name in touched for line in s.lines}
    untouched = [s for s in found if s.name not in touched]
    return {index for index, s in enumerate(untouched) if busy & set(s.lines)}


def frame(text: str, touched: Collection[str], left_out: Collection[int]) -> Frame:
    """The frame of a text, without the lines of the untouched statements `left_out`."""
    found, lines = statements(text), _LINE.findall(text)
    untouched = [s for s in found if s.name not in touched]
    gone = {line for s in found if s.name in touched for line in s.lines}
    above = _above(lines, [s.lines[0] for s in found if s.name in touched])
    for index in left_out:
        gone.update(untouched[index].lines)
    inside = {line for s in found for line in s.lines}
    own = {i for i, line in enumerate(lines) if _is_comment(line) and i not in inside}
    rest = [index for index in range(len(lines)) if index not in gone]
    return Frame(
        [s.text for s in untouched],
        [lines[index] for index in rest if index not in own],
        [lines[index] for index in rest if index not in above],
        [lines[index] for index in rest],
    )


def _is_comment(line: str) -> bool:
    return line.lstrip(" \t\f").startswith("#")


def _above(lines: list[str], starts: list[int]) -> set[int]:
    """The comment lines directly above these lines."""
    found: set[int] = set()
    for start in starts:
        line = start - 1
        while line >= 0 and _is_comment(lines[line]):
            found.add(line)
            line -= 1
    return found


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    """Whether `part` is `whole` with items left out."""
    rest = iter(whole)
    return all(item in rest for item in part)


def loaded(text: str) -> dict[str, Any]:
    """The values that MMEngine reads from a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.py"
        path.write_bytes(text.removeprefix(BOM).encode())
        config = Config.fromfile(str(path), import_custom_modules=False)
    values: dict[str, Any] = config.to_dict()
    return values
