"""A folder that people have reviewed: what they decided has to come out wherever something is made of it."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from extract.desk.decisions import Decision, decide
from extract.desk.model import Person, Verdict
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from tests.desk.conftest import ANN, BEN, NOW

REPORT = "yunzhou-2024"
GROWTH, EXPORTS, AIR, REVENUE = "地区生产总值", "出口", "市区PM2.5平均浓度", "一般公共预算收入"
PRICES, PLACES, SKILLED = "居民消费价格涨幅", "新增托位", "新增高技能人才"


def engine_missed(results: Path, indicator: str) -> None:
    """Change a result as if the engine had not found its goals for an indicator; their numbers are open then."""
    path = results / f"{REPORT}.json"
    result = json.loads(path.read_bytes())
    missed = [one for one in result["records"] if one["type"] == "goal" and one["indicator"] == indicator]
    assert missed
    result["records"] = [one for one in result["records"] if one not in missed]
    for row in result["ledger"]:
        if row["record_id"] in {one["id"] for one in missed}:
            row |= {"state": "unclaimed", "record_id": None}
    path.write_text(json.dumps(result), encoding="utf-8")


def record(results: Path, indicator: str, *, planned: bool = True) -> dict[str, Any]:
    """The record of the engine on an indicator."""
    for one in json.loads((results / f"{REPORT}.json").read_bytes())["records"]:
        goal = one["type"] == "goal" or one["status"] == "planned"
        if one["indicator"] == indicator and goal is planned:
            return one
    raise AssertionError(f"no record on {indicator}")


def say(
    store: Store, identity: str, verdict: Verdict, changes: dict[str, Any] | None = None, who: Person = ANN
) -> None:
    """Decide on the item of a record, or on an open number by its text."""
    with store.reading() as connection:
        key, version = connection.execute(
            select(ItemEntry.key, ItemEntry.version).where(
                ItemEntry.report_id == REPORT,
                (ItemEntry.identity == identity)
                | ((ItemEntry.kind == "number") & (ItemEntry.text == identity)),
            )
        ).one()
    decide(store, Decision(key, verdict, version, "按附件", changes), who, NOW)


def review(store: Store, results: Path) -> None:
    """One of each: a value, an indicator and a period corrected, a record rejected, one approved, one added."""

    def on(
        indicator: str, verdict: Verdict, changes: dict[str, Any] | None = None, who: Person = ANN
    ) -> None:
        say(store, record(results, indicator)["id"], verdict, changes, who)

    on(GROWTH, Verdict.CORRECT, {"figures": [{"value": "6.6"}]})
    on(EXPORTS, Verdict.CORRECT, {"indicator": "进出口总额"}, BEN)
    on(AIR, Verdict.CORRECT, {"period": "2026"})
    on(REVENUE, Verdict.REJECT)
    say(store, "3%", Verdict.ADD, {"indicator": "居民消费价格涨幅", "type": "goal", "period": "2024"}, BEN)
    on(PLACES, Verdict.CORRECT, {"figures": [{"value": "1550"}]})
    on(SKILLED, Verdict.REJECT)
