"""What is said of one 0.x field: its fixes, how far each may be trusted, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from mmupgrade.moves import (
    Applicability,
    Consume,
    Lost,
    Lower,
    Move,
    Needs,
    Otherwise,
    Stays,
    Step,
    Titled,
    manual,
    unsafe,
)
from mmupgrade.rule import Rule, rules
from mmupgrade.view import View


@dataclass(slots=True, eq=False)
class Fix:
    """One way to rewrite a 0.x field. Judging it gives another; it isn't changed.

    `consumes` are other fields whose statements go with it, `needs` those that have
    to be migrated with it, `stays` what is left in the field to be written by hand,
    and `named` its title where that says more.
    """

    field: str
    moves: list[Move] = dataclasses.field(default_factory=list)
    lost: list[Lost] = dataclasses.field(default_factory=list)
    lowered: list[Lower] = dataclasses.field(default_factory=list)
    consumes: list[str] = dataclasses.field(default_factory=list)
    stays: list[str] = dataclasses.field(default_factory=list)
    needs: list[str] = dataclasses.field(default_factory=list)
    named: str = ""
    #: The 0.x statement stays, as a plain variable that the 1.x value reads.
    keeps_name: bool = False
    #: How many of the reasons in `lowered`, and with them all that is lost, the settings
    #: take as safe (`extend-safe-fixes`); None where they don't.
    trusted: int | None = None
    _worst: Applicability | None = dataclasses.field(default=None, init=False)
    _tops: list[str] | None = dataclasses.field(default=None, init=False)

    def lowered_by(self, reasons: Iterable[Lower]) -> Fix:
        """The fix with further reasons not to trust it."""
        more = [*reasons]
        return dataclasses.replace(self, lowered=[*self.lowered, *more]) if more else self

    def counted_as(self, trust: Applicability | None) -> Fix:
        """The fix as the settings trust it; one by hand stays so, and None changes nothing."""
        if trust in (None, self.applicability) or self.applicability is Applicability.MANUAL:
            return self
        if trust is Applicability.UNSAFE:
            return self.lowered_by([unsafe("the settings call it unsafe")])
        return dataclasses.replace(self, trusted=len(self.lowered))

    @property
    def applicability(self) -> Applicability:
        """The worst of its steps."""
        if self._worst is None:
            found = [lower.to for lower in self.lowered[self.trusted or 0 :]]
            if self.trusted is None:
                found += [Applicability.UNSAFE for lost in self.lost if lost.effect]
            self._worst = min(found, default=Applicability.SAFE)
        return self._worst

    @property
    def certain(self) -> bool:
        """Whether it is safe without the settings' word."""
        return self.applicability is Applicability.SAFE and self.trusted is None

    @property
    def reasons(self) -> list[str]:
        """Why it isn't safe, a sentence each; where there is no fix, why there is none."""
        worst = self.applicability
        said = [lower.reason for lower in self.lowered if lower.to is worst]
        if worst is Applicability.UNSAFE:
            said += [f"`{lost.name}` {lost.why}" for lost in self.lost if lost.effect]
        return list(dict.fromkeys(said))

    @property
    def idle(self) -> bool:
        """Whether it would leave the field as it is, since all of it is written by hand."""
        return bool(self.stays) and not self.lost and self.tops == [self.field]

    @property
    def tops(self) -> list[str]:
        """The 1.x top-level names it writes to, once all its moves are known."""
        if self._tops is None:
            self._tops = list(dict.fromkeys(move.to[0] for move in self.moves))
        return self._tops

    @property
    def title(self) -> str:
        """What applying it does; what is lost, or why it needs a look, is part of it."""
        title = self.named or (
            f"Migrate `{self.field}`" if self.moves else f"Remove `{self.field}`"
        )
        dropped = [f"`{lost.name}`" for lost in self.lost if lost.effect]
        if dropped:
            title += f", dropping {', '.join(dropped)}"
        doubts = dict.fromkeys(lower.reason for lower in self.lowered)
        return f"{title} ({'; '.join(doubts)})" if doubts else title


@dataclass(slots=True, eq=False)
class Verdict:
    """All fixes of one field that one document sets; the first is the one to take."""

    rule: Rule
    view: View
    fixes: list[Fix]
    #: How far the fix may be trusted before that of others is looked at.
    alone: Applicability = dataclasses.field(init=False)
    #: The 0.x fields, with their files, that have to go with the fix; None until looked for.
    needed: list[tuple[View, str]] | None = None

    def __post_init__(self) -> None:
        self.alone = self.applicability

    @property
    def field(self) -> str:
        """The 0.x field."""
        return self.rule.field

    @property
    def fix(self) -> Fix:
        """The fix that the command line takes."""
        return self.fixes[0]

    @property
    def applicability(self) -> Applicability:
        """That of the first fix; one that would change nothing is none."""
        return Applicability.MANUAL if self.fix.idle else self.fix.applicability

    def message(self, today: str = "") -> str:
        """The finding in one line: what became of the field, and what to know of the fix.

        `today` is what a 1.x run makes of it as it is.
        """
        silent = [f"`{lost.name}` {lost.why}" for lost in self.fix.lost if not lost.effect]
        silent = silent if self.applicability is not Applicability.MANUAL else []
        said = [
            self.rule.title,
            *filter(None, [today]),
            *self.fix.reasons,
            *self.fix.stays,
            *silent,
        ]
        return "; ".join(part.rstrip(".") for part in said if part) + "."


def proposed(view: View, name: str) -> list[Fix]:
    """The fixes that the rule of `name` proposes, seen from the merged config alone.

    A rule that fails costs only its own field the fix, and says so.
    """
    held = view.proposals.get(name)
    if held is None:
        try:
            held = _collected(name, rules()[name].body(view.old[name], view))
        except Exception as error:
            import logging

            shown = f"{rules()[name].id} failed on `{name}` of {view.document.path}"
            logging.getLogger(__name__).exception(shown)
            reason = f"mmupgrade failed on it: {error!r}; please report this"
            held = [Fix(name, lowered=[manual(reason)])]
        view.proposals[name] = held
    return held


def movable(view: View) -> list[str]:
    """The 0.x fields of a document that aren't left to be written by hand."""
    first = ((name, proposed(view, name)[0]) for name in view.own)
    return [name for name, fix in first if fix.applicability is not Applicability.MANUAL]


def _collected(name: str, steps: Iterable[Step]) -> list[Fix]:
    fixes = [Fix(name)]
    for step in steps:
        fix = fixes[-1]
        if isinstance(step, Move):
            fix.moves.append(step)
        elif isinstance(step, Lost):
            fix.lost.append(step)
        elif isinstance(step, Lower):
            fix.lowered.append(step)
        elif isinstance(step, Consume):
            fix.consumes.append(step.field)
        elif isinstance(step, Needs):
            fix.needs.append(step.field)
        elif isinstance(step, Stays):
            fix.stays.append(step.reason)
        elif isinstance(step, Titled):
            fix.named = step.title
        elif isinstance(step, Otherwise):
            fixes.append(Fix(name, named=step.title))
    return fixes


def unreadable() -> Lower:
    """The step of a rule whose field holds what can't be known statically."""
    return manual("its value can't be known without running the config")
