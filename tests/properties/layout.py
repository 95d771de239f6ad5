"""Config text in every formatting that Python allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw: TypeAlias = Callable[..., Any]

#: Built-in values with Raw and Star among them.
Tree: TypeAlias = Any


@dataclass(frozen=True)
class Raw:
    """An expression as it is written."""

    text: str


@dataclass(frozen=True)
class Star:
    """The key of an entry that unpacks a variable."""

    name: str


@dataclass(eq=False)
class Assignment:
    """One top-level statement."""

    name: str
    value: Tree


class Pen:
    """Writes assignments; each choice is drawn and shrinks to the plainest one."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.indent = self.pick("    ", "  ", "\t")
        self.commented = self.upto(4)
        self.wild = self.upto(3) == 3
        self._comments = 0

    def pick(self, *options: T) -> T:
        chosen: T = self.draw(st.sampled_from(options))
        return chosen

    def upto(self, most: int) -> int:
        return int(self.draw(st.integers(0, most)))

    def one_in(self, times: int) -> bool:
        return self.upto(times - 1) == times - 1

    def file(self, statements: list[Assignment]) -> str:
        text = self._between()
        for index, statement in enumerate(statements):
            text += self.statement(statement)
            text += self._end(last=index == len(statements) - 1)
        return text if self.one_in(4) is False else text.rstrip("\n")

    def statement(self, statement: Assignment) -> str:
        equals = self.pick(" = ", "=", " =  ", " = \\\n" + self.indent)
        annotation = ": object" if self.one_in(20) else ""
        if self.one_in(12):
            inner = self._gap(self.indent) + self.expression(statement.value, 1)
            value = f"({inner}{self._gap(self.indent)})"
        else:
            value = self.expression(statement.value, 0)
        return f"{statement.name}{annotation}{equals}{value}"

    def expression(self, value: Tree, depth: int) -> str:
        if isinstance(value, Raw):
            return value.text
        if isinstance(value, dict):
            return self._dict(value, depth)
        if isinstance(value, list):
            return self._bracket("[", [self.expression(v, depth + 1) for v in value], "]", depth)
        if isinstance(value, tuple):
            parts = [self.expression(item, depth + 1) for item in value]
            return self._bracket("(", parts, ")", depth, comma=len(parts) == 1)
        if isinstance(value, str):
            return self._string(value, depth)
        if type(value) is int and value > 1 and self.one_in(8):
            return self.pick(f"{value:_}", f"1 * {value}", f"{value - 1}+1")
        return repr(value)

    def _string(self, value: str, depth: int) -> str:
        quote = self.pick("'", '"')
        if depth and len(value) > 1 and self.one_in(15):
            break_ = self._gap(self.indent * depth)
            return f"{quote}{value[0]}{quote}{break_ or ' '}{quote}{value[1:]}{quote}"
        return f"{quote}{value}{quote}"

    def _dict(self, value: dict[str | Star, Tree], depth: int) -> str:
        call = self.pick(True, False)
        parts = [self._entry(key, item, depth + 1, call) for key, item in value.items()]
        if not call:
            return self._bracket("{", parts, "}", depth)
        space = self._gap(self.indent * depth) if depth else ""
        return self._bracket(f"dict{space}(", parts, ")", depth)

    def _entry(self, key: str | Star, value: Tree, depth: int, call: bool) -> str:
        if isinstance(key, Star):
            return f"**{key.name}"
        name = key if call else self._string(key, 0)
        before, after = self._gap(self.indent * depth), self._gap(self.indent * depth)
        sign = "=" if call else ":"
        default = "" if call else " "
        return f"{name}{before}{sign}{after or default}{self.expression(value, depth)}"

    def _bracket(
        self, opening: str, parts: list[str], closing: str, depth: int, *, comma: bool = False
    ) -> str:
        if not parts:
            return opening + self._gap(self.indent * depth) + closing
        exploded = self.pick(False, True)
        inner = self.indent * (depth + 1)
        text = opening + (self._break(inner) if self.pick(True, False) and exploded else "")
        for index, part in enumerate(parts):
            text += part + self._gap(inner)
            if index < len(parts) - 1:
                text += "," + (self._break(inner) if exploded else self._gap(inner) or " ")
        if comma or self.one_in(3):
            text += "," + self._gap(inner)
        own_line = exploded and self.pick(True, False)
        return text + (self._break(self.indent * depth) if own_line else "") + closing

    def _gap(self, indent: str) -> str:
        """What may stand between two tokens inside a bracket, mostly nothing."""
        if not self.wild or not self.one_in(12):
            return ""
        return self.pick(" ", "  ", "\\\n" + indent, "\f", "") or self._break(indent)

    def _break(self, indent: str) -> str:
        text = f"  {self._comment()}" if self._comments_here() else ""
        text += "\n"
        while self.one_in(8):
            text += self.pick("\n", "\f\n", "  \n")
        while self._comments_here():
            text += f"{indent}{self._comment()}\n"
        return text + indent

    def _comments_here(self) -> bool:
        return self.commented > 0 and self.one_in(12 // self.commented)

    def _comment(self) -> str:
        self._comments += 1
        kinds = (
            "# c{}",
            "#c{}",
            "# 注释{} 🎨",
            "# c{} \u2028 'x",
            "# yapf: disable {}",
            '# ") {} {{',
        )
        return self.pick(*kinds).replace("{}", str(self._comments)).replace("{{", "{")

    def _end(self, *, last: bool) -> str:
        """What stands between a statement and the next one."""
        if self.one_in(10):
            if not last and self.pick(True, False):
                return self.pick("; ", ";", " ;  ")
            return self.pick(";", " ; ") + self._trailing()
        return self._trailing() + self._between()

    def _trailing(self) -> str:
        comment = self.pick("  ", " ") + self._comment() if self._comments_here() else ""
        return f"{comment}\n"

    def _between(self) -> str:
        text = ""
        while self.one_in(4):
            text += self.pick("\n", "\n\n", "\f\n", "  \n")
        while self._comments_here():
            text += f"{self._comment()}\n" + ("\n" if self.one_in(3) else "")
        return text + ("\f" if self.one_in(40) else "")
