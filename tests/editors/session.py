"""One run of an editor in a terminal of its own, ended with all that it started."""

from __future__ import annotations

import os
import pty
import shlex
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

#: The command of the server, where it isn't that of this Python.
SERVER = "MMUPGRADE_SERVER"
#: Seconds for what is still on its way to the terminal.
_LAST_WORDS = 5


def environment(home: Path, plan: Path) -> dict[str, str]:
    """A home folder of its own, and `mmupgrade` first on PATH."""
    programs = home / "bin"
    programs.mkdir(parents=True)
    command = os.environ.get(SERVER) or f"{shlex.quote(sys.executable)} -m mmupgrade"
    program = programs / "mmupgrade"
    program.write_text(f'#!/bin/sh\necho $$ >>"$SERVERS"\nexec {command} "$@"\n')
    program.chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PLAN": str(plan),
        "SERVERS": str(home / "servers"),
        "TERM": "xterm",
    }


def run(command: list[str], folder: Path, variables: dict[str, str], deadline: float) -> str:
    """Run `command` until it ends, and give what it printed.

    After `deadline` seconds it is ended; so are, in each case, the servers that it started.
    """
    screen, terminal = pty.openpty()
    printed: list[bytes] = []
    reader = threading.Thread(target=_read, args=(screen, printed), daemon=True)
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    reader.start()
    try:
        process.wait(deadline)
    except subprocess.TimeoutExpired:
        printed.append(f"\nstill running after {deadline} s".encode())
    finally:
        _end(process, Path(variables["SERVERS"]))
        reader.join(_LAST_WORDS)
        os.close(screen)
    return b"".join(printed).decode(errors="replace")


def _read(screen: int, printed: list[bytes]) -> None:
    """Take what is printed; the terminal is gone when nobody holds it any more."""
    try:
        while data := os.read(screen, 65536):
            printed.append(data)
    except OSError:
        return


def _end(process: subprocess.Popen[bytes], servers: Path) -> None:
    """End the editor's group, and the servers, which have groups of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for server in servers.read_text().split() if servers.exists() else ():
        with suppress(ProcessLookupError):
            os.kill(int(server), signal.SIGKILL)
