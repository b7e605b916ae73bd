"""An attack from end to end: a report is asked about at a hostile server, and what is verified is held against the truth."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cassettes.sets import Recording
from extract.documents.model import Report
from extract.engines.base import Draft, Witness
from extract.engines.llm.answer import checker, shown_in
from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.engine import LlmEngine
from extract.engines.llm.limits import Limits
from extract.engines.llm.retry import Patience
from extract.engines.rules import RulesEngine
from extract.pipeline import conclude
from schemas import Figure, Record, State
from schemas.result import Result

from .faults import question_of
from .hostile import ATTACKS, Attack, Hostile, TrueFact, facts_in, honest
from .server import KEY, Endpoint, served

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Case:
    """A report that was read, and what is true of it."""

    report: Report
    witness: Witness
    facts: tuple[TrueFact, ...]


@dataclass(frozen=True)
class Tally:
    """What became of an attack.

    Attributes:
        records: that came out.
        verified: of them.
        false: descriptions of the verified ones that are not true.
        failed: passages without an answer.
    """

    records: int = 0
    verified: int = 0
    false: tuple[str, ...] = ()
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.records + other.records,
            self.verified + other.verified,
            self.false + other.false,
            self.failed + other.failed,
        )


@dataclass
class Truth:
    """What an honest answer came to, by the place of each number."""

    said: dict[tuple[int, int], set[tuple[object, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Result) -> "Truth":
        """What the records of an honest answer say, whatever the checks made of it."""
        truth = cls()
        for record in result.records:
            for figure in record.figures:
                truth.said.setdefault((figure.start, figure.end), set()).add(_meaning(record, figure))
        return truth

    def tally(self, result: Result) -> Tally:
        """How many records are verified, and which of them are false: another meaning, or a number used again."""
        verified = [record for record in result.records if record.state is State.VERIFIED]
        served: set[tuple[int, int]] = set()
        false = []
        for record in verified:
            places = [(figure.start, figure.end) for figure in record.figures]
            true = all(
                _meaning(record, one) in self.said.get((one.start, one.end), ()) for one in record.figures
            )
            if not places or not true or served.intersection(places) or len(set(places)) < len(places):
                false.append(_shown(record))
            served.update(places)
        failed = sum(chunk.status == "failed" for chunk in result.chunks)
        return Tally(len(result.records), len(verified), tuple(false), failed)


def _meaning(record: Record, figure: Figure) -> tuple[object, ...]:
    return (
        record.type,
        record.indicator,
        record.commitment,
        record.status,
        figure.kind,
        figure.direction,
        figure.modifier,
        figure.period,
    )


def _shown(record: Record) -> str:
    figures = "; ".join(
        " ".join(str(part) for part in (one.text, one.kind, one.direction, one.period))
        for one in record.figures
    )
    return f"{record.type} {record.indicator!r} [{figures}] {record.commitment} {record.status}"


def recorded_facts(recording: Recording) -> Iterator[TrueFact]:
    """What a capable model answered."""
    for body, completion in recording.exchanges():
        content = json.loads(completion["choices"][0]["message"]["content"])
        yield from facts_in(question_of(body), content["records"])


def facts_of_rules(report: Report, witness: Witness) -> Iterator[TrueFact]:
    """What the rules read, for texts that are simple enough for them."""
    words = [report.clean.text[one.start : one.end] for one in report.sentences]
    for draft in RulesEngine().extract(report, witness).drafts:
        cited = tuple(words[n] for n in draft.sentences)
        for row in _rows(draft):
            yield TrueFact(cited, row)


def _rows(draft: Draft) -> Iterator[dict[str, Any]]:
    for figure in draft.figures:
        yield {
            "type": draft.type,
            "indicator": draft.indicator,
            "category": draft.category,
            "sentences": [],
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
            ],
        }


def result_under(
    attack: Attack, case: Case, engine: LlmEngine, folder: Path, *, learns: bool = True
) -> Result:
    """The result of a report whose model plays an attack.

    Args:
        attack: what it plays.
        case: the report.
        engine: that asks.
        folder: of the answers.
        learns: it leaves out what was refused when it is asked again.
    """

    async def ask(base_url: str) -> Result:
        client = Client(base_url, KEY, connections=AT_ONCE, timeout=60)
        cache = AnswerCache(folder)
        try:
            asking = EndpointAsking(
                client, cache, Limits(AT_ONCE), mode="json_schema", patience=Patience(sleep=_no_sleep)
            )
            answer = await engine.aextract(case.report, case.witness, asking)
        finally:
            await client.aclose()
            cache.close()
        return conclude(case.report, engine, case.witness, answer)

    def taken(question: str, answer: str) -> bool:
        return not learns or checker(engine.questions.wire, lambda: shown_in(question))(answer) is None

    with served(Endpoint(Hostile(case.facts, attack, taken))) as base_url:
        return asyncio.run(ask(base_url))


async def _no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


def tallies(
    cases: Iterable[Case], engine: LlmEngine, folder: Path, attacks: Mapping[str, Attack] = ATTACKS
) -> Iterator[tuple[str, Tally]]:
    """Each attack on all of the reports, and what became of it; the first is the honest answer."""
    several = list(cases)
    truths = []
    first = Tally()
    for n, case in enumerate(several):
        result = result_under(honest, case, engine, folder / f"honest-{n}")
        truths.append(Truth.of(result))
        first += truths[-1].tally(result)
    yield "no attack", first
    for number, (name, attack) in enumerate(attacks.items()):
        total = Tally()
        for n, (case, truth) in enumerate(zip(several, truths, strict=True)):
            total += truth.tally(result_under(attack, case, engine, folder / f"{number}-{n}"))
        yield name, total


def flags_of(result: Result) -> list[str]:
    """Each flag of a result with its record, for a reader to judge."""
    return [
        f"{one.code}: {record.indicator} {'、'.join(figure.text for figure in record.figures)}"
        for record in result.records
        for one in record.issues
        if record.state is State.FLAGGED
    ]
