"""A model that says what the rules say: answers to real questions, without an endpoint."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from extract.checks import ground
from extract.documents import read_source
from extract.documents.model import Report
from extract.engines.base import Answer, Witness
from extract.engines.llm.engine import LlmEngine, llm_engine
from extract.engines.llm.exchange import Check, Reply, Request, Usage
from extract.pipeline import bear_witness

Edit = Callable[[Request, list[dict[str, Any]]], list[dict[str, Any]]]


def read(text: str) -> tuple[Report, Witness]:
    """The one report of a text."""
    (report,) = read_source(text.encode(), "r.txt").reports
    return report, bear_witness(report)


def engine() -> LlmEngine:
    """The engine with the prompts of this distribution."""
    return llm_engine("desk", ground)


@dataclass
class Model:
    """Answers with the claims of the rules, after `edit` has had its way with the records.

    Attributes:
        report, witness: what it is asked about.
        edit: changes the records of an answer, or raises.
        asked: the questions that came.
    """

    report: Report
    witness: Witness
    edit: Edit = lambda _request, records: records
    asked: list[Request] = field(default_factory=list)

    async def __call__(self, request: Request, check: Check) -> Reply:
        """As `Asking`."""
        self.asked.append(request)
        records = self.edit(request, list(self._records(request)))
        text = json.dumps({"records": records}, ensure_ascii=False)
        assert check(text) is None
        return Reply(text, Usage(1, 100, 10))

    def _records(self, request: Request) -> Iterable[dict[str, Any]]:
        content = json.loads(request.messages[1]["content"])
        sentences = {words: int(n) for part in content["parts"] for n, words in part["sentences"].items()}
        wanted = [(one["sentence"], one["text"]) for one in content.get("numbers", [])]
        chunk = self.report.chunks[request.chunk]
        for claim in self.witness.reading.claims:
            sentence = self.report.sentences[claim.sentence]
            n = sentences.get(self.report.clean.text[sentence.start : sentence.end])
            inside = chunk.first <= claim.sentence <= chunk.last
            if n is None or not inside or (wanted and (n, claim.mention.text) not in wanted):
                continue
            yield {
                "type": claim.record_type,
                "indicator": claim.indicator,
                "category": None,
                "sentences": [n],
                "commitment": claim.commitment,
                "status": claim.status,
                "figures": [
                    {
                        "text": claim.mention.text,
                        "kind": claim.kind,
                        "direction": claim.direction,
                        "modifier": claim.modifier,
                        "period": claim.period,
                    }
                ],
            }

    def answer(self, about: LlmEngine | None = None) -> Answer:
        """What the engine makes of its answers."""
        return asyncio.run((about or engine()).aextract(self.report, self.witness, self))
