"""Contradictions between the reports of one region.

A digest holds of each report only what can contradict another one, so that a thousand reports are compared
without being kept in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.checks.comparison import unit_key
from extract.checks.consistency import nameable
from extract.checks.issues import issue
from extract.checks.precision import resolution, same_but_for_rounding
from extract.checks.similarity import exact_name
from schemas import Figure, Issue, Record, Severity, State
from schemas.result import Result

CODE = "conflict_between_reports"

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
    """

    report_id: str
    region: str | None
    report_year: int | None
    reported: tuple[Reported, ...]


Conflicts = Mapping[str, tuple[Issue, ...]]
"""Issues by record id."""

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
    return Digest(info.id, info.region, info.report_year, reported)


class Chronicle:
    """What the reports of each region say, topic by topic: a few values each, however many reports there are.

    First `add` the digest of every report, in a fixed order; then ask for the `conflicts` of each.
    """

    def __init__(self) -> None:
        self._topics: dict[tuple[str, Topic], list[tuple[Digest, Reported]]] = {}

    def add(self, one: Digest) -> None:
        """Remember what a report says that no earlier one has said; one without a region says nothing."""
        if one.region is None:
            return
        holder = Digest(one.report_id, one.region, one.report_year, ())
        for reported in one.reported:
            said = self._topics.setdefault((one.region, reported.topic), [])
            if len(said) < MOST_VALUES and all(reported.value != other.value for _, other in said):
                said.append((holder, reported))

    def conflicts(self, one: Digest) -> dict[str, tuple[Issue, ...]]:
        """Where other reports of the region say otherwise.

        Returns:
            For each record with a conflict its issues. Each figure gets one at most: it names the first
            report, by year and id, that gives another value.
        """
        found: dict[str, tuple[Issue, ...]] = {}
        if one.region is None:
            return found
        for here in one.reported:
            for other, there in self._topics.get((one.region, here.topic), ()):
                if other.report_id != one.report_id and not _agree(here, there):
                    found[here.record_id] = (*found.get(here.record_id, ()), _conflict(here, other, there))
                    break
        return found


def with_conflicts(result: Result, found: Conflicts) -> Result:
    """The result with these conflicts in place of those that it may hold from an earlier run.

    States that a person set stay as they are.
    """
    records = tuple(_settled(record, found.get(record.id, ())) for record in result.records)
    return result if records == result.records else result.model_copy(update={"records": records})


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
        CODE,
        f"“{name}”（{period}）此处为“{here.text}”，{year}年的报告（{other.report_id}）为“{there.text}”。",
        f"{name} ({period}) is {here.text} here; the report of {year} ({other.report_id}) says {there.text}.",
        [(here.start, here.end)],
    )


def _settled(record: Record, problems: tuple[Issue, ...]) -> Record:
    kept = tuple(one for one in record.issues if one.code != CODE)
    issues = (*kept, *problems)
    if issues == record.issues:
        return record
    state = record.state
    if state in (State.VERIFIED, State.FLAGGED):
        flagged = any(one.severity is not Severity.NOTE for one in issues)
        state = State.FLAGGED if flagged else State.VERIFIED
    return record.model_copy(update={"issues": issues, "state": state})
