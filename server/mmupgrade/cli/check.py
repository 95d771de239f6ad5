"""`mmupgrade check`."""

from __future__ import annotations

import argparse
import sys
from itertools import compress

from mmupgrade.cli import add_ignores, baseline
from mmupgrade.cli.inputs import load, selected
from mmupgrade.cli.usage import CLEAN, FINDINGS


def run(options: argparse.Namespace) -> int:
    """Show what is found; gives the exit code."""
    from mmupgrade import parallel
    from mmupgrade.report import text

    if options.add_ignores:
        return add_ignores.run(options)
    rules = selected(options)
    workspace, names, notices = load(options)
    found = [*(notice.record() for notice in notices), *parallel.records(workspace, rules)]
    known = len(found)
    if options.baseline:
        found = list(compress(found, baseline.read(options.baseline).beyond(found)))
    known -= len(found)
    if options.output_format == "json":
        from mmupgrade.report.json import as_json

        print(as_json(found, names))
    elif options.statistics:
        print(*text.statistics(found), sep="\n")
    else:
        paint = text.Paint(text.wants_colour(sys.stdout))
        print(*text.text(found, names, paint), text.summary(found, len(names), known), sep="\n")
    return FINDINGS if found and not options.exit_zero else CLEAN
