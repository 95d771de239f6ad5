"""The files of a project that inherit from each other, whichever of them were given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from mmupgrade.bases import named_files
from mmupgrade.document import Document
from mmupgrade.paths import python_files
from mmupgrade.workspace import Workspace

#: What the folder of a project holds.
_MARKERS = ("mmupgrade.toml", "pyproject.toml", "setup.py", "setup.cfg", ".git", ".hg")


def root_of(path: str) -> str:
    """The project folder of a file: the nearest above it with a marker.

    Without one, the current folder where the file is below it, else the file's own.
    """
    own = folder = os.path.dirname(os.path.abspath(path))
    while not any(os.path.exists(os.path.join(folder, marker)) for marker in _MARKERS):
        above = os.path.dirname(folder)
        if above == folder:
            current = os.getcwd()
            return current if is_below(own, current) else own
        folder = above
    return folder


def is_below(path: str, folder: str) -> bool:
    """Whether an absolute path is a folder, or lies below it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def know_relatives(workspace: Workspace) -> None:
    """Make known to a run the files of its projects that inherit from those of the run."""
    roots = {root_of(path) for path in _one_a_folder(workspace.run)}
    others = [held for root in sorted(roots) for held in _inheriting(workspace, root)]
    names = {os.path.basename(path) for path in workspace.run}
    workspace.know(_naming(others, names))


def _one_a_folder(paths: Iterable[str]) -> Iterable[str]:
    return {os.path.dirname(path): path for path in paths}.values()


def _inheriting(workspace: Workspace, root: str) -> Iterator[Document]:
    """The files below `root` that have bases and aren't in the run."""
    for path in map(os.path.abspath, python_files([root], workspace.settings_of)):
        held = workspace.open(path) if path not in workspace.run else None
        if isinstance(held, Document) and "_base_" in held.text.value:
            yield held


def _naming(documents: list[Document], names: set[str]) -> list[Document]:
    """Those that name one of the files, or one that does."""
    found: list[Document] = []
    pending = [(held, set(named_files(held.text.value))) for held in documents]
    while True:
        hits = [held for held, named in pending if named & names]
        if not hits:
            return found
        found += hits
        pending = [(held, named) for held, named in pending if held not in hits]
        names = {os.path.basename(held.path) for held in hits}


def take_in_families(workspace: Workspace) -> list[str]:
    """Take all of their families into a run; gives the members that lie outside the projects."""
    roots = {root_of(path) for path in _one_a_folder(workspace.run)}
    while True:
        know_relatives(workspace)
        members = _members(workspace)
        inside = [held for held in members if any(is_below(held.path, root) for root in roots)]
        new = [held for held in inside if held.path not in workspace.run]
        if not new:
            return sorted(held.path for held in members if held.path not in workspace.run)
        workspace.take(sorted(new, key=lambda held: held.path))


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
