"""The steps a rule yields: where each 0.x value goes, and what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from mmupgrade.tree import Branch, Carrier, Items, Kind, Leaf, Node, Path, whole
from mmupgrade.values import Entry, Value


class Applicability(IntEnum):
    """How far a fix may be trusted; a fix is as good as its worst step."""

    MANUAL = 0
    UNSAFE = 1
    SAFE = 2

    @property
    def word(self) -> str:
        """The word in messages and JSON."""
        return self.name.lower()


class Move(NamedTuple):
    """`node` becomes the 1.x value at `to`."""

    to: Path
    node: Node


class Lost(NamedTuple):
    """A 0.x value without a counterpart. One without an effect may go silently safe."""

    name: str
    why: str
    effect: bool = True
    carrier: Carrier | None = None


class Lower(NamedTuple):
    """The fix is no better than `to`, for the reason given in one sentence."""

    to: Applicability
    reason: str


class Consume(NamedTuple):
    """Another 0.x field whose statement goes with this one."""

    field: str


class Needs(NamedTuple):
    """Another 0.x field, of this file or its bases, that has to go with this one."""

    field: str


class Otherwise(NamedTuple):
    """What follows is another fix of the same finding; `title` says which."""

    title: str


class Stays(NamedTuple):
    """A part of the field that stays in it, to be written by hand; `reason` says as what."""

    reason: str


class Titled(NamedTuple):
    """The title of the fix, where the usual one says too little."""

    title: str


Step: TypeAlias = Move | Lost | Lower | Consume | Needs | Otherwise | Stays | Titled
Steps: TypeAlias = Iterator[Step]


def path(dotted: str) -> Path:
    """`a.b` as a path."""
    return tuple(dotted.split("."))


def move(entry: Entry, to: str) -> Move:
    """The entry's value, with its comments, at `to`."""
    return Move(path(to), whole(entry.value, entry))


def carry(value: Value, to: str, carrier: Carrier | None = None) -> Move:
    """A value at `to`; the comments of `carrier` go with it."""
    return Move(path(to), whole(value, carrier))


def shell(value: Value, to: str, carrier: Carrier | None) -> Move:
    """The dict at `to` keeps the comments inside and around the 0.x dict `value`."""
    return Move(path(to), Branch(shell=value, carrier=carrier))


def listed(items: list[Node], owner: Value, to: str, carrier: Carrier | None) -> Move:
    """A list at `to`, made from the 0.x list `owner`."""
    return Move(path(to), Items(items, owner, carrier))


def implied(to: str, const: Any) -> Move:
    """A value that the 0.x runner used without being told."""
    return Move(path(to), Leaf(const=const, kind=Kind.IMPLIED))


def default(to: str, const: Any) -> Move:
    """A value that 1.x needs besides; one that stands there already is left."""
    return Move(path(to), Leaf(const=const, kind=Kind.DEFAULT))


def soft(to: str, const: Any, carrier: Carrier | None = None) -> Move:
    """A value that is only written where it overrides a base's."""
    return Move(path(to), Leaf(const=const, kind=Kind.IMPLIED, carrier=carrier, soft=True))


def lost(entry: Entry, field: str, why: str, *, effect: bool = True) -> Lost:
    """An entry of `field` without a counterpart."""
    return Lost(f"{field}.{entry.key}", why, effect, entry)


def unsafe(reason: str) -> Lower:
    """The fix needs a look, for this reason."""
    return Lower(Applicability.UNSAFE, reason)


def manual(reason: str) -> Lower:
    """There is no fix, for this reason."""
    return Lower(Applicability.MANUAL, reason)
