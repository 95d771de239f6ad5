"""`mmupgrade check`."""

from __future__ import annotations

import argparse
import sys

from mmupgrade.cli.inputs import load
from mmupgrade.cli.usage import CLEAN, FINDINGS


def run(options: argparse.Namespace) -> int:
    """Show what is found; gives the exit code."""
    from mmupgrade import parallel
    from mmupgrade.report import text

    workspace, names, notices = load(options)
    found = [*(notice.record() for notice in notices), *parallel.records(workspace)]
    if options.output_format == "json":
        from mmupgrade.report.json import as_json

        print(as_json(found, names))
    elif options.statistics:
        print(*text.statistics(found), sep="\n")
    else:
        paint = text.Paint(text.wants_colour(sys.stdout))
        print(*text.text(found, names, paint), text.summary(found, len(names)), sep="\n")
    return FINDINGS if found and not options.exit_zero else CLEAN
