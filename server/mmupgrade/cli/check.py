"""`mmupgrade check`."""

from __future__ import annotations

import argparse
import sys

from mmupgrade.cli import add_ignores, baseline
from mmupgrade.cli.inputs import load
from mmupgrade.cli.usage import CLEAN, FINDINGS


def run(options: argparse.Namespace) -> int:
    """Show what is found; gives the exit code."""
    from mmupgrade import parallel
    from mmupgrade.cli.output import output
    from mmupgrade.report import formats, text

    if options.add_ignores:
        return add_ignores.run(options)
    workspace, names, notices = load(options)
    every = [*(notice.record() for notice in notices), *parallel.records(workspace)]
    found = baseline.beyond(options, workspace, every)
    with output(options, sys.stdout) as stream:
        if options.statistics and options.output_format == "text":
            print(*text.statistics(found), sep="\n", file=stream)
        else:
            formats.report(options.output_format)(found, names, stream)
            if len(every) > len(found) and options.output_format == "text":
                print(text.known(len(every) - len(found)), file=stream)
    return FINDINGS if found and not options.exit_zero else CLEAN
