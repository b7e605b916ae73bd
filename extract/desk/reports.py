"""The reports of a store: their list, one with all its items, and one as it was taken in."""

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, func, select

from extract.checks.between import COPY
from extract.desk.model import (
    Kind,
    Placed,
    ReportIssue,
    ReportRow,
    ReportText,
    Standing,
)
from extract.desk.rows import Row, joined_codes
from extract.desk.scope import (
    hinted,
)
from extract.desk.sheets import Sheets
from extract.desk.store import Store
from extract.desk.tables import ItemEntry, ReportEntry
from extract.errors import NotFoundError
from extract.messages import Message
from schemas import Issue
from schemas.result import Result

READ_REPORTS = 16


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
            raise NotFoundError(Message("There is no report %(id)s.", id=report_id[:80]))
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
        raise NotFoundError(Message("There is no report %(id)s.", id=report_id[:80]))
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
