"""Rows for what a report does not state, told apart from what could not be read."""

from collections.abc import Container, Iterator

import msgspec

from extract.indicators.catalogue import Catalogue
from extract.results.lean import LeanResult
from extract.tables.panel_found import Key, shared_row
from extract.tables.rows import ClaimType, PanelRow


def missing_rows(result: LeanResult, catalogue: Catalogue, found: Container[Key]) -> Iterator[PanelRow]:
    """A row for each headline indicator without an annual target or actual; none without a report year.

    Args:
        result: the report.
        catalogue: the indicators.
        found: the keys that the report states.
    """
    year = result.report.report_year
    if year is None:
        return
    shared = shared_row(result)
    expected: tuple[tuple[ClaimType, int], ...] = (("actual", year - 1), ("target", year))
    for claim_type, of_year in expected:
        why = _unread(result, claim_type)
        for one in catalogue.core:
            if (one.id, claim_type, "annual", str(of_year), None) not in found:
                yield msgspec.structs.replace(
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


def _unread(result: LeanResult, claim_type: ClaimType) -> str | None:
    """Why the report cannot be said not to state a thing, or None."""
    failed = sum(chunk.status == "failed" for chunk in result.chunks)
    if failed:
        return f"报告有{failed}部分未能读取 / {failed} of {len(result.chunks)} parts could not be read"
    there = result.completeness.has_plan if claim_type == "target" else result.completeness.has_review
    if there:
        return None
    return (
        "没有找到目标任务部分 / no plan was found in the text"
        if claim_type == "target"
        else "没有找到工作回顾部分 / no review was found in the text"
    )
