"""The output formats. The module of a format is loaded when its report is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO, TypeAlias, cast

if TYPE_CHECKING:
    from mmupgrade.findings import Record

#: Writes findings to a stream. The mapping gives the path to show for the path of each
#: file of the run, those without findings too.
Report: TypeAlias = "Callable[[Sequence[Record], Mapping[str, str], TextIO], None]"

#: Each is the name of a module beside this one, whose `report` is a Report.
NAMES = ("text", "json", "sarif", "github", "junit")


def report(name: str) -> Report:
    """What writes the format of that name, one of NAMES."""
    return cast(Report, import_module(f"mmupgrade.report.{name}").report)
