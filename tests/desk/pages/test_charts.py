"""The geometry of the charts."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.desk.model import Standing
from extract.desk.overview import overview
from extract.desk.pages import charts
from extract.desk.pages.overview import MOST_REPORTS, overview_page
from extract.desk.store import Store

COUNTS = st.dictionaries(st.sampled_from(sorted(charts.GROUPS)), st.integers(0, 10**6), max_size=6)


def test_a_bar_is_in_proportion() -> None:
    """Each part as long as its share of the whole; what is nothing is not drawn."""
    drawn = charts.bar({"open": 3, "approved": 1, "rejected": 0}, whole=8)
    assert [(part.group, part.start, part.length) for part in drawn.parts] == [
        ("open", 0, 375),
        ("approved", 375, 125),
    ]
    assert (drawn.total, drawn.count("approved"), drawn.count("rejected")) == (4, 1, 0)


@given(COUNTS)
def test_parts_lie_side_by_side_and_fill_the_ring(counts: dict[str, int]) -> None:
    """Without gaps, whatever the counts."""
    parts = charts.bar(counts, length=charts.RING).parts
    for left, right in itertools.pairwise(parts):
        assert left.start + left.length == pytest.approx(right.start, abs=0.01)
    if parts:
        assert parts[-1].start + parts[-1].length == pytest.approx(charts.RING, abs=0.01)


def test_every_standing_has_a_colour() -> None:
    """Nothing falls out of the ring."""
    grouped = charts.grouped(dict.fromkeys(Standing, 1))
    assert sum(grouped.values()) == len(Standing)
    assert grouped["open"] == 4


def test_days_stand_on_the_line_and_the_highest_reaches_the_top() -> None:
    """Columns in the order of time, the last day named."""
    drawn = charts.days([(date(2026, 3, 1), 5), (date(2026, 3, 4), 10)])
    low, high = drawn.columns
    assert low.height * 2 == pytest.approx(high.height)
    assert low.y + low.height == pytest.approx(drawn.height - drawn.foot)
    assert low.x < high.x
    assert high.named
    assert charts.days([]).columns == ()


def test_of_many_reports_those_with_the_most_open_items_are_drawn(store: Store) -> None:
    """The page leads to the rest; the figures hold all."""
    found = overview(store)
    many = tuple(
        replace(found.reports[0], id=f"r{n}", counts={Standing.FLAGGED: n}) for n in range(MOST_REPORTS + 5)
    )
    nothing = replace(found.reports[0], counts={Standing.VERIFIED: 9})
    page = overview_page(replace(found, reports=many))
    assert len(page.reports) == MOST_REPORTS and page.more_reports == 5
    assert page.reports[0].bar.total == MOST_REPORTS + 4
    few = overview_page(replace(found, reports=(nothing, many[1])))
    assert (len(few.reports), few.more_reports) == (1, 1)


def test_kappa_is_marked_on_its_scale() -> None:
    """From -0.2 to 1; what lies below stays at the left end."""
    assert charts.kappa_scale(1.0).mark == charts.SCALE_WIDTH
    assert charts.kappa_scale(0.4).mark == charts.SCALE_WIDTH / 2
    assert charts.kappa_scale(-1.0).mark == 0
