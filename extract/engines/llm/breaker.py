"""When an endpoint that worked goes down, everybody waits; one request at a time looks whether it is back.

    closed ──many failures in a row──▶ open ──cool-down──▶ one request ──success──▶ closed
                                        ▲                       │
                                        └───────failure─────────┘   (the cool-down doubles, up to a limit)

A request that only finds it still down counts as no attempt of its question: an outage costs nobody an answer
that a little patience can have; the deadline bounds it.

An endpoint that never answered at all is another matter: it is not down, it is the wrong one. There each
question has its attempts, and after a few that failed the run stops.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from extract.errors import AccessError, ChunkFailure
from extract.messages import Message

Result = TypeVar("Result")
IN_A_ROW = 8
"""Failures in a row that mean more than bad luck: where 3 of 10 requests fail at random, once in 15,000."""
FIRST_COOL_DOWN = 1.0
LONGEST_COOL_DOWN = 10.0
HOPELESS = 12
"""Questions that failed for good, without one that ever worked, before the run stops."""


class Breaker:
    """Shared by all requests to one endpoint.

    Args:
        attempts: of one question; it must not use them up alone before we notice.
        sleep: waits so many seconds.
    """

    def __init__(self, attempts: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._in_a_row = min(IN_A_ROW, max(2, attempts - 1))
        self._sleep = sleep
        self._one = asyncio.Lock()
        self._failures = 0
        self._cool_down = FIRST_COOL_DOWN
        self._worked = False
        self._lost = 0

    @property
    def open(self) -> bool:
        """Whether the endpoint is taken to be down."""
        return self._worked and self._failures >= self._in_a_row

    async def guard(self, send: Callable[[], Awaitable[Result]]) -> Result:
        """Send one request. While the endpoint is down: one at a time, each after a cool-down."""
        while self.open:
            async with self._one:
                if self.open:
                    await self._sleep(self._cool_down)
                    self._cool_down = min(2 * self._cool_down, LONGEST_COOL_DOWN)
                    return await self._look(send)
        return await self._judged(send)

    async def _look(self, send: Callable[[], Awaitable[Result]]) -> Result:
        try:
            return await self._judged(send)
        except ChunkFailure as failure:
            failure.excused = failure.down
            raise

    async def _judged(self, send: Callable[[], Awaitable[Result]]) -> Result:
        try:
            result = await send()
        except ChunkFailure as failure:
            if failure.down:
                self._failures += 1
            elif failure.code != "endpoint":
                self._works()
            raise
        self._works()
        return result

    def _works(self) -> None:
        self._worked, self._failures, self._cool_down = True, 0, FIRST_COOL_DOWN

    def lost(self, failure: ChunkFailure) -> None:
        """A question failed for good.

        Raises:
            AccessError: none ever worked, and this was one too many.
        """
        self._lost += failure.down
        if not self._worked and self._lost >= HOPELESS:
            hint = Message("Check --base-url and the network with `extract doctor`, then run again.")
            raise AccessError(
                Message("%(failure)s; no request of this run was answered", failure=failure), hint=hint
            ) from failure
