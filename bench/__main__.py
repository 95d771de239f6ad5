"""`python -m bench`: prints the table and the limits; exit code 1 where one is broken."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import families, server, tools
from bench.timing import Failed, Timing, measure

_OFFICIAL = 233


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` as long as another case, in the same run."""

    case: str
    base: str
    times: float
    aim: float | None = None


LIMITS = (Limit("check", "parse", 2.0, aim=1.5), Limit("version", "pass", 4.0))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether each limit is held."""
    options = _parser().parse_args(arguments)
    folder = _corpus()
    count = len(tools.files(folder))
    if count != _OFFICIAL:
        print(f"error: {folder} holds {count} configs, not {_OFFICIAL}", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory(prefix="mmupgrade-bench-") as scratch:
            timings = measure(tools.cases(folder, Path(scratch)), options.rounds)
    except Failed as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(_table(timings, count), "", *(_said(limit, timings) for limit in LIMITS), sep="\n")
    said, held = families.lines(folder, options.rounds)
    with tempfile.TemporaryDirectory(prefix="mmupgrade-bench-") as scratch:
        more, answers = server.lines(folder, Path(scratch))
    held = held and answers
    print(*said, *more, sep="\n")
    if options.json:
        options.json.write_text(json.dumps(_data(timings, count), indent=2) + "\n")
    broken = any(_ratio(timings, limit.case, limit.base) > limit.times for limit in LIMITS)
    return int(broken or not held)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="interleaved runs of each process")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here too")
    return parser


def _corpus() -> Path:
    """The official 0.x configs, downloaded once."""
    given = os.environ.get("MMUPGRADE_CORPUS")
    if given:
        return Path(given)
    from tests.corpus.download import corpus

    return corpus()


def _ratio(timings: dict[str, Timing], case: str, base: str) -> float:
    return timings[case].median / timings[base].median


def _table(timings: dict[str, Timing], count: int) -> str:
    heads = ("tool", "version", "what it did", "runs", "median ms", "min", "max")
    rows = [
        f"{count} configs, Python {platform.python_version()}, whole processes, interleaved",
        "",
        f"| {' | '.join(heads)} | ratio to `ast.parse` | findings |",
        f"|---|---|---|{'--:|' * 6}",
    ]
    for timing in timings.values():
        case, ratio = timing.case, _ratio(timings, timing.case.key, "parse")
        cells = (case.tool, case.version, case.did, str(len(timing.samples)))
        times = (timing.median, min(timing.samples), max(timing.samples))
        shown = (*cells, *(f"{time:.0f}" for time in times), f"{ratio:.2f}", timing.findings)
        rows.append(f"| {' | '.join(shown)} |")
    return "\n".join(rows)


def _said(limit: Limit, timings: dict[str, Timing]) -> str:
    ratio = _ratio(timings, limit.case, limit.base)
    case, base = timings[limit.case].case, timings[limit.base].case
    held = "held" if ratio <= limit.times else "BROKEN"
    aim = f", aim {limit.aim:.1f}" if limit.aim is not None else ""
    return (
        f"{held}: {case.tool} {case.did} takes {ratio:.2f} times {base.tool}'s {base.did}"
        f" (limit {limit.times:.1f}{aim})"
    )


def _data(timings: dict[str, Timing], count: int) -> dict[str, object]:
    return {
        "configs": count,
        "python": platform.python_version(),
        "cases": {
            key: {
                "tool": timing.case.tool,
                "version": timing.case.version,
                "did": timing.case.did,
                "milliseconds": timing.samples,
                "median": timing.median,
                "ratio": _ratio(timings, key, "parse"),
                "findings": timing.findings,
            }
            for key, timing in timings.items()
        },
        "limits": [
            {
                "case": limit.case,
                "base": limit.base,
                "limit": limit.times,
                "ratio": _ratio(timings, limit.case, limit.base),
            }
            for limit in LIMITS
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
