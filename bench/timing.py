"""Whole processes, timed in interleaved rounds."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: A process that takes longer than this is run once: its ratio is plain from one run.
SLOW_SECONDS = 10.0


class Failed(Exception):
    """A measured process ended in an unexpected way; the message says how."""


@dataclass(frozen=True, slots=True)
class Case:
    """One process to time, in `folder`.

    `counting` is added to the command in the one run whose output `count` reads;
    `prepare` runs before each timing, untimed.
    """

    key: str
    tool: str
    version: str
    did: str
    command: tuple[str, ...]
    folder: Path
    codes: frozenset[int] = frozenset({0})
    count: Callable[[str], str] | None = None
    counting: tuple[str, ...] = ()
    prepare: Callable[[], None] | None = None


@dataclass(slots=True)
class Timing:
    """The milliseconds of each run of a case, and what it found."""

    case: Case
    samples: list[float] = field(default_factory=list)
    findings: str = ""

    @property
    def median(self) -> float:
        """The median run."""
        return statistics.median(self.samples)


def measure(cases: Iterable[Case], rounds: int) -> dict[str, Timing]:
    """Run every case once to warm up, then `rounds` times in turn; gives timings by key."""
    timings = {case.key: _warmed(case) for case in cases}
    repeated = [timing for timing in timings.values() if not timing.samples]
    for _ in range(rounds):
        for timing in repeated:
            timing.samples.append(_run(timing.case))
    return timings


def _warmed(case: Case) -> Timing:
    """A timing without samples, or with its only one where the case is slow."""
    timing = Timing(case)
    _prepare(case)
    start = time.perf_counter()
    done = subprocess.run(
        [*case.command, *case.counting],
        cwd=case.folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode not in case.codes:
        raise Failed(f"{case.tool} exited with {done.returncode}:\n{done.stdout}")
    if case.count is not None:
        timing.findings = case.count(done.stdout)
    if seconds > SLOW_SECONDS:
        timing.samples.append(1000 * seconds)
    return timing


def _run(case: Case) -> float:
    _prepare(case)
    environment = _environment()
    start = time.perf_counter()
    code = subprocess.call(
        case.command,
        cwd=case.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    milliseconds = 1000 * (time.perf_counter() - start)
    if code not in case.codes:
        raise Failed(f"{case.tool} exited with {code}")
    return milliseconds


def _prepare(case: Case) -> None:
    if case.prepare is not None:
        case.prepare()


def _environment() -> Mapping[str, str]:
    """The caller's, without what would make Python compile each module anew or slow it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
