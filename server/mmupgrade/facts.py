"""What the top level of one config says: bindings, later changes, reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from mmupgrade.syntax import Chunk, Module, parse
from mmupgrade.text import Text

_COMPOUND = (
    ast.If,
    ast.For,
    ast.While,
    ast.Try,
    ast.With,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Match,
)
_HIDDEN = re.compile(r"\b(?:exec|eval|globals|locals|vars|setattr)\s*\(")
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Use(NamedTuple):
    """One place where a name is bound, changed or read.

    `order` counts top-level statements. `value` is the bound expression; it is
    None where the binding gives none that can be read (import, def, loop). `whole`
    says that the statement binds this name to all of its right side.
    """

    name: str
    order: int
    node: ast.expr | ast.stmt
    chunk: Chunk
    value: ast.expr | None = None
    whole: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """Code point offsets of the name."""
        return self.chunk.span(self.node)


#: Uses by name. Those of an edited text are made when they are asked for.
Uses: TypeAlias = Mapping[str, list[Use]]


@dataclass(slots=True)
class Facts:
    """The facts of one text. Everything is read, nothing is run.

    `bindings` are the top-level assignments of each name in order, and what else
    takes the name there (import, def); `changes` are places that change what it
    holds (`x['a'] = ..`, `x.append(..)`, `del`); `nested` those inside other
    statements. `unsure` are names whose value a loop, a condition or a function may
    set. `lazy` says that the text is in MMEngine's other config language.
    """

    text: Text
    module: Module
    bindings: Uses = field(default_factory=dict)
    changes: Uses = field(default_factory=dict)
    nested: Uses = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    imports: list[Use] = field(default_factory=list)
    lazy: bool = False
    #: Names may be read and bound in ways that can't be seen (`exec`, `globals()`).
    opaque: bool = False
    #: How far statements have moved since they were parsed: from which on, by how much.
    moves: tuple[tuple[int, int], ...] = ()
    _reads: Uses | None = None
    _spans: dict[int, tuple[int, int]] = field(default_factory=dict)

    def last(self, name: str) -> Use | None:
        """The binding of `name` that counts, which is the last one."""
        found = self.bindings.get(name)
        return found[-1] if found else None

    def binding_at(self, name: str, order: int) -> Use | None:
        """The binding of `name` that a statement at `order` sees."""
        for use in reversed(self.bindings.get(name, ())):
            if use.order < order:
                return use
        return None

    def is_changed(self, name: str) -> bool:
        """Whether `name` holds more than its bindings say, at some place."""
        return self.opaque or name in self.unsure or name in self.changes

    def chunk(self, order: int) -> Chunk:
        """The chunk that the top-level statement at `order` was parsed in, where it is now."""
        held = self.module.statements[order][1]
        if not self.moves:
            return held
        by = sum(delta for first, delta in self.moves if first <= order)
        return Chunk(held.text, held.start + by) if by else held

    def known_reads(self) -> Uses | None:
        """Every place that reads a name, by name, if these have been looked for."""
        return self._reads

    def reads(self, name: str) -> list[Use]:
        """Every place that reads `name`, in functions too."""
        source = self.text.value
        if source.isascii() and not _may_read(source, name):
            return []
        if self._reads is None:
            self._reads = _all_reads(self)
        return self._reads.get(name, [])

    def statement_span(self, order: int) -> tuple[int, int]:
        """Code point offsets of the top-level statement at `order`."""
        span = self._spans.get(order)
        if span is None:
            node, _ = self.module.statements[order]
            span = self._spans[order] = self.chunk(order).span(node)
        return span


def read_facts(text: Text) -> Facts:
    """The facts of `text`; a text that doesn't parse gives those of its intact statements."""
    facts = _Growing(text, parse(text))
    for order, (node, chunk) in enumerate(facts.module.statements):
        _read_statement(facts, node, order, chunk)
    if ":=" in text.value:
        _walruses(facts)
    facts.opaque = hides(text.value) or "dict" in facts.bindings
    _share_changes(facts)
    return facts


def hides(source: str) -> bool:
    """Whether names may be read and bound in ways that can't be seen."""
    return bool(_HIDDEN.search(source))


@dataclass(slots=True)
class _Growing(Facts):
    """Facts that are being read."""

    bindings: dict[str, list[Use]] = field(default_factory=dict)
    changes: dict[str, list[Use]] = field(default_factory=dict)
    nested: dict[str, list[Use]] = field(default_factory=dict)


def _walruses(facts: _Growing) -> None:
    for order, (node, chunk) in enumerate(facts.module.statements):
        for part in ast.walk(node):
            if isinstance(part, ast.NamedExpr):
                use = Use(part.target.id, order, part.target, chunk, whole=False)
                facts.changes.setdefault(use.name, []).append(use)


def _share_changes(facts: _Growing) -> None:
    """A change through one name of a value is a change of all names that it has."""
    aliases = [
        (name, use.value.id)
        for name, uses in facts.bindings.items()
        for use in uses
        if isinstance(use.value, ast.Name) and use.value.id in facts.bindings
    ]
    spreading = bool(facts.changes)
    while spreading:
        spreading = False
        for pair in aliases:
            joined = max((facts.changes.get(name, []) for name in pair), key=len)
            for name in pair:
                if joined and len(facts.changes.get(name, ())) < len(joined):
                    facts.changes[name], spreading = joined, True


def _read_statement(facts: _Growing, node: ast.stmt, order: int, chunk: Chunk) -> None:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            _bind(facts, target, node.value, order, chunk)
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            _bind(facts, node.target, node.value, order, chunk)
    elif isinstance(node, ast.AugAssign):
        _change(facts, node.target, order, chunk)
    elif isinstance(node, ast.Delete):
        for target in node.targets:
            _change(facts, target, order, chunk)
    elif isinstance(node, ast.Expr):
        if isinstance(node.value, ast.Call):
            _change(facts, node.value.func, order, chunk)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        _import(facts, node, order, chunk)
    elif isinstance(node, _COMPOUND):
        _compound(facts, node, order, chunk)


def _bind(facts: _Growing, target: ast.expr, value: ast.expr, order: int, chunk: Chunk) -> None:
    if isinstance(target, ast.Name):
        use = Use(target.id, order, target, chunk, value)
        facts.bindings.setdefault(target.id, []).append(use)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for index, element in enumerate(target.elts):
            _bind_element(facts, element, _element(value, index, target), order, chunk)
    else:
        _change(facts, target, order, chunk)


def _bind_element(
    facts: _Growing, target: ast.expr, value: ast.expr | None, order: int, chunk: Chunk
) -> None:
    if isinstance(target, ast.Starred):
        target, value = target.value, None
    if isinstance(target, ast.Name):
        use = Use(target.id, order, target, chunk, value, whole=False)
        facts.bindings.setdefault(target.id, []).append(use)
    else:
        _change(facts, target, order, chunk)


def _element(value: ast.expr, index: int, target: ast.Tuple | ast.List) -> ast.expr | None:
    if not isinstance(value, (ast.Tuple, ast.List)) or len(value.elts) != len(target.elts):
        return None
    if any(isinstance(part, ast.Starred) for part in (*value.elts, *target.elts)):
        return None
    return value.elts[index]


def _change(facts: _Growing, target: ast.expr, order: int, chunk: Chunk) -> None:
    root = target
    while isinstance(root, (ast.Attribute, ast.Subscript, ast.Starred, ast.Call)):
        root = root.func if isinstance(root, ast.Call) else root.value
    if isinstance(root, ast.Name) and (root is not target or not isinstance(root.ctx, ast.Load)):
        facts.changes.setdefault(root.id, []).append(Use(root.id, order, root, chunk))


def _import(facts: _Growing, node: ast.Import | ast.ImportFrom, order: int, chunk: Chunk) -> None:
    for alias in node.names:
        name = (alias.asname or alias.name).split(".")[0]
        use = Use(name, order, node, chunk, whole=False)
        facts.imports.append(use)
        facts.bindings.setdefault(name, []).append(use)


def _compound(facts: _Growing, node: ast.stmt, order: int, chunk: Chunk) -> None:
    own_scope = isinstance(node, _OWN_SCOPE)
    if isinstance(node, _OWN_SCOPE):
        use = Use(node.name, order, node, chunk, whole=False)
        facts.bindings.setdefault(node.name, []).append(use)
    facts.lazy = facts.lazy or _reads_base(node)
    for use in _nested(node, order, chunk):
        facts.nested.setdefault(use.name, []).append(use)
        if not own_scope:
            facts.unsure.add(use.name)
    for part in ast.walk(node):
        if isinstance(part, (ast.Global, ast.Nonlocal)):
            facts.unsure.update(part.names)
        elif not own_scope:
            facts.unsure.update(_other_bindings(part))


def _other_bindings(part: ast.AST) -> Iterator[str]:
    """Names that a part of a statement binds without an `ast.Name`."""
    if isinstance(part, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and part.name:
        yield part.name
    elif isinstance(part, ast.MatchMapping) and part.rest:
        yield part.rest
    elif isinstance(part, (ast.Import, ast.ImportFrom)):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in part.names)
    elif isinstance(part, _OWN_SCOPE):
        yield part.name


def _reads_base(node: ast.stmt) -> bool:
    return isinstance(node, ast.With) and any(
        isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Name)
        and item.context_expr.func.id == "read_base"
        for item in node.items
    )


def _nested(node: ast.stmt, order: int, chunk: Chunk) -> Iterator[Use]:
    """The names that the inside of a statement binds or changes."""
    values = {
        id(target): part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Assign)
        for target in part.targets
    }
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            yield Use(part.id, order, part, chunk, values.get(id(part)))
        elif isinstance(part, (ast.Subscript, ast.Attribute)):
            called = not isinstance(part.ctx, ast.Load) or isinstance(part, ast.Attribute)
            if called and isinstance(part.value, ast.Name):
                yield Use(part.value.id, order, part.value, chunk)


def _may_read(source: str, name: str) -> bool:
    """Whether `name` stands somewhere as a word of its own and not before a single `=`.

    Where it doesn't, nothing reads it; where it does, something may.
    """
    start = source.find(name)
    while start >= 0:
        end = start + len(name)
        word = not _in_word(source[start - 1 : start]) and not _in_word(source[end : end + 1])
        rest = source[end : end + 8].lstrip(" \t")
        if word and (not rest.startswith("=") or rest[1:2] in ("=", "}", "!", ":")):
            return True
        start = source.find(name, end)
    return False


def _in_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _all_reads(facts: Facts) -> dict[str, list[Use]]:
    reads: dict[str, list[Use]] = {}
    for order, (node, _) in enumerate(facts.module.statements):
        for use in statement_reads(node, order, facts.chunk(order)):
            reads.setdefault(use.name, []).append(use)
    return reads


def statement_reads(node: ast.stmt, order: int, chunk: Chunk) -> Iterator[Use]:
    """The places in a statement that read a name."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            yield Use(part.id, order, part, chunk)
