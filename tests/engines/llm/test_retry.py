"""How long to wait before asking again, and when to stop."""

import asyncio
from pathlib import Path

import pytest
from endpoint.faults import error
from hypothesis import given
from hypothesis import strategies as st

from extract.engines.llm.refusals import retry_after
from extract.engines.llm.retry import LONGEST_WAIT, wait_of
from extract.errors import EndpointError, MalformedAnswerError

from .asking_cases import Clock, Desk, answered, in_turn, reply_of

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1"}, 1.0),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 2.5 "}, 2.5),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Tue, 99 Nov 2023 22:13:50 GMT"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9.0),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds or an HTTP date; what cannot be understood asks for nothing."""
    assert retry_after(headers, NOW) == seconds


@given(st.text())
def test_retry_after_survives_any_text(text: str) -> None:
    """Whatever an endpoint writes there, it is a wait that is not negative, or none."""
    found = retry_after({"retry-after": text}, NOW)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("header", "wait"), [("0", 0.0), ("1", 1.0), ("120", 120.0), ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0)]
)
@pytest.mark.parametrize("status", [429, 503])
def test_waits_are_honoured(tmp_path: Path, status: int, header: str, wait: float) -> None:
    """The wait that the endpoint asks for is what passes before the next attempt."""
    clock = Clock()
    clock.now = NOW
    busy = error(status, "busy", headers={"retry-after": header})
    desk = Desk(tmp_path, in_turn(busy, answered()), clock=clock)
    asyncio.run(reply_of(desk))
    assert desk.clock.slept == [pytest.approx(wait)]
    assert desk.requests == 2


def test_waits_double_up_to_a_limit() -> None:
    """Without word from the endpoint each wait is twice the last, up to a limit, and never exactly the same."""
    waits = [wait_of(EndpointError("x"), n, 1.0) for n in range(1, 9)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_WAIT, LONGEST_WAIT]
    assert wait_of(EndpointError("x"), 1, 0.0) == 0.25


def test_jitter_is_on_top_of_what_was_asked_for() -> None:
    """Nobody comes back earlier than asked, and not all at once."""
    failure = EndpointError("x")
    failure.retry_after = 10.0
    assert wait_of(failure, 1, 0.0) == 10.0
    assert wait_of(failure, 1, 1.0) == 11.0


def test_a_bad_answer_is_asked_again_at_once() -> None:
    """An answer that does not fit says nothing about the endpoint's load."""
    assert wait_of(MalformedAnswerError("x"), 3, 1.0) == 0.0


def test_deadline_ends_the_attempts(tmp_path: Path) -> None:
    """No wait is begun that would pass the deadline, however many attempts are left."""
    busy = error(429, "busy", headers={"retry-after": "400"})
    desk = Desk(tmp_path, in_turn(busy), attempts=50, deadline=900)
    with pytest.raises(EndpointError):
        asyncio.run(reply_of(desk))
    assert desk.requests == 3
    assert sum(desk.clock.slept) == 800
