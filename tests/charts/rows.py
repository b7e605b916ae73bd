"""Rows of invented regions, for tests of charts and pages."""

from decimal import Decimal
from typing import Any

from extract.tables.columns import columns
from extract.tables.project_rows import ProjectTrackingRow
from extract.tables.rows import PanelRow


def _row(kind: type, given: dict[str, Any]) -> Any:
    return kind(**(dict.fromkeys((one.name for one in columns(kind)), None) | given))


def stated(region: str, year: int, claim: str, value: str | None, **more: Any) -> PanelRow:
    """What a report states of the growth of GDP, or of another indicator."""
    given = {
        "region": region,
        "year": year,
        "period": str(year),
        "report_year": year if claim == "target" else year + 1,
        "horizon": "annual",
        "indicator_id": "gdp_growth",
        "indicator": "地区生产总值增长率",
        "indicator_en": "GDP growth",
        "claim_type": claim,
        "value": None if value is None else Decimal(value),
        "unit": "%",
        "modifier": "exact",
        "wording": f"增长{value}%",
        "status": "stated" if value is not None else "not_found",
        "quote": f"地区生产总值增长{value}%。",
        "estimated": False,
        "alternatives": (),
        "also_in": (),
        "report_id": f"{region}-{year}",
        "state": "verified",
    }
    if "upper" in more:
        more["upper"] = Decimal(more["upper"])
    return _row(PanelRow, given | more)


def promised(
    project: str, promise: str | None, report: str | None, status: str, **more: Any
) -> ProjectTrackingRow:
    """What became of a livelihood project."""
    given = {
        "region": "云州市",
        "year": 2024,
        "item": 1,
        "project": project,
        "promised": None if promise is None else Decimal(promise),
        "reported": None if report is None else Decimal(report),
        "unit": "所",
        "promised_modifier": "exact",
        "reported_modifier": "exact",
        "status": status,
        "promised_quote": f"{project}{promise}所。",
        "promised_report": "r",
    }
    return _row(ProjectTrackingRow, given | more)
