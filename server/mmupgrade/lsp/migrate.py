"""Migrating a file, with or without its family."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mmupgrade.fix import Rewrite, fix, fix_alone
from mmupgrade.lsp.session import Session
from mmupgrade.moves import Applicability


class Extent(NamedTuple):
    """How far a migration goes: to the file's family, to fixes that need a look."""

    family: bool = False
    unsafe: bool = False


def relatives(session: Session, path: str) -> str:
    """What a file is migrated together with, in words; empty for a file without a family."""
    others = session.analysis.family(path) - {path}
    bases = session.analysis.bases(path)
    files = "file" if len(others) == 1 else "files"
    if not others:
        return ""
    if others <= bases:
        return f"its {len(others)} base {files}"
    return f"the {len(others)} other {files} of its family"


class Migration(NamedTuple):
    """What becomes of the files, and why to look at it first."""

    rewrites: list[Rewrite]
    doubts: list[str]


def migration(session: Session, path: str, extent: Extent) -> Migration:
    """The migration of one file; without its family, only what is right alone is done."""
    run = session.analysis.run(path)
    if run is None:
        return Migration([], [])
    if extent.family:
        rewrites = fix(run, unsafe=extent.unsafe, whole_families=True)
    else:
        rewrites = fix_alone(run, path, unsafe=extent.unsafe)
    paths = [rewrite.document.path for rewrite in rewrites if rewrite.changed]
    said = [doubt for each in paths for doubt in doubts(session, each)] if extent.unsafe else []
    return Migration(rewrites, said)


def doubts(session: Session, path: str, fields: Iterable[str] | None = None) -> list[str]:
    """Why the unsafe fixes of a file, or of some of its fields, need a look."""
    wanted = None if fields is None else set(fields)
    return [
        finding.titles[0]
        for finding in session.analysis.findings(path)
        if finding.applicability is Applicability.UNSAFE
        and finding.titles
        and (wanted is None or finding.field in wanted)
    ]
