"""The endpoint itself: HTTP/1.1 over asyncio, on 127.0.0.1, quick enough to be no bottleneck of a benchmark."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .faults import Response, as_bytes

Behaviour = Callable[[Mapping[str, Any]], Response]
KEY = "sk-loopback-0001"
"""What the endpoint demands on every route, where it is not told another."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind of server speaks HTTP.

    Attributes:
        base: the path that everything begins with.
        key: what it demands; None where it wants none.
        header: that the key comes in: `authorization` as a bearer, or one of its own, as it is.
        login: a header `authorization` that it demands besides.
        query: that every target has to end with.
        locked: what it says to a wrong key, or to none.
        lost: what it says to a path that it does not know.
        models: names of its models; None where it does not list them.
    """

    base: str = "/v1"
    key: str | None = KEY
    header: str = "authorization"
    login: str | None = None
    query: str = ""
    locked: Response = field(
        default_factory=lambda: Response(
            "locked", 401, {"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}
        )
    )
    lost: Response = field(
        default_factory=lambda: Response("lost", 404, {"error": {"message": "no such path"}})
    )
    models: tuple[str, ...] | None = ("loopback",)

    def opens(self, headers: Mapping[str, str]) -> bool:
        """Whether a request may come in."""
        if self.login is not None and headers.get("authorization") != self.login:
            return False
        if self.key is None:
            return True
        wanted = f"Bearer {self.key}" if self.header == "authorization" else self.key
        return headers.get(self.header) == wanted


class Endpoint:
    """Counts what comes and answers as `behave` says.

    Attributes:
        requests: chat requests that came whole.
        counts: by kind of response.
        questions: how often each body came.
        most_at_once: requests under way at the same time, at most.
        finished: how often each body was answered well, to a client that was still there.
        asked_again: bodies that came again after such an answer.
        bodies, targets, headers: of the requests, where `keep` is set.
        attempts: requests of any kind that came whole, those that were not let in among them.
    """

    def __init__(
        self,
        behave: Behaviour,
        latency: float = 0.0,
        *,
        keep: bool = False,
        manner: Manner | None = None,
    ) -> None:
        self.behave = behave
        self.manner = manner or Manner()
        self.attempts = 0
        self.targets: list[str] = []
        self.headers: list[dict[str, str]] = []
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
            self.take(head, body)

    def take(self, head: bytes, body: bytes) -> None:
        endpoint, manner = self.endpoint, self.endpoint.manner
        method, target = (word.decode("latin-1") for word in head.split(b" ", 2)[:2])
        headers = _headers(head)
        path, _, query = target.partition("?")
        endpoint.attempts += path != f"{manner.base}/counts"
        if endpoint.keep:
            endpoint.targets.append(target)
            endpoint.headers.append(headers)
        if not manner.opens(headers):
            self.send(manner.locked.status, as_bytes(manner.locked.body), manner.locked.headers)
        elif not path.startswith(f"{manner.base}/") or manner.query not in query:
            self.send(manner.lost.status, as_bytes(manner.lost.body), manner.lost.headers)
        elif method == "POST" and path == f"{manner.base}/chat/completions":
            response = self.endpoint.receive(body)
            loop = asyncio.get_running_loop()
            loop.call_later(self.endpoint.latency + response.delay, self.finish, response, hash(body))
        elif path == f"{manner.base}/models" and manner.models is not None:
            models = [{"id": name, "object": "model"} for name in manner.models]
            self.send(200, as_bytes({"object": "list", "data": models}), {})
        elif path == f"{manner.base}/counts":
            self.send(200, as_bytes(self.endpoint.summary()), {})
        else:
            self.send(manner.lost.status, as_bytes(manner.lost.body), manner.lost.headers)

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
        said = {"content-type": "application/json", "content-length": str(len(body)), **headers}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in said.items())]
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.decode("latin-1").partition(":") for line in head.split(b"\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}


def _length(head: bytes) -> int:
    return int(_headers(head).get("content-length", 0))


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
        for listening in server.sockets:  # let nobody in any more, but let in who is at the door: a server
            asyncio.get_running_loop().remove_reader(listening)  # that is closed meanwhile drops it unclosed
        accepting = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*accepting, return_exceptions=True)
        server.close()
        for connection in list(endpoint.connections):
            connection.abort()
        while endpoint.connections:  # noqa: ASYNC110 - a turn or two; none is left to whoever looks for garbage
            await asyncio.sleep(0)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10), "the endpoint did not start"
    try:
        yield f"http://127.0.0.1:{found[1]}{endpoint.manner.base}"
    finally:
        found[0].call_soon_threadsafe(stop.set)
        thread.join(10)
