"""The endpoint itself: HTTP/1.1 over asyncio, on 127.0.0.1, quick enough to be no bottleneck of a benchmark."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .faults import Response, as_bytes

Behaviour = Callable[[Mapping[str, Any]], Response]


class Endpoint:
    """Counts what comes and answers as `behave` says.

    Attributes:
        requests: chat requests that came whole.
        counts: by kind of response.
        questions: how often each body came.
        most_at_once: requests under way at the same time, at most.
        finished: how often each body was answered well, to a client that was still there.
        asked_again: bodies that came again after such an answer.
        bodies: the requests, where `keep` is set.
    """

    def __init__(self, behave: Behaviour, latency: float = 0.0, *, keep: bool = False) -> None:
        self.behave = behave
        self.latency = latency
        self.keep = keep
        self.requests = 0
        self.counts: Counter[str] = Counter()
        self.questions: Counter[int] = Counter()
        self.finished: Counter[int] = Counter()
        self.asked_again: set[int] = set()
        self.bodies: list[dict[str, Any]] = []
        self.under_way = 0
        self.most_at_once = 0
        self.connections: set[asyncio.Transport] = set()

    def receive(self, raw: bytes) -> Response:
        """One chat request."""
        self.requests += 1
        self.questions[hash(raw)] += 1
        if self.finished[hash(raw)]:
            self.asked_again.add(hash(raw))
        body = json.loads(raw)
        if self.keep:
            self.bodies.append(body)
        response = self.behave(body)
        self.counts[response.kind] += 1
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        return response

    def summary(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "requests": self.requests,
            "counts": dict(self.counts),
            "most_at_once": self.most_at_once,
            "under_way": self.under_way,
            "questions": len(self.questions),
            "asked_again": len(self.asked_again),
        }


class _Connection(asyncio.Protocol):
    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.data = bytearray()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.endpoint.connections.add(transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self.endpoint.connections.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.data += data
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.data[:end])
            length = _length(head)
            if len(self.data) < end + 4 + length:
                return
            body = bytes(self.data[end + 4 : end + 4 + length])
            del self.data[: end + 4 + length]
            self.take(head.split(b" ", 2), body)

    def take(self, words: list[bytes], body: bytes) -> None:
        method, path = words[0], words[1]
        if method == b"POST" and path.endswith(b"/chat/completions"):
            response = self.endpoint.receive(body)
            loop = asyncio.get_running_loop()
            loop.call_later(self.endpoint.latency + response.delay, self.finish, response, hash(body))
        elif path.endswith(b"/models"):
            self.send(200, as_bytes({"object": "list", "data": [{"id": "loopback", "object": "model"}]}), {})
        elif path.endswith(b"/counts"):
            self.send(200, as_bytes(self.endpoint.summary()), {})
        else:
            self.send(404, as_bytes({"error": {"message": "no such path"}}), {})

    def finish(self, response: Response, question: int) -> None:
        self.endpoint.under_way -= 1
        if response.kind == "answered" and not self.transport.is_closing():
            self.endpoint.finished[question] += 1
        if response.status == 0:
            self.transport.abort()
        else:
            self.send(response.status, as_bytes(response.body), response.headers)

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        if self.transport.is_closing():
            return
        lines = [f"HTTP/1.1 {status} X", "content-type: application/json", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def listen(endpoint: Endpoint, port: int = 0) -> asyncio.Server:
    """Start to serve on 127.0.0.1."""
    return await asyncio.get_running_loop().create_server(lambda: _Connection(endpoint), "127.0.0.1", port)


def port_of(server: asyncio.Server) -> int:
    """The port that was taken."""
    return int(server.sockets[0].getsockname()[1])


@contextmanager
def served(endpoint: Endpoint) -> Iterator[str]:
    """Serve from a thread of its own; gives the base URL."""
    ready, stop = threading.Event(), asyncio.Event()
    found: list[Any] = []

    async def serve() -> None:
        server = await listen(endpoint)
        found.extend((asyncio.get_running_loop(), port_of(server)))
        ready.set()
        await stop.wait()
        server.close()
        accepting = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*accepting, return_exceptions=True)
        for connection in list(endpoint.connections):
            connection.abort()
        while endpoint.connections:  # noqa: ASYNC110 - a turn or two; none is left to whoever looks for garbage
            await asyncio.sleep(0)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10), "the endpoint did not start"
    try:
        yield f"http://127.0.0.1:{found[1]}/v1"
    finally:
        found[0].call_soon_threadsafe(stop.set)
        thread.join(10)
