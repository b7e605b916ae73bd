"""A report of the store with all its items, and the lines around one."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.desk.items import item
from extract.desk.reports import report, window
from extract.desk.store import Store
from tests.desk.conftest import ANN


def test_places_in_a_report_point_into_its_text(store: Store) -> None:
    """Evidence, figures and ledger alike."""
    whole = report(store, "yunzhou-2025")
    assert whole.text
    for row in whole.ledger:
        assert whole.text[row.start : row.end] == row.text
    for placed in whole.items:
        seen = item(store, placed.key, ANN)
        assert seen.record
        assert whole.text[placed.start : placed.end] == seen.record.evidence.quote
        assert [whole.text[start:end] for start, end in placed.spans] == [
            one.text for one in seen.record.figures
        ]


@given(st.integers(0, 4_000), st.integers(1, 200))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_window_holds_its_evidence_and_whole_lines(store: Store, start: int, length: int) -> None:
    """And does not leave the report."""
    whole = report(store, "yunzhou-2025")
    assert whole.text
    start = min(start, whole.end - length)
    low, high = window(whole, start, start + length, 300)
    assert whole.start <= low <= start < start + length <= high <= whole.end
    assert low == whole.start or whole.text[low - 1] == "\n" or start - low >= 300
    assert high == whole.end or whole.text[high] == "\n" or high - start - length >= 300
