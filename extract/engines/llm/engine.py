"""The language-model engine: questions out, drafts back.

chunk → question → ask → answer → drafts ─┐
  │ truncated: in halves, down to a sentence ├→ ground → numbers that nobody claimed → second question → drafts
  └ refused, filtered, …: the chunk has failed, the others go on
"""

import asyncio
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from extract.claims.model import Exclusion
from extract.documents.model import Chunk, Report
from extract.engines.base import Answer, ChunkOutcome, Draft, Witness
from extract.engines.llm.answer import checker, drafts_of, read_answer, shown_in
from extract.engines.llm.exchange import Asking, Check, Request, Usage, spent_on
from extract.engines.llm.prompt_files import load_prompts
from extract.engines.llm.question import Passage, Questions, Wanted
from extract.engines.llm.second import all_named, only_wanted, unclaimed_in
from extract.engines.llm.user_types import load_types
from extract.engines.llm.wire import Wire
from extract.errors import ChunkFailure, ExtractError, TruncatedAnswerError
from schemas import record_types

NOTHING_TO_ASK = frozenset(
    {Exclusion.DATE, Exclusion.NAME, Exclusion.SLOGAN, Exclusion.ORDINAL, Exclusion.HEADING}
)
"""Numbers that measure nothing. A chunk that holds no other is not sent: it has no fact to give, and costs."""


class HasMentions(Protocol):
    """A grounded draft."""

    @property
    def mentions(self) -> tuple[int, ...]:
        """Indices of the mentions that its figures are."""


Ground = Callable[[Report, Witness, Sequence[Draft]], Iterable[HasMentions]]
"""`extract.checks.ground`; handed in, for checks stand above engines."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What asking about one passage came to.

    Attributes:
        passages: those that were answered, in reading order; more than one where it had to be split.
        drafts: all that they gave.
        usage: what the answers cost when they were asked for.
        errors: why parts of it failed.
    """

    passages: tuple[Passage, ...] = ()
    drafts: tuple[Draft, ...] = ()
    usage: Usage = field(default_factory=Usage)
    errors: tuple[str, ...] = ()

    def __add__(self, other: "Answered") -> "Answered":
        return Answered(
            self.passages + other.passages,
            self.drafts + other.drafts,
            self.usage + other.usage,
            self.errors + other.errors,
        )


def llm_engine(
    model: str,
    ground: Ground,
    *,
    parameters: Mapping[str, Any] | None = None,
    own_types: Path | None = None,
    own_prompts: Path | None = None,
) -> "LlmEngine":
    """The engine for all record types that are known, and for those of the user's own.

    Args:
        model: the model's name.
        ground: `extract.checks.ground`.
        parameters: temperature, max_tokens and the like, for every request.
        own_types: a Python file with further record types; it is run.
        own_prompts: a folder with their instructions.

    Raises:
        SettingsError: the file, the types in it, or their instructions cannot be used.
    """
    if own_types is not None:
        load_types(own_types)
    wire = Wire(tuple(record_types().values()))
    questions = Questions(model, load_prompts(wire.types, own_prompts), wire, parameters or {})
    return LlmEngine(questions, ground)


class LlmEngine:
    """Asks a model about every chunk of a report, and once more about numbers that it left out."""

    name = "llm"

    def __init__(self, questions: Questions, ground: Ground) -> None:
        self.questions = questions
        self.ground = ground
        self._check = checker(questions.wire)

    @property
    def model(self) -> str:
        """The model's name."""
        return self.questions.model

    @property
    def prompt_hashes(self) -> dict[str, str]:
        """For the manifest."""
        return self.questions.prompts.hashes

    @property
    def schema_hashes(self) -> dict[str, str]:
        """For the manifest."""
        return self.questions.wire.hashes

    def first_requests(self, report: Report, witness: Witness) -> list[Request]:
        """The questions that a report begins with, one a chunk that has something to ask: what a dry run counts
        and a batch sends. Second questions and halves of truncated answers follow from the answers.
        """
        return [self.questions.about(report, passage) for passage in _passages(report, witness)]

    async def aextract(self, report: Report, witness: Witness, ask: Asking) -> Answer:
        """Drafts for the whole report.

        Args:
            report: the report.
            witness: what the rules read in it.
            ask: sends questions; it bounds how many are under way.

        Returns:
            The drafts in reading order, how each chunk fared, and what the answers cost, whether they were
            asked for now or earlier. A chunk without a number to ask about is done without a request. A chunk
            whose question failed, or was not sent because a limit was reached, has failed; the others go on.
        """
        passages = _passages(report, witness)
        first = await _all([self._about(report, passage, ask) for passage in passages])
        whole = sum(first, Answered())
        open_numbers = self._unclaimed(report, witness, whole)
        second = await _all(
            [self._again(report, passage, wanted, ask) for passage, wanted in open_numbers.items()]
        )
        chunk_of = dict(zip((passage.chunk for passage in passages), first, strict=True))
        for passage, answered in zip(open_numbers, second, strict=True):
            chunk_of[passage.chunk] += answered
        return Answer(
            drafts=tuple(draft for answered in chunk_of.values() for draft in answered.drafts),
            outcomes=tuple(_outcome(chunk, chunk_of.get(chunk.index)) for chunk in report.chunks),
            usage=_counts(sum((answered.usage for answered in chunk_of.values()), Usage())),
        )

    def _unclaimed(self, report: Report, witness: Witness, answered: Answered) -> dict[Passage, list[Wanted]]:
        """The numbers of the rules that no draft has, by the passage to ask about."""
        if all_named(witness, answered.passages, answered.drafts):
            return {}
        grounded = self.ground(report, witness, answered.drafts)
        return unclaimed_in(witness, answered.passages, [n for item in grounded for n in item.mentions])

    async def _about(self, report: Report, passage: Passage, ask: Asking) -> Answered:
        """All facts of a passage; where the answer is too long for one reply, of its halves."""
        try:
            return await self._ask(report, self.questions.about(report, passage), passage, ask)
        except TruncatedAnswerError as error:
            if (halves := passage.halves) is None:
                return _failed(error)
            answered = await _all([self._about(report, half, ask) for half in halves])
            return sum(answered, Answered(usage=spent_on(error)))
        except ExtractError as error:
            return _failed(error)

    async def _again(
        self, report: Report, passage: Passage, wanted: Sequence[Wanted], ask: Asking
    ) -> Answered:
        """The facts of the numbers that nobody claimed."""
        request = self.questions.unclaimed(report, passage, wanted)
        try:
            answered = await self._ask(report, request, passage, ask)
        except ExtractError as error:
            return _failed(error)
        return Answered((), only_wanted(answered.drafts, wanted), answered.usage)

    async def _ask(self, report: Report, request: Request, passage: Passage, ask: Asking) -> Answered:
        wire = self.questions.wire
        reply = await ask(request, checker(wire, cache(partial(shown_in, request.messages[-1]["content"]))))
        drafts = drafts_of(read_answer(reply.text, wire), passage, wire, partial(_period_of, report))
        return Answered((passage,), drafts, reply.usage)

    @property
    def check(self) -> Check:
        """What says whether an answer is good in itself, for whoever has no question beside it: a batch that collects.

        Names are held against the text of the question when the answer is used.
        """
        return self._check


def _period_of(report: Report, sentence: int) -> str | None:
    """The period of the section that a sentence stands in, which the question names."""
    return report.sections[report.sentences[sentence].section].period


def _passages(report: Report, witness: Witness) -> list[Passage]:
    """The chunks that have something to ask, as passages."""
    dull = {item.mention.start for item in witness.reading.excluded if item.reason in NOTHING_TO_ASK}
    starts = [m.start for m in witness.mentions if m.value is not None and m.start not in dull]
    return [
        Passage(chunk.index, chunk.first, chunk.last)
        for chunk in report.chunks
        if _any_between(starts, chunk)
    ]


def _any_between(starts: list[int], chunk: Chunk) -> bool:
    return bisect_left(starts, chunk.start) < bisect_left(starts, chunk.end)


async def _all(tasks: Sequence[Awaitable[Answered]]) -> list[Answered]:
    """Wait for every one of them; only then let a fault of the program out, so that no paid answer is lost."""
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    answered = []
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
        answered.append(outcome)
    return answered


def _failed(error: ExtractError) -> Answered:
    """A passage without an answer: it failed, or was not asked, for a limit or a refused key holds for all."""
    if isinstance(error, ChunkFailure):
        return Answered(errors=(f"{error.code}: {error}",), usage=spent_on(error))
    return Answered(errors=(f"not asked: {error}",))


def _outcome(chunk: Chunk, answered: Answered | None) -> ChunkOutcome:
    errors = answered.errors if answered else ()
    return ChunkOutcome(chunk.index, "; ".join(dict.fromkeys(errors)) or None)


def _counts(usage: Usage) -> dict[str, int]:
    return {
        "requests": usage.requests,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        **({"estimated_requests": usage.estimated} if usage.estimated else {}),
    }
