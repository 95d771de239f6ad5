"""Which files are looked at, and how they are written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mmupgrade.bases import written_bases
from mmupgrade.settings.settings import SettingsOf, defaults

if TYPE_CHECKING:
    from mmupgrade.workspace import Workspace

#: Folders that never hold a project's own configs.
_SKIPPED = frozenset(
    """
    __pycache__ node_modules site-packages build dist venv env .venv .git .hg .svn .tox .nox
    .mypy_cache .ruff_cache .pytest_cache .eggs
    """.split()
)


class Unmirrored(Exception):
    """A tree that can't be written to another folder as it is."""


class NoSuchPath(Exception):
    """A path that was given doesn't exist."""


def python_files(
    paths: Iterable[str],
    settings_of: SettingsOf = defaults,
    *,
    force_exclude: bool = False,
    hidden: bool = True,
) -> Iterator[str]:
    """The files among `paths` and those below that settings include, as named from here.

    What is given by name is taken whatever settings say; with `force_exclude`, only
    where they don't exclude it. Without `hidden`, folders whose name begins with a dot
    are left out. Raises NoSuchPath.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if not os.path.exists(path):
            raise NoSuchPath(path)
        place, folder = os.path.abspath(path), os.path.isdir(path)
        if force_exclude and settings_of(place).excludes(place, folder=folder):
            continue
        found = _below(path, settings_of, hidden) if folder else [path]
        for file in found:
            identity = _identity(file)
            if identity is not None and identity not in seen:
                seen.add(identity)
                yield file


def _identity(path: str) -> tuple[int, int] | None:
    """What is the same for all names of a file; None for a link to nothing, as Emacs' locks are."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _below(folder: str, settings_of: SettingsOf, hidden: bool) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        settings = settings_of(os.path.join(root, ""))
        place = os.path.abspath(root)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _SKIPPED
            and (hidden or name[0] != ".")
            and not settings.skips(os.path.join(place, name), folder=True)
        )
        for name in sorted(files):
            path = os.path.join(place, name)
            if settings.includes(path) and not settings.skips(path):
                yield os.path.normpath(os.path.join(root, name))


def mirror(workspace: Workspace, texts: dict[str, str], folder: str) -> None:
    """Write the run and the bases it needs below `folder`, laid out as they are now.

    `texts` gives the new text by absolute path; other files are copied as they
    are. Raises OSError, and Unmirrored where the result would not stand alone.
    """
    views = [workspace.view(document) for document in workspace.run.values()]
    held = {view.document.path: view.document for top in views for view in top.chain}
    if not held:
        return
    root = os.path.commonpath([os.path.dirname(path) for path in held])
    if os.path.realpath(folder) == os.path.realpath(root):
        raise Unmirrored(f"{folder}: holds the originals, which would be overwritten")
    for view in (member for top in views for member in top.chain):
        for base in written_bases(view.document):
            if os.path.isabs(base.written):
                path = view.document.path
                raise Unmirrored(f"{path}: its base has an absolute path and would not be moved")
    for path, document in held.items():
        target = os.path.join(folder, os.path.relpath(path, root))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        write(target, texts.get(path, document.source))


def write(path: str, source: str) -> None:
    """Replace a file's text at once: the old text or the new one, never a part.

    Line ends are written as they stand in `source`. The file keeps its mode, and
    a link still points to it. Raises OSError; a file that may not be written isn't.
    """
    write_together({path: source})


def write_together(texts: dict[str, str]) -> None:
    """Replace the texts of several files, by path, or of none.

    Raises OSError; then every file has its old text.
    """
    staged: dict[str, str] = {}
    replaced: dict[str, bytes] = {}
    try:
        for path, source in texts.items():
            real = os.path.realpath(path)
            staged[real] = _staged(real, source.encode("utf-8"))
        for path in [*staged]:
            old = _bytes(path)
            os.replace(staged[path], path)
            del staged[path]
            if old is not None:
                replaced[path] = old
    except BaseException:
        for path, old in replaced.items():
            os.replace(_staged(path, old), path)
        raise
    finally:
        for temporary in staged.values():
            os.unlink(temporary)


def _bytes(path: str) -> bytes | None:
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def _staged(path: str, raw: bytes) -> str:
    """Write what is to become the file at `path` beside it; gives where."""
    temporary = f"{path}.{os.getpid()}.tmp"
    mode = os.stat(path).st_mode & 0o7777 if os.path.exists(path) else 0o666
    if not mode & 0o222:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(temporary, mode)
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary
