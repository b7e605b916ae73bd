"""What every record type shares: evidence, figures, issues, state."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer


def plain(value: Decimal) -> str:
    """A decimal in plain notation, without exponent or trailing zeros: `537030000000`, `7.9`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


LONGEST_AMOUNT = 100
"""Places before and behind the point that an amount may have; written out, a larger one would fill gigabytes."""


def _within_reason(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or max(abs(value.adjusted()), abs(exponent)) > LONGEST_AMOUNT:
        raise ValueError(f"should be a number of at most {LONGEST_AMOUNT} places")
    return value


DecimalText = Annotated[Decimal, AfterValidator(_within_reason), PlainSerializer(plain, return_type=str)]
Direction = Literal["increase", "decrease"]
FigureKind = Literal["level", "change", "rank", "share"]
Modifier = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "nearly", "range"]


class State(StrEnum):
    """Where a record stands: the first two are the engine's, the others a person's."""

    VERIFIED = "verified"
    FLAGGED = "flagged"
    APPROVED = "approved"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Severity(StrEnum):
    """How much an issue matters: an `error` flags its record, a `warning` too, a `note` does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Frozen(BaseModel):
    """Base of all that travels: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A half-open pair of code-point indices into the source text as decoded."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Evidence(Frozen):
    """Where a record stands in the text."""

    quote: str = Field(description="The source text between start and end, untouched.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    section: str = Field(description="Heading path, outermost first, joined by ' / '.")
    page: int | None = Field(default=None, description="Sheet of the PDF on which it begins, from 1.")


class Issue(Frozen):
    """One thing that a check found: what was compared with what, and where."""

    code: str
    severity: Severity
    message: str = Field(description="A sentence for the reviewer, in Chinese.")
    message_en: str = Field(description="The same in English.")
    spans: tuple[Span, ...] = ()


class Figure(Frozen):
    """One number of a record; points at the mention that it was read from."""

    value: DecimalText = Field(description="After scale; a percent as printed; a rank as its ordinal.")
    upper: DecimalText | None = None
    unit: str | None = None
    kind: FigureKind
    direction: Direction | None = None
    modifier: Modifier = "exact"
    period: str | None = None
    start: int = Field(ge=0, description="Span of the number's surface in the source.")
    end: int = Field(ge=0)
    text: str = Field(description="The source text between start and end.")
    confidence: Literal["sure", "likely", "unsure"] = "sure"
    doubts: tuple[str, ...] = ()


class Record(Frozen):
    """One goal, achievement or livelihood project, or a user's own type.

    A subclass is told from a plain achievement or goal by the class variables below, so that a new type is one
    file here (and one in `prompts/`). A type without `wording` and `section_role` is told by the section alone.
    """

    label_zh: ClassVar[str] = ""
    label_en: ClassVar[str] = ""
    wording: ClassVar[tuple[str, ...]] = ()
    """Words in an indicator that make a counted thing this type."""
    counted_in: ClassVar[frozenset[str]] = frozenset()
    """The units in which it is counted."""
    section_role: ClassVar[str | None] = None
    """The role of a section whose counted things are all of this type."""

    id: str
    type: str
    indicator: str
    category: str | None = None
    period: str | None = None
    commitment: Literal["ensure", "strive", "expect"] | None = None
    status: Literal["planned", "under_way", "completed"] | None = None
    evidence: Evidence
    figures: tuple[Figure, ...] = ()
    issues: tuple[Issue, ...] = ()
    state: State = State.VERIFIED
