"""1.x settings as trees whose leaves know the 0.x source they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from mmupgrade.document import Document
from mmupgrade.values import OPAQUE, Entry, Value

Path: TypeAlias = tuple[str, ...]


class Statement(NamedTuple):
    """A top-level statement of a document."""

    document: Document
    order: int


#: What the comments around a value stand beside: a dict entry, a list item, a statement.
Carrier: TypeAlias = Entry | Value | Statement


class Kind(Enum):
    """How a 1.x value came about."""

    MOVED = "written in 0.x"
    IMPLIED = "what the 0.x runner did without being told"
    DEFAULT = "what 1.x needs besides"


@dataclass(slots=True, eq=False)
class Leaf:
    """One value: an expression carried over (`value`) or a constant."""

    value: Value | None = None
    const: Any = None
    kind: Kind = Kind.MOVED
    carrier: Carrier | None = None
    #: Written by its value, since a name it reads isn't bound where it goes.
    inline: bool = False
    #: Only needed where it overrides something.
    soft: bool = False
    #: Written instead of the expression.
    text: str | None = None

    @property
    def known(self) -> Any:
        """The Python value, or OPAQUE."""
        return self.const if self.value is None else self.value.const

    def owned_by(self, document: Document) -> bool:
        """Whether `document` itself gives this value."""
        return self.value is not None and self.value.document is document


@dataclass(slots=True, eq=False)
class Branch:
    """A dict. `shell` is the 0.x dict whose own comments it keeps."""

    children: dict[str, Node] = field(default_factory=dict)
    shell: Value | None = None
    carrier: Carrier | None = None
    replace: bool = False

    @property
    def known(self) -> Any:
        """The Python value, or OPAQUE where any part isn't known."""
        parts = {key: child.known for key, child in self.children.items()}
        return OPAQUE if any(part is OPAQUE for part in parts.values()) else parts

    def owned_by(self, document: Document) -> bool:
        """Whether `document` gives any part of it."""
        return any(child.owned_by(document) for child in self.children.values())


@dataclass(slots=True, eq=False)
class Items:
    """A list. `owner` is the 0.x list it was made from."""

    items: list[Node]
    owner: Value | None = None
    carrier: Carrier | None = None

    @property
    def known(self) -> Any:
        """The Python value, or OPAQUE where any part isn't known."""
        parts = [item.known for item in self.items]
        return OPAQUE if any(part is OPAQUE for part in parts) else parts

    def owned_by(self, document: Document) -> bool:
        """Whether `document` itself gives the list."""
        return self.owner is not None and self.owner.document is document


Node: TypeAlias = Leaf | Branch | Items


def whole(value: Value, carrier: Carrier | None = None) -> Node:
    """The tree of a value as it stands, dicts opened."""
    entries = value.entries
    if entries is None:
        return Leaf(value, carrier=carrier)
    children = {entry.key: whole(entry.value, entry) for entry in entries.values()}
    return Branch(children, shell=value, carrier=carrier)


def children(node: Node) -> list[Node]:
    """The nodes directly below `node`."""
    if isinstance(node, Leaf):
        return []
    return list(node.children.values()) if isinstance(node, Branch) else node.items


def inlined(node: Node, parts: list[Node]) -> Node:
    """`node` with some of its parts written by their values, whatever names gave them."""
    chosen = any(node is part for part in parts)
    carrier = node.carrier
    if chosen and isinstance(carrier, Entry) and carrier.star is not None:
        carrier = None
    if isinstance(node, Leaf):
        return replace(node, carrier=carrier, inline=node.inline or chosen)
    below = children(node) if chosen else parts
    if isinstance(node, Items):
        return replace(node, items=[inlined(item, below) for item in node.items], carrier=carrier)
    made = {key: inlined(child, below) for key, child in node.children.items()}
    return replace(node, children=made, carrier=carrier)


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every leaf with its path; a list counts as the place it stands at."""
    if isinstance(node, Leaf):
        yield path, node
    elif isinstance(node, Branch):
        for key, child in node.children.items():
            yield from leaves(child, (*path, key))
    else:
        for item in node.items:
            yield from leaves(item, path)


def ends(node: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf | Items]]:
    """Every value with its path: leaves, and lists as a whole."""
    if isinstance(node, Branch):
        for key, child in node.children.items():
            yield from ends(child, (*path, key))
    else:
        yield path, node


def same(one: Node, other: Node) -> bool:
    """Whether both give the same value: known and equal, or the very same expressions."""
    left, right = one.known, other.known
    if left is not OPAQUE and right is not OPAQUE:
        return repr(left) == repr(right)
    return _expressions(one) == _expressions(other)


def _expressions(node: Node) -> list[tuple[Path, object]]:
    return sorted(
        (
            (path, leaf.value.node if leaf.value is not None else repr(leaf.const))
            for path, leaf in leaves(node)
        ),
        key=lambda pair: (pair[0], str(pair[1])),
    )


def put(root: Branch, path: Path, node: Node) -> None:
    """Set `node` at `path`; what was written in 0.x wins over what is only implied."""
    *parents, key = path
    for parent in parents:
        child = root.children.get(parent)
        if not isinstance(child, Branch):
            child = root.children[parent] = Branch()
        root = child
    held = root.children.get(key)
    if isinstance(held, Branch) and isinstance(node, Branch):
        held.shell = held.shell or node.shell
        held.carrier = held.carrier or node.carrier
        for name, child in node.children.items():
            put(held, (name,), child)
    elif not (isinstance(held, Leaf) and isinstance(node, Leaf) and _rank(held) <= _rank(node)):
        root.children[key] = copied(node)


def copied(node: Node) -> Node:
    """`node` for a tree that is still added to: its dicts aren't shared."""
    if not isinstance(node, Branch):
        return node
    children = {key: copied(child) for key, child in node.children.items()}
    return Branch(children, node.shell, node.carrier, node.replace)


def _rank(leaf: Leaf) -> int:
    return list(Kind).index(leaf.kind)


def merged(base: Branch, own: Branch) -> Branch:
    """`own` over `base` by MMEngine's merge rules; neither is changed."""
    children = dict(own.children)
    for key, held in base.children.items():
        node = children.setdefault(key, held)
        if isinstance(held, Branch) and isinstance(node, Branch) and not node.replace:
            children[key] = merged(held, node) if node is not held else held
    return Branch(children, own.shell, own.carrier)


def difference(target: Node, base: Node | None, document: Document) -> Node | None:
    """What `document` must say so that `base` with it gives `target`; None for nothing.

    A value that the document itself gives is said even where the base says the
    same. Where the base holds more keys than the target, or no dict at all, the
    dict replaces it (`_delete_=True`).
    """
    if base is None:
        return _needed(target)
    if isinstance(target, Branch):
        if not isinstance(base, Branch) or any(key not in target.children for key in base.children):
            return Branch(target.children, target.shell, target.carrier, replace=True)
        children = {
            key: part
            for key, child in target.children.items()
            if (part := difference(child, base.children.get(key), document)) is not None
        }
        return Branch(children, target.shell, target.carrier) if children else None
    return target if target.owned_by(document) or not same(target, base) else None


def _needed(node: Node) -> Node | None:
    """`node` without what is only needed over a base."""
    if isinstance(node, Branch):
        children = {
            key: part
            for key, child in node.children.items()
            if (part := _needed(child)) is not None
        }
        untouched = len(children) == len(node.children)
        return (
            node if untouched else Branch(children, node.shell, node.carrier) if children else None
        )
    return None if isinstance(node, Leaf) and node.soft else node


def only_owned(node: Node, document: Document) -> Node | None:
    """The parts of `node` that `document` itself gives; a length says which loop it is of."""
    if isinstance(node, Branch):
        children = {
            key: part
            for key, child in node.children.items()
            if (part := only_owned(child, document)) is not None
        }
        if children.keys() & {"max_iters", "max_epochs"}:
            children = dict(node.children)
        return Branch(children, node.shell, node.carrier) if children else None
    return node if node.owned_by(document) else None
