"""The bodies of requests: how much is read of whom, and when."""

import anyio
from starlette import types
from starlette.types import Receive, Scope, Send

from extract.errors import DeskRefusal
from extract.messages import Message

OF_STRANGERS = 64_000
"""Bytes of a login: a name, a password and an address, with each character escaped."""
REST_BYTES = 2_000_000
REST_SECONDS = 5.0
BODY = "extract.desk.body"


class TooMuchError(DeskRefusal):
    """A request with a body beyond the limit."""

    status = 413
    code = "too_large"
    hint = Message("Send fewer or smaller files at once.")


class Body:
    """The body of a request, which ends with an error where it passes its limit, whatever its header said.

    Until somebody is known to have sent it, the limit is that of strangers.

    Args:
        scope: of the request; finds this again under `BODY`.
        receive: gives the next piece.
        limit: bytes, of somebody who is known.
        is_wanted: whether a request of this method has one that is read.
    """

    def __init__(self, scope: Scope, receive: Receive, limit: int, *, is_wanted: bool) -> None:
        self._receive = receive
        self._limit = limit
        self._is_wanted = is_wanted
        self._allowed = min(limit, OF_STRANGERS)
        self._read = 0
        self._ended = not _has_body(scope)
        self._waits_for_word = _header(scope, b"expect") is not None
        self._answering = False
        self.too_large = False
        scope[BODY] = self

    def allow(self) -> None:
        """Who sends it is known, and may."""
        self._allowed = self._limit

    async def receive(self) -> types.Message:
        """The next piece."""
        message = await self._receive()
        self._waits_for_word = False
        self._ended = self._ended or not message.get("more_body", False)
        self._read += len(message.get("body", b""))
        if self._read <= self._allowed:
            return message
        if self._answering or not self._is_wanted:  # heard by who listens for whether somebody is still there
            return {**message, "body": b""}
        self.too_large = True
        raise TooMuchError(Message("The request is too large."))

    def unless_too_large(self, send: Send) -> Send:
        """Send on what the application answers, unless it answers to a body that was cut off."""

        async def sending(message: types.Message) -> None:
            if not self.too_large:
                self._answering = True
                await send(message)

        return sending

    def taking_the_rest(self, send: Send) -> Send:
        """Send on, and end the answer only when the rest of the body has come, or too much of it.

        A program that is still sending does not see an answer of a connection that was closed before.
        """

        async def sending(message: types.Message) -> None:
            is_last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not is_last or self._ended or self._waits_for_word:
                await send(message)
                return
            await send({**message, "more_body": True})
            await self._take_the_rest()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        return sending

    async def _take_the_rest(self) -> None:
        taken = 0
        with anyio.move_on_after(REST_SECONDS):
            while not self._ended and taken <= REST_BYTES:
                message = await self._receive()
                taken += len(message.get("body", b""))
                self._ended = not message.get("more_body", False)


def _has_body(scope: Scope) -> bool:
    return _header(scope, b"transfer-encoding") is not None or _header(scope, b"content-length") not in {
        None,
        b"0",
    }


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)
