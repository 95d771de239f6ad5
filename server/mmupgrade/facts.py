"""What the top level of one config says: bindings, later changes, reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a name is bound, changed or read.

    `order` counts top-level statements. `value` is the bound expression; it is
    None where the binding gives none that can be read (import, def, loop).
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


@dataclass(slots=True)
class Facts:
    """The facts of one text. Everything is read, nothing is run."""

    text: Text
    module: Module
    bindings: dict[str, list[Use]] = field(default_factory=dict)
    changes: dict[str, list[Use]] = field(default_factory=dict)
    nested: dict[str, list[Use]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    imports: list[Use] = field(default_factory=list)
    lazy: bool = False
    _reads: dict[str, list[Use]] | None = None

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

    def changed_before(self, name: str, order: int) -> bool:
        """Whether the value that a statement at `order` sees is more than its binding."""
        return name in self.unsure or any(use.order < order for use in self.changes.get(name, ()))

    def reads(self, name: str) -> list[Use]:
        """Every place that reads `name`, in functions too."""
        if not _read_pattern(name).search(self.text.value):
            return []
        if self._reads is None:
            self._reads = _all_reads(self.module)
        return self._reads.get(name, [])

    def statement_span(self, order: int) -> tuple[int, int]:
        """Code point offsets of the top-level statement at `order`."""
        node, chunk = self.module.statements[order]
        return chunk.span(node)


def read_facts(text: Text) -> Facts:
    """The facts of `text`; a text that doesn't parse gives those of its intact statements."""
    facts = Facts(text, parse(text))
    for order, (node, chunk) in enumerate(facts.module.statements):
        _read_statement(facts, node, order, chunk)
    return facts


def _read_statement(facts: Facts, node: ast.stmt, order: int, chunk: Chunk) -> None:
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


def _bind(facts: Facts, target: ast.expr, value: ast.expr, order: int, chunk: Chunk) -> None:
    if isinstance(target, ast.Name):
        use = Use(target.id, order, target, chunk, value)
        facts.bindings.setdefault(target.id, []).append(use)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for index, element in enumerate(target.elts):
            _bind_element(facts, element, _element(value, index, target), order, chunk)
    else:
        _change(facts, target, order, chunk)


def _bind_element(
    facts: Facts, target: ast.expr, value: ast.expr | None, order: int, chunk: Chunk
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


def _change(facts: Facts, target: ast.expr, order: int, chunk: Chunk) -> None:
    root = target
    while isinstance(root, (ast.Attribute, ast.Subscript, ast.Starred, ast.Call)):
        root = root.func if isinstance(root, ast.Call) else root.value
    if isinstance(root, ast.Name) and (root is not target or not isinstance(root.ctx, ast.Load)):
        facts.changes.setdefault(root.id, []).append(Use(root.id, order, root, chunk))


def _import(facts: Facts, node: ast.Import | ast.ImportFrom, order: int, chunk: Chunk) -> None:
    for alias in node.names:
        name = (alias.asname or alias.name).split(".")[0]
        use = Use(name, order, node, chunk, whole=False)
        facts.imports.append(use)
        facts.bindings.setdefault(name, []).append(use)


def _compound(facts: Facts, node: ast.stmt, order: int, chunk: Chunk) -> None:
    own_scope = isinstance(node, _OWN_SCOPE)
    if isinstance(node, _OWN_SCOPE):
        use = Use(node.name, order, node, chunk, whole=False)
        facts.bindings.setdefault(node.name, []).append(use)
    facts.lazy = facts.lazy or _reads_base(node)
    for use in _stores(node, order, chunk):
        facts.nested.setdefault(use.name, []).append(use)
        if not own_scope:
            facts.unsure.add(use.name)


def _reads_base(node: ast.stmt) -> bool:
    return isinstance(node, ast.With) and any(
        isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Name)
        and item.context_expr.func.id == "read_base"
        for item in node.items
    )


def _stores(node: ast.stmt, order: int, chunk: Chunk) -> Iterator[Use]:
    for part in ast.walk(node):
        if isinstance(part, ast.Assign):
            for target in part.targets:
                if isinstance(target, ast.Name):
                    yield Use(target.id, order, target, chunk, part.value)
        elif isinstance(part, (ast.Subscript, ast.Attribute)):
            if not isinstance(part.ctx, ast.Load) and isinstance(part.value, ast.Name):
                yield Use(part.value.id, order, part.value, chunk)
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if isinstance(part.func.value, ast.Name):
                yield Use(part.func.value.id, order, part.func.value, chunk)
        elif isinstance(part, (ast.For, ast.AugAssign, ast.AnnAssign)):
            if isinstance(part.target, ast.Name):
                yield Use(part.target.id, order, part.target, chunk)


def _read_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){name}(?!\w|\s*=[^=])")


def _all_reads(module: Module) -> dict[str, list[Use]]:
    reads: dict[str, list[Use]] = {}
    for order, (node, chunk) in enumerate(module.statements):
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                reads.setdefault(part.id, []).append(Use(part.id, order, part, chunk))
    return reads
