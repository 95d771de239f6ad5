"""The real server, as an editor starts it: `mmupgrade server` on pipes."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

Json = dict[str, Any]
_COMMAND = [sys.executable, "-m", "mmupgrade", "server"]
#: Seconds that the process may take to end.
_LAST = 20


class Process:
    """A server process, and the messages that it sends."""

    def __init__(self, folder: Path, *arguments: str, path: str = "") -> None:
        self._errors = folder / f"stderr-{id(self)}"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*_COMMAND, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [path, *sys.path]))},
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.input: IO[bytes] = self.process.stdin
        self._messages: queue.Queue[Json | None] = queue.Queue()
        #: What came that is no message.
        self.foreign = b""
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    def send(self, message: Json) -> None:
        """Write a message."""
        body = json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def write(self, raw: bytes) -> None:
        """Write bytes."""
        self.input.write(raw)
        self.input.flush()

    def receive(self, seconds: float) -> Json | None:
        """The next message; None where none comes in this time, or ever."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def deafen(self) -> None:
        """Take nothing more from the server, as a client that has died."""
        assert self.process.stdout is not None
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, self.process.stdout.fileno())
        os.close(nothing)

    def end(self) -> int:
        """Wait until the process has ended by itself; gives its code."""
        try:
            code = self.process.wait(_LAST)
        finally:
            self.kill()
        return code

    def kill(self) -> None:
        """End the process, if it hasn't ended."""
        self.process.kill()
        self.process.wait()
        self._reader.join(_LAST)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    @property
    def errors(self) -> str:
        """What was logged so far."""
        return self._errors.read_text()

    def _read(self, output: IO[bytes]) -> None:
        while header := output.readline():
            if not header.startswith(b"Content-Length: "):
                self.foreign += header
                continue
            while output.readline().strip():
                pass
            self._messages.put(json.loads(output.read(int(header[16:]))))
        self._messages.put(None)
