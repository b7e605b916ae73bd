"""The transport: what leaves is told in the moment it leaves, and what goes wrong is said in httpx2's words."""

import asyncio
import gzip
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from typing import Any

import httpx2
import pytest

from extract.engines.llm.client import Client
from extract.engines.llm.transport import LEAVING, BoundedSyncTransport, BoundedTransport, QuickTransport
from extract.errors import EndpointError
from tests.endpoint.faults import Chance, Response
from tests.endpoint.server import KEY, Endpoint, served

Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
QUESTION = {"model": "m", "messages": [{"role": "user", "content": "增长7%"}]}
DONE = json.dumps({"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}]}).encode()


def ask(base_url: str, leaving: Callable[[], None] | None = None, timeout: float = 10) -> Any:
    """One question through the client."""

    async def go() -> Any:
        client = Client(base_url, KEY, timeout=timeout)
        try:
            return await client.send(QUESTION, leaving)
        finally:
            await client.aclose()

    return asyncio.run(go())


def spoken(serve: Server, use: Callable[[str], Awaitable[Any]]) -> Any:
    """What comes of using a server that does as it is told."""

    async def go() -> Any:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            found = await use(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*serving, return_exceptions=True)
        return found

    return asyncio.run(go())


async def answer(writer: asyncio.StreamWriter, status: str, body: bytes, *headers: str) -> None:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def get(url: str) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=QuickTransport(2), follow_redirects=True) as http:
        return await http.get(url)


def test_leaving_is_told_before_anything_arrives() -> None:
    """Once for each request, so that what is counted then has always left or is about to."""
    endpoint = Endpoint(Chance(lambda _body: "{}"))
    arrived: list[int] = []
    with served(endpoint) as url:
        ask(url, lambda: arrived.append(endpoint.requests))
    assert arrived == [0]
    assert endpoint.requests == 1


def test_what_must_not_leave_stays() -> None:
    """An error raised in that moment keeps the request back."""

    def refuse() -> None:
        raise RuntimeError("not now")

    endpoint = Endpoint(Chance(lambda _body: "{}"))
    with served(endpoint) as url, pytest.raises(EndpointError):
        ask(url, refuse)
    assert endpoint.requests == 0


def test_nobody_listens() -> None:
    """Nothing left, and that is known."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        told: list[int] = []
        with pytest.raises(EndpointError, match="ConnectError") as caught:
            ask(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", lambda: told.append(1))
    assert caught.value.unsent
    assert not told


@pytest.mark.parametrize(
    ("response", "words"),
    [(Response("reset", 0, b""), "ReadError"), (Response("slow", 200, DONE, delay=5), "in time")],
)
def test_an_answer_that_does_not_come_was_asked_for(response: Response, words: str) -> None:
    """A dropped connection and a time-out come after the request left: it may have cost."""
    told: list[int] = []
    with served(Endpoint(lambda _body: response)) as url, pytest.raises(EndpointError, match=words) as caught:
        ask(url, lambda: told.append(1), timeout=0.3)
    assert not caught.value.unsent
    assert told == [1]


def test_compressed_answers_are_read() -> None:
    """Whatever the endpoint packs them with."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await answer(writer, "200 OK", gzip.compress("云州".encode()), "content-encoding: gzip")

    response = spoken(serve, get)
    assert response.content.decode() == "云州"


def test_redirects_are_followed() -> None:
    """As httpx2 does it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"/there" in head:
            await answer(writer, "200 OK", b"here")
        else:
            await answer(writer, "307 Elsewhere", b"", "location: /there")

    assert spoken(serve, get).text == "here"


def test_no_error_of_the_carrier_gets_through() -> None:
    """A server that speaks no HTTP is a transport error of httpx2."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-server\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    with pytest.raises(httpx2.TransportError):
        spoken(serve, get)
    assert LEAVING.get() is None


class Silent(httpx2.AsyncBaseTransport):
    """Never answers, as a server that sends its head byte by byte."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Nothing comes."""
        await asyncio.Event().wait()
        raise AssertionError(request)


def test_an_answer_by_a_proxy_has_its_time_as_a_whole() -> None:
    """Not from one byte to the next."""

    async def go() -> None:
        async with httpx2.AsyncClient(transport=BoundedTransport(Silent()), timeout=0.05) as http:
            await http.get("http://model.invalid/v1")

    with pytest.raises(httpx2.ReadTimeout):
        asyncio.run(go())


def test_the_head_of_an_answer_about_a_batch_has_its_time_as_a_whole() -> None:
    """What comes after that is closed."""
    released, closed = threading.Event(), threading.Event()

    class Late(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"{}"

        def close(self) -> None:
            closed.set()

    class Slow(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            released.wait()
            return httpx2.Response(200, stream=Late(), request=request)

    http = httpx2.Client(transport=BoundedSyncTransport(Slow()), timeout=0.05)
    with pytest.raises(httpx2.ReadTimeout):
        http.get("http://model.invalid/v1/batches/b")
    released.set()
    assert closed.wait(60)


class Dripping(httpx2.BaseTransport):
    """Sends a byte at a time, for ever."""

    def __init__(self, sent: list[int]) -> None:
        self.sent = sent

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The head comes at once."""
        sent = self.sent

        class Drops(httpx2.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                for n in count():
                    sent.append(n)
                    yield b" "

        return httpx2.Response(200, stream=Drops(), request=request)


@pytest.mark.parametrize(("path", "seconds"), [("/v1/batches/b", 180), ("/v1/files/f/content", 3_600)])
def test_what_a_provider_sends_has_its_time_as_a_whole(path: str, seconds: int) -> None:
    """An answer that of a question, a file an hour."""
    sent: list[int] = []
    ticks = count()
    http = httpx2.Client(
        transport=BoundedSyncTransport(Dripping(sent), lambda: float(next(ticks))), timeout=180
    )
    with pytest.raises(httpx2.ReadTimeout):
        http.get(f"http://model.invalid{path}")
    assert len(sent) == seconds + 1  # one tick of the clock a byte


def test_what_goes_wrong_in_time_is_raised_as_it_is() -> None:
    """Also in a thread of its own."""

    class Broken(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            raise httpx2.ConnectError("refused", request=request)

    http = httpx2.Client(transport=BoundedSyncTransport(Broken()), timeout=5)
    with pytest.raises(httpx2.ConnectError, match="refused"):
        http.get("http://model.invalid/v1")
