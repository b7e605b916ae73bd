"""What the pages and the API ask the store. Nothing here changes anything."""

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import time
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from extract.checks.between import COPY
from extract.desk.facets import FacetCount, facet_counts
from extract.desk.filters import PAGE_SIZE, Filter
from extract.desk.model import (
    VERDICTS,
    Item,
    ItemRow,
    Kind,
    Person,
    Placed,
    ReportIssue,
    ReportRow,
    ReportText,
    Role,
    Standing,
    Verdict,
)
from extract.desk.rows import LISTED, Row, events, issues_of, item_row, joined_codes, record_of
from extract.desk.scope import (
    INDEXES,
    NOBODY,
    ORDERS,
    Names,
    after,
    along,
    before,
    columns,
    condition,
    hinted,
    report_names,
)
from extract.desk.sheets import Sheets
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry, ReportEntry
from extract.errors import NotFoundError
from schemas import Issue, Record
from schemas.result import ChunkRow, LedgerRow, Result

READ_REPORTS = 16


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue.

    Attributes:
        total: items in the filter.
        page, pages: which page of how many; there is always a first.
        facets: counts by facet, most frequent first; of `state` also `open` and `any`.
    """

    rows: tuple[ItemRow, ...]
    total: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetCount, ...]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies around an item in a filter.

    Attributes:
        position: the item's place, from 1; where it is no longer in the filter, the place that it had.
        total: items in the filter.
    """

    previous: str | None
    next: str | None
    position: int
    total: int


def queue(store: Store, only: Filter, person: Person, now: float | None = None) -> Queue:
    """A page of the queue with its counts.

    Args:
        store: the store.
        only: which items, in which order, which page; a page beyond the last is the last.
        person: whose queue.
        now: seconds since 1970; for claims.
    """
    with store.reading() as connection:
        names = report_names(connection, only)
        counts = facet_counts(connection, only, names, person)
        pages = max(1, -(-counts.total // PAGE_SIZE))
        page = min(only.page, pages)
        keys = select(ItemEntry.key).where(condition(only, names, person)).order_by(*columns(only.sort))
        on_page = along(keys, only, INDEXES[only.sort]).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
        rows = connection.execute(
            select(*LISTED)
            .where(ItemEntry.key.in_(connection.scalars(on_page).all()))
            .order_by(*columns(only.sort))
        ).all()
    moment = time() if now is None else now
    listed = tuple(_listed(row, names, moment) for row in rows)
    return Queue(listed, counts.total, page, pages, counts.facets)


def _listed(row: Row, names: Names, now: float) -> ItemRow:
    name = names.reports.get(row.report_id, NOBODY)
    return item_row(row, name.region, name.year, now)


def neighbours(store: Store, only: Filter, key: str, person: Person, now: float | None = None) -> Neighbours:
    """What comes before and after an item in a filter; what others have claimed is passed over.

    Raises:
        NotFoundError: there is no such item.
    """
    moment = time() if now is None else now
    with store.reading() as connection:
        names = report_names(connection, only)
        here = connection.execute(
            select(*(getattr(ItemEntry, name) for name in ORDERS[only.sort])).where(ItemEntry.key == key)
        ).first()
        if here is None:
            raise no_item(key)
        inside = condition(only, names, person)
        free = and_(inside, _free(person, moment), ItemEntry.key != key)
        index = INDEXES[only.sort]
        nearest = select(ItemEntry.key).where(free, before(only.sort, here)).limit(1)
        previous = connection.scalar(
            along(nearest.order_by(*(column.desc() for column in columns(only.sort))), only, index)
        )
        nearest = select(ItemEntry.key).where(free, after(only.sort, here)).limit(1)
        following = connection.scalar(along(nearest.order_by(*columns(only.sort)), only, index))
        count = select(func.count()).select_from(ItemEntry).where(inside)
        total = connection.scalar(along(count, only, "items_counted_0")) or 0
        ahead = connection.scalar(along(count.where(before(only.sort, here)), only, index))
    return Neighbours(previous, following, (ahead or 0) + 1, total)


def first(store: Store, only: Filter, person: Person, now: float | None = None) -> str | None:
    """The first item of a filter that nobody else has claimed; None where there is none."""
    with store.reading() as connection:
        inside = condition(only, report_names(connection, only), person)
        free = _free(person, time() if now is None else now)
        nearest = select(ItemEntry.key).where(inside, free).order_by(*columns(only.sort)).limit(1)
        found: str | None = connection.scalar(along(nearest, only, INDEXES[only.sort]))
    return found


def _free(person: Person, now: float) -> Any:  # a condition of SQLAlchemy
    return or_(
        ItemEntry.claimed_by.is_(None), ItemEntry.claimed_by == person.name, ItemEntry.claimed_until <= now
    )


def item(store: Store, key: str, person: Person, now: float | None = None) -> Item:
    """An item with all that its page shows.

    Raises:
        NotFoundError: there is no such item.
    """
    with store.reading() as connection:
        return item_in(connection, key, person, time() if now is None else now)


def item_in(connection: Connection, key: str, person: Person, now: float) -> Item:
    """The same, within a transaction; `now` in seconds since 1970."""
    row = connection.execute(
        select(ItemEntry.__table__, ReportEntry.region, ReportEntry.report_year)
        .join_from(ItemEntry, ReportEntry, ItemEntry.report_id == ReportEntry.id)
        .where(ItemEntry.key == key)
    ).first()
    if row is None:
        raise no_item(key)
    kind = Kind(row.kind)
    past = connection.execute(
        select(EventEntry.__table__).where(EventEntry.item == key).order_by(EventEntry.id)
    ).all()
    listed = item_row(row, row.region, row.report_year, now)
    hidden = blind(listed, person, any(event.reviewer == person.name for event in past))
    record = record_of(row.payload) if kind in {Kind.RECORD, Kind.CONTRADICTION} else None
    return Item(
        row=listed,
        record=record,
        current=record_of(row.current) or record,
        number=LedgerRow.model_validate_json(row.payload) if kind is Kind.NUMBER else None,
        chunk=ChunkRow.model_validate_json(row.payload) if kind is Kind.CHUNK else None,
        issues=issues_of(row.issues),
        history=() if hidden else events(past, row.fingerprint),
        hidden=len(past) if hidden else 0,
        verdicts=_possible(listed, person, bool(past)),
        needs_two=row.needs_two,
        page=_page(connection, row, record),
    )


def _page(connection: Connection, row: Row, record: Record | None) -> int | None:
    """Of a record its own page, of anything else that of the records around it."""
    if record is not None:
        return record.evidence.page
    return Sheets(read_report(connection, row.report_id).result).at(row.start)


def blind(row: ItemRow, person: Person, spoke: bool) -> bool:  # noqa: FBT001 - it is what is asked
    """Whether a person must not see yet what another one said: they are the second to look."""
    return row.standing is Standing.SECOND_REVIEW and not spoke and row.reviewer != person.name


def _possible(row: ItemRow, person: Person, decided: bool) -> tuple[Verdict, ...]:  # noqa: FBT001
    if not person.role.covers(Role.REVIEWER) or row.standing is Standing.GONE:
        return ()
    return tuple(one for one in VERDICTS[row.kind] if decided or one is not Verdict.UNDO)


def no_item(key: str) -> NotFoundError:
    """What is said where no item has this name."""
    return NotFoundError(f"There is no item {key[:40]}.")


def report_list(store: Store) -> tuple[ReportRow, ...]:
    """Every report that the latest results hold, by region and year."""
    with store.reading() as connection:
        return reports_in(connection)


LISTED_REPORT = (
    ReportEntry.id, ReportEntry.source, ReportEntry.title, ReportEntry.region, ReportEntry.report_year,
    ReportEntry.engine, ReportEntry.complete, ReportEntry.notes, ReportEntry.text.is_not(None).label("has_text"),
)  # fmt: skip


def reports_in(connection: Connection) -> tuple[ReportRow, ...]:
    """The same, within a transaction."""
    counts: dict[str, dict[Standing, int]] = {}
    asked = select(ItemEntry.report_id, ItemEntry.standing, func.count()).group_by(
        ItemEntry.standing, ItemEntry.report_id
    )
    for report_id, standing, count in connection.execute(hinted(asked, "items_counted_1")):
        counts.setdefault(report_id, {})[Standing(standing)] = count
    rows = connection.execute(
        select(*LISTED_REPORT)
        .where(ReportEntry.present)
        .order_by(ReportEntry.region, ReportEntry.report_year, ReportEntry.id)
    )
    copies = copies_in(connection)
    return tuple(_report_row(row, counts.get(row.id, {}), copies.get(row.id)) for row in rows)


def copies_in(connection: Connection) -> Mapping[str, Issue]:
    """What the checks say of reports that another one is a copy of, by report."""
    asked = select(ItemEntry.report_id, ItemEntry.payload).where(
        ItemEntry.codes == joined_codes([COPY]), ItemEntry.kind == Kind.REPORT_ISSUE.value, ItemEntry.present
    )
    return {
        row.report_id: Issue.model_validate_json(row.payload)
        for row in connection.execute(hinted(asked, "items_by_code"))
    }


def _report_row(row: Row, counts: Mapping[Standing, int], copy: Issue | None) -> ReportRow:
    return ReportRow(
        id=row.id,
        source=row.source,
        title=row.title,
        region=row.region,
        report_year=row.report_year,
        engine=row.engine,
        complete=row.complete,
        notes=tuple(json.loads(row.notes)),
        has_text=row.has_text,
        counts=dict(counts),
        copy=copy,
    )


def report(store: Store, report_id: str) -> ReportText:
    """A whole report: text, ledger, headings, items in the order of the text.

    Raises:
        NotFoundError: there is no such report.
    """
    with store.reading() as connection:
        row = connection.execute(select(*LISTED_REPORT).where(ReportEntry.id == report_id)).first()
        if row is None:
            raise NotFoundError(f"There is no report {report_id[:80]}.")
        items = connection.execute(
            select(
                ItemEntry.key, ItemEntry.kind, ItemEntry.standing, ItemEntry.indicator, ItemEntry.record_type,
                ItemEntry.severity, ItemEntry.start, ItemEntry.end, ItemEntry.spans, ItemEntry.payload,
            )
            .where(ItemEntry.report_id == report_id, ItemEntry.present)
            .order_by(ItemEntry.start, ItemEntry.key)
        ).all()  # fmt: skip
        read = read_report(connection, report_id)
    sheets = Sheets(read.result)
    counts = Counter(Standing(one.standing) for one in items)
    issues = tuple(
        _report_issue(one)
        for one in sorted(items, key=lambda one: -one.severity)
        if one.kind == Kind.REPORT_ISSUE
    )
    return ReportText(
        row=_report_row(row, counts, next((one for one in issues if one.code == COPY), None)),
        text=read.text,
        start=read.result.report.start,
        end=read.result.report.end,
        ledger=read.result.ledger,
        sections=read.result.sections,
        chunks=read.result.chunks,
        items=tuple(_placed(one, sheets) for one in items if one.kind != Kind.REPORT_ISSUE),
        issues=issues,
    )


def _report_issue(row: Row) -> ReportIssue:
    said = Issue.model_validate_json(row.payload)
    return ReportIssue(**dict(said), key=row.key, standing=Standing(row.standing))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as it was taken in: the result of the engine, and the text."""

    result: Result
    text: str | None


def read_report(connection: Connection, report_id: str) -> ReadReport:
    """The result and the text of a report.

    Raises:
        NotFoundError: there is no such report.
    """
    row = connection.execute(
        select(ReportEntry.result, ReportEntry.text).where(ReportEntry.id == report_id)
    ).first()
    if row is None:
        raise NotFoundError(f"There is no report {report_id[:80]}.")
    return _unpacked(row.result, row.text)


@lru_cache(maxsize=READ_REPORTS)
def _unpacked(result: bytes, text: bytes | None) -> ReadReport:
    """Reviewers go through a report item by item; its parts are unpacked once."""
    decoded = None if text is None else zlib.decompress(text).decode("utf-8", "surrogatepass")
    return ReadReport(Result.model_validate_json(zlib.decompress(result)), decoded)


def _placed(row: Row, sheets: Sheets) -> Placed:
    return Placed(
        key=row.key,
        kind=Kind(row.kind),
        standing=Standing(row.standing),
        indicator=row.indicator,
        record_type=row.record_type,
        severity=row.severity,
        start=row.start,
        end=row.end,
        spans=tuple((start, end) for start, end in json.loads(row.spans)),
        page=sheets.at(row.start),
    )


def window(whole: ReportText, start: int, end: int, margin: int = 600) -> tuple[int, int]:
    """A span of whole lines around some evidence, within the report.

    Args:
        whole: the report.
        start: of the evidence.
        end: of the evidence.
        margin: so many characters at least on each side, where there are as many.

    Returns:
        The span; where a line is endless, it is cut at four times the margin.
    """
    text = whole.text or ""
    low, high = max(whole.start, start - margin), min(whole.end, end + margin)
    first_line = text.rfind("\n", max(whole.start, low - 3 * margin), low) + 1
    last_line = text.find("\n", high, min(whole.end, high + 3 * margin))
    low = first_line or max(whole.start, low - 3 * margin)
    high = last_line if last_line >= 0 else min(whole.end, high + 3 * margin)
    return min(low, start), max(high, end)
