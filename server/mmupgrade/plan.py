"""What each file has to say in 1.x.

The 1.x settings of a config are a function of its merged 0.x fields. A file is
given what its own merged settings need beyond those of its bases, so that merging
the rewritten files gives the settings of the merged originals.
"""

from __future__ import annotations

from mmupgrade.document import Document
from mmupgrade.draft import Chooser, Draft, FilePlan
from mmupgrade.key_order import ordered
from mmupgrade.placement import Placement, agreed
from mmupgrade.sites import standing
from mmupgrade.template import kept
from mmupgrade.tree import Branch, Node, copied, difference, leaves, merged, only_owned, put, whole
from mmupgrade.values import OPAQUE
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

#: The order in which 1.x statements are written at one place.
ORDER = (
    *("default_scope", "default_hooks", "log_processor", "visualizer", "env_cfg"),
    *("model", "runner", "train_cfg", "val_cfg", "test_cfg", "load_from", "resume"),
)


class Plan:
    """The plan for all files of a run together; it doesn't depend on their order."""

    def __init__(self, workspace: Workspace, choose: Chooser, placement: Placement) -> None:
        self.draft = Draft(workspace, choose)
        self._placement = placement
        self._said_by: dict[Document, dict[str, Node]] = {}
        self._after: dict[Document, Branch] = {}
        for plan in self.draft.files.values():
            said = self._says(plan.view)
            plan.writes = {top: node for top, node in said.items() if not plan.goes_on(top)}

    @property
    def files(self) -> list[FilePlan]:
        """The plans of the files that may be written."""
        return [plan for plan in self.draft.files.values() if plan.writable]

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
        if self.draft.of(view.document) is None:
            return {}
        found = self._said_by.get(view.document)
        if found is not None:
            return found
        below = self._below(view)
        found = self._said_by[view.document] = {}
        settings = self.draft.settings(view)
        for top in sorted(settings.children, key=rank):
            if (view.document, top) in self._placement.silent:
                continue
            wanted = self._with_shared(view, top, settings.children[top])
            node = self._said(view, wanted, below.children.get(top), top)
            if node is not None:
                found[top] = node
        return found

    def _with_shared(self, view: View, top: str, node: Node) -> Node:
        """What a file wants under `top`, and what it says there for others."""
        paths = self._placement.shared.get((view.document, top))
        if not paths:
            return node
        root = Branch({top: copied(node)})
        for path, end in agreed(self.draft, view, top).items():
            if path in paths:
                put(root, (top, *path), end)
        ordered(root)
        return root.children[top]

    def _said(self, view: View, node: Node, below: Node | None, top: str) -> Node | None:
        if not view.complete:
            return only_owned(node, view.document)
        if _replaces(view, top):
            return difference(node, None, view.document)
        if below is None and view.bases and (inherited := _inherited(view, top)) is not None:
            below = inherited
            if isinstance(below, Branch) and isinstance(node, Branch):
                node = merged(below, node)
        if below is not None and top == "env_cfg":
            node = kept(node, below)
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


def rank(top: str) -> int:
    """Where a 1.x name comes among those written at one place."""
    return ORDER.index(top) if top in ORDER else len(ORDER)


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
