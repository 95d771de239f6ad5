"""Starts the language server with what the extension carries; any Python 3 can read it."""

import os
import sys

LOWEST = (3, 10)
#: The exit code of a Python that is too old.
TOO_OLD = 3


def main() -> int:
    """Run `mmupgrade server`, or what the arguments say. Returns where Python is too old."""
    if sys.version_info < LOWEST:
        message = "mmupgrade needs Python %d.%d or newer; this is %d.%d.%d: %s\n"
        sys.stderr.write(message % (LOWEST + tuple(sys.version_info[:3]) + (sys.executable,)))
        return TOO_OLD
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path += [os.path.join(os.path.dirname(here), "server"), os.path.join(here, "libs")]
    sys.argv[1:] = sys.argv[1:] or ["server"]

    from mmupgrade.cli import run

    run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
