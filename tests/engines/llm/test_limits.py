"""How many at once, how many in a minute."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.engines.llm.limits import MINUTE, Limits

from .asking_cases import Clock


def starts(requests: int, tokens: int, wanted: list[int]) -> tuple[list[float], Clock]:
    """When each of these requests began, by an injected clock."""
    clock = Clock()
    limits = Limits(4, requests, tokens, clock=clock, sleep=clock.sleep)

    async def run() -> list[float]:
        return [(await limits.turn(one)).since for one in wanted]

    return asyncio.run(run()), clock


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 20), st.integers(1, 60))
def test_no_minute_holds_more_requests_than_allowed(allowed: int, wanted: int) -> None:
    """Whatever minute one looks at."""
    begun, _ = starts(allowed, 0, [0] * wanted)
    for first in begun:
        assert sum(first <= one < first + MINUTE for one in begun) <= allowed


@settings(max_examples=50, deadline=None)
@given(st.integers(100, 1000), st.lists(st.integers(1, 100), min_size=1, max_size=60))
def test_no_minute_holds_more_tokens_than_allowed(allowed: int, wanted: list[int]) -> None:
    """Whatever minute one looks at."""
    begun, _ = starts(0, allowed, wanted)
    for first in begun:
        inside = [tokens for one, tokens in zip(begun, wanted, strict=True) if first <= one < first + MINUTE]
        assert sum(inside) <= allowed


def test_a_request_larger_than_the_limit_goes_alone() -> None:
    """It waits until nothing else is recent, but not for ever."""
    begun, _ = starts(0, 100, [50, 500, 50])
    assert [one - begun[0] for one in begun] == [0, 60, 120]


def test_estimates_are_corrected() -> None:
    """What a request did not take is free for others; what it took beyond the estimate is not."""
    clock = Clock()
    limits = Limits(4, 0, 100, clock=clock, sleep=clock.sleep)

    async def run() -> None:
        limits.correct(await limits.turn(90), 10)
        limits.correct(await limits.turn(60), 95)
        assert clock.slept == []
        await limits.turn(1)
        assert sum(clock.slept) == MINUTE

    asyncio.run(run())


def test_without_limits_nobody_waits() -> None:
    """Zero means no limit."""
    assert starts(0, 0, [10**9] * 5)[1].slept == []


def test_no_more_places_than_given() -> None:
    """So many questions are under way at the same time, and no more."""
    limits = Limits(3)
    under_way, most = 0, 0

    async def one() -> None:
        nonlocal under_way, most
        async with limits.place():
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0)
            under_way -= 1

    async def run() -> None:
        await asyncio.gather(*(one() for _ in range(20)))

    asyncio.run(run())
    assert most == 3
