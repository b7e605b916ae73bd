"""What the rules read around a mention: the independent witness."""

from dataclasses import dataclass
from enum import StrEnum

from extract.numbers.mention import Mention


class Exclusion(StrEnum):
    """Why a number of the text is no fact."""

    DATE = "date"
    NAME = "name"
    ORDINAL = "ordinal"
    SLOGAN = "slogan"
    THRESHOLD = "threshold"
    HEADING = "heading"
    DURATION = "duration"
    DEFINITION = "definition"
    """In a list of terms."""


class Doubt(StrEnum):
    """Why a claim is not sure."""

    SUBJECT_BEFORE = "subject_before"
    """The subject was taken from the clause before."""
    NO_SUBJECT = "no_subject"
    """No subject was found."""
    ROW_WITHOUT_SUBJECTS = "row_without_subjects"
    """A row of numbers stands without as many subjects."""
    UNKNOWN_SECTION = "unknown_section"
    """The section is neither a review nor a plan."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One number with its meaning, as the rules read it.

    Attributes:
        mention: the number; its span points into the clean text of the report.
        sentence, section: where it stands (indices into the report).
        indicator: what is measured, in the report's own words.
        kind: `level`, `change`, `rank`, `share`.
        direction: `increase`, `decrease` or None.
        modifier: the mention's own, or that of a hedge shared under 分别.
        period: `2019`, `2016-2020`, or None where nothing says.
        record_type: `achievement`, `goal` or `livelihood_project`.
        also: other record types that a careful reader would accept.
        commitment: `ensure`, `strive`, `expect` or None (goals).
        status: `planned`, `under_way`, `completed` or None (livelihood projects).
        pair: (n, of) where 分别 gave the n-th value to the n-th of `of` subjects, else None.
        confidence: `sure`, `likely` or `unsure`.
        doubts: why it is not sure; empty when it is.
    """

    mention: Mention
    sentence: int
    section: int
    indicator: str
    kind: str
    direction: str | None
    modifier: str
    period: str | None
    record_type: str
    also: tuple[str, ...]
    commitment: str | None
    status: str | None
    pair: tuple[int, int] | None
    confidence: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A number that is no fact, and why."""

    mention: Mention
    sentence: int
    reason: Exclusion


@dataclass(frozen=True, slots=True)
class NumberlessClaim:
    """What a sentence says of an indicator without a number: 居民收入增长与经济增长同步.

    Attributes:
        sentence: where it stands (index into the report).
        indicator: what it speaks of, in the report's own words.
        period: as in `Claim`.
        record_type: `achievement` or `goal`.
        commitment: as in `Claim`.
    """

    sentence: int
    indicator: str
    period: str | None
    record_type: str
    commitment: str | None


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """Every mention of a report, each exactly once: claimed or excluded, in reading order.

    Attributes:
        claims, excluded: of the mentions.
        numberless: what the report says of indicators without a number, in reading order.
    """

    claims: tuple[Claim, ...]
    excluded: tuple[Excluded, ...]
    numberless: tuple[NumberlessClaim, ...] = ()
