"""Questions and answers for the benchmarks: the sample reports under invented names, answered by the rules."""

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from extract.checks import ground  # noqa: E402 - found through the line above
from extract.config import Settings  # noqa: E402
from extract.documents import read_source  # noqa: E402
from extract.documents.model import Report  # noqa: E402
from extract.engines.base import Draft, Witness  # noqa: E402
from extract.engines.llm.engine import LlmEngine, llm_engine  # noqa: E402
from extract.engines.llm.exchange import Reply, Request, Usage  # noqa: E402
from extract.engines.rules import RulesEngine  # noqa: E402
from extract.pipeline import bear_witness  # noqa: E402
from extract.runs.asking import parameters  # noqa: E402
from tests.endpoint.server import KEY  # noqa: E402

CITY = "云州"
MODEL = "loopback"
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
FIRST, SECOND = "东南西北新安长平永泰", "岭泽原浦溪港湾堰坪陂"


@dataclass(frozen=True, slots=True)
class Case:
    """One report that was read, and its questions."""

    report: Report
    witness: Witness
    requests: tuple[Request, ...]


@contextmanager
def endpoint(known: Mapping[str, str], folder: Path, *options: str) -> Iterator[str]:
    """The loopback endpoint as a process; gives its base URL."""
    path = folder / "answers.json"
    path.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "tests.endpoint", "--answers", str(path), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def counts(base_url: str) -> dict[str, Any]:
    """What the endpoint counted so far."""
    request = urllib.request.Request(f"{base_url}/counts", headers=AUTHORIZED)  # noqa: S310 - our own endpoint
    with urllib.request.urlopen(request) as response:  # noqa: S310 - the same
        found: dict[str, Any] = json.load(response)
    return found


def engine() -> LlmEngine:
    """The engine that the benchmarks drive, asking as the command does."""
    return llm_engine(MODEL, ground, parameters=parameters(replace(Settings(), base_url="http://127.0.0.1")))


def texts() -> Iterator[tuple[str, bytes]]:
    """Sample reports without end, no two alike: the city has another name in each."""
    originals = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("yunzhou-*.txt"))
    ]
    for round_number in range(1_000):
        for one, two in product(FIRST, SECOND):
            for number, text in enumerate(originals):
                name = (
                    one
                    + two
                    + ("" if not round_number else FIRST[round_number % 10] * (1 + round_number // 10))
                )
                yield f"{name}-{number}.txt", text.replace(CITY, name).encode()


def cases(asked: LlmEngine, chunks: int, reports: int | None = None) -> list[Case]:
    """Reports with as many questions in all, or as many reports."""
    found: list[Case] = []
    total = 0
    for name, data in islice(texts(), reports):
        report = read_source(data, name, max_bytes=10_000_000).reports[0]
        witness = bear_witness(report)
        requests = tuple(asked.first_requests(report, witness))
        found.append(Case(report, witness, requests))
        total += len(requests)
        if reports is None and total >= chunks:
            break
    return found


def answers(asked: LlmEngine, several: list[Case]) -> dict[str, str]:
    """By the user's message of each question the answer that the rules would give."""
    found: dict[str, str] = {}
    for case in several:
        drafts = RulesEngine().extract(case.report, case.witness).drafts
        for request in case.requests:
            found[str(request.messages[1]["content"])] = answer(asked, case.report, request.chunk, drafts)
        _second(asked, case, drafts, found)
    return found


def _second(asked: LlmEngine, case: Case, drafts: tuple[Draft, ...], found: dict[str, str]) -> None:
    """Whatever the second round asks is answered with what the rules have in these sentences."""

    async def ask(request: Request, _check: object) -> Reply:
        content = str(request.messages[1]["content"])
        found.setdefault(content, answer(asked, case.report, request.chunk, drafts))
        return Reply(found[content], Usage())

    asyncio.run(asked.aextract(case.report, case.witness, ask))


def answer(asked: LlmEngine, report: Report, chunk: int, drafts: tuple[Draft, ...]) -> str:
    """The records of one chunk as a model would write them."""
    place = report.chunks[chunk]
    own = sorted({name for names in asked.questions.wire.own_fields.values() for name in names})
    records = [
        _record(draft, place.first) | dict.fromkeys(own)
        for draft in drafts
        if all(place.first <= sentence <= place.last for sentence in draft.sentences)
    ]
    return json.dumps({"records": records}, ensure_ascii=False)


def _record(draft: Draft, first: int) -> dict[str, Any]:
    return {
        "type": draft.type,
        "indicator": draft.indicator,
        "category": draft.category,
        "sentences": [sentence - first + 1 for sentence in draft.sentences],
        "commitment": draft.commitment,
        "status": draft.status,
        "figures": [
            {
                "text": figure.text,
                "kind": figure.kind,
                "direction": figure.direction,
                "modifier": figure.modifier,
                "period": figure.period,
            }
            for figure in draft.figures
        ],
    }


def figures_in(found: Mapping[str, str]) -> int:
    """How many figures these answers carry."""
    return sum(len(record["figures"]) for text in found.values() for record in json.loads(text)["records"])
