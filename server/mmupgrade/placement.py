"""Which file of a family says a 1.x name, where the bases of one config would clash.

MMEngine refuses a top-level name that two bases of one config set. 0.x fields of
several files may become one such name: then one file says it. It also says what the
others wanted where every config that inherits from it agrees; else each config says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, TypeAlias

from mmupgrade.document import Document
from mmupgrade.draft import Draft
from mmupgrade.fields import MARKS, SHARED_NAMES
from mmupgrade.sites import standing
from mmupgrade.template import is_root, template
from mmupgrade.tree import Branch, Items, Leaf, Node, Path, ends, same
from mmupgrade.values import OPAQUE
from mmupgrade.verdict import proposed
from mmupgrade.view import View
from mmupgrade.workspace import Workspace

#: The files with which a file has a config in common that inherits from both.
_Rivals: TypeAlias = dict[View, set[View]]


class Placement(NamedTuple):
    """`silent` are the files that leave a 1.x name to others, with that name.

    `shared` are the paths below a name that a file says for others.
    """

    silent: frozenset[tuple[Document, str]]
    shared: dict[tuple[Document, str], frozenset[Path]]


#: 1.x names that a config may hold already.
_NAMES = MARKS.union(SHARED_NAMES, ("model", "resume"))
NOWHERE = Placement(frozenset(), {})


def may_clash(workspace: Workspace) -> bool:
    """Whether two bases of some config give parts of one 1.x name."""
    return any(
        len(names) > len(set(names))
        for heir in workspace.heirs()
        if len(heir.bases) > 1
        for names in [[name for base in heir.bases for name in _names(base)]]
    )


def _names(view: View) -> set[str]:
    """The 1.x names that a config holds or may get."""
    names = {top for name in view.old for top in proposed(view, name)[0].tops}
    for member in view.chain:
        names |= _NAMES & member.document.facts.bindings.keys()
        if is_root(member):
            names |= {move.to[0] for move in template(member, set(member.own), set())}
    return names


def placed(draft: Draft) -> Placement:
    """The placement by which the fewest files change; `draft` takes every fix there is."""
    silent: set[tuple[Document, str]] = set()
    shared: dict[tuple[Document, str], frozenset[Path]] = {}
    for top, rivals in sorted(_clashes(draft).items()):
        speaking: set[View] = set()
        for view in sorted(rivals, key=_Ranking(draft, top)):
            if rivals[view] & speaking:
                silent.add((view.document, top))
                continue
            speaking.add(view)
            shared[view.document, top] = frozenset(agreed(draft, view, top))
    return Placement(frozenset(silent), shared)


def _clashes(draft: Draft) -> dict[str, _Rivals]:
    """Each 1.x name that two bases of a config would set, with the files concerned."""
    heirs = [held.view for held in draft.files.values() if len(held.view.bases) > 1]
    if not heirs:
        return {}
    tops = {top for held in draft.files.values() for top in draft.settings(held.view).children}

    @cache
    def wanted(view: View) -> set[str]:
        holding = {top for top in tops if view.plain(top) is not None}
        return holding | draft.settings(view).children.keys()

    found: dict[str, _Rivals] = {}
    for bases in (heir.bases for heir in heirs):
        names = [name for base in bases for name in wanted(base)]
        for top in {name for name in names if names.count(name) > 1}:
            _add(found.setdefault(top, {}), bases)
    return found


def _add(rivals: _Rivals, bases: list[View]) -> None:
    for base in bases:
        others = {member for other in bases if other is not base for member in other.chain}
        for member in base.chain:
            rivals.setdefault(member, set()).update(others - set(base.chain))


class _Ranking:
    """The order in which files are to say a 1.x name.

    One that holds it already is first; then where the fewest configs have to say the
    rest. Of equals, the file with the loggers is the runtime file; then who says most.
    """

    def __init__(self, draft: Draft, top: str) -> None:
        self._draft = draft
        self._top = top

    def __call__(self, view: View) -> tuple[bool, bool, int, bool, int, str]:
        node = self._draft.settings(view).children.get(self._top)
        size = len(node.children) if isinstance(node, Branch) else int(node is not None)
        held = standing(view, self._top) is not None
        burden = self._burden(view) if size else 0
        return not held, not size, burden, "log_config" not in view.old, -size, view.document.path

    def _burden(self, view: View) -> int:
        """How many configs would have to say a part of the name."""
        said = agreed(self._draft, view, self._top).keys()
        wants = _wants(self._draft, view, self._top).values()
        return sum(bool(want.keys() - said) for want in wants)


def _wants(draft: Draft, view: View, top: str) -> dict[View, dict[Path, Leaf | Items]]:
    """What each config that inherits from `view` gets under `top` from neither it nor below it."""
    heirs = view.workspace.dependents(view.document)
    below = [heir.document for heir in heirs]
    there = _ends(draft, view, top)
    return {
        heir: {
            path: end
            for path, end in _ends(draft, heir, top).items()
            if not (path in there and same(there[path], end))
            and not any(end.owned_by(document) for document in below)
        }
        for heir in heirs
    }


def _ends(draft: Draft, view: View, top: str) -> dict[Path, Leaf | Items]:
    node = draft.settings(view).children.get(top)
    return dict(ends(node)) if node is not None else {}


def agreed(draft: Draft, view: View, top: str) -> dict[Path, Leaf | Items]:
    """What all configs that inherit from `view` want under `top`, as one value at one path."""
    own = draft.settings(view).children.get(top)
    held = draft.files.get(view.document)
    if not isinstance(own, Branch) or held is None or not held.writable:
        return {}
    wants = _wants(draft, view, top)
    found: dict[Path, Leaf | Items] = {}
    for path in dict.fromkeys(path for want in wants.values() for path in want):
        ends = [want[path] for want in wants.values() if path in want]
        everywhere = all(path in w or _says(draft, heir, top, path) for heir, w in wants.items())
        if everywhere and _is_free(own, path) and _is_one(ends):
            found[path] = ends[0]
    return found


def _is_free(node: Node, path: Path) -> bool:
    """Whether nothing stands at `path` or in its way."""
    for key in path:
        if not isinstance(node, Branch):
            return False
        if key not in node.children:
            return True
        node = node.children[key]
    return False


def _is_one(nodes: Iterable[Node]) -> bool:
    """Whether all are one value, and one that means the same in another file."""
    first, *others = nodes
    return first.known is not OPAQUE and all(same(first, other) for other in others)


def _says(draft: Draft, view: View, top: str, path: Path) -> bool:
    """Whether a config sets `path` under `top`, whatever it inherits."""
    node = draft.settings(view).children.get(top)
    for key in path:
        node = node.children.get(key) if isinstance(node, Branch) else None
    return node is not None
