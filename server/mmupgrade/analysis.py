"""Files that are edited, and their families: worked out again only where something changed."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from mmupgrade.bases import written_bases
from mmupgrade.document import Document, Origin, Unreadable, from_disk
from mmupgrade.findings import Finding, of_file
from mmupgrade.project import inherits, take_in_families
from mmupgrade.scope import refresh
from mmupgrade.settings.settings import SettingsOf, defaults
from mmupgrade.unaffected import is_unaffected, moved
from mmupgrade.workspace import Opener, Workspace


class Analysis:
    """Open buffers over the disk. All paths are absolute.

    A family, the files that `_base_` connects, is one run. Which files on disk inherit
    from others is known as far as `look_at` was told of them.
    """

    def __init__(self, settings_of: SettingsOf = defaults, opener: Opener = from_disk) -> None:
        self._settings_of = settings_of
        self._opener = opener
        self._open: dict[str, Document] = {}
        self._disk: dict[str, Document | Unreadable] = {}
        self._heirs: dict[str, Document] = {}
        self._runs: dict[str, Workspace] = {}
        self._found: dict[str, tuple[Workspace, Document, list[Finding]]] = {}

    def open(self, document: Document) -> set[str]:
        """Take the text of a buffer; gives the other files whose findings may change."""
        path = document.path
        before, self._open[path] = self._open.get(path), document
        run = self._runs.get(path)
        origin, document.origin = document.origin, None
        if origin is not None and run is not None and self._keeps(run, before, document, origin):
            return set()
        if before is None or run is None or _bases(before) != _bases(document):
            return self._changed(document)
        if self._readers(path) != {run}:
            return self._changed(document)
        self._note(document)
        if len(run.run) > 1 and _same_values(before, document) and refresh(run, document):
            return set()
        members = {**run.run, path: document}
        self._runs.update(dict.fromkeys(members, run.part(members.values())))
        return members.keys() - {path}

    def _keeps(
        self, run: Workspace, before: Document | None, document: Document, origin: Origin
    ) -> bool:
        """Take an edit that leaves every finding as it is."""
        known = self._found.get(document.path)
        if known is None or known[0] is not run or run.placement is None:
            return False
        if known[1] is not before or not is_unaffected(document, origin):
            return False
        document.commented = before.commented
        self._found[document.path] = (run, document, moved(known[2], document, origin))
        run.run[document.path] = document
        run.is_patched = True
        self._note(document)
        return True

    def close(self, path: str) -> set[str]:
        """Go back to what the disk says; gives the files whose findings may change."""
        self._open.pop(path, None)
        self._disk.pop(path, None)
        return self.changed_on_disk(path)

    def changed_on_disk(self, path: str) -> set[str]:
        """Read a file anew where no buffer has it; gives the files whose findings may change."""
        known = self._disk.pop(path, None)
        if path in self._open:
            return set()
        held = self.document(path)
        if held is None:
            return {path} | self._forget(path)
        if isinstance(known, Document) and known.source == held.source:
            self._disk[path] = known
            return set()
        return {path} | self._changed(held)

    def known(self) -> set[str]:
        """The files that were read."""
        return {*self._open, *self._disk}

    def look_at(self, documents: Iterable[Document]) -> None:
        """Take note of files on disk that may inherit from others."""
        for held in documents:
            self._disk.setdefault(held.path, held)
            self._note(self.document(held.path) or held)
        self._runs.clear()

    def forget_all(self) -> None:
        """Work everything out anew, since settings changed."""
        self._runs.clear()

    def is_saved(self, path: str) -> bool:
        """Whether the disk says the same as the buffer."""
        held, saved = self._open.get(path), self._opener(path)
        return held is None or (isinstance(saved, Document) and saved.source == held.source)

    def document(self, path: str) -> Document | None:
        """The text of a buffer or a file as it is now, or None where it can't be read."""
        held = self._any(path)
        return held if isinstance(held, Document) else None

    def is_open(self, path: str) -> bool:
        """Whether a buffer has the file."""
        return path in self._open

    def findings(self, path: str) -> list[Finding]:
        """The findings of one file."""
        held = self.document(path)
        if held is None:
            return []
        run = self._run(held)
        known = self._found.get(path)
        if known is None or known[0] is not run or known[1] is not held:
            known = self._found[path] = (run, held, of_file(run, held))
        return known[2]

    def run(self, path: str) -> Workspace | None:
        """The family of a file as one run, for its fixes."""
        held = self.document(path)
        run = self._run(held) if held is not None else None
        if run is not None and run.is_patched:
            run = run.part(run.run.values())
            self._runs.update(dict.fromkeys(run.run, run))
        return run

    def family(self, path: str) -> set[str]:
        """The files of the family of a file, itself among them."""
        held = self.document(path)
        return set(self._run(held).run) if held is not None else set()

    def bases(self, path: str) -> set[str]:
        """The files that a file inherits from, directly or not."""
        held = self.document(path)
        if held is None:
            return set()
        run = self._run(held)
        return {view.document.path for view in run.view(run.run[path]).chain} - {path}

    def overridden(self, path: str, field: str) -> list[Document]:
        """The bases of a file that set a 0.x field of it too, as they are now."""
        held = self.document(path)
        if held is None:
            return []
        run = self._run(held)
        view = run.view(run.run[path])
        set_by = view.old.get(field) if len(view.chain) > 1 else None
        bases = [other.path for other in set_by.documents if other.path != path] if set_by else []
        return [base for base in map(self.document, bases) if base is not None]

    def _run(self, held: Document) -> Workspace:
        run = self._runs.get(held.path)
        if run is None:
            run = Workspace(self._settings_of, self._any)
            run.take([held])
            take_in_families(run, list(self._heirs.values()))
            self._runs.update(dict.fromkeys(run.run, run))
        return run

    def _changed(self, document: Document) -> set[str]:
        """A file has other values: its family is worked out anew, the former and the new one."""
        others = self._forget(document.path)
        self._note(document)
        return (others | self.family(document.path)) - {document.path}

    def _forget(self, path: str) -> set[str]:
        members = {path}.union(*(run.run for run in self._readers(path)))
        for member in members:
            self._runs.pop(member, None)
        self._heirs.pop(path, None)
        return members - {path}

    def _readers(self, path: str) -> set[Workspace]:
        """The families that have read a file, also those of other projects than its own."""
        return {run for run in self._runs.values() if run.has_read(path)}

    def _note(self, document: Document) -> None:
        if inherits(document):
            self._heirs[document.path] = document
        else:
            self._heirs.pop(document.path, None)

    def _on_disk(self, path: str) -> Document | Unreadable:
        if path not in self._disk:
            self._disk[path] = self._opener(path)
        return self._disk[path]

    def _any(self, path: str) -> Document | Unreadable:
        return self._open.get(path) or self._on_disk(path)


def _bases(document: Document) -> list[tuple[str, str | None]]:
    return [(base.written, base.path) for base in written_bases(document)]


def _same_values(before: Document, after: Document) -> bool:
    """Whether two texts differ in nothing but comments and layout."""
    old, new = before.facts, after.facts
    if old.module.problem is not None or new.module.problem is not None:
        return False
    if len(old.module.statements) != len(new.module.statements):
        return False
    return all(
        before.text.value[slice(*old.statement_span(order))]
        == after.text.value[slice(*new.statement_span(order))]
        or ast.dump(one) == ast.dump(other)
        for order, ((one, _), (other, _)) in enumerate(
            zip(old.module.statements, new.module.statements, strict=True)
        )
    )
