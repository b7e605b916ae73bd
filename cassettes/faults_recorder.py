"""The faults, recorded from a loopback endpoint that makes them: real exchanges over HTTP, invented answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vcr.record_mode import RecordMode

from cassettes.tape import FOLDER, tape
from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Reply, Request
from extract.engines.llm.limits import Limits
from extract.engines.llm.retry import Patience
from extract.errors import ChunkFailure

ANSWER = '{"indicator": "云州市新增就业", "figure": "3.2万人"}'
QUESTION = Request(
    messages=(
        {"role": "system", "content": "抄录句子里的指标和数字，以 JSON 回答。"},
        {"role": "user", "content": "云州市全年新增就业3.2万人。"},
    ),
    schema={
        "type": "object",
        "properties": {"indicator": {"type": "string"}, "figure": {"type": "string"}},
        "required": ["indicator", "figure"],
        "additionalProperties": False,
    },
    schema_name="fact",
    model="loopback",
    parameters={"temperature": 0, "max_tokens": 200},
    divisible=True,
)
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "rate_limited": ("busy", "good"),
    "server_error": ("failed", "good"),
    "malformed": ("malformed", "good"),
    "truncated": ("truncated",),
    "refused": ("refused",),
    "filtered": ("filtered",),
    "empty": ("empty", "good"),
    "no_json": ("no_json", "good"),
}
"""By tape what the endpoint does with each request in turn; the last is done with all that follow."""


def checked(text: str) -> str | None:
    """Whether an answer is the good one."""
    return None if text == ANSWER else "the answer is not whole"


@asynccontextmanager
async def asking(base_url: str, waits: list[float]) -> AsyncIterator[EndpointAsking]:
    """An asking with an empty cache that never really waits.

    Args:
        base_url: of the endpoint, or of the tape.
        waits: takes down how long it would have waited.
    """

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    client = Client(base_url, "sk-never-on-a-tape", timeout=10)
    with TemporaryDirectory() as folder, closing(AnswerCache(Path(folder))) as cache:
        async with aclosing(client):
            yield EndpointAsking(
                client,
                cache,
                Limits(1),
                mode="json_schema",
                patience=Patience(attempts=3, sleep=sleep, chance=lambda: 0.0),
            )


def outcome(base_url: str, waits: list[float]) -> Reply | ChunkFailure:
    """What becomes of the question."""
    return asyncio.run(_asked(base_url, waits))


async def _asked(base_url: str, waits: list[float]) -> Reply | ChunkFailure:
    async with asking(base_url, waits) as ask:
        try:
            return await ask(QUESTION, checked)
        except ChunkFailure as failure:
            return failure


def record_faults() -> None:
    """Make every tape anew."""
    from tests.endpoint.faults import FAULTS, Response, good
    from tests.endpoint.server import Endpoint, served

    for name, script in SCRIPTS.items():
        turns = iter(script)

        def behave(body: Mapping[str, Any], turns: Iterator[str] = turns, last: str = script[-1]) -> Response:
            kind = next(turns, last)
            return good(ANSWER, body) if kind == "good" else FAULTS[kind](ANSWER, body)

        path = FOLDER / "faults" / f"{name}.yaml"
        path.unlink(missing_ok=True)
        with served(Endpoint(behave)) as url, tape(path, RecordMode.ALL) as cassette:
            outcome(url, [])
        print(f"{len(cassette)} exchanges in {path}")
