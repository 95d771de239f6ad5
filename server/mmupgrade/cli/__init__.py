"""The command line: `mmupgrade check|fix|explain|rules`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from mmupgrade.cli.arguments import parser
from mmupgrade.cli.usage import ERROR, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 clean, 1 findings, 2 error."""
    options = parser().parse_args(arguments)
    # What is made here lives until the process ends.
    gc.disable()
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        print(f"error: mmupgrade failed {_place(error)}: {error!r}", file=sys.stderr)
        print("Nothing more was written. Please report this.", file=sys.stderr)
        return ERROR


def _place(error: Exception) -> str:
    """Where an error of ours came from, as far as its trace says."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "somewhere"
    return f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}, line {trace.tb_lineno}"


def run() -> None:
    """The command `mmupgrade`. Ends the process at once: freeing all trees takes longer."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = ERROR
    os._exit(code)
