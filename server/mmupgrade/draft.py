"""Which fixes are applied to which files, and the 1.x settings that each config then has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mmupgrade.document import Document
from mmupgrade.family import needs
from mmupgrade.judge import verdicts
from mmupgrade.key_order import ordered
from mmupgrade.moves import Applicability, Move
from mmupgrade.template import is_root, template
from mmupgrade.tree import Branch, Node, put
from mmupgrade.verdict import Fix, Verdict, proposed
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

Chooser = Callable[[Verdict], Fix | None]


@dataclass(slots=True, eq=False)
class FilePlan:
    """What happens to one file: the fixes taken, what is left, and the 1.x settings to write."""

    view: View
    taken: dict[str, Fix]
    left: list[Verdict]
    writes: dict[str, Node] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The file."""
        return self.view.document

    @property
    def writable(self) -> bool:
        """Whether the file is one of the run."""
        return self.document.path in self.view.workspace.run

    def keeps(self, name: str) -> bool:
        """Whether the file goes on setting a 0.x field that its relatives migrate."""
        if name in self.taken or self.view.own_value(name) is None:
            return False
        return not any(verdict.field == name and verdict.fix.idle for verdict in self.left)

    def goes_on(self, name: str) -> bool:
        """Whether the statement of a 0.x field stays as it is."""
        used = any(name in fix.consumes for fix in self.taken.values())
        return name not in self.taken and not used and self.view.own_value(name) is not None


class Draft:
    """The fixes that are taken of those `choose` gives, and what each config's fields become.

    `files` are those of the run and those that inherit from them. A base outside
    the run is thought of as migrated.
    """

    def __init__(self, workspace: Workspace, choose: Chooser) -> None:
        self.workspace = workspace
        configs = workspace.configs()
        self.files = {view.document: _selected(view, choose) for view in configs}
        for view in configs:
            for heir in workspace.dependents(view.document):
                self.files.setdefault(heir.document, _selected(heir, choose))
        self._bases = {
            base.document: _selected(base, choose)
            for held in self.files.values()
            for base in held.view.chain
            if base.document not in self.files and base.own
        }
        self._drop_blocked()
        self._settings: dict[Document, Branch] = {}

    def of(self, document: Document) -> FilePlan | None:
        """The plan of a file, or of a base outside the run, as it would be migrated."""
        return self.files.get(document) or self._bases.get(document)

    def _drop_blocked(self) -> None:
        """Leave a fix where it needs another that isn't taken, until nothing changes."""
        plans = [*self.files.values(), *self._bases.values()]
        while sum(self._leave(plan) for plan in plans):
            pass

    def _leave(self, plan: FilePlan) -> bool:
        """Leave the fixes of one file that would break it or its relatives."""
        blocked = [v for v in verdicts(plan.view) if self._is_blocked(plan, v.field)]
        for verdict in blocked:
            del plan.taken[verdict.field]
            plan.left.append(verdict)
        return bool(blocked)

    def _is_blocked(self, plan: FilePlan, name: str) -> bool:
        fix = plan.taken.get(name)
        return fix is not None and any(
            (held := self.of(view.document)) is not None and held.keeps(needed)
            for view, needed in needs(plan.view, fix)
        )

    def settings(self, view: View) -> Branch:
        """The 1.x settings that the merged 0.x fields of `view` amount to."""
        held = self._settings.get(view.document)
        if held is None:
            held = Branch()
            for step in self._moves(view):
                put(held, step.to, step.node)
            ordered(held)
            self._settings[view.document] = held
        return held

    def _moves(self, view: View) -> Iterable[Move]:
        plan = self.of(view.document)
        for name in view.old:
            if self._migrates(view, name):
                own = plan.taken.get(name) if plan else None
                yield from (own or proposed(view, name)[0]).moves
        for below in view.chain:
            held = self.of(below.document)
            if held is not None and is_root(below):
                waiting = {name for name in view.old if not self._migrates(view, name)}
                yield from template(below, set(held.taken), waiting)

    def _migrates(self, view: View, name: str) -> bool:
        """Whether every file that gives a part of a field takes its fix."""
        plans = [self.of(document) for document in view.old[name].documents]
        return all(plan is not None and not plan.keeps(name) for plan in plans)


def _selected(view: View, choose: Chooser) -> FilePlan:
    taken: dict[str, Fix] = {}
    left: list[Verdict] = []
    for verdict in verdicts(view):
        fix = choose(verdict)
        if fix is None or fix.applicability is Applicability.MANUAL:
            left.append(verdict)
        else:
            taken[verdict.field] = fix
    return FilePlan(view, taken, left)
