"""Outside the statements that are rewritten, every byte of the official configs stays."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter

import libcst
import pytest

from mmupgrade.document import read
from mmupgrade.fix import Rewrite, fix
from mmupgrade.paths import python_files
from mmupgrade.workspace import Workspace
from tests.corpus.download import corpus

CODEBASES = ("mmedit", "mmgen")


def _rewrites(codebase: str, *, unsafe: bool) -> list[Rewrite]:
    made = Workspace()
    for path in python_files([str(corpus() / codebase)]):
        made.add(path, read(path))
    return fix(made, unsafe=unsafe)


def _statements(source: str) -> dict[str, str]:
    """The text of each top-level assignment by name, by Python's own parser."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = ast.get_source_segment(source, node) or ""
    return found


def _comments(source: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)


@pytest.mark.parametrize("codebase", CODEBASES)
def test_other_statements_stay_byte_for_byte(codebase: str) -> None:
    for rewrite in _rewrites(codebase, unsafe=True):
        before, after = _statements(rewrite.document.source), _statements(rewrite.text)
        kept = [name for name in before if name in after and name not in ("model", "runner")]
        kept = [name for name in kept if name not in ("train_cfg", "test_cfg", "load_from")]
        assert [name for name in after if name in kept] == kept
        for name in kept:
            assert before[name] == after[name], (rewrite.document.path, name)


@pytest.mark.parametrize("codebase", CODEBASES)
def test_lines_outside_rewritten_statements_stay(codebase: str) -> None:
    for rewrite in _rewrites(codebase, unsafe=True):
        gone = _rewritten_lines(rewrite)
        lines = rewrite.document.source.splitlines(keepends=True)
        kept = [line for number, line in enumerate(lines, 1) if number not in gone]
        position = 0
        after = rewrite.text.splitlines(keepends=True)
        for line in kept:
            try:
                position = after.index(line, position) + 1
            except ValueError:
                assert line.lstrip().startswith("#"), (rewrite.document.path, line)


def _rewritten_lines(rewrite: Rewrite) -> set[int]:
    """The lines of statements that were migrated, and of `model` where it was added to."""
    names = {*rewrite.migrated, "load_from"}
    if names & {"train_cfg", "test_cfg"}:
        names.add("model")
    lines: set[int] = set()
    for node in ast.parse(rewrite.document.source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id in names:
                lines.update(range(node.lineno, (node.end_lineno or 0) + 1))
    return lines


@pytest.mark.parametrize("codebase", CODEBASES)
def test_safe_fixes_lose_no_comment(codebase: str) -> None:
    for rewrite in _rewrites(codebase, unsafe=False):
        lost = _comments(rewrite.document.source) - _comments(rewrite.text)
        assert not lost, (rewrite.document.path, lost)


@pytest.mark.parametrize("codebase", CODEBASES)
def test_the_new_text_is_sound_for_another_parser(codebase: str) -> None:
    for rewrite in _rewrites(codebase, unsafe=True):
        assert libcst.parse_module(rewrite.text).code == rewrite.text
