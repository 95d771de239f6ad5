"""Where a report goes: to a standard stream, or into a file."""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from mmupgrade.cli.usage import UsageError


@contextmanager
def output(options: argparse.Namespace, standard: TextIO) -> Iterator[TextIO]:
    """The stream to report to: `standard`, or what becomes the file of `--output-file`.

    A file and all formats for machines are UTF-8, whatever the terminal takes. Raises
    UsageError where the file can't be written.
    """
    if options.output_file is None and options.output_format == "text":
        yield standard
        return
    held = io.StringIO()
    yield held
    # A path may hold bytes that are no UTF-8.
    raw = held.getvalue().encode("utf-8", "backslashreplace")
    if options.output_file is None:
        standard.flush()
        standard.buffer.write(raw)
        return
    try:
        _write(options.output_file, raw)
    except OSError as error:
        raise UsageError(f"{options.output_file}: {error.strerror}") from None


def _write(path: str, raw: bytes) -> None:
    """A file is replaced at once; a pipe or device is written to."""
    from mmupgrade.paths import write

    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as device:
            device.write(raw)
        return
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    write(path, raw.decode())
