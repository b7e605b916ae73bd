"""The facts table and the records table."""

from decimal import Decimal

from extract.engines.rules import RulesEngine
from extract.pipeline import process_source
from extract.tables.facts import facts
from extract.tables.records import record_rows
from schemas.result import Result

CONTRACT = (
    "report_id, source, record_id, record_type, indicator, value, upper, unit, kind, direction, modifier, period, "
    "start, end, text, quote, state"
).split(", ")


def result_of(text: str) -> Result:
    """What the rules make of one report."""
    (result,) = process_source(text.encode(), "in/r.txt", RulesEngine()).results
    return result


def test_keys_stand_in_the_order_of_the_contract(small_report: str) -> None:
    """Other programs rely on it; more keys may only follow."""
    rows = list(facts([result_of(small_report)]))
    assert rows
    assert all(list(row)[: len(CONTRACT)] == CONTRACT for row in rows)


def test_there_is_one_row_for_each_figure_in_the_order_of_the_text(small_report: str) -> None:
    """Whatever the order of the records."""
    result = result_of(small_report)
    reversed_records = result.model_copy(update={"records": result.records[::-1]})
    rows = list(facts([reversed_records]))
    assert len(rows) == sum(len(record.figures) for record in result.records)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_values_are_plain_decimals_after_scale(small_report: str) -> None:
    """No exponent, no trailing zeros, no float."""
    by_text = {row["text"]: row for row in facts([result_of(small_report)])}
    assert by_text["1830.5亿元"]["value"] == "183050000000"
    assert by_text["6.4%"]["value"] == "6.4"
    assert all("E" not in row["value"] and Decimal(row["value"]).is_finite() for row in by_text.values())


def test_a_records_row_joins_its_figures(small_report: str) -> None:
    """One row a record, in the order of the text."""
    result = result_of(small_report)
    rows = list(record_rows([result]))
    assert len(rows) == len(result.records)
    assert rows[0]["figures"] == "1830.5亿元；6.4%"
    assert rows[0]["section"] == result.records[0].evidence.section
