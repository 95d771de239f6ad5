"""`mmupgrade server`."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from typing import Any

from mmupgrade.cli.usage import CLEAN, UsageError

#: A large config's syntax tree is made in one go.
_ALLOCATIONS = 100_000
#: The code of a server that was ended without `shutdown`, as the protocol has it.
DISORDERLY = 1


def run(options: argparse.Namespace) -> int:
    """Serve one client; on standard input and output, which carry nothing else."""
    _log(options)
    address = _address(options.tcp) if options.tcp else None
    from mmupgrade.lsp.server import Server

    server = Server()
    # What is loaded stays; what is made from here on is looked through, but not amid a parse.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 5, 5)
    gc.enable()
    if address is not None:
        server.start_tcp(*address)
    else:
        messages = _Output(io.FileIO(sys.stdout.fileno(), "wb", closefd=False))
        sys.stdout = sys.stderr
        server.start_io(stdout=messages)
    return CLEAN if server.protocol.is_orderly else DISORDERLY


class _Output(io.BufferedWriter):
    """Standard output, which ends the server with it: a client that is gone can't be answered."""

    def write(self, data: Any) -> int:
        """Write at once, or end."""
        try:
            written = super().write(data)
            self.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            raise SystemExit from None
        return written


def _log(options: argparse.Namespace) -> None:
    import logging

    level = logging.DEBUG if options.verbose else logging.WARNING
    form = "%(levelname)s %(name)s: %(message)s"
    try:
        logging.basicConfig(level=level, format=form, filename=options.log_file)
    except OSError as error:
        raise UsageError(f"{options.log_file}: {error.strerror}") from None


def _address(said: str) -> tuple[str, int]:
    """Where to listen, which is on this machine alone."""
    import ipaddress

    host, _, port = said.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    try:
        is_here = host == "localhost" or ipaddress.ip_address(host).is_loopback
        number = int(port)
    except ValueError:
        raise UsageError(f"`{said}` is no HOST:PORT") from None
    if not is_here:
        raise UsageError(f"`{host}` is not this machine: the server has no protection")
    return host, number
