"""The files that are looked at together: open buffers over the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mmupgrade.bases import Base, written_bases
from mmupgrade.codebases import Codebase, evidence
from mmupgrade.document import Document, Missing, Unreadable, document, from_disk
from mmupgrade.rule import mention, top_names
from mmupgrade.settings.settings import SettingsOf, defaults
from mmupgrade.view import View

if TYPE_CHECKING:
    from mmupgrade.placement import Placement

Opener = Callable[[str], Document | Unreadable]


class Workspace:
    """Documents and their views, read once.

    `run` is what the user gave: only these files are reported and rewritten.
    Their bases are read besides. `outside` are files that inherit from them.
    `settings_of` gives the settings of a file and `opener` the file itself; both by
    absolute path.
    """

    def __init__(
        self,
        settings_of: SettingsOf = defaults,
        opener: Opener = from_disk,
    ) -> None:
        self.settings_of = settings_of
        self.placement: Placement | None = None
        #: Whether views of inheriting files know an earlier text of some base.
        self.is_patched = False
        #: Files that are configs even where what is left of 0.x in them doesn't show it.
        self.were_configs: set[str] = set()
        self.run: dict[str, Document] = {}
        self.outside: list[Document] = []
        self._opener = opener
        self._documents: dict[str, Document | Unreadable] = {}
        self._views: dict[str, View] = {}
        self._evidence: dict[str, frozenset[Codebase]] = {}
        self._dependents: dict[str, list[View]] | None = None
        self._configs: list[View] | None = None

    def add(self, path: str, source: str) -> Document:
        """Take a text into the run under `path`."""
        added = document(path, source)
        self.take([added])
        return added

    def with_texts(self, texts: dict[str, str]) -> Workspace:
        """The same run with other texts for some files, by absolute path."""
        changed = [
            document(path, texts.get(path, held.source))
            if texts.get(path, held.source) != held.source
            else held
            for path, held in self.run.items()
        ]
        other = self.part(changed)
        other.were_configs = {view.document.path for view in self.configs()}
        return other

    def part(self, documents: Iterable[Document]) -> Workspace:
        """A run of these documents; what is read already isn't read again."""
        other = Workspace(self.settings_of, self._opener)
        other.were_configs = self.were_configs
        other._documents = dict(self._documents)
        other.take(documents)
        other.know(self.outside)
        return other

    def take(self, documents: Iterable[Document]) -> None:
        """Take documents into the run."""
        taken = {held.path: held for held in documents}
        self.run.update(taken)
        self._documents.update(taken)
        self.know(self.outside)

    def know(self, outside: Iterable[Document]) -> None:
        """Make known files outside the run that inherit from those of the run."""
        self.outside = [held for held in outside if held.path not in self.run]
        self._documents.update((held.path, held) for held in self.outside)
        self._views.clear()
        self._dependents = self._configs = self.placement = None

    def replace(self, old: View, new: View) -> None:
        """Put another view of a file of the run in place; others go on knowing the old one."""
        path = new.document.path
        self.is_patched = True
        self.run[path] = self._documents[path] = new.document
        self._views[path] = new
        for views in (self._configs or [], *(self._dependents or {}).values()):
            views[:] = [new if view is old else view for view in views]

    def open(self, path: str) -> Document | Unreadable:
        """The document under an absolute path, or why there is none."""
        held = self._documents.get(path)
        if held is None:
            held = self._documents[path] = self._opener(path)
        return held

    def has_read(self, path: str) -> bool:
        """Whether the file at an absolute path, given or not, has a part in the run."""
        return path in self._documents

    def view(self, document: Document) -> View:
        """The merged view of `document`."""
        held = self._views.get(document.path)
        if held is None:
            bases: list[View] = []
            troubles: list[Base] = []
            for base in written_bases(document):
                found = self._base(base, document)
                if isinstance(found, Base):
                    troubles.append(found)
                else:
                    bases.append(self.view(found))
            settings = self.settings_of(document.path)
            held = View(document, bases, troubles, self, settings)
            self._views[document.path] = held
        return held

    def _base(self, base: Base, document: Document) -> Document | Base:
        """The document of a base, or the base with its trouble."""
        if base.path is None:
            return base
        found = self.open(base.path)
        if isinstance(found, Unreadable):
            missing = isinstance(found, Missing)
            return base._replace(trouble="missing" if missing else "unreadable")
        if os.path.splitext(base.path)[1] != ".py":
            return base._replace(trouble="foreign")
        if self._leads_to(found, document.path):
            return base._replace(trouble="circular")
        return found

    def _leads_to(self, document: Document, path: str) -> bool:
        """Whether `document` is, or inherits from, the file at `path`."""
        pending, seen = [document], {document.path}
        while pending:
            member = pending.pop()
            if member.path == path:
                return True
            for base in written_bases(member):
                if base.path is None or base.path in seen or not base.path.endswith(".py"):
                    continue
                seen.add(base.path)
                found = self.open(base.path)
                if isinstance(found, Document):
                    pending.append(found)
        return False

    def configs(self) -> list[View]:
        """The views of those files of the run that are 0.x configs, or 0.x parts of some."""
        if self._configs is None:
            views = [self.view(held) for held in self.run.values() if self._may_be_config(held)]
            found = {view.document for view in views if self._is_config(view)}
            while self._add_relatives(views, found):
                pass
            self._configs = [view for view in views if view.document in found]
        return self._configs

    def _add_relatives(self, views: list[View], found: set[Document]) -> bool:
        """Take in what sets a 0.x field and inherits from a config or is inherited by one."""
        before = len(found)
        for view in views:
            members = {member.document for member in view.chain}
            if view.shows_inherited or members & found:
                given = (m for m in view.chain if m.document.path in self.run)
                found.update(member.document for member in given if member.own)
        return len(found) > before

    def _may_be_config(self, document: Document) -> bool:
        source = document.text.value
        if document.path in self.were_configs or "_base_" in source:
            return True
        held = document.known_facts
        if held is not None:
            return any(top in held.bindings or top in held.nested for _, top in top_names())
        lines = source.replace("\r", "\n") if "\r" in source else source
        return bool(mention().search(lines))

    def _is_config(self, view: View) -> bool:
        return view.is_config or (view.document.path in self.were_configs and bool(view.own))

    def evidence(self, document: Document) -> frozenset[Codebase]:
        """The codebases that a document's own text speaks for."""
        held = self._evidence.get(document.path)
        if held is None:
            held = self._evidence[document.path] = evidence(document)
        return held

    def dependents(self, document: Document) -> list[View]:
        """The views of the configs known that inherit from `document`, by path."""
        if self._dependents is None:
            self._dependents = _inheriting(self.heirs())
        return self._dependents.get(document.path, [])

    def heirs(self) -> list[View]:
        """The views of the files known that inherit from any, by path."""
        known = sorted([*self.run.values(), *self.outside], key=lambda held: held.path)
        return [self.view(held) for held in known if "_base_" in held.text.value]


def _inheriting(views: Iterable[View]) -> dict[str, list[View]]:
    found: dict[str, list[View]] = {}
    for view in views:
        for below in view.chain[:-1]:
            found.setdefault(below.document.path, []).append(view)
    return found
