"""What the desk speaks of: items, where they stand, who decided what. Plain data, no effects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from extract.desk.grounds import Changed
from schemas import Issue
from schemas.result import AnyRecord, ChunkRow, LedgerRow, SectionRow


class Kind(StrEnum):
    """What an item is."""

    RECORD = "record"
    CONTRADICTION = "contradiction"
    """A record whose value another record or report contradicts."""
    NUMBER = "number"
    """A number that no record claims and no reason excludes."""
    CHUNK = "chunk"
    """A part of the report that the engine could not read."""
    REPORT_ISSUE = "report_issue"
    """What a check says of a report as a whole."""


class Standing(StrEnum):
    """Where an item stands. The first two are the engine's; the rest comes from decisions."""

    VERIFIED = "verified"
    FLAGGED = "flagged"
    SECOND_REVIEW = "second_review"
    """One reviewer has decided; another is still to look, without seeing what the first one said."""
    DISAGREED = "disagreed"
    """Two reviewers said different things; whoever decides next settles it."""
    CHECK_AGAIN = "check_again"
    """Decided, but a later run changed its evidence or its value."""
    APPROVED = "approved"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    """A record was made from an unclaimed number or an unread part."""
    NOT_A_FACT = "not_a_fact"
    ACKNOWLEDGED = "acknowledged"
    """Somebody has looked at what was said of the whole report."""
    GONE = "gone"
    """Decided, but the results hold it no longer."""


OPEN = frozenset({Standing.FLAGGED, Standing.SECOND_REVIEW, Standing.DISAGREED, Standing.CHECK_AGAIN})
"""What the queue shows unless it is asked for something else."""
DECIDED = frozenset(
    {
        Standing.APPROVED,
        Standing.CORRECTED,
        Standing.REJECTED,
        Standing.ADDED,
        Standing.NOT_A_FACT,
        Standing.ACKNOWLEDGED,
    }
)


class Verdict(StrEnum):
    """What a person says about an item."""

    APPROVE = "approve"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    NOT_A_FACT = "not_a_fact"
    ACKNOWLEDGE = "acknowledge"
    SKIP = "skip"
    UNDO = "undo"


VERDICTS: dict[Kind, tuple[Verdict, ...]] = {
    Kind.RECORD: (Verdict.APPROVE, Verdict.CORRECT, Verdict.REJECT, Verdict.SKIP, Verdict.UNDO),
    Kind.CONTRADICTION: (Verdict.APPROVE, Verdict.CORRECT, Verdict.REJECT, Verdict.SKIP, Verdict.UNDO),
    Kind.NUMBER: (Verdict.ADD, Verdict.NOT_A_FACT, Verdict.SKIP, Verdict.UNDO),
    Kind.CHUNK: (Verdict.ADD, Verdict.NOT_A_FACT, Verdict.SKIP, Verdict.UNDO),
    Kind.REPORT_ISSUE: (Verdict.ACKNOWLEDGE, Verdict.SKIP, Verdict.UNDO),
}
"""Which verdicts fit which item. `not_a_fact` of a part that was not read says that nothing is in it."""


class Role(StrEnum):
    """What a person may do; each role may do what those before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    def covers(self, other: "Role") -> bool:
        """Whether this role may do what the other may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    Attributes:
        name: of the user; of the account of this machine where the desk needs no users.
        role: what they may do.
        local: whether nobody had to log in.
    """

    name: str
    role: Role
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an item tells at a glance.

    Attributes:
        kind: what it is.
        record_type, indicator, period: of the record; None for what is none.
        text: the numbers in doubt, or the beginning of the part.
        quote: the sentence.
        codes: of its issues, worst first; `failed_chunk` for a part that was not read.
        severity: 3 error, 2 warning, 1 note, 0 none.
        stakes: 0–100, how much a mistake would matter.
        start, end: the evidence in the source of the report.
    """

    kind: Kind
    record_type: str | None
    indicator: str | None
    period: str | None
    text: str
    quote: str
    codes: tuple[str, ...]
    severity: int
    stakes: int
    start: int
    end: int

    @property
    def number(self) -> str:
        """The numbers in doubt; empty where the item is not about any."""
        return "" if self.kind in {Kind.CHUNK, Kind.REPORT_ISSUE} else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow(Told):
    """An item as the queue lists it.

    Attributes:
        key: names it for good, in addresses too; letters and digits.
        report_id, region, report_year: the report that it is from; region and year may be unknown.
        version: grows with every change; a decision names the one that it saw.
        reviewer: who decided last.
        claimed_by, claimed_until: who has it open; None where nobody has.
    """

    key: str
    standing: Standing
    report_id: str
    region: str | None
    report_year: int | None
    version: int
    reviewer: str | None
    updated_at: datetime | None
    claimed_by: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One decision, as it was made; never changed.

    Attributes:
        id: grows with time.
        undoes: the event that an undo takes back.
        undone: whether a later event took this one back.
        why: the reviewer's own words.
        before, after: the record as it was and as it was left; None where there was none.
        batch: of a bulk decision.
        stale: made on another content than the item has now.
    """

    id: int
    item: str
    verdict: Verdict
    reviewer: str
    at: datetime
    why: str
    before: AnyRecord | None
    after: AnyRecord | None
    undoes: int | None
    undone: bool
    batch: str | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item as its page shows it.

    Attributes:
        row: as in the queue.
        record: what the engine says (kinds record and contradiction), else None.
        current: the record as it stands after decisions: corrected or added; else that of the engine.
        number: the ledger row (kind number), else None.
        chunk: the part (kind chunk), else None.
        issues: what was found; each a sentence in Chinese and English.
        history: all events, oldest first. Empty where it is hidden from a second reviewer.
        hidden: events that a second reviewer is not to see yet.
        verdicts: those that this person may give now.
        needs_two: whether two reviewers are to look at it.
        page: of the PDF on which it begins, from 1; None where that is not known.
        changed: what has changed since it was decided, where it has to be checked again.
    """

    row: ItemRow
    record: AnyRecord | None
    current: AnyRecord | None
    number: LedgerRow | None
    chunk: ChunkRow | None
    issues: tuple[Issue, ...]
    history: tuple[Event, ...]
    hidden: int
    verdicts: tuple[Verdict, ...]
    needs_two: bool
    page: int | None = None
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report with its counts by standing.

    Attributes:
        copy: what the checks say where another report is the same one from another source.
    """

    id: str
    source: str
    title: str
    region: str | None
    report_year: int | None
    engine: str
    complete: bool
    notes: tuple[str, ...]
    has_text: bool
    counts: dict[Standing, int]
    copy: Issue | None = None

    @property
    def open(self) -> int:
        """How many items still want a person."""
        return sum(count for standing, count in self.counts.items() if standing in OPEN)

    @property
    def decided(self) -> int:
        """How many items a person has settled."""
        return sum(count for standing, count in self.counts.items() if standing in DECIDED)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item by its places in the text of its report.

    Attributes:
        key, kind, standing, indicator: of the item.
        start, end: of its evidence.
        spans: of its numbers.
        page: as of an item.
    """

    key: str
    kind: Kind
    standing: Standing
    indicator: str | None
    record_type: str | None
    severity: int
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    page: int | None = None


class ReportIssue(Issue):
    """An issue of a report as a whole, and the item that it is.

    Attributes:
        key, standing: of the item.
    """

    key: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReportText:
    """A whole report: its text and all that is known about places in it.

    Attributes:
        row: the report and its counts.
        text: the decoded source; None where the source is not at hand.
        start, end: of the report in the source, code points.
        ledger: every number of it.
        sections: the heading tree.
        chunks: parts and how they fared.
        items: what people decide on, in the order of the text.
        issues: of the report as a whole, the worst first.
    """

    row: ReportRow
    text: str | None
    start: int
    end: int
    ledger: tuple[LedgerRow, ...]
    sections: tuple[SectionRow, ...]
    chunks: tuple[ChunkRow, ...]
    items: tuple[Placed, ...]
    issues: tuple[ReportIssue, ...] = ()


class JobState(StrEnum):
    """How far an upload has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self not in {JobState.QUEUED, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class Job:
    """Reports that somebody sent in.

    Attributes:
        files: their names.
        contents: the same with a hash of each content.
        engine: what reads them, `rules` or `llm`.
        done, total: how many documents are worked through, those in archives one by one.
        reports: ids of the results so far.
        problems: what could not be used, a sentence each.
    """

    id: str
    state: JobState
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    files: tuple[str, ...]
    contents: tuple[str, ...]
    engine: str
    done: int
    total: int
    reports: tuple[str, ...]
    problems: tuple[str, ...]
