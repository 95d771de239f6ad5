"""The files that are looked at together: open buffers over the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace

from mmupgrade.bases import Base, written_bases
from mmupgrade.codebases import Codebase, evidence
from mmupgrade.document import Document, Unreadable, document, read
from mmupgrade.rule import mention
from mmupgrade.view import View

Reader = Callable[[str], str]


class Workspace:
    """Documents and their views, read once.

    `run` is what the user gave: only these files are reported and rewritten.
    Their bases are read besides. `read` gives the text under an absolute path
    or raises Unreadable.
    """

    def __init__(
        self,
        target: str = "mmagic",
        codebase: Codebase | None = None,
        read: Reader = read,
    ) -> None:
        self.target = target
        self.codebase = codebase
        self.agreed = False
        self.run: dict[str, Document] = {}
        self._read = read
        self._documents: dict[str, Document | Unreadable] = {}
        self._views: dict[str, View] = {}
        self._evidence: dict[str, frozenset[Codebase]] = {}
        self._dependents: dict[str, list[View]] | None = None
        self._configs: list[View] | None = None

    def add(self, path: str, source: str) -> Document:
        """Take a text into the run under `path`."""
        added = document(path, source)
        self._documents[added.path] = added
        self.run[added.path] = added
        return added

    def with_texts(self, texts: dict[str, str]) -> Workspace:
        """The same run with other texts for some files, by absolute path."""
        other = Workspace(self.target, self.codebase, self._read)
        for path, held in self.run.items():
            other.add(path, texts.get(path, held.source))
        return other

    def open(self, path: str) -> Document | Unreadable:
        """The document under an absolute path, or why there is none."""
        held = self._documents.get(path)
        if held is None:
            try:
                held = document(path, self._read(path))
            except Unreadable as error:
                held = error
            self._documents[path] = held
        return held

    def view(self, document: Document) -> View:
        """The merged view of `document`."""
        return self._view(document, ())

    def _view(self, document: Document, above: tuple[str, ...]) -> View:
        held = self._views.get(document.path)
        if held is not None:
            return held
        bases: list[View] = []
        troubles: list[Base] = []
        for base in written_bases(document):
            found = self._base(base, (*above, document.path))
            if isinstance(found, Base):
                troubles.append(found)
            else:
                bases.append(found)
        view = View(document, bases, troubles, self)
        if not above:
            self._views[document.path] = view
        return view

    def _base(self, base: Base, above: tuple[str, ...]) -> View | Base:
        """The view of a base, or the base with its trouble."""
        if base.path is None:
            return base
        if base.path in above:
            return replace(base, trouble="circular")
        if os.path.splitext(base.path)[1] != ".py":
            known = os.path.exists(base.path)
            return replace(base, trouble="foreign" if known else "missing")
        found = self.open(base.path)
        if isinstance(found, Unreadable):
            there = os.path.exists(base.path)
            return replace(base, trouble="unreadable" if there else "missing")
        return self._view(found, above)

    def configs(self) -> list[View]:
        """The views of those files of the run that are 0.x configs."""
        if self._configs is None:
            shown = (held for held in self.run.values() if mention().search(held.text.value))
            views = (self.view(held) for held in shown)
            self._configs = [view for view in views if view.is_config]
        return self._configs

    def evidence(self, document: Document) -> frozenset[Codebase]:
        """The codebases that a document's own text speaks for."""
        held = self._evidence.get(document.path)
        if held is None:
            held = self._evidence[document.path] = evidence(document)
        return held

    def dependents(self, document: Document) -> list[View]:
        """The views of the run whose configs inherit from `document`."""
        if self._dependents is None:
            inheriting = (held for held in self.run.values() if "_base_" in held.text.value)
            self._dependents = _inheriting(self.view(held) for held in inheriting)
        return self._dependents.get(document.path, [])


def _inheriting(views: Iterable[View]) -> dict[str, list[View]]:
    found: dict[str, list[View]] = {}
    for view in views:
        for below in view.chain[:-1]:
            found.setdefault(below.document.path, []).append(view)
    return found
