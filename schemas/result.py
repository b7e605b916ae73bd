"""The result of one report: the file that other programs read."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, SerializeAsAny, ValidationInfo, field_validator

from schemas.discovery import record_types
from schemas.record import DecimalText, Frozen, Issue, Record, Span

SCHEMA_VERSION: Final = 1

LedgerState = Literal["claimed", "excluded", "unclaimed"]
ClaimType = Literal["target", "actual"]


TEXT_SUFFIX: Final = ".decoded.txt"


def text_file_of(report_id: str) -> str:
    """The name of the file that holds the decoded text of a report, beside its result."""
    return f"{report_id}{TEXT_SUFFIX}"


class PieceRow(Frozen):
    """A run of a text that was put together: text[at:] begins with source[start:end]."""

    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    at: int = Field(ge=0)


class ReportInfo(Frozen):
    """Which report it is, from the text itself."""

    id: str
    source: str
    sha256: str
    encoding: str
    format: str = Field(default="text", description="text, markdown, html, docx, pdf …")
    text_file: str | None = Field(
        default=None,
        description="The file beside the result that holds the text into which all spans point; null where the "
        "source is that text.",
    )
    pieces: tuple[PieceRow, ...] = Field(
        default=(), description="Where a text that was put together, or set in order, comes from."
    )
    start: int = Field(ge=0, description="Span of the report in the source text.")
    end: int = Field(ge=0)
    title: str
    region: str | None
    level: str | None
    report_year: int | None
    review_period: str | None
    plan_period: str | None
    delivered_on: str | None


class LedgerRow(Frozen):
    """One number of the report and what became of it."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    value: DecimalText | None
    upper: DecimalText | None
    unit: str | None
    kind: str
    state: LedgerState
    record_id: str | None = Field(default=None, description="The record that claims it.")
    reason: str | None = Field(default=None, description="Why it is excluded, or what is open about it.")


class LeftOutRow(Frozen):
    """What of the source stands in no report, for one reason."""

    reason: str = Field(description="Its code: footnote, struck, navigation …")
    words: str = Field(description="The same in Chinese / English.")
    parts: int = Field(ge=0)
    characters: int = Field(ge=0)
    numbers: int = Field(
        ge=0, description="Numbers that say something; dates, page numbers and marks do not."
    )
    unread: bool = Field(
        default=False, description="Whether whole pages were not read, so that nobody has counted."
    )


class ChunkRow(Frozen):
    """One chunk and how it fared."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    status: Literal["done", "failed"]
    error: str | None = None


class SectionRow(Frozen):
    """One node of the heading tree; spans point into the source."""

    level: int
    title: str
    role: str
    period: str | None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    parent: int | None


class CompletenessRow(Frozen):
    """Whether the whole report was there."""

    complete: bool
    has_review: bool
    has_plan: bool
    has_end: bool
    notes: tuple[str, ...]


class HeadlineRow(Frozen):
    """A sentence in which the report gives the targets of its year, or the results of the year before."""

    claim_type: ClaimType
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str = Field(description="The source text between start and end, untouched.")


class Manifest(Frozen):
    """How the result came about. Holds no times: those are in the run's own manifest, so that the same
    input gives the same bytes.
    """

    schema_version: int
    package_version: str
    engine: str
    model: str | None = None
    prompt_hashes: dict[str, str] = Field(default_factory=dict)
    schema_hashes: dict[str, str] = Field(default_factory=dict)
    usage: dict[str, int] = Field(default_factory=dict)


class ForeignRecord(Record):
    """A record of a type that this installation does not know; it keeps what it has."""

    model_config = ConfigDict(extra="allow")


AnyRecord = Annotated[SerializeAsAny[Record], Field()]


class Result(Frozen):
    """One report, its records, and every number accounted for."""

    schema_version: Literal[1] = SCHEMA_VERSION
    report: ReportInfo
    records: tuple[AnyRecord, ...]
    ledger: tuple[LedgerRow, ...]
    issues: tuple[Issue, ...] = Field(default=(), description="Issues that belong to no record.")
    chunks: tuple[ChunkRow, ...]
    sections: tuple[SectionRow, ...]
    headlines: tuple[HeadlineRow, ...] = ()
    completeness: CompletenessRow
    manifest: Manifest
    left_out: tuple[LeftOutRow, ...] = Field(
        default=(),
        description="What of the source stands in no report, by reason; other articles are told apart.",
    )

    @field_validator("records", mode="before")
    @classmethod
    def _typed_records(cls, value: Any, _info: ValidationInfo) -> Any:
        """Give each record its own type; a type that this installation does not know is a `ForeignRecord`."""
        types = record_types()
        return tuple(
            types.get(item.get("type", ""), ForeignRecord).model_validate(item)
            if isinstance(item, dict)
            else item
            for item in value
        )


__all__ = [
    "SCHEMA_VERSION",
    "TEXT_SUFFIX",
    "ChunkRow",
    "ClaimType",
    "CompletenessRow",
    "HeadlineRow",
    "LedgerRow",
    "LeftOutRow",
    "Manifest",
    "ReportInfo",
    "Result",
    "SectionRow",
    "Span",
    "text_file_of",
]
