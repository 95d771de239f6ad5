"""What a rule is, and the registry of all rules."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from mmupgrade.moves import Steps
    from mmupgrade.values import Value
    from mmupgrade.view import Field, View

Shape: TypeAlias = Callable[["Value"], bool]
Body: TypeAlias = Callable[["Field", "View"], "Steps"]

#: Folders of `rules/`, in the order in which their fields are fixed and listed.
AREAS = ("runtime", "loops", "schedule", "data", "model", "added", "file")
_SECTION = re.compile(r"^## (.+)$", re.M)
_BLOCK = re.compile(r"```python\n(.*?)```", re.S)


@dataclass(frozen=True, slots=True)
class Rule:
    """One 0.x field: how it is recognised, and what becomes of it.

    `weak` names are also used for plain variables in 1.x configs: there they
    are no field where other code reads them. `source` is where the 0.x
    behaviour can be read.
    """

    id: str
    field: str
    area: str
    shape: Shape
    body: Body
    source: str
    text: str
    weak: bool = False

    @property
    def name(self) -> str:
        """The name that findings show: the field, or the name of a notice."""
        return self.field

    @property
    def title(self) -> str:
        """The first line of the rule's page."""
        return self.text.split("\n", 1)[0]

    @property
    def explanation(self) -> str:
        """The page between its title and its first section."""
        body = self.text.split("\n", 1)[1] if "\n" in self.text else ""
        return _SECTION.split(body, maxsplit=1)[0].strip()

    @property
    def sections(self) -> dict[str, str]:
        """The page's sections by heading."""
        parts = _SECTION.split(self.text)
        return {
            heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)
        }

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The Python blocks of the page in order, each with the heading it stands under."""
        parts = _SECTION.split(self.text)
        return [
            (heading, block)
            for heading, body in zip(parts[1::2], parts[2::2], strict=True)
            for block in _BLOCK.findall(body)
        ]


_rules: dict[str, Rule] = {}
_notices: dict[str, Rule] = {}


def rule(
    id: str, *, on: str, shape: Shape, source: str, weak: bool = False
) -> Callable[[Body], Body]:
    """Register the rule of the 0.x field `on`. The module's docstring is its page."""

    def register(body: Body) -> Body:
        module = importlib.import_module(body.__module__)
        area = body.__module__.rsplit(".", 2)[-2]
        text = (module.__doc__ or "").strip()
        _rules[on] = Rule(id, on, area, shape, body, source, text, weak)
        return body

    return register


def notice(id: str, name: str, text: str, area: str = "file") -> Rule:
    """Register a page that belongs to no 0.x field: of a file, or of a new 1.x field."""
    made = Rule(id, name, area, _never, _nothing, "", text.strip())
    _notices[name] = made
    return made


def _never(value: Value) -> bool:
    return False


def _nothing(field: Field, view: View) -> Steps:
    yield from ()


@cache
def _load() -> None:
    folder = os.path.join(os.path.dirname(__file__), "rules")
    for area in AREAS:
        for entry in sorted(os.listdir(os.path.join(folder, area))):
            if entry.endswith(".py") and entry != "__init__.py":
                importlib.import_module(f"mmupgrade.rules.{area}.{entry[:-3]}")


@cache
def rules() -> dict[str, Rule]:
    """Every field rule by 0.x field, in the order of the rules' ids."""
    _load()
    return dict(sorted(_rules.items(), key=lambda item: item[1].id))


@cache
def mention() -> re.Pattern[str]:
    """What a text with a 0.x field at its top level holds at least."""
    names = "|".join(dict.fromkeys(name.partition(".")[0] for name in rules()))
    return re.compile(rf"^(?:[^#\r\n]*[,;=]\s*|[\f\t ]*)(?:{names})\s*[:=,)\]]", re.M)


@cache
def pages() -> list[Rule]:
    """Every rule that has a page, notices too, in the order of their ids."""
    _load()
    return sorted([*_rules.values(), *_notices.values()], key=lambda rule: rule.id)
