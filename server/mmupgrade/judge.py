"""How far each fix may be trusted in the file and family where it would be applied."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace

from mmupgrade.comments import carried, of_statement
from mmupgrade.document import Document
from mmupgrade.fields import key_span
from mmupgrade.ignores import Ignore, ignores, lines_for
from mmupgrade.moves import Applicability, Lower, Move, manual, unsafe
from mmupgrade.rule import rules
from mmupgrade.sites import at, destination, open_to, readings, rebound, standing
from mmupgrade.template import TRIGGERS, is_root, template
from mmupgrade.tree import Branch, Items, Kind, Leaf, Node, ends, inlined, leaves, same, whole
from mmupgrade.values import OPAQUE, Value
from mmupgrade.verdict import Fix, Verdict, proposed
from mmupgrade.view import View

#: 1.x fields that are no dicts.
_PLAIN = ("default_scope", "resume", "load_from")


def verdicts(view: View) -> list[Verdict]:
    """What is said of each 0.x field that the document of `view` sets."""
    if view.verdicts is None:
        view.verdicts = [_verdict(view, name) for name in view.own]
    return view.verdicts


def _verdict(view: View, name: str) -> Verdict:
    rule = rules()[name]
    trust = view.settings.trust(rule.id)
    fixes = [_judged(view, name, fix).counted_as(trust) for fix in proposed(view, name)]
    return Verdict(rule, view, fixes)


def _judged(view: View, name: str, fix: Fix) -> Fix:
    fix = fix.lowered_by(_ignored(view, name, fix))
    fix = fix.lowered_by(_unlike_an_assignment(view, name, fix))
    for check in (_readers, _standing, _overridden, _names, _comments, _family):
        if fix.applicability is Applicability.MANUAL:
            break
        fix = check(view, name, fix)
    return fix


def _line(document: Document, offset: int) -> int:
    return document.text.line(offset) + 1


def _ignored(view: View, name: str, fix: Fix) -> Iterator[Lower]:
    """What a comment ignores stays, and so does what can't go without it."""
    if not any(ignores(member.document) for member in view.chain):
        return
    for field in (name, *fix.consumes):
        held = view.old.get(field)
        for document in held.documents if held is not None else ():
            if _ignores_of(document, field):
                yield manual(f"a comment in `{os.path.basename(document.path)}` ignores `{field}`")
    lines = _lines(view.document, name) if ignores(view.document) else ()
    for other in view.own if lines else ():
        beside = (ignore.line in lines for ignore in _ignores_of(view.document, other))
        if other != name and any(beside):
            yield manual(f"it shares a line with `{other}`, which a comment ignores")


def _lines(document: Document, name: str) -> tuple[int, ...]:
    return lines_for(document, key_span(document, name)[0])


def _ignores_of(document: Document, name: str) -> list[Ignore]:
    """The comments of a document that ignore a finding of the field `name`, which it sets."""
    marks = ignores(document)
    if not marks:
        return []
    starts = [key_span(document, name)[0]]
    starts += [use.span[0] for use in document.facts.bindings.get(name, ())]
    return [i for start in starts for i in marks.covering(rules()[name].id, start)]


def _unlike_an_assignment(view: View, name: str, fix: Fix) -> Iterator[Lower]:
    """The statements that would go have to be plain assignments of this name alone."""
    document, facts = view.document, view.document.facts
    top = name.partition(".")[0]
    if facts.module.problem is not None:
        yield manual("the file doesn't parse")
    if facts.opaque:
        yield manual("the file runs code that may read or set any name")
    for changed in dict.fromkeys((top, *written(view, name, fix))):
        uses = [*facts.changes.get(changed, ()), *facts.nested.get(changed, ())]
        if uses:
            line = _line(document, uses[0].span[0])
            yield manual(f"`{changed}` is changed in line {line}, outside its own statement")
        elif changed in facts.bindings and document.value(changed) is None:
            line = _line(document, facts.bindings[changed][-1].span[0])
            yield manual(f"line {line} uses the name `{changed}` for something else")
    for use in facts.bindings[top]:
        if not use.whole or _assigns_more(document, use.order):
            line = _line(document, use.span[0])
            yield manual(f"line {line} assigns `{top}` together with other names")


def written(view: View, name: str, fix: Fix) -> list[str]:
    """The 1.x names that are written with `fix`, those of the template too."""
    if name not in TRIGGERS or not is_root(view):
        return fix.tops
    added = template(view, {name}, view.old.keys() - {name})
    return list(dict.fromkeys([*fix.tops, *(move.to[0] for move in added)]))


def _assigns_more(document: Document, order: int) -> bool:
    node, _ = document.facts.module.statements[order]
    return len(getattr(node, "targets", ())) > 1


def _readers(view: View, name: str, fix: Fix) -> Fix:
    """A name that other code reads can't just go."""
    gone = (name, *fix.consumes)
    inheriting = [(reader, other) for other in gone if (reader := _inheriting_reader(view, other))]
    if inheriting:
        return fix.lowered_by(manual(f"`{r}` reads `_base_.{other}`") for r, other in inheriting)
    reads = [use for other in fix.consumes for use in view.document.facts.reads(other)]
    own = [u for u in view.document.facts.reads(name) if not _goes(view, name, u.order)]
    if not reads and not own:
        return fix
    first = (reads or own)[0]
    line = _line(view.document, first.span[0])
    value = view.own_value(name)
    if reads or not rules()[name].weak or value is None or value.is_mapping:
        return fix.lowered_by([manual(f"line {line} reads `{first.name}`")])
    moves = [_by_name(move, name, value) for move in fix.moves]
    reason = unsafe(f"`{name}` stays as a variable, since line {line} reads it")
    return replace(fix, moves=moves, keeps_name=True).lowered_by([reason])


def _inheriting_reader(view: View, name: str) -> str | None:
    """A file that inherits and reads a field of its base by name."""
    for member in view.workspace.dependents(view.document):
        source = member.document.text.value
        if f"_base_.{name}" in source and re.search(rf"\b_base_\.{name}\b", source):
            return os.path.basename(member.document.path)
    return None


def _goes(view: View, name: str, order: int) -> bool:
    """Whether the statement that reads `name` goes too, and takes no text with the name along."""
    for other in view.own:
        if view.old[other].statement.order == order:
            first = proposed(view, other)[0]
            texts = (r for move in first.moves for r in readings(move.node, view.document))
            kept = any(name in names for _, names, _ in texts)
            return first.applicability is not Applicability.MANUAL and not kept
    return False


def _by_name(move: Move, name: str, value: Value) -> Move:
    node = move.node
    if isinstance(node, Leaf) and node.value is value:
        return Move(move.to, Leaf(value, text=name))
    return move


def _standing(view: View, name: str, fix: Fix) -> Fix:
    """A 1.x value that stands there already: the same, another, or none where 1.x runs today."""
    closed = _closed(view, name, fix)
    if closed is not None:
        return fix.lowered_by([manual(f"`{closed}` isn't written as a plain dict")])
    said: list[Lower] = []
    absent: list[str] = []
    moves: list[Move] = []
    for move in fix.moves:
        held = move.to[0] in (*fix.consumes, name)
        places = [] if held else list(_explicit(move))
        there = [_present(view, path, standing(view, path[0])) for path, _ in places]
        absent += [f"`{'.'.join(path)}`" for (path, _), v in zip(places, there) if v is None]
        for (path, leaf), value in zip(places, there):
            said += _compared(name, path, leaf, value) if value is not None else ()
        if not places or None in there:
            moves.append(move)
    if absent and view.live:
        said.append(unsafe(f"today's 1.x run has no {', '.join(absent)} and would change"))
    return replace(fix, moves=moves).lowered_by(said)


def _overridden(view: View, name: str, fix: Fix) -> Fix:
    """A dict of a config that inherits can't be merged over what is none."""
    del name
    heirs = view.workspace.dependents(view.document)
    if not heirs:
        return fix
    ends = [(path, end) for move in fix.moves for path, end in _explicit(move)]
    return fix.lowered_by(
        manual(f"`{shown}` sets `{'.'.join(path)}`, which can't be merged over that")
        for heir in heirs
        for path, _ in ends
        if (held := at(standing(heir, path[0]), path[1:])) is not None and held.is_mapping
        for shown in [os.path.basename(heir.document.path)]
    )


def _closed(view: View, name: str, fix: Fix) -> str | None:
    """A 1.x statement that would have to be added to and is no plain dict."""
    for top in written(view, name, fix):
        held = standing(view, top)
        if held is None or top in (name, *fix.consumes, *_PLAIN):
            continue
        inner = [move.to[1:] for move in fix.moves if move.to[0] == top]
        if not held.is_mapping or not all(open_to(held, path) for path in inner):
            return top
    return None


def _explicit(move: Move) -> Iterator[tuple[tuple[str, ...], Leaf | Items]]:
    for path, end in ends(move.node, move.to):
        if isinstance(end, Items) or (end.kind is not Kind.DEFAULT and not end.soft):
            yield path, end


def _present(view: View, path: tuple[str, ...], held: Value | None) -> Value | None:
    """The 1.x value at `path` that a run of today's config sees."""
    there = at(held, path[1:])
    if there is None and view.live:
        below = view.plain(path[0])
        there = at(below.value, path[1:]) if below else None
    return there


def _compared(
    name: str, path: tuple[str, ...], leaf: Leaf | Items, there: Value
) -> Iterator[Lower]:
    if not same(leaf, whole(there)):
        wanted = leaf.known
        gives = "something else" if wanted is OPAQUE else repr(wanted)
        shown = there.source if there.const is OPAQUE else repr(there.const)
        yield manual(f"`{'.'.join(path)}` is {shown} already, `{name}` gives {gives}")


def _names(view: View, name: str, fix: Fix) -> Fix:
    """Names that a moved expression reads have to mean the same where it goes."""
    document = view.document
    moves: list[Move] = []
    said: list[Lower] = []
    for move in fix.moves:
        said += _calls(move, name, document)
        place = destination(view, move.to[0])
        changed: list[Node] = []
        for part, names, order in readings(move.node, document):
            missing = rebound(document, names, order, place) if order != place else set()
            if missing:
                changed.append(part)
                said.append(_unlike(part, sorted(missing), name, move.to[0]))
        moves.append(Move(move.to, inlined(move.node, changed)) if changed else move)
    return replace(fix, moves=moves).lowered_by(said) if said else fix


def _unlike(part: Node, missing: list[str], name: str, top: str) -> Lower:
    shown = ", ".join(f"`{missed}`" for missed in missing)
    if part.known is OPAQUE:
        return manual(f"{shown} is assigned between `{name}` and `{top}`")
    return unsafe(f"{shown} isn't the same where `{top}` is: {part.known!r} is written")


def _calls(move: Move, name: str, document: Document) -> Iterator[Lower]:
    """What a call gives may depend on when and how often it is made."""
    for _, leaf in leaves(move.node, move.to):
        value = leaf.value
        if value is not None and value.document is document and value.const is OPAQUE:
            if not value.is_fixed:
                yield manual(f"`{name}` holds a call, `{_short(value.source)}`")


def _comments(view: View, name: str, fix: Fix) -> Fix:
    """A comment has to go along, or its loss is said."""
    document = view.document
    if "#" not in document.text.value or fix.keeps_name:
        return fix
    fields = [name.partition(".")[0], *fix.consumes]
    uses = [use for field in fields for use in document.facts.bindings.get(field, ())]
    there = [comment for use in uses for comment in of_statement(document, use.order)]
    if not there:
        return fix
    kept: set[int] = set()
    for move in fix.moves:
        kept |= _written_along(move.node, at(standing(view, move.to[0]), move.to[1:]), document)
    return fix.lowered_by(
        unsafe(f"the comment `{_short(comment.text)}` goes")
        for comment in there
        if comment.start not in kept
    )


def _written_along(node: Node, held: Value | None, document: Document) -> set[int]:
    """The comments that go along where `held` stands already and is only added to."""
    if held is None:
        return carried(node, document)
    if not isinstance(node, Branch):
        return set()
    parts = (_written_along(part, held.get(key), document) for key, part in node.children.items())
    return set().union(*parts)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _family(view: View, name: str, fix: Fix) -> Fix:
    """A base that can't be read may say anything."""
    del name
    absent = (base for below in view.chain for base in below.troubles) if fix.moves else ()
    return fix.lowered_by(unsafe(f"the base `{base.written}` can't be read") for base in absent)
