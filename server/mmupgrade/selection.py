"""Which rules the names in a list stand for."""

from __future__ import annotations

from collections.abc import Iterable

from mmupgrade.rule import Page, named, pages

#: The start of every id: as a name, it stands for all rules.
EVERY = "MMR"
_ID_LENGTH = 6


class NoSuchRule(Exception):
    """A name that is neither a rule's id, nor the start of one, nor a 0.x field."""


def matching(names: Iterable[str]) -> list[Page]:
    """The rules that the names stand for: ids, starts of ids (`MMR1`), or field names.

    Raises NoSuchRule with the first name that stands for none.
    """
    found: list[Page] = []
    for name in names:
        hits = named(name)
        if not hits:
            raise NoSuchRule(name)
        found += hits
    return found


def names() -> list[str]:
    """Every name that stands for rules, as it is written in settings."""
    ids = [rule.id for rule in pages()]
    starts = {id[:length] for id in ids for length in range(len(EVERY), len(id) + 1)}
    return [*sorted(starts), *(rule.name for rule in pages())]


def divided(first: Iterable[str], second: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the rules that each of two lists decides.

    A rule that both name is decided by the longer start of its id, an id or a field
    being the longest, and by the second list where they are equal.
    """
    decided: dict[str, tuple[int, int]] = {}
    for side, listed in enumerate((first, second)):
        for name in listed:
            start = name.upper().startswith(EVERY)
            weight = (len(name) if start else _ID_LENGTH, side)
            for rule in matching([name]):
                decided[rule.id] = max(weight, decided.get(rule.id, weight))
    sides = [frozenset(id for id, (_, by) in decided.items() if by == side) for side in (0, 1)]
    return sides[0], sides[1]
