"""Which fixes are applied to which files, and what each file then has to say.

The 1.x settings of a config are a function of its merged 0.x fields. A file is
given what its own merged settings need beyond those of its bases, so that merging
the rewritten files gives the settings of the merged originals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mmupgrade.document import Document
from mmupgrade.family import needs, settle
from mmupgrade.judge import verdicts
from mmupgrade.moves import Applicability, Move
from mmupgrade.sites import standing
from mmupgrade.template import is_root, template
from mmupgrade.tree import Branch, Node, difference, leaves, merged, only_owned, put, whole
from mmupgrade.values import OPAQUE
from mmupgrade.verdict import Fix, Verdict, proposed
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

#: The order in which 1.x statements are written at one place.
ORDER = (
    *("default_scope", "default_hooks", "log_processor", "visualizer", "env_cfg"),
    *("model", "runner", "train_cfg", "val_cfg", "test_cfg", "load_from", "resume"),
)

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

    def keeps(self, name: str) -> bool:
        """Whether the file goes on setting a 0.x field that its relatives migrate."""
        if name in self.taken or self.view.own_value(name) is None:
            return False
        return not any(verdict.field == name and verdict.fix.idle for verdict in self.left)

    def goes_on(self, name: str) -> bool:
        """Whether the statement of a 0.x field stays as it is."""
        return name not in self.taken and self.view.own_value(name) is not None


class Plan:
    """The plan for all files of a run together; it doesn't depend on their order."""

    def __init__(self, workspace: Workspace, choose: Chooser) -> None:
        self.workspace = workspace
        settle(workspace)
        configs = workspace.configs()
        self.files = {view.document: self._select(view, choose) for view in configs}
        for view in configs:
            for heir in workspace.dependents(view.document):
                self.files.setdefault(heir.document, FilePlan(heir, {}, []))
        self._bases = {
            base.document: self._select(base, choose)
            for view in configs
            for base in view.chain
            if base.document not in self.files and base.own
        }
        self._drop_blocked()
        self._settings: dict[Document, Branch] = {}
        self._said_by: dict[Document, dict[str, Node]] = {}
        self._after: dict[Document, Branch] = {}
        self._owners = _owners(self)
        for plan in self.files.values():
            said = self._says(plan.view)
            plan.writes = {top: node for top, node in said.items() if not plan.goes_on(top)}

    def of(self, document: Document) -> FilePlan | None:
        """The plan of a file, or of a base outside the run, as it would be migrated."""
        return self.files.get(document) or self._bases.get(document)

    def _select(self, view: View, choose: Chooser) -> FilePlan:
        taken: dict[str, Fix] = {}
        left: list[Verdict] = []
        for verdict in verdicts(view):
            fix = choose(verdict)
            if fix is None or fix.applicability is Applicability.MANUAL:
                left.append(verdict)
            else:
                taken[verdict.field] = fix
        return FilePlan(view, taken, left)

    def _drop_blocked(self) -> None:
        """Leave a fix where it needs another that isn't taken, until nothing changes."""
        plans = list(self.files.values())
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
            view.document in self.files and self.files[view.document].keeps(needed)
            for view, needed in needs(plan.view, fix)
        )

    def settings(self, view: View) -> Branch:
        """The 1.x settings that the merged 0.x fields of `view` amount to."""
        held = self._settings.get(view.document)
        if held is None:
            held = Branch()
            for step in self._moves(view):
                put(held, step.to, step.node)
            _ordered(held)
            self._settings[view.document] = held
        return held

    def _moves(self, view: View) -> Iterable[Move]:
        plan = self.of(view.document)
        for name in view.old:
            if not self._migrates(view, name):
                continue
            own = plan.taken.get(name) if plan else None
            yield from (own or proposed(view, name)[0]).moves
        for below in view.chain:
            held = self.of(below.document)
            if held is not None and is_root(below):
                yield from template(below, set(held.taken))

    def _migrates(self, view: View, name: str) -> bool:
        """Whether every file that gives a part of a field takes its fix."""
        plans = [self.of(document) for document in view.old[name].documents]
        return all(plan is not None and not plan.keeps(name) for plan in plans)

    def after(self, view: View) -> Branch:
        """The merged 1.x settings of a config once its files are rewritten."""
        held = self._after.get(view.document)
        if held is None:
            held = self._below(view)
            for top in list(held.children):
                own = standing(view, top)
                if own is not None and not own.is_mapping:
                    held = merged(held, Branch({top: whole(own)}))
            held = merged(held, Branch(dict(self._says(view))))
            self._after[view.document] = held
        return held

    def _below(self, view: View) -> Branch:
        held = Branch()
        for base in view.bases:
            held = merged(held, self.after(base))
        return held

    def _says(self, view: View) -> dict[str, Node]:
        if self.of(view.document) is None:
            return {}
        found = self._said_by.get(view.document)
        if found is not None:
            return found
        below = self._below(view)
        found = self._said_by[view.document] = {}
        settings = self.settings(view)
        for top in sorted(settings.children, key=_rank):
            if self._owners.get((view.document, top), view.document) is not view.document:
                continue
            node = self._said(view, settings.children[top], below.children.get(top), top)
            if node is not None:
                found[top] = node
        return found

    def _said(self, view: View, node: Node, below: Node | None, top: str) -> Node | None:
        if not view.complete:
            return only_owned(node, view.document)
        if _replaces(view, top):
            return difference(node, None, view.document)
        if below is None and view.bases and (inherited := _inherited(view, top)) is not None:
            below = inherited
            if isinstance(below, Branch) and isinstance(node, Branch):
                node = merged(below, node)
        return difference(node, below, view.document)


def _replaces(view: View, top: str) -> bool:
    """Whether the file throws away what its bases say under `top`."""
    held = standing(view, top)
    deleted = held.get("_delete_") if held is not None else None
    return deleted is not None and deleted.const is True


def _inherited(view: View, top: str) -> Node | None:
    """What bases that are 1.x already say under `top`."""
    for base in view.bases:
        held = base.plain(top)
        if held is not None and top != "model":
            return whole(held.value)
    return None


def _rank(top: str) -> int:
    return ORDER.index(top) if top in ORDER else len(ORDER)


#: The order of keys inside a 1.x dict, where several 0.x fields give them.
_KEYS = {
    ("default_hooks",): ("timer", "logger", "param_scheduler", "checkpoint", "sampler_seed"),
    ("env_cfg",): ("cudnn_benchmark", "mp_cfg", "dist_cfg"),
    ("env_cfg", "mp_cfg"): ("mp_start_method", "opencv_num_threads"),
    ("log_processor",): ("type", "window_size", "by_epoch"),
    ("train_cfg",): ("type", "by_epoch"),
}


def _ordered(root: Branch) -> None:
    for path, keys in _KEYS.items():
        node: Node | None = root
        for key in path:
            node = node.children.get(key) if isinstance(node, Branch) else None
        if isinstance(node, Branch):
            first = [key for key in keys if key in node.children]
            rest = [key for key in node.children if key not in keys]
            node.children = {key: node.children[key] for key in (*first, *rest)}


def _owners(plan: Plan) -> dict[tuple[Document, str], Document]:
    """Which of several bases of one config may write a 1.x name that more than one wants.

    MMEngine refuses the same top-level name in two bases of one file. A base that
    holds the name already has it; the config says what the others wanted.
    """
    owners: dict[tuple[Document, str], Document] = {}
    for member in plan.files.values():
        bases = member.view.bases
        for top in dict.fromkeys(top for base in bases for top in plan.settings(base).children):
            wanting = [base for base in bases if top in plan.settings(base).children]
            holding = [base for base in bases if base.plain(top) is not None]
            if len({*wanting, *holding}) > 1:
                owner = holding[0] if holding else max(wanting, key=lambda b: _weight(plan, b, top))
                kept = {view.document for view in owner.chain}
                for base in wanting:
                    others = [m.document for m in base.chain if m.document not in kept]
                    owners.update(((other, top), owner.document) for other in others)
    return owners


def _weight(plan: Plan, view: View, top: str) -> tuple[bool, int, str]:
    """A file that loggers are set up in is the runtime file; then who says most."""
    node = plan.settings(view).children[top]
    size = len(node.children) if isinstance(node, Branch) else 1
    return "log_config" in view.old, size, view.document.path


def unwritable(plan: FilePlan) -> list[str]:
    """1.x places whose value would have to be copied from another file and isn't known."""
    return [
        ".".join(path)
        for top, node in plan.writes.items()
        for path, leaf in leaves(node, (top,))
        if leaf.value is not None
        and leaf.value.document is not plan.document
        and leaf.value.names()
        and leaf.value.const is OPAQUE
    ]


def stands(plan: FilePlan, top: str) -> bool:
    """Whether the file holds the 1.x statement `top` already and is added to."""
    return standing(plan.view, top) is not None and not any(
        top in fix.consumes for fix in plan.taken.values()
    )
