"""What every command of the command line shares: exit codes, and how it refuses."""

from __future__ import annotations

CLEAN, FINDINGS, ERROR = 0, 1, 2


class UsageError(Exception):
    """What the user gave can't be used; the message says why."""
