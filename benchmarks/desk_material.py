"""A store with as many items as are asked for: the sample reports, taken in again under other names."""

import random

from sqlalchemy import insert, select

from extract.desk.model import Standing
from extract.desk.store import Store
from extract.desk.tables import ItemEntry, ReportEntry

REGIONS, FIRST_YEAR, YEARS = 40, 2010, 16
OPEN_SHARE, DECIDED_SHARE = 0.3, 0.3
CODES = (
    "digits_differ",
    "period_differs",
    "unit_differs",
    "pairing_differs",
    "conflict_in_report",
    "witness_disagrees",
)
REVIEWERS = tuple(f"reviewer{n:02}" for n in range(50))


def fill(store: Store, items: int, seed: int = 7) -> None:
    """Multiply what is in a store until it holds so many items; a third open, a third decided.

    Args:
        store: with some reports in it.
        items: how many are wanted.
        seed: of the choice of codes, standings and reviewers.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    with store.writing() as connection:
        reports = [dict(row) for row in connection.execute(select(ReportEntry.__table__)).mappings()]
        by_report = {
            one["id"]: [
                dict(row)
                for row in connection.execute(
                    select(ItemEntry.__table__).where(ItemEntry.report_id == one["id"])
                ).mappings()
            ]
            for one in reports
        }
    made, copy = sum(len(rows) for rows in by_report.values()), 0
    while made < items:
        copy += 1
        with store.writing() as connection:
            for report in reports:
                name = f"{report['id']}-{copy:04}"
                connection.execute(
                    insert(ReportEntry),
                    [
                        report
                        | {
                            "id": name,
                            "region": f"第{copy % REGIONS}市",
                            "report_year": FIRST_YEAR + copy % YEARS,
                        }
                    ],
                )
                rows = [_varied(row, name, copy, chance) for row in by_report[report["id"]]]
                connection.execute(insert(ItemEntry), rows)
                made += len(rows)


def _varied(row: dict[str, object], report_id: str, copy: int, chance: random.Random) -> dict[str, object]:
    drawn = chance.random()
    severity, stakes = chance.choice((1, 2, 2, 3)), chance.randrange(100)
    decided = OPEN_SHARE < drawn < OPEN_SHARE + DECIDED_SHARE
    standing = (
        Standing.FLAGGED
        if drawn < OPEN_SHARE
        else chance.choice((Standing.APPROVED, Standing.CORRECTED, Standing.REJECTED))
        if decided
        else Standing.VERIFIED
    )
    return row | {
        "key": f"f{copy:05x}{row['key'][6:]}" if isinstance(row["key"], str) else row["key"],
        "report_id": report_id,
        "standing": standing.value,
        "codes": "" if standing is Standing.VERIFIED else f" {chance.choice(CODES)} ",
        "severity": severity,
        "stakes": stakes,
        "by_severity": (3 - severity) * 1_000 + 100 - stakes,
        "by_stakes": (100 - stakes) * 1_000 + 3 - severity,
        "reviewer": chance.choice(REVIEWERS) if decided else None,
    }
