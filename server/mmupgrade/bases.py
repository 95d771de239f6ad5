"""`_base_`: which files a config inherits from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from mmupgrade.document import Document
from mmupgrade.facts import Use
from mmupgrade.syntax import TEMPLATE_MARK
from mmupgrade.values import OPAQUE, Value

Trouble = Literal["missing", "circular", "unreadable", "foreign", "dynamic"]
_PREDEFINED = r"\{\{\s*(fileDirname|fileBasename|fileBasenameNoExtension|fileExtname)\s*\}\}"


_END_OF_PATH = re.compile(r"\.py['\"]")


class Base(NamedTuple):
    """One `_base_` entry.

    `path` is absolute, or None where the entry can't be resolved to a file:
    `foreign` (`package::path`) or `dynamic` (not static text).
    """

    written: str
    path: str | None
    span: tuple[int, int]
    trouble: Trouble | None = None


def written_bases(document: Document) -> list[Base]:
    """The `_base_` entries of one document in order, resolved but not opened."""
    use = document.facts.last("_base_")
    value = document.bound(use)
    if use is None or value is None:
        return []
    definition = value.definition
    items = definition.items
    return [_base(document, item, use) for item in (items if items is not None else [definition])]


def _base(document: Document, item: Value, use: Use) -> Base:
    span = item.span if item.document is document else use.span
    written = _text(document, item)
    if written is None:
        return Base(item.source, None, span, "dynamic")
    if "::" in written:
        return Base(written, None, span, "foreign")
    folder = os.path.dirname(document.path)
    return Base(written, os.path.normpath(os.path.join(folder, written)), span)


def _text(document: Document, item: Value) -> str | None:
    """The path that `item` gives, with MMCV's predefined variables filled in."""
    known = item.const
    if known is OPAQUE:
        start, end = item.span
        literal = document.text.value[start:end]
        if "{{" not in literal or TEMPLATE_MARK in literal or literal[:1] not in "'\"":
            return None
        known = literal.strip("'\"")
    if not isinstance(known, str):
        return None
    path = document.path
    stem, extension = os.path.splitext(os.path.basename(path))
    names = {
        "fileDirname": os.path.dirname(path),
        "fileBasename": os.path.basename(path),
        "fileBasenameNoExtension": stem,
        "fileExtname": extension,
    }
    filled = re.sub(_PREDEFINED, lambda match: names[match.group(1)], known)
    return None if "{{" in filled else filled


def quoted_files(source: str) -> Iterator[str]:
    """All quoted paths of Python files in a text, as they are written."""
    for match in _END_OF_PATH.finditer(source):
        start = max(source.rfind(mark, 0, match.start()) for mark in "'\"") + 1
        yield source[start : match.end() - 1]


def named_files(source: str) -> Iterator[str]:
    """The names of the Python files in all quoted paths of a text, without their folders."""
    for written in quoted_files(source):
        yield written[max(written.rfind("/"), written.rfind("\\")) + 1 :]
