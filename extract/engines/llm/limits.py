"""Manners: how many requests at once, how many requests and tokens in a minute."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

MINUTE = 60.0


class Share:
    """Tokens set aside for one request; corrected when it is known what it took."""

    __slots__ = ("since", "tokens")

    def __init__(self, since: float, tokens: int) -> None:
        self.since = since
        self.tokens = tokens


class Limits:
    """Holds requests back until they fit.

    In no 60 seconds do more requests begin, or more tokens go, than allowed; in order of arrival.

    Args:
        concurrency: questions under way at the same time.
        requests: a minute; 0 for no limit.
        tokens: a minute, prompt and answer together; 0 for no limit.
    """

    def __init__(
        self,
        concurrency: int,
        requests: int = 0,
        tokens: int = 0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._places = asyncio.Semaphore(concurrency)
        self._requests = requests
        self._tokens = tokens
        self._clock = clock
        self._sleep = sleep
        self._queue = asyncio.Lock()
        self._recent: deque[Share] = deque()
        self._recent_tokens = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """One of the places for questions under way; held through waits, so that trouble slows us down."""
        async with self._places:
            yield

    async def turn(self, tokens: int) -> Share:
        """Wait until one more request fits.

        Args:
            tokens: that it will take, estimated.

        Returns:
            Its share, for `correct`. A request that alone passes the limit goes when nothing else is recent.
        """
        if not self._requests and not self._tokens:
            return Share(0.0, tokens)
        async with self._queue:
            while (wait := self._wait(tokens)) > 0:
                await self._sleep(wait)
            share = Share(self._clock(), tokens)
            self._recent.append(share)
            self._recent_tokens += tokens
            return share

    def correct(self, share: Share, tokens: int) -> None:
        """Put what a request really took in the place of the estimate."""
        if self._recent and share.since >= self._recent[0].since:
            self._recent_tokens += tokens - share.tokens
            share.tokens = tokens

    def _wait(self, tokens: int) -> float:
        """Seconds until the oldest request leaves the minute; 0 when this one fits now."""
        now = self._clock()
        while self._recent and now - self._recent[0].since >= MINUTE:
            self._recent_tokens -= self._recent.popleft().tokens
        full = self._requests and len(self._recent) >= self._requests
        costly = self._tokens and self._recent and self._recent_tokens + tokens > self._tokens
        if full or costly:
            return max(self._recent[0].since + MINUTE - now, 0.001)
        return 0.0
