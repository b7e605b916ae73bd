"""A limit holds whatever an endpoint says of its tokens: nothing, too little, nonsense, each time something else."""

import asyncio
import itertools
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from endpoint.faults import Response, completion
from endpoint.server import KEY, Endpoint, served

from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Reply, Request, Usage
from extract.engines.llm.limits import Limits as Pace
from extract.engines.llm.money import Budget, Limits
from extract.engines.llm.reading import MOST_TOKENS, Completion, read_completion
from extract.engines.llm.reckoning import with_estimates
from extract.engines.llm.retry import Patience
from extract.errors import BudgetError, ChunkFailure
from extract.prices import Price

from .asking_cases import fits, question

WORDS = "规模以上工业增加值增长，全社会用电量增长。" * 150
"""Some 1,500 tokens."""
ANSWER = json.dumps({"records": [{"text": "全社会用电量"}] * 100}, ensure_ascii=False)
PRICE = Price(input=Decimal(10), output=Decimal(10), cached_input=Decimal(0), currency="X")
QUESTIONS = 20
FIT = 6
"""So many questions and answers of this length fit into the limits below, at most."""
TOKENS = 20_000
COST = Decimal("0.2")

TOO_LITTLE: dict[str, Any] = {
    "missing": None,
    "no block": "none",
    "empty": {},
    "null": {"prompt_tokens": None, "completion_tokens": None},
    "negative": {"prompt_tokens": -100, "completion_tokens": -100},
    "zero": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    "one": {"prompt_tokens": 1, "completion_tokens": 1},
    "text": {"prompt_tokens": "9", "completion_tokens": "9"},
    "fractions": {"prompt_tokens": 9.5, "completion_tokens": 9.5},
    "truth": {"prompt_tokens": True, "completion_tokens": True},
    "no numbers": {"prompt_tokens": float("nan"), "completion_tokens": float("inf")},
    "huge": {"prompt_tokens": 10**30, "completion_tokens": 10**30},
    "huge and negative": {"prompt_tokens": -(10**30), "completion_tokens": 10**30},
    "prompt only": {"prompt_tokens": 9},
    "answer only": {"completion_tokens": 9},
    "sum only": {"total_tokens": 9},
    "lists": {"prompt_tokens": [9], "completion_tokens": {"n": 9}},
    "all from the cache": {
        "prompt_tokens": 1,
        "completion_tokens": 1,
        "prompt_tokens_details": {"cached_tokens": 10**9},
    },
}


def answered(usage: Any, *, in_choice: bool = False) -> Response:
    """The answer, with this block of usage."""
    body = completion(ANSWER)
    body["usage"] = usage
    if in_choice:
        body["choices"][0]["usage"] = body.pop("usage")
    return Response("answered", 200, body)


def spend(
    responses: Iterable[Response], folder: Path, limits: Limits
) -> tuple[Endpoint, Budget, list[object]]:
    """Ask one question after the other until a limit stops it; these responses come in turn."""
    coming = itertools.cycle(responses)
    endpoint = Endpoint(lambda _body: next(coming))
    budget = Budget(limits, PRICE)
    outcomes: list[object] = []

    async def go(base_url: str) -> None:
        client, cache = Client(base_url, KEY, timeout=20), AnswerCache(folder)
        ask = EndpointAsking(
            client, cache, Pace(1), mode="json_schema", budget=budget, patience=Patience(1, sleep=_no_sleep),
            estimate=lambda _request: Usage(1, 0, 0),
        )  # fmt: skip
        try:
            for n in range(QUESTIONS):
                found = await _outcome(ask, question(f"{n}{WORDS}"))
                outcomes.append(found)
                if isinstance(found, BudgetError):
                    break
        finally:
            await client.aclose()
            cache.close()

    with served(endpoint) as base_url:
        asyncio.run(go(base_url))
    return endpoint, budget, outcomes


async def _no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


async def _outcome(ask: EndpointAsking, request: Request) -> Reply | BudgetError | ChunkFailure:
    try:
        return await ask(request, fits)
    except (BudgetError, ChunkFailure) as error:
        return error


@pytest.mark.parametrize("name", TOO_LITTLE)
@pytest.mark.parametrize("limits", [Limits(tokens=TOKENS), Limits(cost=COST)], ids=["tokens", "cost"])
def test_a_limit_stops_whatever_is_told(name: str, limits: Limits, tmp_path: Path) -> None:
    """Though nothing is reserved beforehand; and what is booked is known to be an estimate."""
    endpoint, budget, outcomes = spend([answered(TOO_LITTLE[name])], tmp_path, limits)
    assert isinstance(outcomes[-1], BudgetError)
    assert endpoint.requests <= FIT
    assert budget.spent.estimated == budget.spent.requests == endpoint.requests
    assert 0 <= budget.spent.cached_tokens <= budget.spent.prompt_tokens < 2**40


def test_a_limit_stops_where_the_block_changes_each_time(tmp_path: Path) -> None:
    """Each answer is looked at by itself."""
    responses = [answered(usage) for usage in TOO_LITTLE.values()]
    endpoint, _, outcomes = spend(responses, tmp_path, Limits(tokens=TOKENS))
    assert isinstance(outcomes[-1], BudgetError)
    assert endpoint.requests <= FIT


def test_tokens_told_beside_the_choice_are_read(tmp_path: Path) -> None:
    """As some servers do."""
    told = {"prompt_tokens": 3_000, "completion_tokens": 2_000}
    _, budget, _ = spend([answered(told, in_choice=True)], tmp_path, Limits(tokens=TOKENS))
    assert (budget.spent.estimated, budget.spent.prompt_tokens % 3_000) == (0, 0)


@pytest.mark.parametrize(
    "body",
    [b'{"choices":[{"message":{"content":"', b"[1,2]", b"answer", b'{"choices":[' + b" " * 9_000_000],
    ids=["cut off", "a list", "no JSON", "too long"],
)
def test_an_answer_that_cannot_be_read_is_paid_for(body: bytes, tmp_path: Path) -> None:
    """A gateway's page is not: no model wrote it."""
    limits = Limits(tokens=TOKENS)
    endpoint, _, outcomes = spend([Response("broken", 200, body)], tmp_path / "broken", limits)
    assert isinstance(outcomes[-1], BudgetError)
    assert endpoint.requests < QUESTIONS
    endpoint, budget, outcomes = spend([Response("page", 200, b"<html>")], tmp_path / "page", limits)
    assert budget.spent == Usage()


def test_what_is_told_and_possible_is_believed() -> None:
    """Vocabularies differ, and a count in reason is the endpoint's to make."""
    body = {"model": "m", "messages": [{"role": "user", "content": WORDS}]}
    told = Completion(ANSWER, Usage(1, 1_700, 700, 1_000))
    assert with_estimates(told, body) is told


@pytest.mark.parametrize("usage", [Usage(1, 400, 500), Usage(1, 1_600, 50)])
def test_fewer_tokens_than_the_text_can_have_are_not_believed(usage: Usage) -> None:
    """Of the question or of the answer."""
    body = {"model": "m", "messages": [{"role": "user", "content": WORDS}]}
    reckoned = with_estimates(Completion(ANSWER, usage), body).usage
    assert reckoned.estimated == 1
    assert reckoned.prompt_tokens >= 1_600
    assert reckoned.completion_tokens >= 500


def test_thoughts_and_further_choices_are_reckoned_too() -> None:
    """They are written, and paid for."""
    body = {"model": "m", "messages": [{"role": "user", "content": "一"}]}
    content = completion("{}")
    content["usage"] = None
    short = with_estimates(read_completion(json.dumps(content).encode(), "x"), body).usage
    content["choices"][0]["message"]["reasoning_content"] = WORDS
    thoughts = with_estimates(read_completion(json.dumps(content).encode(), "x"), body).usage
    content["choices"].append({"message": {"content": WORDS}})
    choices = with_estimates(read_completion(json.dumps(content).encode(), "x"), body).usage
    assert short.completion_tokens + 1_500 < thoughts.completion_tokens
    assert thoughts.completion_tokens + 1_500 < choices.completion_tokens


def test_thoughts_that_are_only_in_the_sum_are_counted() -> None:
    """Gemini tells them nowhere else."""
    content = completion("{}")
    content["usage"] = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 900}
    assert read_completion(json.dumps(content).encode(), "x").usage == Usage(1, 100, 800)


@pytest.mark.parametrize("count", [MOST_TOKENS + 1, 10**400])
def test_a_count_beyond_any_context_is_none(count: int) -> None:
    """No store holds it, and no cost can be made of it."""
    content = completion("{}")
    content["usage"] = {"prompt_tokens": count, "completion_tokens": count}
    read = read_completion(json.dumps(content).encode(), "x")
    assert (read.usage, read.told) == (Usage(1), False)
