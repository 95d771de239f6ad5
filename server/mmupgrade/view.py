"""A config as its runner sees it: its own fields merged over those of its bases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from mmupgrade.bases import Base
from mmupgrade.codebases import ITERATING, Codebase, names_known_type
from mmupgrade.document import Document
from mmupgrade.facts import Use
from mmupgrade.fields import RUN_0X, SHARED_NAMES, Field, sets
from mmupgrade.rule import rules, top_names
from mmupgrade.settings.settings import Settings
from mmupgrade.targets import TARGETS, Target
from mmupgrade.values import Value

if TYPE_CHECKING:
    from mmupgrade.verdict import Fix, Verdict
    from mmupgrade.workspace import Workspace

_T = TypeVar("_T")

#: What only a config that 1.x runs holds.
_RUN_1X = ("train_dataloader", "optim_wrapper")

#: What a loop says of evaluation.
_EVALUATES = frozenset(("val_interval", "val_begin", "dynamic_intervals"))


@dataclass(eq=False)
class View:
    """The merged fields of one config: 0.x fields in `old`, all other names by `plain`."""

    document: Document
    bases: list[View]
    troubles: list[Base]
    workspace: Workspace
    settings: Settings
    old: dict[str, Field] = field(default_factory=dict)
    _plain: dict[str, Field | None] = field(default_factory=dict)
    proposals: dict[str, list[Fix]] = field(default_factory=dict)
    verdicts: list[Verdict] | None = None
    contributions: dict[str, list[int]] | None = None

    def __post_init__(self) -> None:
        for base in self.bases:
            self.old.update(base.old)
        bound = self.document.facts.bindings
        for name, top in top_names():
            if top in bound:
                value = sets(self.document, name) or self._nothing_more(name)
                if value is not None:
                    _add(self.old, name, value)

        for name in [name for name in self.old if name in bound]:
            own = self.document.value(name)
            if own is not None and not own.is_mapping and self.own_value(name) is None:
                del self.old[name]

    def _nothing_more(self, name: str) -> Value | None:
        """An empty dict over a 0.x field is part of it, whatever it would be alone."""
        own = self.document.value(name)
        return own if name in self.old and own is not None and own.entries == {} else None

    def plain(self, name: str) -> Field | None:
        """What a name holds that is no 0.x field here."""
        if name not in self._plain:
            below = [held for base in self.bases if (held := base.plain(name)) is not None]
            own = None if name in self.own_names else self.document.value(name)
            parts = (*(below[-1].parts if below else ()), *((own,) if own is not None else ()))
            self._plain[name] = Field(name, parts) if parts else None
        return self._plain[name]

    @cached_property
    def own_names(self) -> set[str]:
        """The 0.x fields that the document itself sets, arguments inside `model` too."""
        return {name for name, held in self.old.items() if held.own(self.document) is not None}

    @cached_property
    def own(self) -> list[str]:
        """The 0.x fields that the document itself sets, in the order of their rules.

        An argument inside `model` is none in a 1.x config: some 1.x models still take it.
        """
        return [
            name for name in rules() if name in self.own_names and not ("." in name and self.live)
        ]

    def own_value(self, name: str) -> Value | None:
        """What the document itself gives the 0.x field `name`."""
        held = self.old.get(name)
        return held.own(self.document) if held is not None else None

    @cached_property
    def complete(self) -> bool:
        """Whether every base could be read."""
        return not self.troubles and all(base.complete for base in self.bases)

    @cached_property
    def chain(self) -> list[View]:
        """The views of all files that the config is made of, bases first, itself last."""
        found: dict[Document, View] = {}
        for base in self.bases:
            found.update((view.document, view) for view in base.chain)
        found[self.document] = self
        return list(found.values())

    @cached_property
    def is_config(self) -> bool:
        """Whether the content shows a 0.x field of an OpenMMLab config."""
        facts = self.document.facts
        if facts.lazy:
            return False
        shown = [name for name in self.own if not rules()[name].weak or self._is_plain(name)]
        proven = "_base_" in facts.bindings or names_known_type(self.document)
        if proven:
            inside = (use.name for use in self.nested if use.name in facts.unsure)
            return bool(shown) or any(not rules()[name].weak for name in inside)
        return len(self.own) > 1 and any(self._is_telling(name) for name in shown)

    @cached_property
    def shows_inherited(self) -> bool:
        """Whether 0.x fields that only its bases set make the whole a 0.x config."""
        if not self.bases or self.document.facts.lazy:
            return False
        if any(not rules()[name].weak for name in self.old):
            return True
        filled = any(bool(held.value.entries) for held in self.old.values())
        return filled and any(names_known_type(member.document) for member in self.chain)

    def _is_plain(self, name: str) -> bool:
        """A weak name counts where its value is a dict with something in it, or a number."""
        value = self.document.value(name)
        return value is not None and bool(value.entries or value.const)

    def _is_telling(self, name: str) -> bool:
        """Names and plain values are in all kinds of Python; a dict of the right keys isn't."""
        value = self.own_value(name)
        known = value is not None and bool(value.entries or value.items)
        return known and not rules()[name].weak

    @cached_property
    def nested(self) -> list[Use]:
        """0.x fields of the right shape that are set inside other code."""
        return [
            use
            for name, uses in self.document.facts.nested.items()
            if name in rules()
            for use in uses
            if use.value is None or rules()[name].shape(Value(self.document, use.value, use.order))
        ]

    @cached_property
    def odd(self) -> list[Use]:
        """Names that only 0.x has, with values that it doesn't take."""
        facts = self.document.facts
        names = [name for name in rules() if name in facts.bindings and name not in SHARED_NAMES]
        return [
            facts.bindings[name][-1]
            for name in names
            if name not in self.old and not rules()[name].weak
        ]

    @cached_property
    def codebase(self) -> Codebase | None:
        """The 0.x codebase, or None where nothing proves one."""
        fixed = self.settings.codebase
        if fixed is not None:
            return fixed
        known = self._proven
        if known is None:
            heirs = self.workspace.dependents(self.document)
            known = _unanimous(view._proven for view in heirs)
        return _unanimous(base.codebase for base in self.bases) if known is None else known

    @cached_property
    def _proven(self) -> Codebase | None:
        found: set[Codebase] = set()
        for view in self.chain:
            found |= view.workspace.evidence(view.document)
        return found.pop() if len(found) == 1 else None

    @property
    def target(self) -> Target:
        """The names of the 1.x package that the config goes to."""
        return TARGETS[self.settings.target]

    @cached_property
    def by_epoch(self) -> bool | None:
        """Whether the 0.x runner counts epochs; None where no runner is known."""
        known = self._counts_epochs
        if known is None and self.units:
            return None
        if known is None:
            heirs = self.workspace.dependents(self.document)
            known = _unanimous(view._counts_epochs for view in heirs)
        return _unanimous(base.by_epoch for base in self.bases) if known is None else known

    @cached_property
    def _counts_epochs(self) -> bool | None:
        if (self.settings.codebase or self._proven) in ITERATING:
            return False
        runner = self.old.get("runner")
        typed = _runner_counts_epochs(runner.value) if runner else None
        loop = self._loop_counts_epochs()
        known = loop if loop is not None else typed
        return _unanimous(iter(self.units.values())) if known is None else known

    @cached_property
    def units(self) -> dict[str, bool]:
        """The fields that say what is counted, by what was read of them: True for epochs."""
        totals = {"total_iters": False, "total_epochs": True}
        found = {
            name: epochs
            for name, epochs in totals.items()
            if name in self.old and not self.old[name].value.is_none
        }
        codebase = self.settings.codebase or self._proven
        if codebase in ITERATING:
            found.pop("total_epochs", None)
        runner = self.old.get("runner") if codebase != "mmedit" else None
        others = {
            "runner": _counts_epochs(runner.value) if runner else None,
            "train_cfg": self._loop_counts_epochs(),
        }
        return found | {name: epochs for name, epochs in others.items() if epochs is not None}

    def _loop_counts_epochs(self) -> bool | None:
        loop = self.plain("train_cfg")
        entries = (loop.value.entries if loop else None) or {}
        kind = entries["type"].value.const if "type" in entries else None
        if kind == "EpochBasedTrainLoop" or "max_epochs" in entries:
            return True
        return False if kind == "IterBasedTrainLoop" or "max_iters" in entries else None

    @property
    def load_from(self) -> Value | None:
        """The merged `load_from`, whose name is the same in 0.x and 1.x."""
        return self._either("load_from")

    @property
    def model(self) -> Value | None:
        """The merged `model`."""
        return self._either("model")

    def _either(self, name: str) -> Value | None:
        held = self.old.get(name) or self.plain(name)
        return held.value if held is not None else None

    @cached_property
    def has_length(self) -> bool:
        """Whether something says how long to train: here or in a config that inherits."""
        views = [self, *self.workspace.dependents(self.document)]
        return any(view.says_length for view in views)

    @property
    def says_length(self) -> bool:
        """Whether the merged config itself says how long to train."""
        totals = (self.old.get(name) for name in ("total_iters", "total_epochs"))
        if any(held is not None and not held.value.is_none for held in totals):
            return True
        runner = self.old.get("runner")
        entries = (runner.value.entries if runner else None) or {}
        return (
            "max_iters" in entries or "max_epochs" in entries or self.plain("train_cfg") is not None
        )

    @cached_property
    def live(self) -> bool:
        """Whether 1.x runs this today, or a config that inherits it: 0.x fields are leftovers."""
        return self._is_live or any(
            member._is_live for member in self.workspace.dependents(self.document)
        )

    @cached_property
    def _is_live(self) -> bool:
        """Whether the merged config itself is 1.x.

        A length alone doesn't tell: it may come from a migration that isn't finished.
        """
        if any(self.plain(name) is not None for name in _RUN_1X):
            return True
        loop = self.plain("train_cfg")
        known = (loop.value.entries if loop else None) or {}
        return bool(_EVALUATES & known.keys()) and not any(name in self.old for name in RUN_0X)


def _runner_counts_epochs(runner: Value) -> bool | None:
    """What a runner counts by its type."""
    kind = runner.get("type")
    named = kind.const if kind is not None else None
    if isinstance(named, str) and "Iter" in named:
        return False
    return True if named == "EpochBasedRunner" else None


def _counts_epochs(runner: Value) -> bool | None:
    """What a runner counts by its type, or by its length."""
    typed = _runner_counts_epochs(runner)
    lengths = (runner.entries or {}).keys() & {"max_iters", "max_epochs"}
    by_length = lengths == {"max_epochs"} if len(lengths) == 1 else None
    return by_length if typed is None else typed


def _add(fields: dict[str, Field], name: str, value: Value) -> None:
    below = fields.get(name)
    fields[name] = Field(name, (*(below.parts if below else ()), value))


def _unanimous(answers: Iterator[_T | None]) -> _T | None:
    """The answer that all who know give, or None."""
    known = {answer for answer in answers if answer is not None}
    return known.pop() if len(known) == 1 else None
