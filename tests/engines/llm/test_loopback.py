"""Against a real HTTP endpoint on this machine: faults at random, and what each side counts."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from endpoint.faults import FAULTS, TRANSIENT, Chance, question_of
from endpoint.server import KEY, Endpoint, served

from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Reply, Usage, spent_on
from extract.engines.llm.limits import Limits
from extract.engines.llm.retry import Patience
from extract.errors import AccessError, ChunkFailure

from .asking_cases import fits, question

QUESTIONS = 150


def answer(body: Mapping[str, Any]) -> str:
    """An answer that names its question."""
    return json.dumps({"records": [question_of(body)]}, ensure_ascii=False)


async def no_sleep(_seconds: float) -> None:
    """Waits are tested elsewhere."""
    await asyncio.sleep(0)


async def asked(base_url: str, folder: Path, at_once: int = 16) -> list[Reply | BaseException]:
    """All questions at once, by a run of its own."""
    client = Client(base_url, KEY, connections=at_once, timeout=20)
    cache = AnswerCache(folder)
    ask = EndpointAsking(client, cache, Limits(at_once), patience=Patience(sleep=no_sleep))
    questions = (ask(question(f"第{n}段"), fits) for n in range(QUESTIONS))
    try:
        return await asyncio.gather(*questions, return_exceptions=True)
    finally:
        await client.aclose()
        cache.close()


def usage_of(outcome: Reply | BaseException) -> Usage:
    """What one question cost, answered or not."""
    if isinstance(outcome, Reply):
        return outcome.usage
    assert isinstance(outcome, ChunkFailure), outcome
    return spent_on(outcome)


@pytest.mark.parametrize(("kinds", "seed"), [(TRANSIENT, 1), (tuple(FAULTS), 2)])
def test_faults_at_random(tmp_path: Path, kinds: tuple[str, ...], seed: int) -> None:
    """With 3 of 10 requests spoilt every question is answered or failed with its reason; each request is counted
    once on both sides; running again asks only what failed.
    """
    endpoint = Endpoint(Chance(answer, 0.3, [kind for kind in kinds if kind != "slow"], seed))
    with served(endpoint) as base_url:
        first = asyncio.run(asked(base_url, tmp_path))
        assert endpoint.requests == sum(usage_of(one).requests for one in first)
        failed = sum(not isinstance(one, Reply) for one in first)
        before = endpoint.requests
        second = asyncio.run(asked(base_url, tmp_path))
    for outcomes in (first, second):
        for n, one in enumerate(outcomes):
            assert not isinstance(one, Reply) or json.loads(one.text) == {"records": [f"第{n}段"]}
    assert failed <= endpoint.requests - before <= 6 * failed
    assert not endpoint.asked_again
    assert endpoint.requests == sum(usage_of(one).requests for one in second)
    assert endpoint.most_at_once <= 16


def test_nothing_listens(tmp_path: Path) -> None:
    """An address where nobody listens ends with one clear sentence."""
    outcomes = asyncio.run(asked("http://127.0.0.1:1/v1", tmp_path, at_once=4))
    assert any(isinstance(one, AccessError) for one in outcomes)
    assert usage_of(outcomes[0]).requests == 0
    assert "could not be reached" in str(outcomes[0])


def test_request_is_counted_while_its_answer_is_waited_for(tmp_path: Path) -> None:
    """A run that is killed while it waits has counted what it sent."""

    async def run(base_url: str) -> None:
        client = Client(base_url, KEY)
        cache = AnswerCache(tmp_path)
        ask = EndpointAsking(client, cache, Limits(1), mode="json_schema")
        task = asyncio.create_task(ask(question(), fits))
        while not cache.asked(question().key).spent.requests:  # noqa: ASYNC110 - nobody tells, which is the point
            await asyncio.sleep(0.001)
        assert not task.done()
        await task
        await client.aclose()

    endpoint = Endpoint(Chance(answer), latency=0.2)
    with served(endpoint) as base_url:
        asyncio.run(asyncio.wait_for(run(base_url), 20))
    assert endpoint.requests == 1
