"""The server in this process, behind the same messages."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from typing import Any

from mmupgrade.lsp.server import Server

Json = dict[str, Any]


class Inside:
    """A server on a loop of its own, which turns while a message is waited for."""

    def __init__(self) -> None:
        self.server = Server()
        self.server.protocol.set_writer(self)
        #: What failed outside of all handlers.
        self.failures: list[Exception] = []
        self._loop = asyncio.new_event_loop()
        self._messages: deque[Json] = deque()

    def write(self, data: bytes) -> None:
        """Take what the server sends."""
        head, _, body = data.partition(b"\r\n\r\n")
        assert head.startswith(b"Content-Length: %d\r\n" % len(body))
        self._messages.append(json.loads(body))

    def close(self) -> None:
        """Nothing is left open by the server."""

    def send(self, message: Json) -> None:
        """Hand a message to the server, which works on it at once as far as it can."""
        self._loop.run_until_complete(self._handle(json.dumps(message)))

    async def _handle(self, body: str) -> None:
        protocol = self.server.protocol
        try:
            protocol.handle_message(json.loads(body, object_hook=protocol.structure_message))
        except Exception as error:
            self.failures.append(error)

    def receive(self, seconds: float) -> Json | None:
        """The next message; None where none comes in this time."""
        end = time.monotonic() + seconds
        while not self._messages and time.monotonic() < end:
            self._loop.run_until_complete(asyncio.sleep(0))
        return self._messages.popleft() if self._messages else None

    async def _cancel(self, tasks: set[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def end(self) -> None:
        """Give everything up."""
        self._loop.run_until_complete(self._cancel(asyncio.all_tasks(self._loop)))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
