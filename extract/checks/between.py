"""What the reports of one region say of each other: contradictions between years, and copies of one report.

A digest holds of each report only what can contradict another one, so that a thousand reports are compared
without being kept in memory. Copies of one report contradict nothing: they are named, and so is every figure
in which they differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.checks.comparison import unit_key
from extract.checks.consistency import nameable
from extract.checks.copies import Copies, stretches, wording_of
from extract.checks.issues import issue
from extract.checks.precision import resolution, same_but_for_rounding
from extract.checks.similarity import exact_name
from schemas import Figure, Issue, Record, Severity, State
from schemas.result import Result

CONFLICT = "conflict_between_reports"
COPY = "same_report"
COPIES_DIFFER = "copies_differ"
CODES = frozenset({CONFLICT, COPY, COPIES_DIFFER})
"""Of the issues that come from other reports, and go when these go."""

Topic = tuple[str, str, str, str | None, str | None]
"""Indicator, period, kind, direction, unit: what two figures must share to be about one thing."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One exact figure that a report gives for a past period.

    Attributes:
        record_id: its record.
        topic: what it is about.
        value, step: the value, and the worth of its last printed digit.
        text: the number as printed.
        start, end: its span in the source of its report.
    """

    record_id: str
    topic: Topic
    value: Decimal
    step: Decimal
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What of one report can contradict another report of its region.

    Attributes:
        report_id, region, report_year: which report.
        reported: its comparable figures, in the order of its records.
        wording: the clauses that its records quote, by which copies are recognised.
    """

    report_id: str
    region: str | None
    report_year: int | None
    reported: tuple[Reported, ...]
    wording: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What other reports of its region say of a report.

    Attributes:
        issues: by record id: contradictions, and figures that differ between copies.
        copies: the ids of its copies.
    """

    issues: Mapping[str, tuple[Issue, ...]] = field(default_factory=dict)
    copies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.issues or self.copies)


MOST_VALUES = 4
"""Of one topic so many different values are remembered; a fifth would tell a reviewer nothing new."""


def digest(result: Result) -> Digest:
    """The comparable figures of a result: exact, of a past period, of a name that is one thing."""
    info = result.report
    reported = tuple(
        _reported(record, figure)
        for record in result.records
        if record.type == "achievement" or record.status == "completed"
        for figure in record.figures
        if _comparable(record, figure)
    )
    wording = wording_of(stretches((one.evidence.start, one.evidence.quote) for one in result.records))
    return Digest(info.id, info.region, info.report_year, reported, wording)


class Chronicle:
    """What the reports of each region say, topic by topic: a few values each, however many reports there are.

    First `add` the digest of every report, in a fixed order; then ask what the others say of each.
    """

    def __init__(self) -> None:
        self._topics: dict[tuple[str, Topic], list[tuple[Digest, Reported]]] = {}
        self._copies = Copies()

    def add(self, one: Digest) -> None:
        """Remember what a report says that no earlier one has said; one without a region says nothing."""
        if one.region is None:
            return
        self._copies.add(one.report_id, one.region, one.report_year, one.wording)
        holder = Digest(one.report_id, one.region, one.report_year, ())
        for reported in one.reported:
            said = self._topics.setdefault((one.region, reported.topic), [])
            if len(said) < MOST_VALUES and all(reported.value != other.value for _, other in said):
                said.append((holder, reported))

    def compared(self, one: Digest) -> Compared:
        """Where other reports of the region say otherwise, and which of them are copies.

        Returns:
            For each record with a contradiction its issues. Each figure gets one at most: it names the first
            report, by year and id, that gives another value.
        """
        found: dict[str, tuple[Issue, ...]] = {}
        if one.region is None:
            return Compared()
        copies = self._copies.of(one.report_id)
        for here in one.reported:
            if problem := next(self._otherwise(one, here, copies), None):
                found[here.record_id] = (*found.get(here.record_id, ()), problem)
        return Compared(found, copies)

    def _otherwise(self, one: Digest, here: Reported, copies: tuple[str, ...]) -> Iterator[Issue]:
        for other, there in self._topics.get((one.region or "", here.topic), ()):
            if other.report_id == one.report_id or _agree(here, there):
                continue
            if other.report_id in copies:
                yield _differing(here, other, there)
            else:
                yield _conflict(here, other, there)


def with_compared(result: Result, found: Compared) -> Result:
    """The result with these issues in place of those that it may hold from an earlier run.

    States that a person set stay as they are.
    """
    records = tuple(_settled(record, found.issues.get(record.id, ())) for record in result.records)
    issues = tuple(one for one in result.issues if one.code not in CODES)
    if found.copies:
        issues = (*issues, _copies(result, found))
    if (records, issues) == (result.records, result.issues):
        return result
    return result.model_copy(update={"records": records, "issues": issues})


def _comparable(record: Record, figure: Figure) -> bool:
    return (
        figure.period is not None
        and figure.modifier == "exact"
        and figure.upper is None
        and figure.confidence != "unsure"
        and nameable(record.indicator)
        and not any(one.code == "conflict_in_report" for one in record.issues)
    )


def _reported(record: Record, figure: Figure) -> Reported:
    topic = (
        exact_name(record.indicator),
        figure.period or "",
        figure.kind,
        figure.direction,
        unit_key(figure.unit),
    )
    step = resolution(figure.text, figure.value)
    return Reported(record.id, topic, figure.value, step, figure.text, figure.start, figure.end)


def _agree(here: Reported, there: Reported) -> bool:
    return same_but_for_rounding(here.value, there.value, max(here.step, there.step))


def _conflict(here: Reported, other: Digest, there: Reported) -> Issue:
    name, period = here.topic[0], here.topic[1]
    year = other.report_year or "?"
    return issue(
        CONFLICT,
        f"“{name}”（{period}）此处为“{here.text}”，{year}年的报告（{other.report_id}）为“{there.text}”。",
        f"{name} ({period}) is {here.text} here; the report of {year} ({other.report_id}) says {there.text}.",
        [(here.start, here.end)],
    )


def _differing(here: Reported, other: Digest, there: Reported) -> Issue:
    name, period = here.topic[0], here.topic[1]
    return issue(
        COPIES_DIFFER,
        f"“{name}”（{period}）此处为“{here.text}”，同一份报告的另一来源（{other.report_id}）为“{there.text}”。",
        f"{name} ({period}) is {here.text} here; another copy of this report ({other.report_id}) says {there.text}.",
        [(here.start, here.end)],
    )


def _copies(result: Result, found: Compared) -> Issue:
    names = "、".join(found.copies)
    differing = sum(one.code == COPIES_DIFFER for issues in found.issues.values() for one in issues)
    return issue(
        COPY,
        f"与 {names} 是同一份报告的不同来源，{f'{differing}处数字不同' if differing else '可比数字一致'}；"
        "用 extract diff 查看全部差异。",
        f"This is the same report as {', '.join(found.copies)}, from another source; "
        f"{f'{differing} figures differ' if differing else 'no comparable figure differs'}: see extract diff.",
        [(result.report.start, result.report.end)],
    )


def _settled(record: Record, problems: tuple[Issue, ...]) -> Record:
    kept = tuple(one for one in record.issues if one.code not in CODES)
    issues = (*kept, *problems)
    if issues == record.issues:
        return record
    state = record.state
    if state in (State.VERIFIED, State.FLAGGED):
        flagged = any(one.severity is not Severity.NOTE for one in issues)
        state = State.FLAGGED if flagged else State.VERIFIED
    return record.model_copy(update={"issues": issues, "state": state})
