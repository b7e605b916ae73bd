"""What every engine takes and gives.

An engine reads a report and gives drafts: which sentences, which numbers, and judgements about them. It
computes no value and no span; `extract.checks.ground` ties a draft to the mentions of the text and turns it
into a record, the same way for every engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from extract.claims.model import ClaimReading
from extract.documents.model import Report
from extract.numbers.mention import Mention


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """One number that an engine gives to a record.

    Attributes:
        text: the number, verbatim as it stands in the cited sentences.
        mention: index into `Witness.mentions` where the engine knows it (the rules do); else None, and
            grounding looks for `text` in the cited sentences.
        kind, direction, modifier, period: judgements, as in `schemas.record.Figure`.
        confidence, doubts: as in `extract.claims.model.Claim`.
    """

    text: str
    mention: int | None
    kind: str
    direction: str | None
    modifier: str
    period: str | None
    confidence: str = "sure"
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as an engine gives it, before it is held against the text.

    Attributes:
        type: name of a record type.
        indicator: what is measured, in the report's own words.
        category, period, commitment, status: as in `schemas.record.Record`.
        sentences: indices of the cited sentences, rising.
        figures: its numbers, in reading order.
        details: the fields of a user's own type that other records do not have.
    """

    type: str
    indicator: str
    category: str | None
    period: str | None
    commitment: str | None
    status: str | None
    sentences: tuple[int, ...]
    figures: tuple[DraftFigure, ...]
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChunkOutcome:
    """How one chunk fared: `error` is None when it is done."""

    chunk: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that an engine says about one report."""

    drafts: tuple[Draft, ...]
    outcomes: tuple[ChunkOutcome, ...]
    usage: dict[str, int]


@dataclass(frozen=True, slots=True)
class Witness:
    """What the rules read in a report, whatever the engine.

    Attributes:
        mentions: every number of the clean text, in reading order, spans in the clean text.
        reading: each of these mentions claimed or excluded.
    """

    mentions: tuple[Mention, ...]
    reading: ClaimReading


class Identity(Protocol):
    """What a result says about the engine that it is from."""

    @property
    def name(self) -> str:
        """`rules` or `llm`."""

    @property
    def model(self) -> str | None:
        """The model's name, or None."""

    @property
    def prompt_hashes(self) -> Mapping[str, str]:
        """SHA-256 of each instruction that the model is given; empty without a model."""

    @property
    def schema_hashes(self) -> Mapping[str, str]:
        """SHA-256 of each schema that answers have to fit; empty without a model."""


class Engine(Identity, Protocol):
    """Reads a report and gives drafts."""

    def extract(self, report: Report, witness: Witness) -> Answer:
        """Drafts for the whole report; a chunk that fails is an outcome, never an exception."""
