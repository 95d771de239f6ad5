"""Work done progress, where the client shows it."""

from __future__ import annotations

import contextlib
import uuid
from types import TracebackType

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
        return self

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
            end = types.WorkDoneProgressEnd()
            self._session.server.work_done_progress.end(self._token, end)
