"""What a run would ask and cost, counted before anything is sent."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from extract.documents.model import Report
from extract.engines.base import Witness
from extract.engines.llm.exchange import Request, Usage
from extract.errors import ExtractError
from extract.pipeline import bear_witness, read_reports
from extract.runs.pages import contents
from extract.runs.sources import Source

TOKENS_PER_ANSWER = 10
TOKENS_PER_NUMBER = 75
"""What a record takes in an answer, shared out over the numbers of the rules: names of fields, sentence numbers,
verbatim figures and judgements. Measured on `cassettes/capable`: 25 first answers to 390 numbers are 29,432 tokens of
o200k; a test holds these two against them."""


@dataclass(frozen=True, slots=True)
class ReportEstimate:
    """What one report would take.

    Attributes:
        report: its id.
        source: where it stands.
        chunks: all its chunks; some have nothing to ask about.
        requests: that would be sent.
        cached: that are answered already.
        usage: tokens of what would be sent; those of the answers are a guess from the numbers in the text.
    """

    report: str
    source: str
    chunks: int
    requests: int
    cached: int
    usage: Usage


class FirstRequests(Protocol):
    """An engine that can say what it would ask."""

    def first_requests(self, report: Report, witness: Witness) -> list[Request]:
        """The questions that a report begins with."""


def estimate_sources(
    sources: Iterable[Source],
    engine: FirstRequests,
    count: Callable[[Request], int],
    cached: Callable[[str], bool],
    *,
    max_bytes: int,
    stdin: bytes = b"",
) -> Iterator[ReportEstimate | ExtractError]:
    """What each report would take, or why a source gives none.

    Args:
        sources: what to read.
        engine: whose questions.
        count: prompt tokens of a question.
        cached: whether the answer to the question of this key is there already.
        max_bytes: a larger source is refused.
        stdin: what standard input held.
    """
    for content in contents(sources, max_bytes, stdin):
        if content.data is None:
            assert content.error is not None, "what gives no bytes says why"
            yield content.error
            continue
        reports, outcome = read_reports(content.data, content.name, more=content.more, max_bytes=max_bytes)
        yield from outcome.failures
        for report in reports:
            yield _estimate(report, content.name, engine, count, cached)


def _estimate(
    report: Report,
    source: str,
    engine: FirstRequests,
    count: Callable[[Request], int],
    cached: Callable[[str], bool],
) -> ReportEstimate:
    witness = bear_witness(report)
    requests = engine.first_requests(report, witness)
    to_ask = [request for request in requests if not cached(request.key)]
    starts = sorted(claim.mention.start for claim in witness.reading.claims)
    usage = Usage(
        requests=len(to_ask),
        prompt_tokens=sum(count(request) for request in to_ask),
        completion_tokens=sum(_answer_tokens(report, request, starts) for request in to_ask),
    )
    return ReportEstimate(
        report.id, source, len(report.chunks), len(to_ask), len(requests) - len(to_ask), usage
    )


def _answer_tokens(report: Report, request: Request, starts: list[int]) -> int:
    chunk = report.chunks[request.chunk]
    numbers = bisect_left(starts, chunk.end) - bisect_left(starts, chunk.start)
    return TOKENS_PER_ANSWER + TOKENS_PER_NUMBER * numbers
