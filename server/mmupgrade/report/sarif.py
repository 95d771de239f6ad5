"""Findings as SARIF 2.1.0, which GitHub code scanning and other viewers read."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from mmupgrade import __version__
from mmupgrade.findings import Record
from mmupgrade.rule import Page, pages

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "information": "note"}
# `primaryLocationLineHash` is GitHub's own: its uploader fills it in, and warns of any other.
_FINGERPRINT = "mmupgrade/v1"


def report(found: Sequence[Record], names: Mapping[str, str], stream: TextIO) -> None:
    """Write a log of one run. Paths are relative to the current folder where they are below it."""
    root = PurePath(os.path.realpath(os.curdir))
    driver = {
        "name": "mmupgrade",
        "semanticVersion": __version__,
        "rules": [_rule(page) for page in pages()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": root.as_uri().rstrip("/") + "/"}},
        "results": list(_results(found, names, root)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    print(json.dumps(log, indent=2, ensure_ascii=False), file=stream)


def _rule(page: Page) -> dict[str, Any]:
    summary = page.explanation.split("\n\n", 1)[0]
    return {
        "id": page.id,
        "name": page.name,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": " ".join(summary.split())},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": _usual_level(page)},
        "properties": {"tags": ["openmmlab", page.area]},
    }


def _usual_level(page: Page) -> str:
    if page.area == "file":
        return "error"
    return "note" if "By hand" in page.sections else "warning"


def _results(
    found: Sequence[Record], names: Mapping[str, str], root: PurePath
) -> Iterator[dict[str, Any]]:
    indices = {page.id: index for index, page in enumerate(pages())}
    for row, fingerprint in zip(found, _fingerprints(found), strict=True):
        path = PurePath(os.path.realpath(names[row.path]))
        place = {"artifactLocation": location(path, root), "region": _region(row)}
        yield {
            "ruleId": row.rule,
            "ruleIndex": indices[row.rule],
            "level": _LEVELS[row.severity],
            "message": {"text": row.message},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {_FINGERPRINT: fingerprint},
        }


def location(path: PurePath, root: PurePath) -> dict[str, str]:
    """Where a file is: below `root`, or by its absolute URI. Both paths are absolute."""
    if not path.is_relative_to(root):
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(path.relative_to(root).as_posix())), "uriBaseId": _ROOT}


def _region(row: Record) -> dict[str, int]:
    return {
        "startLine": row.line,
        "startColumn": row.column,
        "endLine": row.end_line,
        "endColumn": row.end_column,
    }


def _fingerprints(found: Sequence[Record]) -> Iterator[str]:
    """What a finding is but for its place: an edit elsewhere in the file leaves it as it is."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in found:
        told = "\0".join((row.rule, row.field, row.source.strip()))
        digest = sha256(told.encode()).hexdigest()[:32]
        seen[row.path, digest] += 1
        yield f"{digest}:{seen[row.path, digest]}"
