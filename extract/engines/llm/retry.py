"""The one loop in which a question is sent more than once.

Whatever makes another request necessary (a busy endpoint, a dropped connection, an answer that does not fit
the schema) draws on the same number of attempts, so attempts never multiply between layers.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from extract.errors import ChunkFailure, ExtractError

Result = TypeVar("Result")
FIRST_WAIT = 0.5
LONGEST_WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on.

    Attributes:
        attempts: requests for one question at most, whatever made them necessary; those that find an endpoint
            still down after it worked are not counted.
        deadline: seconds from the first request on; no wait is begun that would pass it.
        clock: seconds, rising.
        sleep: waits so many seconds.
        chance: between 0 and 1, for jitter.
    """

    attempts: int = 6
    deadline: float = 900.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


async def persist(
    attempt: Callable[[], Awaitable[Result]], patience: Patience, begun: Callable[[], float | None]
) -> Result:
    """Try until it works, until an error says that trying again is of no use, or until patience ends.

    Args:
        attempt: sends one request; its errors say by `retryable` whether another can help, and by
            `retry_after` how long the endpoint asks to wait.
        patience: how long to go on.
        begun: when the first request left; waiting for one's turn before that is no impatience.

    Raises:
        ExtractError: that of the last attempt.
    """
    try:
        return await attempt()  # what works at once, as nearly all does, needs no loop
    except ExtractError as error:
        if not error.retryable:
            raise
        failed: list[ExtractError] = [error]
    excused = 0

    def over(state: RetryCallState) -> bool:
        nonlocal excused
        error = _error(state)
        excused += isinstance(error, ChunkFailure) and error.excused
        now = patience.clock()
        late = now - (begun() or now) + state.upcoming_sleep > patience.deadline
        return late or state.attempt_number - excused >= patience.attempts

    loop = AsyncRetrying(
        sleep=patience.sleep,
        stop=over,
        wait=lambda state: wait_of(_error(state), state.attempt_number, patience.chance()),
        retry=retry_if_exception(lambda error: isinstance(error, ExtractError) and error.retryable),
        reraise=True,
    )

    async def once() -> Result:
        if failed:
            raise failed.pop()
        return await attempt()

    return await loop(once)


def wait_of(error: BaseException | None, attempts: int, chance: float) -> float:
    """Seconds before the next attempt.

    Args:
        error: what the last attempt ended with.
        attempts: made so far.
        chance: between 0 and 1.

    Returns:
        What the endpoint asks for and a little more, so that not all come back at once; else a wait that
        doubles. Nothing after an answer that only was no good: there the endpoint is well.
    """
    if isinstance(error, ChunkFailure) and error.retry_after is not None:
        return error.retry_after * (1 + 0.1 * chance)
    if isinstance(error, ChunkFailure) and error.code != "endpoint":
        return 0.0
    wait = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(attempts - 1, 10)))
    return wait * (0.5 + 0.5 * chance)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
