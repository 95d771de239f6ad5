"""What a rule is, what a page is, and the registry of both."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from mmupgrade.fields import Field
    from mmupgrade.moves import Steps
    from mmupgrade.values import Value
    from mmupgrade.view import View

Shape: TypeAlias = Callable[["Value"], bool]
Body: TypeAlias = Callable[["Field", "View"], "Steps"]

#: Folders of `rules/`, in the order in which their fields are fixed and listed.
AREAS = ("runtime", "loops", "schedule", "data", "model", "added", "file")
_SECTION = r"(?m)^## (.+)$"
_BLOCK = r"(?s)```python\n(.*?)```"


@dataclass(frozen=True, slots=True)
class Page:
    """What is said of a 0.x field, of a new 1.x field, or of a file; in Markdown."""

    id: str
    name: str
    area: str
    text: str

    @property
    def title(self) -> str:
        """The first line of the rule's page."""
        return self.text.split("\n", 1)[0]

    @property
    def explanation(self) -> str:
        """The page between its title and its first section."""
        body = self.text.split("\n", 1)[1] if "\n" in self.text else ""
        return re.split(_SECTION, body, maxsplit=1)[0].strip()

    @property
    def sections(self) -> dict[str, str]:
        """The page's sections by heading."""
        parts = re.split(_SECTION, self.text)
        return {
            heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)
        }

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """The Python blocks of the page in order, each with the heading it stands under."""
        parts = re.split(_SECTION, self.text)
        return [
            (heading, block)
            for heading, body in zip(parts[1::2], parts[2::2], strict=True)
            for block in re.findall(_BLOCK, body)
        ]


@dataclass(frozen=True, slots=True)
class Rule(Page):
    """The page of one 0.x field, how the field is recognised, and what becomes of it.

    `weak` names are also used for plain variables in 1.x configs: there they
    are no field where other code reads them. `source` is where the 0.x
    behaviour can be read.
    """

    shape: Shape
    body: Body
    source: str
    weak: bool = False

    @property
    def field(self) -> str:
        """The 0.x field, which the page is named after."""
        return self.name


_rules: dict[str, Rule] = {}
_pages: dict[str, Page] = {}


def rule(
    id: str, *, on: str, shape: Shape, source: str, weak: bool = False
) -> Callable[[Body], Body]:
    """Register the rule of the 0.x field `on`. The module's docstring is its page."""

    def register(body: Body) -> Body:
        area, text = _room(body.__module__)
        _rules[on] = Rule(id, on, area, text, shape, body, source, weak)
        return body

    return register


def page(id: str, name: str, module: str) -> Page:
    """Register a page that belongs to no 0.x field: the docstring of `module`."""
    _pages[name] = Page(id, name, *_room(module))
    return _pages[name]


def _room(module: str) -> tuple[str, str]:
    """The area that a rule's module stands in, and its docstring."""
    return module.rsplit(".", 2)[-2], (sys.modules[module].__doc__ or "").strip()


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
def top_names() -> tuple[tuple[str, str], ...]:
    """Every 0.x field with the top-level name that it is, or stands in."""
    return tuple((name, name.partition(".")[0]) for name in rules())


@cache
def mention() -> re.Pattern[str]:
    """What a text with a 0.x field at its top level holds at least."""
    names = "|".join(dict.fromkeys(top for _, top in top_names()))
    return re.compile(rf"^(?:[^#\r\n]*[,;=]\s*|[\f\t ]*)(?:{names})\s*[:=,)\]]", re.M)


@cache
def pages() -> list[Page]:
    """Every page, those of the rules too, in the order of their ids."""
    _load()
    return sorted([*_rules.values(), *_pages.values()], key=lambda page: page.id)


@cache
def named(name: str) -> tuple[Page, ...]:
    """The pages that a name stands for: an id, the start of one (`MMR1`), or a 0.x field."""
    id = name.upper()
    hits = [page for page in pages() if page.id == id or page.name == name]
    if not hits and id.startswith("MMR"):
        hits = [page for page in pages() if page.id.startswith(id)]
    return tuple(hits)
