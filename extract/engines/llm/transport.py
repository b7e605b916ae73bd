"""Carries requests to an endpoint by aiohttp, below the client of the `openai` package, and bounds what comes back.

httpx2's own transport takes 2 ms of processor time an exchange; aiohttp, which parses HTTP in C, takes a third of
that, and 32 questions at once are then limited by the endpoint, not by us (`benchmarks/llm_throughput.py`).
"""

import asyncio
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx2

from extract.engines.llm.bounded import (
    ACCEPTED,
    MOST_BYTES,
    MOST_FILE_BYTES,
    UnfitBodyError,
    Unpacking,
    plain_headers,
    read_body,
)

LEAVING: ContextVar[Callable[[], None] | None] = ContextVar("leaving", default=None)
"""Called in the moment a request leaves, as a whole and in one piece; nothing else runs in between."""

FILE_SECONDS = 3_600.0
"""For a batch's file, up or down; the largest takes three quarters of it at 3 Mbit/s."""

_FILES = "/files"

_MEANINGS: tuple[tuple[type[Exception], type[httpx2.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx2.ConnectTimeout),
    (aiohttp.ServerTimeoutError, httpx2.ReadTimeout),
    (TimeoutError, httpx2.ReadTimeout),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.InvalidURL, httpx2.UnsupportedProtocol),
    (aiohttp.ClientConnectionError, httpx2.ReadError),
    (aiohttp.ClientError, httpx2.RemoteProtocolError),
    (OSError, httpx2.ReadError),
    (ValueError, httpx2.UnsupportedProtocol),
    (Exception, httpx2.ReadError),  # whatever else it may be costs this one exchange
)
"""The first that fits says what went wrong, in the words of httpx2, which all above this speaks."""


async def tell_leaving(request: httpx2.Request) -> None:
    """Have httpx2's own transport, too, say when a request leaves: by the `trace` extension that it documents."""
    if (leaving := LEAVING.get()) is None:
        return

    async def trace(event: str, what: dict[str, Any]) -> None:
        if event.endswith(".send_request_headers.started") and what["request"].method != b"CONNECT":
            leaving()

    request.extensions["trace"] = trace


class QuickTransport(httpx2.AsyncBaseTransport):
    """Keeps connections open. It knows no proxies: those are left to httpx2's own transport.

    Args:
        connections: at most so many at the same time.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._trusted = httpx2.create_ssl_context()
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange; the response has been read.

        Raises:
            httpx2.TransportError: it did not come about.
            UnfitBodyError: the answer is not fit to be read.
        """
        patience = request.extensions.get("timeout", {})
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in request.headers.raw
            if name.lower() not in (b"host", b"content-length", b"accept-encoding")
        ]
        headers.append(("accept-encoding", ACCEPTED))
        content = await request.aread()
        with _in_words_of_httpx2():
            async with self._opened().request(
                request.method,
                str(request.url),
                data=content or None,
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    total=patience.get("read"), sock_connect=patience.get("connect")
                ),
            ) as response:
                packed = response.headers.get("content-encoding", "")
                answer = await read_body(response.content.iter_any(), packed)
        return httpx2.Response(response.status, headers=plain_headers(response.raw_headers), content=answer)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """Opened in the event loop that it is used in."""
        if self._session is None:
            leaving = aiohttp.TraceConfig()
            leaving.on_request_chunk_sent.append(_leave)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ssl=self._trusted),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # that is done within bounds
                trace_configs=[leaving],
            )
        return self._session


async def _leave(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, _what: aiohttp.TraceRequestChunkSentParams
) -> None:
    """Aiohttp says so just before it hands head and body to the system in one piece."""
    if (leaving := LEAVING.get()) is not None:
        leaving()


@contextmanager
def _in_words_of_httpx2() -> Iterator[None]:
    try:
        yield
    except UnfitBodyError:
        raise
    except Exception as error:
        ours = next(ours for theirs, ours in _MEANINGS if isinstance(error, theirs))
        raise ours(str(error) or type(error).__name__) from error


def _whole_time(request: httpx2.Request) -> float | None:
    """Seconds for an exchange from its beginning to its end; httpx2 itself counts from one byte to the next."""
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return seconds


def _given_up_after(seconds: float | None, exchange: Callable[[], httpx2.Response]) -> httpx2.Response:
    """What an exchange gives, where it gives it in time.

    It runs in a thread of its own, as nothing else ends a wait for a head that comes byte by byte. What comes too late
    is closed.

    Raises:
        httpx2.ReadTimeout: it did not.
    """
    came: Future[httpx2.Response] = Future()

    def run() -> None:
        try:
            response = exchange()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            came.set_exception(error)
        else:
            came.set_result(response)

    threading.Thread(target=run, daemon=True).start()
    try:
        return came.result(seconds)
    except TimeoutError as error:
        if came.done() and came.exception() is error:
            raise
        came.add_done_callback(_close)
        raise httpx2.ReadTimeout("the answer did not begin in time") from error


def _close(late: "Future[httpx2.Response]") -> None:
    if late.exception() is None:
        late.result().close()


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Another transport, whose answers are read within the bound.

    Args:
        inner: carries the requests.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange; the response has been read.

        Raises:
            httpx2.TransportError: it did not come about.
            UnfitBodyError: the answer is not fit to be read.
        """
        request.headers["accept-encoding"] = ACCEPTED
        try:
            async with asyncio.timeout(_whole_time(request)):
                return await self._exchange(request)
        except TimeoutError as error:
            raise httpx2.ReadTimeout("the answer did not end in time") from error

    async def _exchange(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        try:
            encoding = response.headers.get("content-encoding", "")
            body = await read_body(_raw(response), encoding)
        finally:
            await response.aclose()
        return httpx2.Response(
            response.status_code,
            headers=plain_headers(response.headers.raw),
            content=body,
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


async def _raw(response: httpx2.Response) -> AsyncIterator[bytes]:
    stream = response.stream
    assert isinstance(stream, httpx2.AsyncByteStream)
    async for piece in stream:
        yield piece


class BoundedSyncTransport(httpx2.BaseTransport):
    """The same for files and batches: what comes is unpacked and counted while it is read.

    Args:
        inner: carries the requests.
        clock: seconds, rising.
    """

    def __init__(self, inner: httpx2.BaseTransport, clock: Callable[[], float] = time.monotonic) -> None:
        self._inner = inner
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange; its body is read later.

        Raises:
            httpx2.TransportError: it did not come about, or its head did not come in time.
            UnfitBodyError: the answer is packed in a way that was not asked for.
        """
        request.headers["accept-encoding"] = ACCEPTED
        seconds, begun = _whole_time(request), self._clock()
        if seconds is not None and _FILES in request.url.path:
            seconds = max(seconds, FILE_SECONDS)
        response = _given_up_after(seconds, lambda: self._inner.handle_request(request))
        most = MOST_FILE_BYTES if request.url.path.endswith("/content") else MOST_BYTES
        until = math.inf if seconds is None else begun + seconds
        try:
            unpacking = Unpacking(response.headers.get("content-encoding", ""), most)
        except UnfitBodyError:
            response.close()
            raise
        return httpx2.Response(
            response.status_code,
            headers=plain_headers(response.headers.raw),
            stream=_Unpacked(response, unpacking, until, self._clock),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Unpacked(httpx2.SyncByteStream):
    """The body of a response as it unpacks."""

    def __init__(
        self, response: httpx2.Response, unpacking: Unpacking, until: float, clock: Callable[[], float]
    ) -> None:
        self._response = response
        self._unpacking = unpacking
        self._until = until
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        stream = self._response.stream
        assert isinstance(stream, httpx2.SyncByteStream)
        for raw in stream:
            yield from self._unpacking.pieces(raw)
            if self._clock() > self._until:
                raise httpx2.ReadTimeout("the answer did not end in time")
        self._unpacking.end()

    def close(self) -> None:
        self._response.close()
