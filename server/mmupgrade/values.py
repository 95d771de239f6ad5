"""Values as far as they are known without running anything."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mmupgrade.syntax import TEMPLATE_MARK
from mmupgrade.tokens import parenthesised

if TYPE_CHECKING:
    from mmupgrade.document import Document


class _Opaque:
    """The constant of what can't be known statically."""

    def __repr__(self) -> str:
        return "OPAQUE"


OPAQUE: Final = _Opaque()

#: How much of an expression somebody asked for: of what kind it is and which parts it
#: has, or all that it says.
SHAPE, WHOLE = 1, 2

_DEPTH = 60
_LARGEST = 10**18
_LONGEST = 10_000
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}
_IMPURE = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom, ast.Lambda)
_CALLS: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (int, float, str, bool, len, min, max, abs, round, sum, list, tuple)
}

_PURE = frozenset([*_CALLS, "dict"])


@dataclass(slots=True, eq=False)
class Value:
    """One expression of one document, read on demand.

    `order` is the top-level statement it stands in. A merged value (a dict over
    a base's dict) has no expression of its own: `node` is the overriding one and
    `merged` holds the entries of both.
    """

    document: Document
    node: ast.expr
    order: int
    merged: dict[str, Entry] | None = None
    depth: int = 0
    _entries: dict[str, Entry] | None = None
    _items: list[Value] | None = None
    _definition: Value | None = None
    _const: Any = None
    _known: bool = False

    @property
    def definition(self) -> Value:
        """The value itself where this is a name for it."""
        if not isinstance(self.node, ast.Name) or self.merged is not None:
            return self
        if self._definition is None:
            self.document.ask(self.order, self.node, SHAPE)
            target = _look_up(self)
            self._definition = self if target is None else target.definition
        return self._definition

    @property
    def const(self) -> Any:
        """The Python value, or OPAQUE where any part of it isn't known."""
        if not self._known:
            self.document.ask(self.order, self.node, WHOLE)
            self._const = _const(self)
            self._known = True
        return self._const

    @property
    def is_none(self) -> bool:
        """Whether this is None."""
        value = self.definition
        value.document.ask(value.order, value.node, SHAPE)
        return isinstance(value.node, ast.Constant) and value.const is None

    @property
    def is_mapping(self) -> bool:
        """Whether this is a dict whose keys are all known."""
        return self.entries is not None

    @property
    def entries(self) -> dict[str, Entry] | None:
        """The entries of a dict by key, or None where it is no dict or can't be read."""
        if self.merged is not None:
            return self.merged
        if self._entries is None:
            self.document.ask(self.order, self.node, SHAPE)
            self._entries = (
                _through_name(self) if isinstance(self.node, ast.Name) else _entries(self)
            )
        return self._entries or ({} if _is_empty_mapping(self.definition) else None)

    @property
    def is_fixed(self) -> bool:
        """Whether the expression gives the same value wherever and however often it stands."""
        self.document.ask(self.order, self.node, WHOLE)
        if isinstance(self.node, (ast.Constant, ast.Name)):
            return True
        parts = list(ast.walk(self.node))
        return not any(isinstance(part, _IMPURE) for part in parts) and all(
            isinstance(call.func, ast.Name) and call.func.id in _PURE
            for call in parts
            if isinstance(call, ast.Call)
        )

    @property
    def items(self) -> list[Value] | None:
        """The elements of a list or tuple, or None."""
        value = self.definition
        node = value.node
        value.document.ask(value.order, node, SHAPE)
        if not isinstance(node, (ast.List, ast.Tuple)) or value.merged is not None:
            return None
        if any(isinstance(element, ast.Starred) for element in node.elts):
            return None
        if value._items is None:
            value._items = [value.part(element) for element in node.elts]
        return value._items

    @property
    def span(self) -> tuple[int, int]:
        """Code point offsets of the expression in its document, with its parentheses."""
        return self._outer(self.document.chunk(self.order).span(self.node))

    def _outer(self, span: tuple[int, int]) -> tuple[int, int]:
        floor, _ = self.document.facts.statement_span(self.order)
        return parenthesised(self.document.text.value, *span, floor)

    @property
    def source(self) -> str:
        """The expression as it is written."""
        self.document.ask(self.order, self.node, WHOLE)
        start, end = self.span
        return self.document.text.value[start:end]

    def entry(self, key: str) -> Entry | None:
        """The entry under `key`, or None."""
        entries = self.entries
        return entries.get(key) if entries else None

    def get(self, key: str) -> Value | None:
        """The value under `key`, or None."""
        entry = self.entry(key)
        return entry.value if entry else None

    def at(self, path: Iterable[str]) -> Value | None:
        """The value below this one at a path of keys, or None."""
        value: Value | None = self
        for key in path:
            value = value.get(key) if value is not None else None
        return value

    def part_spans(self) -> list[tuple[int, int]]:
        """Code point offsets of each entry or element of a bracket, its key included."""
        node, chunk = self.node, self.document.chunk(self.order)
        if isinstance(node, (ast.List, ast.Tuple)):
            return [self._outer(chunk.span(part)) for part in node.elts]
        if isinstance(node, ast.Call) and is_dict_call(node):
            parts = [(part, part.value) for part in node.keywords]
            spans = [(chunk.span(part)[0], self._outer(chunk.span(v))[1]) for part, v in parts]
            return sorted([*spans, *(self._outer(chunk.span(part)) for part in node.args)])
        if isinstance(node, ast.Dict):
            spans = []
            for key, part in zip(node.keys, node.values):
                start, end = self._outer(chunk.span(part))
                spans.append((self._outer(chunk.span(key))[0] if key is not None else start, end))
            return spans
        return [self.span]

    def part(self, node: ast.expr) -> Value:
        """The value of an expression inside this one."""
        return Value(self.document, node, self.order, depth=self.depth + 1)

    def names(self) -> set[str]:
        """The names that the expression reads."""
        self.document.ask(self.order, self.node, WHOLE)
        if isinstance(self.node, ast.Constant):
            return set()
        return {
            part.id
            for part in ast.walk(self.node)
            if isinstance(part, ast.Name) and part.id != "dict"
        }


class Entry(NamedTuple):
    """One `key=value` of a dict.

    `holder` is the dict expression it stands in and `place` where in it;
    `star` is the `**name` it came through.
    """

    key: str
    value: Value
    holder: Value
    place: int
    star: ast.expr | None = None

    @property
    def key_span(self) -> tuple[int, int]:
        """Code point offsets of the key, or of the `**` expression it came through."""
        chunk = self.holder.document.chunk(self.holder.order)
        if self.star is not None:
            return chunk.span(self.star)
        node = self.holder.node
        if isinstance(node, ast.Dict):
            key = node.keys[self.place]
            assert key is not None
            return chunk.span(key)
        assert isinstance(node, ast.Call)
        start, _ = chunk.span(node.keywords[self.place])
        return start, start + len(self.key)


def _look_up(value: Value) -> Value | None:
    node = value.node
    assert isinstance(node, ast.Name)
    facts = value.document.facts
    use = facts.binding_at(node.id, value.order)
    if use is None or use.value is None or value.depth > _DEPTH:
        return None
    if facts.is_changed(node.id) or TEMPLATE_MARK in node.id:
        return None
    return Value(value.document, use.value, use.order, depth=value.depth + 1)


def is_dict_call(node: ast.expr) -> bool:
    """Whether `node` is `dict(...)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict"


def _is_empty_mapping(value: Value) -> bool:
    if value.merged is not None:
        return not value.merged
    node = value.node
    if isinstance(node, ast.Call):
        return is_dict_call(node) and not node.keywords and not node.args
    return isinstance(node, ast.Dict) and not node.keys


def _through_name(value: Value) -> dict[str, Entry]:
    """The entries of the dict that a name stands for, as `dict(**name)` would have them."""
    definition = value.definition
    held = definition.entries if definition is not value else None
    return {
        key: Entry(key, entry.value, value, index, value.node)
        for index, (key, entry) in enumerate((held or {}).items())
    }


def _entries(value: Value) -> dict[str, Entry]:
    """The entries of a dict expression, {} where it can't be read."""
    node = value.node
    if value.depth > _DEPTH or not isinstance(node, (ast.Call, ast.Dict)):
        return {}
    found: dict[str, Entry] = {}
    for index, key, star, part in _pairs(node):
        if star is not None:
            inner = value.part(star).entries
            if inner is None:
                return {}
            for entry in inner.values():
                found.pop(entry.key, None)
                found[entry.key] = Entry(entry.key, entry.value, value, index, star)
        elif key is None or part is None:
            return {}
        else:
            found.pop(key, None)
            found[key] = Entry(key, value.part(part), value, index)
    return found


def _pairs(
    node: ast.expr,
) -> Iterator[tuple[int, str | None, ast.expr | None, ast.expr | None]]:
    """(index, key, star, value) for each entry; a key that isn't a plain string is None."""
    if isinstance(node, ast.Dict):
        for index, (key, part) in enumerate(zip(node.keys, node.values)):
            if key is None:
                yield index, None, part, None
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield index, key.value, None, part
            else:
                yield index, None, None, None
    elif isinstance(node, ast.Call) and is_dict_call(node):
        if node.args:
            yield 0, None, None, None
        for index, keyword in enumerate(node.keywords):
            if keyword.arg is None:
                yield index, None, keyword.value, None
            else:
                yield index, keyword.arg, None, keyword.value


def _const(value: Value) -> Any:
    if value.depth > _DEPTH:
        return OPAQUE
    value = value.definition
    if value.entries is not None:
        return _all_known({key: entry.value.const for key, entry in value.entries.items()})
    node = value.node
    if isinstance(node, ast.Constant):
        text = isinstance(node.value, str) and (TEMPLATE_MARK in node.value or "{{" in node.value)
        return OPAQUE if text else node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        items = value.items
        if items is None:
            return OPAQUE
        parts = _all_known([item.const for item in items])
        return tuple(parts) if isinstance(node, ast.Tuple) and parts is not OPAQUE else parts
    try:
        return _computed(value, node)
    except (ArithmeticError, TypeError, ValueError, IndexError):
        return OPAQUE


def _all_known(parts: Any) -> Any:
    values = parts.values() if isinstance(parts, dict) else parts
    return OPAQUE if any(part is OPAQUE for part in values) else parts


def _computed(value: Value, node: ast.expr) -> Any:
    if isinstance(node, ast.UnaryOp):
        apply = _UNARY.get(type(node.op))
        return _apply(apply, [value.part(node.operand).const])
    if isinstance(node, ast.BinOp):
        binary = _BINARY.get(type(node.op))
        return _apply(binary, [value.part(node.left).const, value.part(node.right).const])
    if isinstance(node, ast.JoinedStr):
        return _joined(value, node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        shadowed = node.func.id in value.document.facts.bindings
        call = None if shadowed else _CALLS.get(node.func.id)
        return _apply(call, [value.part(part).const for part in node.args])
    return OPAQUE


def _apply(function: Callable[..., Any] | None, operands: list[Any]) -> Any:
    if function is None or any(operand is OPAQUE for operand in operands):
        return OPAQUE
    if function in (operator.mul, operator.pow) and not _is_small(function, *operands):
        return OPAQUE
    return function(*operands)


def _is_small(function: Callable[..., Any], left: Any, right: Any) -> bool:
    """Whether the result can't fill the memory."""
    if function is operator.pow:
        return isinstance(left, float) or (abs(left) <= _LONGEST and abs(right) <= 10)
    for sized, times in ((left, right), (right, left)):
        if hasattr(sized, "__len__"):
            return isinstance(times, int) and len(sized) * times <= _LONGEST
    return bool(abs(left) <= _LARGEST and abs(right) <= _LARGEST)


def _joined(value: Value, node: ast.JoinedStr) -> Any:
    parts: list[str] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            known = value.part(part.value).const
            if known is OPAQUE or part.format_spec is not None or part.conversion != -1:
                return OPAQUE
            parts.append(format(known))
        else:
            known = value.part(part).const
            if known is OPAQUE:
                return OPAQUE
            parts.append(known)
    return "".join(parts)
