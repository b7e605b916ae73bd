"""Rows for what a report does not state, told apart from what it names and from what could not be read."""

from collections.abc import Container, Iterator
from typing import NamedTuple

import msgspec

from extract.indicators.matching import Matcher
from extract.indicators.unread import unread_in
from extract.results.lean import LeanResult
from extract.tables import clauses
from extract.tables.panel_found import Key, shared_row
from extract.tables.rows import ClaimType, PanelRow

UNREAD = "报告提到，未能读出 / mentioned, not read"


class _Mention(NamedTuple):
    """Where a sentence of targets or of results names an indicator."""

    quote: str
    wording: str
    start: int
    end: int


def missing_rows(result: LeanResult, matcher: Matcher, found: Container[Key]) -> Iterator[PanelRow]:
    """A row for each headline indicator without an annual target or actual; none without a report year.

    Args:
        result: the report.
        matcher: knows the catalogue.
        found: the keys that the report states.
    """
    year = result.report.report_year
    if year is None:
        return
    shared = shared_row(result)
    expected: tuple[tuple[ClaimType, int], ...] = (("actual", year - 1), ("target", year))
    for claim_type, of_year in expected:
        missing = [
            one
            for one in matcher.catalogue.core
            if (one.id, claim_type, "annual", str(of_year), None) not in found
        ]
        if not missing:
            continue
        lost = _lost(result)
        why = lost or _incomplete(result, claim_type)
        named = {} if lost else _named(result, matcher, claim_type, of_year)
        for one in missing:
            row = msgspec.structs.replace(
                shared,
                year=of_year,
                period=str(of_year),
                indicator_id=one.id,
                indicator=one.zh,
                indicator_en=one.en,
                claim_type=claim_type,
                status="failed" if why else "not_found",
                note=why,
            )
            mention = named.get(one.id)
            if mention is not None:
                row = msgspec.structs.replace(row, status="unread", note=UNREAD, **mention._asdict())
            yield row


def _named(result: LeanResult, matcher: Matcher, claim_type: ClaimType, year: int) -> dict[str, _Mention]:
    """Where the sentences of targets, or of results, name an indicator of which nothing was read; the first counts."""
    found: dict[str, _Mention] = {}
    for one in result.headlines:
        if one.claim_type != claim_type:
            continue
        there = [
            record
            for record in result.records
            if record.evidence.start < one.end and one.start < record.evidence.end
        ]
        for unread in unread_in(
            one.quote, there, matcher, region=result.report.region, year=year, claim_type=claim_type
        ):
            wording = clauses.one_line(one.quote[unread.start : unread.end])
            mention = _Mention(one.quote, wording, one.start + unread.start, one.start + unread.end)
            for indicator in unread.indicators:
                found.setdefault(indicator.id, mention)
    return found


def _lost(result: LeanResult) -> str | None:
    """That parts of the report failed, or None."""
    failed = sum(chunk.status == "failed" for chunk in result.chunks)
    if failed:
        return f"报告有{failed}部分未能读取 / {failed} of {len(result.chunks)} parts could not be read"
    return None


def _incomplete(result: LeanResult, claim_type: ClaimType) -> str | None:
    """That the part with targets, or with results, was not there, or None."""
    there = result.completeness.has_plan if claim_type == "target" else result.completeness.has_review
    if there:
        return None
    return (
        "没有找到目标任务部分 / no plan was found in the text"
        if claim_type == "target"
        else "没有找到工作回顾部分 / no review was found in the text"
    )
