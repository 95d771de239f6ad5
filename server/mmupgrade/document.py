"""One config file: its text, facts and the 0.x and 1.x fields it sets."""

from __future__ import annotations

import ast
import os
import stat
from dataclasses import dataclass, field
from typing import NamedTuple

from mmupgrade.facts import Facts, Use, read_facts
from mmupgrade.increments import Change, Replaced, edited
from mmupgrade.syntax import Chunk
from mmupgrade.text import BOM, Text
from mmupgrade.values import Value

#: A config is some kilobytes; what is larger than this is data.
MAX_BYTES = 8 * 1024 * 1024


class Unreadable(Exception):
    """A file that can't be read as a config. The message says why."""


class Missing(Unreadable):
    """A file that doesn't exist."""


class Origin(NamedTuple):
    """How a document came from the one before."""

    before: Document
    edit: Replaced
    change: Change


@dataclass(slots=True, eq=False)
class Document:
    """A text under a path, with what can be read from it. Immutable in use.

    `path` is absolute and normalised; for a buffer without a file it is any
    name in the folder that relative `_base_` paths count from.
    """

    path: str
    text: Text
    bom: bool = False
    _facts: Facts | None = None
    _values: dict[str, Value | None] = field(default_factory=dict)
    #: What is worked out once for a stretch of the text, by whom it is worked out.
    memo: dict[tuple[str, int, int], object] = field(default_factory=dict)
    #: What anybody has asked for of the values, by top-level statement.
    asked: dict[int, dict[ast.expr, int]] = field(default_factory=dict)
    #: The top-level statements whose comments anybody has asked for.
    commented: set[int] = field(default_factory=set)
    #: The document that this one was made from by one edit, until somebody compares them.
    origin: Origin | None = None

    @property
    def known_facts(self) -> Facts | None:
        """The facts of the text, if they have been read."""
        return self._facts

    @property
    def facts(self) -> Facts:
        """The facts of the text, read at first use."""
        if self._facts is None:
            self._facts = read_facts(self.text)
        return self._facts

    def edited(self, start: int, end: int, new: str) -> Document:
        """This document with `new` instead of the code points from `start` to `end`.

        What is read of it already is read again only as far as the edit concerns it.
        """
        made = Document(self.path, self.text.edited(start, end, new), self.bom)
        edit = Replaced(start, end, len(new))
        change = edited(self._facts, made.text, edit) if self._facts is not None else None
        if change is not None:
            made._facts = change.facts
            self.origin = None
            made.origin = Origin(self, edit, change)
        return made

    @property
    def source(self) -> str:
        """The whole text, with its byte order mark if it has one."""
        return BOM + self.text.value if self.bom else self.text.value

    def __repr__(self) -> str:
        return f"Document({self.path!r})"

    def chunk(self, order: int) -> Chunk:
        """The chunk that the top-level statement at `order` was parsed in."""
        return self.facts.chunk(order)

    def ask(self, order: int, node: ast.expr, how: int) -> None:
        """Note that something depends on an expression of a statement: see `values.SHAPE`."""
        marks = self.asked.get(order)
        if marks is None:
            marks = self.asked[order] = {}
        if marks.get(node, 0) < how:
            marks[node] = how

    def value(self, name: str) -> Value | None:
        """The value that the last binding of `name` gives, or None."""
        if name not in self._values:
            self._values[name] = self.bound(self.facts.last(name))
        return self._values[name]

    def bound(self, use: Use | None) -> Value | None:
        """The value of one binding, or None where it binds no expression."""
        if use is None or use.value is None:
            return None
        return Value(self, use.value, use.order)


def document(path: str, source: str) -> Document:
    """The document of `source`, which may begin with a byte order mark."""
    bom = source.startswith(BOM)
    text = Text(source[1:] if bom else source)
    return Document(os.path.abspath(path), text, bom)


def decode(raw: bytes) -> str:
    """The text of a config's bytes.

    Raises Unreadable where they aren't UTF-8, the only encoding in which MMCV
    and MMEngine read configs.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 2**20} MiB")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"not UTF-8 (byte {error.start}), the only encoding configs are read in"
        ) from None


def from_disk(path: str) -> Document | Unreadable:
    """The document of a file, or why there is none."""
    try:
        return document(path, read(path))
    except Unreadable as error:
        return error


def read(path: str) -> str:
    """The text of a file; raises Unreadable with the reason where it has none."""
    try:
        # Without O_NONBLOCK, opening a pipe waits for somebody to write.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is no regular file")
            if status.st_size > MAX_BYTES:
                raise Unreadable(f"larger than {MAX_BYTES // 2**20} MiB")
            return decode(file.read())
    except FileNotFoundError:
        raise Missing("doesn't exist") from None
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from None
    except ValueError:
        raise Unreadable("no file can have this name") from None
