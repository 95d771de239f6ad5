"""The facts of an edited text, from those of the text before it."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mmupgrade.facts import Facts, Use, Uses, hides, statement_reads
from mmupgrade.syntax import Chunk, Module, parsed
from mmupgrade.text import Text
from mmupgrade.tokens import string_spans

#: After so many edited statements, reading a text anew costs less than adding up.
_MOST_MOVES = 64


class Replaced(NamedTuple):
    """An edit: the code points from `start` to `end` became `length` others."""

    start: int
    end: int
    length: int

    @property
    def delta(self) -> int:
        """How much longer the text is now."""
        return self.length - (self.end - self.start)


class Change(NamedTuple):
    """The facts of an edited text, and the statement that is another now, if one is.

    `old` and `new` are the lines concerned, before and after; `reads` are the names
    that the statement read, and reads now; `renamed` says that it binds another.
    """

    facts: Facts
    order: int | None
    old: str
    new: str
    reads: tuple[set[str], set[str]] = (set(), set())
    renamed: bool = False


def edited(facts: Facts, text: Text, edit: Replaced) -> Change | None:
    """The facts of `text`, which `edit` has made of the text of `facts`.

    None where they have to be read anew: where the edit concerns more than one plain
    assignment, or the comments and blank lines between statements.
    """
    is_plain = facts.module.problem is None and not facts.opaque and not facts.changes
    if not is_plain or len(facts.moves) > _MOST_MOVES:
        return None
    order = _before(facts, edit.start)
    if order >= 0 and _is_within(facts, order, edit):
        return _reassigned(facts, text, order, edit)
    if _is_between(facts, order, edit):
        return _shifted(facts, text, order + 1, edit)
    return None


def _before(facts: Facts, offset: int) -> int:
    """The last statement whose line begins at or before `offset`; -1 for none."""
    orders = range(len(facts.module.statements))
    return bisect_right(orders, offset, key=lambda order: _lines(facts, order)[0]) - 1


def _lines(facts: Facts, order: int) -> tuple[int, int]:
    """From the beginning of a statement's first line to the end of its last."""
    start, end = facts.statement_span(order)
    text = facts.text
    return text.starts[text.line(start)], text.line_span(text.line(max(end - 1, start)))[1]


def _is_within(facts: Facts, order: int, edit: Replaced) -> bool:
    """Whether an edit stays in the lines of one statement, which has them for itself."""
    start, end = _lines(facts, order)
    above = _lines(facts, order - 1)[1] if order else -1
    return above < start <= edit.start and edit.end <= end < _next(facts, order + 1)


def _is_between(facts: Facts, order: int, edit: Replaced) -> bool:
    """Whether an edit stays in the lines between two statements."""
    above = _lines(facts, order)[1] if order >= 0 else -1
    return above < edit.start and edit.end < _next(facts, order + 1)


def _next(facts: Facts, order: int) -> int:
    """Where the lines of a statement begin; beyond the text where there is none."""
    known = order < len(facts.module.statements)
    return _lines(facts, order)[0] if known else len(facts.text.value) + 1


def _shifted(facts: Facts, text: Text, order: int, edit: Replaced) -> Change | None:
    """The facts where only comments and blank lines before a statement changed."""
    start = _lines(facts, order - 1)[1] if order else 0
    last = min(_next(facts, order), len(facts.text.value))
    gap = text.value[start : last + edit.delta]
    tree = parsed(gap) if not _is_special(gap) else None
    if tree is None or tree.body:
        return None
    made = _made(facts, text, facts.module.statements, facts.bindings, (order, edit.delta))
    return Change(made, None, facts.text.value[start:last], gap)


def _is_special(piece: str) -> bool:
    """Whether a piece of text may say more than the statements in it."""
    return "{{" in piece or ":=" in piece or hides(piece)


def _reassigned(facts: Facts, text: Text, order: int, edit: Replaced) -> Change | None:
    """The facts where one assignment of one name became another."""
    start, end = _lines(facts, order)
    piece = text.value[start : end + edit.delta]
    before, _ = facts.module.statements[order]
    tree = parsed(piece) if not _is_special(piece) else None
    if tree is None or len(tree.body) != 1:
        return None
    node = tree.body[0]
    name, other = _assigned(before), _assigned(node)
    if name is None or other is None or other == "dict":
        return None
    moved = sum(delta for first, delta in facts.moves if first <= order)
    chunk = Chunk(Text(piece), start - moved)
    statements = list(facts.module.statements)
    statements[order] = (node, chunk)
    bindings = _rebound(_raw(facts.bindings), name, Use(other, order, node, chunk))
    made = _made(facts, text, tuple(statements), bindings, (order + 1, edit.delta))
    lines = facts.text.value[start:end]
    if facts.known_reads() is None and _is_in_literal(lines, piece, edit.start - start):
        return Change(made, order, lines, piece, renamed=name != other)
    reads = [list(statement_reads(each, order, chunk)) for each in (before, node)]
    made._reads = _reread(facts, made, *reads)
    old, new = ({use.name for use in uses} for uses in reads)
    return Change(made, order, lines, piece, (old, new), name != other)


def _is_in_literal(old: str, new: str, offset: int) -> bool:
    """Whether an edit in a piece of code only makes another constant of a constant there."""
    return _is_in_number(old, new, offset) or _is_in_text(old, new, offset)


def _is_in_number(old: str, new: str, offset: int) -> bool:
    """Whether an edit in a piece of code only makes another number of a number there."""
    words = [_word_at(piece, offset) for piece in (old, new)]
    same = len(old) - len(words[0]) == len(new) - len(words[1])
    return same and all(word[:1].isdigit() for word in words)


def _is_in_text(old: str, new: str, offset: int) -> bool:
    """Whether an edit in a piece of code only makes another text of a text there."""
    one, other = (list(string_spans(piece)) for piece in (old, new))
    inside = [a for a, b in one if a < offset < b and old[a] in "'\""]
    there = [a for a, b in other if a < offset < b]
    return bool(inside) and len(one) == len(other) and inside == there


def _word_at(piece: str, offset: int) -> str:
    """The letters and digits around an offset."""
    start = end = offset
    while start > 0 and (piece[start - 1].isalnum() or piece[start - 1] in "_."):
        start -= 1
    while end < len(piece) and (piece[end].isalnum() or piece[end] in "_."):
        end += 1
    return piece[start:end]


def _assigned(node: ast.stmt) -> str | None:
    """The name that a statement binds, if that is all it does."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None


def _rebound(bindings: Uses, name: str, use: Use) -> Uses:
    """The bindings where one that was of `name` is another now."""
    assert isinstance(use.node, ast.Assign)
    made = dict(bindings)
    made[name] = [held for held in made[name] if held.order != use.order]
    again = use._replace(node=use.node.targets[0], value=use.node.value)
    made[use.name] = sorted([*made.get(use.name, ()), again], key=lambda held: held.order)
    if not made[name]:
        del made[name]
    return made


def _reread(facts: Facts, made: Facts, old: list[Use], new: list[Use]) -> Uses | None:
    """The reads of the edited text, where those of the text before are known."""
    known = facts.known_reads()
    if known is None:
        return None
    reads = dict(_raw(known))
    for use in old:
        reads[use.name] = [held for held in reads[use.name] if held.order != use.order]
    for use in new:
        reads[use.name] = [*reads.get(use.name, ()), use]
    return _Moved({name: uses for name, uses in reads.items() if uses}, made)


def _made(
    facts: Facts,
    text: Text,
    statements: tuple[tuple[ast.stmt, Chunk], ...],
    bindings: Uses,
    move: tuple[int, int],
) -> Facts:
    made = Facts(
        text,
        Module(statements, None),
        unsure=facts.unsure,
        lazy=facts.lazy,
        moves=_with(facts, move),
    )
    made.bindings = _Moved(_raw(bindings), made)
    made.nested = _Moved(_raw(facts.nested), made)
    made.imports = [use._replace(chunk=made.chunk(use.order)) for use in facts.imports]
    known = facts.known_reads()
    made._reads = _Moved(_raw(known), made) if known is not None else None
    return made


def _with(facts: Facts, move: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """All moves, one for each place."""
    found = dict(facts.moves)
    found[move[0]] = found.get(move[0], 0) + move[1]
    return tuple((first, delta) for first, delta in found.items() if delta)


class _Moved(Mapping[str, list[Use]]):
    """Uses of an earlier text, each where it stands now."""

    def __init__(self, uses: Uses, facts: Facts) -> None:
        self.uses = uses
        self._facts = facts

    def __getitem__(self, name: str) -> list[Use]:
        return [use._replace(chunk=self._facts.chunk(use.order)) for use in self.uses[name]]

    def __contains__(self, name: object) -> bool:
        return name in self.uses

    def __iter__(self) -> Iterator[str]:
        return iter(self.uses)

    def __len__(self) -> int:
        return len(self.uses)


def _raw(uses: Uses) -> Uses:
    return uses.uses if isinstance(uses, _Moved) else uses
