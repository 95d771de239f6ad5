"""Looking at configs: `check` and `explain`. `fix` is in a module of its own.

Everything is a function of texts; nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterable

from mmupgrade.findings import Finding, by_file
from mmupgrade.rule import Page, named
from mmupgrade.workspace import Workspace


class NoSuchRule(Exception):
    """A name that is neither a rule's id, nor the start of one, nor a 0.x field."""


def check(workspace: Workspace, selected: frozenset[str] | None = None) -> list[Finding]:
    """The findings of all files of the run, a file at a time. `selected` are rule ids."""
    return [finding for found in by_file(workspace, selected).values() for finding in found]


def matching(names: Iterable[str]) -> list[Page]:
    """The rules that the names stand for: ids, starts of ids (`MMR1`), or field names.

    Raises NoSuchRule with the first name that stands for none.
    """
    found: list[Page] = []
    for name in filter(None, (name.strip() for name in names)):
        hits = named(name)
        if not hits:
            raise NoSuchRule(name)
        found += hits
    return found


def explain(name: str) -> str:
    """The page of a rule as Markdown, by its id or its 0.x field. Raises NoSuchRule."""
    return "\n\n".join(f"# {rule.name} ({rule.id})\n\n{rule.text}\n" for rule in matching([name]))
