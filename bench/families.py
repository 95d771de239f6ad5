"""An edit in a base with many dependents, against a check of the same files from nothing."""

from __future__ import annotations

import gc
import statistics
import time
from pathlib import Path

from bench.tools import files
from mmupgrade.analysis import Analysis
from mmupgrade.document import Document, document, read
from mmupgrade.engine import check
from mmupgrade.workspace import Workspace

#: At most this part of a check from nothing.
LIMIT = 0.8
_BASE = "_base_/default_runtime.py"
_VALUE = "interval="


def lines(corpus: Path, rounds: int) -> tuple[list[str], bool]:
    """What is said of each edit, and whether the limit is held."""
    paths = [str(path) for path in files(corpus)]
    base = next(path for path in paths if path.endswith(_BASE))
    cold = [_cold(base, paths) for _ in range(rounds)]
    family, findings = cold[0][1]
    said, held = [], True
    edits = {"of one value": (_VALUE, f"{_VALUE}1"), "of a comment": (_VALUE, f"\n{_VALUE}")}
    for kind, (old, new) in edits.items():
        texts = [read(base), read(base).replace(old, new, 1)]
        took = _edited(base, texts, paths, family, rounds)
        ratio = statistics.median(took) / statistics.median(seconds for seconds, _ in cold)
        held = held and ratio <= LIMIT
        word = "held" if ratio <= LIMIT else "BROKEN"
        said.append(
            f"{word}: an edit {kind} in the base of {len(family)} files ({findings} findings) takes"
            f" {ratio:.2f} of a check of them from nothing (limit {LIMIT})"
        )
    return said, held


def _cold(base: str, paths: list[str]) -> tuple[float, tuple[list[str], int]]:
    """The seconds of a check of a base's family, the family, and how much is found."""
    known = Analysis()
    known.look_at(document(path, read(path)) for path in paths)
    family = sorted(known.family(base))
    texts = {path: read(path) for path in family}
    gc.collect()
    start = time.perf_counter()
    run = Workspace()
    run.take(document(path, text) for path, text in texts.items())
    found = check(run)
    return time.perf_counter() - start, (family, len(found))


def _edited(
    base: str, texts: list[str], paths: list[str], family: list[str], rounds: int
) -> list[float]:
    """The seconds from each edit of the base until the findings of its family are there."""
    known = Analysis()
    known.look_at(document(path, read(path)) for path in paths)
    known.open(document(base, texts[0]))
    _findings(known, family)
    took = []
    for turn in range(1, 2 * rounds + 1):
        edited: Document = document(base, texts[turn % 2])
        gc.collect()
        start = time.perf_counter()
        known.open(edited)
        _findings(known, family)
        took.append(time.perf_counter() - start)
    return took


def _findings(known: Analysis, family: list[str]) -> None:
    for path in family:
        known.findings(path)
