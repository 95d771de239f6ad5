"""Work done progress, where the client shows it."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from concurrent.futures import Future
from types import TracebackType
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from mmupgrade.lsp.session import Session


class Progress:
    """Progress of one piece of work; under the client's token, or one of our own."""

    def __init__(self, session: Session, title: str, token: types.ProgressToken | None) -> None:
        self._session = session
        self._title = title
        self._token = token

    async def __aenter__(self) -> Progress:
        server = self._session.server
        if self._token is None and self._session.client.reports_progress:
            token = str(uuid.uuid4())
            params = types.WorkDoneProgressCreateParams(token)
            with contextlib.suppress(JsonRpcException):
                await server.window_work_done_progress_create_async(params)
                self._token = token
        if self._token is not None:
            begin = types.WorkDoneProgressBegin(self._title, cancellable=True, percentage=0)
            server.work_done_progress.begin(self._token, begin)
            self._cancel_with(server.work_done_progress.tokens[self._token])
        return self

    def _cancel_with(self, progress: Future[Any]) -> None:
        """Cancel the work where the user cancels its progress."""
        task = asyncio.current_task()
        if task is not None:
            progress.add_done_callback(lambda _: task.cancel())

    def report(self, done: int, all: int) -> None:
        """Say how many of all pieces are done."""
        if self._token is not None:
            value = types.WorkDoneProgressReport(
                message=f"{done} of {all}", percentage=100 * done // max(all, 1)
            )
            self._session.server.work_done_progress.report(self._token, value)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._token is not None:
            progress = self._session.server.work_done_progress
            progress.tokens.pop(self._token, None)
            progress.end(self._token, types.WorkDoneProgressEnd())
