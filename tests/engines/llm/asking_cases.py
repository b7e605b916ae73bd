"""What the tests of asking share: an endpoint in this process, a clock that nobody waits for."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from endpoint.faults import Response, as_bytes, completion

from extract.engines.llm.asking import Budget, EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Reply, Request
from extract.engines.llm.limits import Limits
from extract.engines.llm.retry import Patience

Result = TypeVar("Result")
GOOD = '{"records":[]}'
SCHEMA = {"type": "object", "properties": {"records": {"type": "array"}}, "required": ["records"]}


def question(text: str = "一、工作回顾", **more: Any) -> Request:
    """A question; another text makes it another question."""
    messages = ({"role": "system", "content": "系统"}, {"role": "user", "content": text})
    return Request(messages=messages, schema=SCHEMA, schema_name="records", model="small", **more)


def fits(text: str) -> str | None:
    """The check of an answer: JSON with records."""
    try:
        content = json.loads(text)
    except ValueError:
        return "no JSON"
    return None if isinstance(content, dict) and "records" in content else "records is missing"


def answered(text: str | None = GOOD, **how: Any) -> Response:
    """A completion."""
    return Response("answered", 200, completion(text, **how))


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next thing that is due, so that many can sleep side by side."""

    _now = 1_000_000.0

    def time(self) -> float:
        """Seconds."""
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0]._when)  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Wait for its threads however long it takes: their time does not jump."""
        await super().shutdown_default_executor()


class SharedClock(Clock):
    """The time of the running loop."""

    def __call__(self) -> float:
        """Seconds."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Let time pass, for others too."""
        self.slept.append(seconds)
        await asyncio.sleep(seconds)


def run_virtually(main: Coroutine[Any, Any, Result]) -> Result:
    """`asyncio.run`, in a time that nobody waits for."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


@dataclass
class Desk:
    """An endpoint in this process, and what asks it.

    Attributes:
        behave: what becomes of a request, given how many came before it and its body.
        bodies: the requests that came.
    """

    folder: Path
    behave: Callable[[int, Mapping[str, Any]], Response]
    attempts: int = 4
    deadline: float = 900.0
    mode: str = "json_schema"
    concurrency: int = 4
    budget: Budget | None = None
    clock: Clock = field(default_factory=Clock)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cache = AnswerCache(self.folder, clock=self.clock)
        self.client = Client(
            "http://127.0.0.1:9/v1", "sk-secret", transport=httpx2.MockTransport(self._handle), now=self.clock
        )
        self.limits = Limits(self.concurrency, clock=self.clock, sleep=self.clock.sleep)
        patience = Patience(self.attempts, self.deadline, self.clock, self.clock.sleep, lambda: 0.0)
        self.ask = EndpointAsking(
            self.client, self.cache, self.limits, mode=self.mode, patience=patience, budget=self.budget
        )

    @property
    def requests(self) -> int:
        """How many requests came."""
        return len(self.bodies)

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        response = self.behave(len(self.bodies) - 1, body)
        if response.status == 0:
            raise httpx2.ReadError("dropped", request=request)
        return httpx2.Response(
            response.status, content=as_bytes(response.body), headers=dict(response.headers)
        )


def in_turn(*responses: Response) -> Callable[[int, Mapping[str, Any]], Response]:
    """These responses one after the other, the last again and again."""
    return lambda before, _body: responses[min(before, len(responses) - 1)]


async def reply_of(desk: Desk, request: Request | None = None) -> Reply:
    """Ask once."""
    return await desk.ask(request or question(), fits)
