"""The line about one result."""

from extract.engines.rules import RulesEngine
from extract.pipeline import process_source
from extract.results.summary import summarise


def test_every_number_is_in_one_of_three_counts(small_report: str) -> None:
    """Claimed, excluded, unclaimed: nothing else, and nothing left."""
    (result,) = process_source(small_report.encode(), "r.txt", RulesEngine()).results
    summary = summarise(result)
    assert summary.numbers == len(result.ledger)
    assert summary.figures + summary.excluded + summary.unclaimed == summary.numbers
    assert sum(summary.records.values()) == len(result.records)
    assert (summary.region, summary.report_year) == ("临江市", 2024)
