"""The figures of the overview: how far the work is, what was flagged, who agrees with whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Integer, cast, func, select

from extract.desk.agreement import Agreement, agreement, labelled
from extract.desk.history import PAST_COLUMNS, past_of
from extract.desk.model import DECIDED, OPEN, Kind, ReportRow, Standing, Verdict
from extract.desk.reports import reports_in
from extract.desk.scope import hinted
from extract.desk.standing import Past, Subject, stands
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry

DAYS = 30
DAY_SECONDS = 86_400
MARKS = frozenset({Verdict.APPROVE, Verdict.CORRECT, Verdict.REJECT})


@dataclass(frozen=True, slots=True)
class CodeRow:
    """Items with one issue code."""

    code: str
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class RegionRow:
    """Items of one region; None is the unknown one."""

    region: str | None
    reports: int
    total: int
    open: int
    decided: int


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """What one person has decided; `other` is adding records and saying that there is no fact."""

    name: str
    decisions: int
    approve: int
    correct: int
    reject: int
    other: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything at a glance.

    Attributes:
        total: items that the latest results hold, looked at or not.
        open: those that want a person; decided: those that a person settled.
        flagged: those that wanted a person: open, or decided and with an issue.
        by_code: most frequent first.
        days: decisions by day (UTC), oldest first, days without any left out.
    """

    total: int
    open: int
    decided: int
    flagged: int
    by_standing: dict[Standing, int]
    by_kind: dict[Kind, int]
    by_code: tuple[CodeRow, ...]
    reports: tuple[ReportRow, ...]
    regions: tuple[RegionRow, ...]
    reviewers: tuple[ReviewerRow, ...]
    days: tuple[tuple[date, int], ...]
    agreement: Agreement


def overview(store: Store) -> Overview:
    """All figures, from one moment of the store."""
    with store.reading() as connection:
        columns = (ItemEntry.standing, ItemEntry.kind, ItemEntry.codes)
        counted = select(*columns, func.count()).group_by(*columns)
        groups = connection.execute(hinted(counted, "items_counted_0")).all()
        reports = reports_in(connection)
        reviewers = _reviewers(connection)
        days = _days(connection)
        agreed = agreement_in(connection)
    by_standing: Counter[Standing] = Counter()
    by_kind: Counter[Kind] = Counter()
    open_codes: Counter[str] = Counter()
    decided_codes: Counter[str] = Counter()
    flagged = 0
    for standing, kind, codes, count in groups:
        where = Standing(standing)
        by_standing[where] += count
        if where is Standing.GONE:
            continue
        if where in OPEN:
            by_kind[Kind(kind)] += count
        flagged += count if where in OPEN or (codes and where in DECIDED) else 0
        tally = open_codes if where in OPEN else decided_codes if where in DECIDED else Counter[str]()
        for code in codes.split():
            tally[code] += count
    return Overview(
        total=by_standing.total() - by_standing[Standing.GONE],
        open=sum(by_standing[one] for one in OPEN),
        decided=sum(by_standing[one] for one in DECIDED),
        flagged=flagged,
        by_standing=dict(by_standing),
        by_kind=dict(by_kind),
        by_code=tuple(
            CodeRow(code, open_codes[code], decided_codes[code])
            for code, _ in sorted((open_codes + decided_codes).items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        reports=reports,
        regions=_regions(reports),
        reviewers=reviewers,
        days=days,
        agreement=agreed,
    )


def _regions(reports: Sequence[ReportRow]) -> tuple[RegionRow, ...]:
    by_region: dict[str | None, list[ReportRow]] = {}
    for one in reports:
        by_region.setdefault(one.region, []).append(one)
    rows = [
        RegionRow(
            region,
            len(members),
            sum(sum(one.counts.values()) for one in members),
            sum(one.open for one in members),
            sum(one.decided for one in members),
        )
        for region, members in by_region.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.open, row.region or "")))


def _reviewers(connection: Connection) -> tuple[ReviewerRow, ...]:
    """Decisions by person, those that were taken back too: they were work as well."""
    counts: dict[str, Counter[Verdict]] = {}
    for name, verdict, count in connection.execute(
        select(EventEntry.reviewer, EventEntry.verdict, func.count())
        .where(EventEntry.verdict.not_in([Verdict.UNDO.value, Verdict.SKIP.value]))
        .group_by(EventEntry.reviewer, EventEntry.verdict)
    ):
        counts.setdefault(name, Counter())[Verdict(verdict)] = count
    rows = [
        ReviewerRow(
            name,
            tally.total(),
            tally[Verdict.APPROVE],
            tally[Verdict.CORRECT],
            tally[Verdict.REJECT],
            sum(count for verdict, count in tally.items() if verdict not in MARKS),
        )
        for name, tally in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.decisions, row.name)))


def _days(connection: Connection) -> tuple[tuple[date, int], ...]:
    day = cast(EventEntry.at / DAY_SECONDS, Integer)  # cut off by SQLite, but rounded by PostgreSQL
    if connection.dialect.name != "sqlite":
        day = cast(func.floor(EventEntry.at / DAY_SECONDS), Integer)
    rows = connection.execute(
        select(day, func.count())
        .where(EventEntry.verdict.not_in([Verdict.UNDO.value, Verdict.SKIP.value]))
        .group_by(day)
        .order_by(day.desc())
        .limit(DAYS)
    ).all()
    return tuple(
        (datetime.fromtimestamp(number * DAY_SECONDS, UTC).date(), count) for number, count in reversed(rows)
    )


def agreement_in(connection: Connection) -> Agreement:
    """The agreement of the pairs of decisions that double review has brought."""
    subjects = {
        row.key: Subject(row.flagged, row.present, row.needs_two, row.grounds)
        for row in connection.execute(
            select(
                ItemEntry.key,
                ItemEntry.flagged,
                ItemEntry.present,
                ItemEntry.needs_two,
                ItemEntry.grounds,
            ).where(ItemEntry.needs_two, ItemEntry.version > 1)
        )
    }
    past: dict[str, list[Past]] = {}
    double = select(ItemEntry.key).where(ItemEntry.needs_two, ItemEntry.version > 1)
    for row in connection.execute(
        select(*PAST_COLUMNS).where(EventEntry.item.in_(double)).order_by(EventEntry.id)
    ):
        past.setdefault(row.item, []).append(past_of(row))
    pairs = (stands(subjects[key], events).pair for key, events in past.items())
    return agreement(labelled(*pair) for pair in pairs if pair)
