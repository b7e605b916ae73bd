"""What happens when an endpoint that worked goes down."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from endpoint.faults import Response, error

from extract.engines.llm.breaker import IN_A_ROW, LONGEST_COOL_DOWN
from extract.errors import EndpointError

from .asking_cases import Desk, SharedClock, answered, fits, question, run_virtually

MINUTES = 5 * 60.0


class Outage:
    """Answers well until some requests came, then is down for a time."""

    def __init__(self, after: int, seconds: float, down: Response) -> None:
        self.after, self.seconds, self.down = after, seconds, down
        self.refused = 0
        self.until: float | None = None
        self.desk: Desk

    def __call__(self, before: int, _body: Mapping[str, Any]) -> Response:
        """What becomes of a request."""
        if before < self.after:
            return answered()
        if self.until is None:
            self.until = self.desk.clock() + self.seconds
        if self.desk.clock() < self.until:
            self.refused += 1
            return self.down
        return answered()


def outage(
    folder: Path, down: Response, *, concurrency: int, seconds: float = MINUTES
) -> tuple[Outage, list[object]]:
    behave = Outage(40, seconds, down)
    desk = behave.desk = Desk(folder, behave, attempts=6, concurrency=concurrency, clock=SharedClock())

    async def run() -> list[object]:
        asked = (desk.ask(question(str(n)), fits) for n in range(300))
        return await asyncio.gather(*asked, return_exceptions=True)

    return behave, run_virtually(run())


@pytest.mark.parametrize("concurrency", [1, 4, 32])
def test_an_outage_of_minutes_loses_nothing(tmp_path: Path, concurrency: int) -> None:
    """Every question is answered in the end, and the endpoint is left in peace while it is down."""
    behave, outcomes = outage(tmp_path, error(503, "down"), concurrency=concurrency)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert behave.refused <= IN_A_ROW + concurrency + MINUTES / LONGEST_COOL_DOWN + 5


def test_an_outage_without_end_ends_at_the_deadline(tmp_path: Path) -> None:
    """After the deadline the questions under way have failed, each with its reason."""
    _, outcomes = outage(tmp_path, error(503, "down"), concurrency=300, seconds=1_000_000)
    assert sum(isinstance(one, EndpointError) for one in outcomes) == 260


def test_dropped_connections_are_an_outage_too(tmp_path: Path) -> None:
    """It need not be a status."""
    behave, outcomes = outage(tmp_path, Response("reset", 0), concurrency=16)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert behave.refused < 70


def test_being_busy_is_no_outage(tmp_path: Path) -> None:
    """429 is an answer of an endpoint that is well."""
    behave, _ = outage(tmp_path, error(429, "busy", headers={"retry-after": "1"}), concurrency=2, seconds=3)
    assert not behave.desk.ask._breaker.open


def test_one_failure_among_successes_changes_nothing(tmp_path: Path) -> None:
    """Bad luck is no outage: only failures in a row count."""
    desk = Desk(
        tmp_path,
        lambda before, _body: error(500, "x") if before % 4 == 1 else answered(),
        clock=SharedClock(),
    )

    async def run() -> None:
        await asyncio.gather(*(desk.ask(question(str(n)), fits) for n in range(100)))

    run_virtually(run())
    assert not desk.ask._breaker.open
    assert max(desk.clock.slept) <= 2
