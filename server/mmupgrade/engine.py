"""Looking at configs: `check` and `explain`. `fix` is in a module of its own.

Everything is a function of texts; nothing is written to disk.
"""

from __future__ import annotations

from mmupgrade.findings import Finding, by_file
from mmupgrade.selection import matching
from mmupgrade.workspace import Workspace


def check(workspace: Workspace) -> list[Finding]:
    """The findings of all files of the run, a file at a time."""
    found: list[Finding] = []
    for each in by_file(workspace).values():
        found += each
    return found


def explain(name: str) -> str:
    """The page of a rule as Markdown, by its id or its 0.x field. Raises NoSuchRule."""
    return "\n\n".join(f"# {rule.name} ({rule.id})\n\n{rule.text}\n" for rule in matching([name]))
