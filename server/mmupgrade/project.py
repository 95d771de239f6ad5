"""The files of a project that inherit from each other, whichever of them were given."""

from __future__ import annotations

import os
from collections.abc import Iterable

from mmupgrade.bases import quoted_files
from mmupgrade.document import Document
from mmupgrade.paths import python_files
from mmupgrade.workspace import Workspace

#: What the folder of a project holds.
_MARKERS = ("mmupgrade.toml", "pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg")


def _root(own: str, known: dict[str, str | None]) -> str:
    """The project folder of the files in a folder: the nearest at or above it with a marker.

    Without one, the current folder where the folder is below it, else itself.
    """
    found = _marked(own, known)
    if found is not None:
        return found
    current = os.getcwd()
    return current if is_below(own, current) else own


def _marked(folder: str, known: dict[str, str | None]) -> str | None:
    """The nearest folder with a marker; each folder is looked into once."""
    if folder not in known:
        above = os.path.dirname(folder)
        if any(os.path.exists(os.path.join(folder, marker)) for marker in _MARKERS):
            known[folder] = folder
        else:
            known[folder] = _marked(above, known) if above != folder else None
    return known[folder]


def is_below(path: str, folder: str) -> bool:
    """Whether an absolute path is a folder, or lies below it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def know_relatives(workspace: Workspace, walked: Iterable[str] = ()) -> None:
    """Make known to a run the files of its projects that inherit from those of the run.

    All files below the folders `walked`, absolute paths, are in the run already.
    """
    _know(workspace, _heirs_on_disk(workspace, walked))


def take_in_families(workspace: Workspace, heirs: list[Document] | None = None) -> list[str]:
    """Take all of their families into a run; gives the members that lie outside the projects.

    `heirs` are the files that inherit from any, if they are known; else the projects'
    folders are looked through.
    """
    roots = _roots(workspace)
    heirs = _heirs_on_disk(workspace) if heirs is None else heirs
    while True:
        _know(workspace, heirs)
        members = _members(workspace)
        inside = [held for held in members if any(is_below(held.path, root) for root in roots)]
        new = [held for held in inside if held.path not in workspace.run]
        if not new:
            return sorted(held.path for held in members if held.path not in workspace.run)
        workspace.take(sorted(new, key=lambda held: held.path))


def _roots(workspace: Workspace) -> set[str]:
    known: dict[str, str | None] = {}
    return {_root(folder, known) for folder in {os.path.dirname(path) for path in workspace.run}}


def _heirs_on_disk(workspace: Workspace, walked: Iterable[str] = ()) -> list[Document]:
    """The files of the projects that have bases and aren't in the run."""
    known = list(walked)
    roots = (root for root in _roots(workspace) if not any(is_below(root, k) for k in known))
    files = python_files(sorted(roots), workspace.settings_of, hidden=False)
    found = (workspace.open(path) for path in map(os.path.abspath, files))
    return [held for held in found if isinstance(held, Document) and inherits(held)]


def inherits(document: Document) -> bool:
    """Whether a file may have bases."""
    return "_base_" in document.text.value


def _know(workspace: Workspace, heirs: list[Document]) -> None:
    """Make known those that name a file of the run, or one that does."""
    wanted = _spelt(workspace.run)
    others = (held for held in heirs if held.path not in workspace.run)
    pending = [(held, _named(held)) for held in others]
    found: list[Document] = []
    while hits := [held for held, named in pending if named & wanted]:
        found += hits
        gone = set(hits)
        pending = [(held, named) for held, named in pending if held not in gone]
        wanted = _spelt(held.path for held in hits)
    workspace.know(found)


def _spelt(paths: Iterable[str]) -> set[str]:
    """What a file may name to mean one of these: the path, or its end behind a template."""
    return {spelt for path in paths for spelt in (path, os.path.basename(path))}


def _named(document: Document) -> set[str]:
    """The files that a text names, by path where nothing has to be filled in."""
    folder = os.path.dirname(document.path)
    return {
        os.path.basename(written)
        if "{{" in written
        else os.path.normpath(os.path.join(folder, written))
        for written in quoted_files(document.text.value)
    }


def _members(workspace: Workspace) -> set[Document]:
    """The files that a file of the run inherits from, or that inherit from one, and their bases."""
    chains = (
        [member.document for member in workspace.view(held).chain]
        for held in [*workspace.run.values(), *workspace.outside]
    )
    return {held for chain in chains if _meets(workspace, chain) for held in chain}


def _meets(workspace: Workspace, documents: list[Document]) -> bool:
    return any(held.path in workspace.run for held in documents)


def not_given(workspace: Workspace) -> list[str]:
    """The files with 0.x fields that are in a family with those of the run, by path."""
    whole = workspace.part(workspace.run.values())
    take_in_families(whole)
    known = (held for path, held in sorted(whole.run.items()) if path not in workspace.run)
    return [held.path for held in known if whole.view(held).own]
