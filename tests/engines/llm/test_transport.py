"""The transport: what leaves is told in the moment it leaves, and what goes wrong is said in httpx2's words."""

import asyncio
import gzip
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from extract.engines.llm.client import Client
from extract.engines.llm.transport import LEAVING, QuickTransport
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
