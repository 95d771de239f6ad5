"""The baseline: a file of findings that are known and not shown again.

An entry says how many findings of a rule and field a file has. It holds no lines, so
that edits elsewhere in the file leave it true.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mmupgrade.findings import Record

VERSION = 1


class BrokenBaseline(Exception):
    """A baseline file that can't be used; the message says why."""


class Key(NamedTuple):
    """What findings are counted by; `path` counts from the baseline's folder, with slashes."""

    path: str
    rule: str
    field: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings are known, by file, rule and field. `folder` is an absolute path."""

    folder: str
    counts: Counter[Key]

    def beyond(self, found: Iterable[Record]) -> list[bool]:
        """For each finding, in the order of the text, whether it is more than are known."""
        left = self.counts.copy()
        shown: list[bool] = []
        for row in found:
            key = self.key(row)
            shown.append(left[key] <= 0)
            left[key] -= 1
        return shown

    def key(self, row: Record) -> Key:
        """What a finding is counted by."""
        return Key(relative(row.path, self.folder), row.rule, row.field)

    def path(self, key: Key) -> str:
        """The absolute path of an entry's file."""
        return os.path.normpath(os.path.join(self.folder, key.path))

    def pruned(self, found: Iterable[Record], judged: Iterable[Key]) -> Baseline:
        """Without what no longer occurs, among the entries that are `judged`."""
        now = Counter(map(self.key, found))
        kept = self.counts.copy()
        for key in judged:
            kept[key] = min(kept[key], now[key])
        return Baseline(self.folder, +kept)

    def as_json(self) -> str:
        """The text of the file: sorted, one entry a line."""
        import json

        rows = (
            json.dumps({**key._asdict(), "count": count}, ensure_ascii=False)
            for key, count in sorted(self.counts.items())
        )
        listed = ",".join(f"\n    {row}" for row in rows)
        end = "\n  " if listed else ""
        return f'{{\n  "version": {VERSION},\n  "findings": [{listed}{end}]\n}}\n'


def baseline(folder: str, found: Iterable[Record]) -> Baseline:
    """The baseline of a file in `folder` that knows all of `found`."""
    empty = Baseline(os.path.abspath(folder), Counter())
    return Baseline(empty.folder, Counter(map(empty.key, found)))


def relative(path: str, folder: str) -> str:
    """`path` as it is named from `folder`, with slashes; absolute where it is on another drive."""
    try:
        path = os.path.relpath(path, folder)
    except ValueError:
        path = os.path.abspath(path)
    return path.replace(os.sep, "/")


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises BrokenBaseline, and OSError where it can't be read."""
    import json

    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise BrokenBaseline(f"isn't valid JSON ({error})") from None
    version = data.get("version") if isinstance(data, dict) else None
    if type(version) is not int:
        raise BrokenBaseline("isn't a baseline: it names no version")
    if version != VERSION:
        raise BrokenBaseline(f"has version {version}; this mmupgrade reads version {VERSION}")
    return Baseline(os.path.dirname(os.path.abspath(path)), _counts(data.get("findings")))


def _counts(rows: object) -> Counter[Key]:
    """An entry that stands there twice, as after a merge of two branches, counts once."""
    if not isinstance(rows, list):
        raise BrokenBaseline("isn't a baseline: its `findings` are no list")
    counts: Counter[Key] = Counter()
    for number, row in enumerate(rows, 1):
        named = [row.get(name) for name in Key._fields] if isinstance(row, dict) else []
        words = [word for word in named if isinstance(word, str)]
        count = row.get("count") if isinstance(row, dict) else None
        if len(words) != len(Key._fields) or type(count) is not int or count < 1:
            raise BrokenBaseline(f"isn't a baseline: entry {number} isn't one")
        key = Key(*words)
        counts[key] = max(counts[key], count)
    return counts
