"""The protocol as pygls speaks it, less its texts, and with more patience for clients."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from lsprotocol.types import TextDocumentContentChangePartial as Partial
from lsprotocol.types import TextDocumentContentChangeWholeDocument as Whole
from lsprotocol.validators import UINTEGER_MAX_VALUE
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method
from pygls.protocol.json_rpc import RPCRequest

if TYPE_CHECKING:
    from cattrs import Converter


class Protocol(LanguageServerProtocol):
    """Hands what happens to open texts to the server's features and keeps no copy.

    pygls' own copy loses characters, knows other line ends than the protocol, and
    changes the parameters it is given. Every request is answered, also one that can't
    be read or comes too late, and a command is cancelled with its request.
    """

    #: Whether the client didn't end the server without `shutdown`.
    is_orderly = True

    def structure_message(self, data: dict[str, Any]) -> Any:
        """What a message says; where it can't be read, whoever waits for it is told."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" not in data:
                self._handle_response(data.get("id", ""), error=error.to_response_error())
            elif "id" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Give a message to its handler; after `shutdown`, `exit` alone has one."""
        if not self._shutdown or getattr(message, "method", "") == types.EXIT:
            super().handle_message(message)
        elif isinstance(message, RPCRequest):
            late = JsonRpcInvalidRequest("The server has shut down.")
            self._send_response(message.id, error=late.to_response_error())

    @lsp_method(types.EXIT)
    def lsp_exit(self, *params: object) -> Generator[Any, Any, None]:
        """The end, which is only expected after `shutdown`."""
        self.is_orderly = self._shutdown
        yield from super().lsp_exit(*params)

    def _handle_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        future = self._request_futures.get(msg_id)
        if future is not None and future.cancelled():
            del self._request_futures[msg_id]
        else:
            super()._handle_response(msg_id, result, error)

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Run a handler; what pygls keeps of a notification goes when that is done."""

        def done(future: Future[Any]) -> None:
            # `shutdown` cancels what is left while it goes through all of it.
            if not future.cancelled():
                self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def _send_handler_result(self, future: Future[Any], *, msg_id: str | int) -> None:
        error = None if future.cancelled() else future.exception()
        if isinstance(error, JsonRpcException):
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=error.to_response_error())
        else:
            super()._send_handler_result(future, msg_id=msg_id)

    def _run_generator(
        self,
        future: Future[Any] | None,
        *,
        gen: Generator[Any, Any, Any],
        result_future: Future[Any],
    ) -> None:
        if future is not None and future.cancelled():
            result_future.cancel()
        else:
            super()._run_generator(future, gen=gen, result_future=result_future)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:
        """A command of the server."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"There is no command `{params.command}`.")
        result = handler(params)
        return await result if inspect.isawaitable(result) else result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: types.DidOpenTextDocumentParams
    ) -> Iterator[object]:
        """A text was opened."""
        yield from self._features(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Iterator[object]:
        """An open text was changed."""
        yield from self._features(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Iterator[object]:
        """A text was closed."""
        yield from self._features(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def _features(self, method: str, params: object) -> Iterator[object]:
        feature = self.fm.features.get(method)
        if feature is not None:
            yield feature, (params,), None


class Sent(types.Diagnostic):
    """A diagnostic that is sent with every keystroke, and made ready for that once."""

    __slots__ = ("raw",)
    raw: dict[str, Any]


def converter() -> Converter:
    """What reads and writes messages, and takes from clients what lsprotocol refuses.

    A version may be null or missing and is None then; a position may be beyond all
    bounds; the range of a change may be null, which means the whole text.
    """
    made: Converter = default_converter()  # type: ignore[no-untyped-call]
    for versioned in (types.VersionedTextDocumentIdentifier, types.TextDocumentItem):
        made.register_structure_hook(versioned, _unversioned(made.get_structure_hook(versioned)))
    made.register_structure_hook(types.Position, _position)
    made.register_unstructure_hook(types.Diagnostic, _made_ready(made))
    made.register_structure_hook_func(lambda kind: kind == Whole | Partial, _change(made))
    return made


def _unversioned(plain: Callable[..., Any]) -> Callable[..., Any]:
    """`plain`, which reads something that has a version, where it may have none."""

    def read(data: dict[str, Any], kind: type) -> Any:
        if data.get("version") is not None:
            return plain(data, kind)
        held = plain({**data, "version": 0}, kind)
        object.__setattr__(held, "version", None)  # past lsprotocol's validators
        return held

    return read


def _change(made: Converter) -> Callable[..., Any]:
    def read(data: dict[str, Any], _: object) -> types.TextDocumentContentChangeEvent:
        if data.get("range") is None:
            return Whole(data["text"])
        return Partial(made.structure(data["range"], types.Range), data["text"])

    return read


def _made_ready(made: Converter) -> Callable[[types.Diagnostic], dict[str, Any]]:
    """What writes a diagnostic; one that is kept is written once."""
    plain = made.get_unstructure_hook(types.Diagnostic)

    def write(diagnostic: types.Diagnostic) -> dict[str, Any]:
        if not isinstance(diagnostic, Sent):
            return cast("dict[str, Any]", plain(diagnostic))
        if not hasattr(diagnostic, "raw"):
            diagnostic.raw = plain(diagnostic)
        return diagnostic.raw

    return write


def _position(data: dict[str, Any], _: object) -> types.Position:
    line, character = (min(max(data[at], 0), UINTEGER_MAX_VALUE) for at in ("line", "character"))
    return types.Position(line, character)
