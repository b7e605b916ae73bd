"""Questions in, good answers out: what is asked again, what is not, what it counts as."""

import asyncio
from pathlib import Path

import pytest
from endpoint.faults import Response, error

from extract.engines.llm.exchange import Usage, spent_on
from extract.errors import (
    AccessError,
    BudgetError,
    CacheFullError,
    ChunkFailure,
    EmptyAnswerError,
    EndpointError,
    FilteredAnswerError,
    MalformedAnswerError,
    RefusedAnswerError,
    RejectedQuestionError,
    TruncatedAnswerError,
)

from .asking_cases import GOOD, Desk, answered, fits, in_turn, question, reply_of

BUSY = error(429, "slow down")
BROKEN = error(500, "internal")
DROPPED = Response("reset", 0)


def failure_of(desk: Desk, **more: object) -> ChunkFailure:
    with pytest.raises(ChunkFailure) as caught:
        asyncio.run(reply_of(desk, question(**more)))  # type: ignore[arg-type]
    return caught.value


def test_answer_is_given_with_its_cost(tmp_path: Path) -> None:
    """A good answer comes back with its tokens, and counts as one request."""
    desk = Desk(tmp_path, in_turn(answered()))
    reply = asyncio.run(reply_of(desk))
    assert (reply.text, reply.from_cache) == (GOOD, False)
    assert reply.usage == Usage(1, 1000, len(GOOD), 0)


@pytest.mark.parametrize(
    "fault", [BUSY, BROKEN, DROPPED, error(503, "down"), Response("malformed", 200, b"<html>")]
)
@pytest.mark.parametrize("attempts", [1, 3, 7])
def test_attempts_are_exact(tmp_path: Path, fault: Response, attempts: int) -> None:
    """A permanently failing endpoint gets as many requests as configured, not one more or less."""
    desk = Desk(tmp_path, in_turn(fault), attempts=attempts)
    failure = failure_of(desk)
    assert isinstance(failure, EndpointError)
    assert desk.requests == attempts
    assert spent_on(failure).requests == attempts
    assert f"after {attempts} request" in str(failure)


def test_attempts_of_many_questions_are_exact(tmp_path: Path) -> None:
    """Where many questions fail side by side, each has its attempts."""

    async def run(desk: Desk) -> None:
        await asyncio.gather(*(desk.ask(question(str(n)), fits) for n in range(8)), return_exceptions=True)

    desk = Desk(tmp_path, in_turn(BROKEN), attempts=3)
    asyncio.run(run(desk))
    assert desk.requests == 8 * 3


def test_trouble_passes(tmp_path: Path) -> None:
    """After trouble that passes the answer comes, and counts every request."""
    desk = Desk(tmp_path, in_turn(BUSY, DROPPED, BROKEN, answered()))
    assert asyncio.run(reply_of(desk)).usage.requests == 4


def test_reasks_carry_the_latest_error_only(tmp_path: Path) -> None:
    """An answer that does not fit is asked again with the latest error; the prompt does not grow."""
    desk = Desk(tmp_path, in_turn(answered('{"a":1}'), answered('{"b":2}'), answered()))
    reply = asyncio.run(reply_of(desk))
    assert [len(body["messages"]) for body in desk.bodies] == [2, 4, 4]
    assert '{"a"' not in str(desk.bodies[2])
    assert desk.bodies[2]["messages"][2]["content"] == '{"b":2}'
    assert "records is missing" in desk.bodies[2]["messages"][3]["content"]
    assert reply.usage == Usage(3, 3000, 7 + 7 + len(GOOD), 0)
    assert sum(desk.clock.slept) == 0


def test_reasks_end(tmp_path: Path) -> None:
    """An answer that never fits is asked for three times and fails as malformed, with what it cost."""
    desk = Desk(tmp_path, in_turn(answered('{"a":1}')), attempts=9)
    failure = failure_of(desk)
    assert isinstance(failure, MalformedAnswerError)
    assert desk.requests == 3
    assert spent_on(failure) == Usage(3, 3000, 21, 0)


def test_reasks_and_retries_share_the_attempts(tmp_path: Path) -> None:
    """Bad answers and bad luck together do not multiply."""
    desk = Desk(tmp_path, in_turn(BUSY, answered("{}"), BUSY, answered("{}"), BUSY, BUSY, BUSY), attempts=5)
    failure_of(desk)
    assert desk.requests == 5


@pytest.mark.parametrize(
    ("response", "kind", "requests"),
    [
        (answered('{"rec', finish="length"), TruncatedAnswerError, 2),
        (answered(None, refusal="no"), RefusedAnswerError, 1),
        (answered(None, finish="content_filter"), FilteredAnswerError, 1),
        (error(400, "held back", "content_filter"), FilteredAnswerError, 1),
        (error(400, "too long", "context_length_exceeded"), TruncatedAnswerError, 1),
        (error(400, "schema not supported"), RejectedQuestionError, 1),
        (error(422, "schema not supported"), RejectedQuestionError, 1),
        (answered("  "), EmptyAnswerError, 4),
        (Response("empty", 200, {"choices": []}), EmptyAnswerError, 4),
        (Response("empty", 200, {"choices": [{"message": None}]}), EmptyAnswerError, 4),
        (Response("empty", 200, {"choices": None, "usage": 7}), EmptyAnswerError, 4),
        (Response("odd", 200, []), EndpointError, 4),
        (Response("odd", 200, {"error": {"message": "upstream"}}), EndpointError, 4),
    ],
)
def test_typed_failures(tmp_path: Path, response: Response, kind: type, requests: int) -> None:
    """Each way of giving no answer is a failure of its own, tried again only where that can help."""
    desk = Desk(tmp_path, in_turn(response))
    assert type(failure_of(desk)) is kind
    assert desk.requests == requests


@pytest.mark.parametrize(
    ("response", "hint"),
    [
        (error(401, "Incorrect API key"), "OPENAI_API_KEY"),
        (error(403, "not allowed"), "OPENAI_API_KEY"),
        (error(404, "no such model"), "'small'"),
        (error(402, "pay"), "credit"),
        (error(429, "quota", "insufficient_quota"), "credit"),
    ],
)
def test_no_access_stops_the_run(tmp_path: Path, response: Response, hint: str) -> None:
    """With a wrong key, model or no credit one request is sent, and no other question after it."""

    async def run(desk: Desk) -> list[BaseException]:
        caught = []
        for n in range(3):
            with pytest.raises(AccessError) as one:
                await desk.ask(question(str(n)), fits)
            caught.append(one.value)
        return caught

    desk = Desk(tmp_path, in_turn(response))
    errors = asyncio.run(run(desk))
    assert desk.requests == 1
    assert all(isinstance(one, AccessError) and hint in one.hint for one in errors)


def test_words_of_the_endpoint_are_harmless(tmp_path: Path) -> None:
    """What an endpoint says is shown short, on one line, without control characters and without the key."""
    desk = Desk(tmp_path, in_turn(error(400, "bad \x1b[31m\n key sk-secret " + "x" * 5000)))
    said = str(failure_of(desk))
    assert "\x1b" not in said
    assert "\n" not in said
    assert "sk-secret" not in said
    assert len(said) < 300


def test_unreachable_from_the_start_ends_early(tmp_path: Path) -> None:
    """Where no question was ever answered, the run stops after a dozen lost ones instead of trying all."""

    async def run(desk: Desk) -> list[object]:
        asked = (desk.ask(question(str(n)), fits) for n in range(200))
        return await asyncio.gather(*asked, return_exceptions=True)

    desk = Desk(tmp_path, in_turn(DROPPED), attempts=2, concurrency=1)
    outcomes = asyncio.run(run(desk))
    assert desk.requests == 12 * 2
    assert sum(isinstance(one, AccessError) for one in outcomes) == 200 - 11


def test_answers_are_kept(tmp_path: Path) -> None:
    """A finished answer is never asked for again, also by another run, and keeps its cost."""
    first = asyncio.run(reply_of(Desk(tmp_path, in_turn(BUSY, answered()))))
    desk = Desk(tmp_path, in_turn(BROKEN))
    again = asyncio.run(reply_of(desk))
    assert desk.requests == 0
    assert (again.text, again.usage, again.from_cache) == (first.text, first.usage, True)


def test_failures_are_not_kept(tmp_path: Path) -> None:
    """A failure is asked again by the next run; what it cost is counted on."""
    failure_of(Desk(tmp_path, in_turn(BROKEN), attempts=2))
    reply = asyncio.run(reply_of(Desk(tmp_path, in_turn(answered()))))
    assert reply.usage.requests == 3


def test_kept_answer_that_no_longer_fits_is_asked_anew(tmp_path: Path) -> None:
    """An answer that today's check refuses is not served."""
    asyncio.run(reply_of(Desk(tmp_path, in_turn(answered()))))
    desk = Desk(tmp_path, in_turn(answered('{"records":[1]}')))
    reply = asyncio.run(desk.ask(question(), lambda text: None if "1" in text else "old"))
    assert (reply.text, desk.requests) == ('{"records":[1]}', 1)


def test_truncation_is_asked_once_more_where_nothing_can_be_divided(tmp_path: Path) -> None:
    """One sentence cannot be halved, but an answer that ran on may stop in time once."""
    desk = Desk(tmp_path, in_turn(answered('{"rec', finish="length"), answered()))
    assert asyncio.run(reply_of(desk)).usage.requests == 2


def test_truncation_of_what_can_be_divided_is_remembered(tmp_path: Path) -> None:
    """A question known to be too long is not paid for again where its parts can be asked; else it is."""
    cut = answered('{"rec', finish="length")
    first = failure_of(Desk(tmp_path, in_turn(cut)), divisible=True)
    desk = Desk(tmp_path, in_turn(answered()))
    again = failure_of(desk, divisible=True)
    assert desk.requests == 0
    assert spent_on(again) == spent_on(first) == Usage(1, 1000, 5, 0)
    assert asyncio.run(reply_of(desk)).text == GOOD


def test_equal_questions_are_one_request(tmp_path: Path) -> None:
    """Equal questions at the same time are asked once, wherever they come from."""

    async def run(desk: Desk) -> list[object]:
        asked = (desk.ask(question(report=str(n), chunk=n), fits) for n in range(20))
        return await asyncio.gather(*asked)

    desk = Desk(tmp_path, in_turn(answered()))
    replies = asyncio.run(run(desk))
    assert desk.requests == 1
    assert sum(not reply.from_cache for reply in replies) == 1  # type: ignore[attr-defined]


def test_cancelled_question_is_still_kept(tmp_path: Path) -> None:
    """When whoever asked goes away, the answer under way is kept: it is paid for."""

    async def run(desk: Desk) -> None:
        task = asyncio.create_task(desk.ask(question(), fits))
        await left.wait()
        task.cancel()
        await desk.ask.settle()

    left = asyncio.Event()

    def behave(_before: int, _body: object) -> Response:
        left.set()
        return answered()

    desk = Desk(tmp_path, behave)
    asyncio.run(run(desk))
    assert desk.cache.get(question().key) is not None


class Purse:
    """A budget that remembers what it was told."""

    def __init__(self, calls: int) -> None:
        self.left = calls
        self.reserved = 0
        self.booked = Usage()
        self.leaving = 0

    def reserve(self, estimate: Usage) -> None:
        """Before a request."""
        if not self.left:
            raise BudgetError("spent")
        self.left -= 1
        self.reserved += 1

    def release(self, estimate: Usage) -> None:
        """After it."""
        self.reserved -= 1

    def sent(self) -> None:
        """It leaves."""
        self.leaving += 1

    def book(self, usage: Usage) -> None:
        """What it took."""
        self.booked += usage


def test_budget_is_asked_before_and_booked_once(tmp_path: Path) -> None:
    """Each request is reserved before it leaves and booked once; what is reserved is given back."""
    purse = Purse(9)
    asyncio.run(reply_of(Desk(tmp_path, in_turn(BUSY, answered("{}"), answered()), budget=purse)))
    assert (purse.leaving, purse.reserved) == (3, 0)
    assert purse.booked == Usage(2, 2000, 2 + len(GOOD), 0)


def test_budget_stops_before_the_next_request(tmp_path: Path) -> None:
    """At the limit nothing more is sent, and the count of what was sent stays."""
    desk = Desk(tmp_path, in_turn(BUSY, answered()), budget=Purse(1))
    with pytest.raises(BudgetError):
        asyncio.run(reply_of(desk))
    assert desk.requests == 1
    assert desk.cache.asked(question().key).spent.requests == 1


def test_full_disk_keeps_what_was_paid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that cannot be kept is still used; then no more is asked."""

    async def run(desk: Desk) -> str:
        text = (await desk.ask(question(), fits)).text
        with pytest.raises(CacheFullError):
            await desk.ask(question("二、"), fits)
        return text

    desk = Desk(tmp_path, in_turn(answered()))

    def full(*_args: object, **_more: object) -> None:
        raise CacheFullError("disk full")

    monkeypatch.setattr(desk.cache, "put", full)
    assert asyncio.run(run(desk)) == GOOD
    assert desk.requests == 1


def test_another_process_is_waited_for(tmp_path: Path) -> None:
    """A question that another process asks right now is not sent; its answer is taken when it is there."""
    desk = Desk(tmp_path, in_turn(answered()))
    key = question().key
    other = Desk(tmp_path, in_turn(answered())).cache
    other._me = ["elsewhere", 1]
    assert other.leave(key, Usage(), 60)
    looked = 0

    async def sleep(seconds: float) -> None:
        nonlocal looked
        looked += 1
        if looked == 3:
            other.put(key, '{"records":[3]}', Usage(1), model="small", purpose="records")
        await desk.clock.sleep(seconds)

    object.__setattr__(desk.ask._patience, "sleep", sleep)
    assert asyncio.run(reply_of(desk)).text == '{"records":[3]}'
    assert desk.requests == 0
    assert looked == 3


def test_process_that_died_is_not_waited_for(tmp_path: Path) -> None:
    """What a killed process left behind is asked anew, and its request counts."""
    desk = Desk(tmp_path, in_turn(answered()))
    dead = Desk(tmp_path, in_turn(answered())).cache
    dead._me = [desk.cache._me[0], 2**22 + 7]
    assert dead.leave(question().key, Usage(), 600)
    assert asyncio.run(reply_of(desk)).usage.requests == 2
    assert desk.requests == 1


def test_half_characters_do_no_harm(tmp_path: Path) -> None:
    """Half characters in a question or an answer break nothing."""
    desk = Desk(
        tmp_path,
        in_turn(
            Response(
                "answered", 200, b'{"choices":[{"message":{"content":"{\\"records\\":[\\"\\ud800\\"]}"}}]}'
            )
        ),
    )
    assert "records" in asyncio.run(reply_of(desk, question("\ud800一"))).text
