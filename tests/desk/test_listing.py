"""The queue shows what the filter says, its counts are right, and next and previous walk through all of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.desk.decisions import Decision, decide
from extract.desk.filters import FACETS, Filter, Sort, parse_filter
from extract.desk.items import item
from extract.desk.listing import neighbours, queue
from extract.desk.model import ItemRow, Standing, Verdict
from extract.desk.reports import report
from extract.desk.store import Store
from extract.errors import NotFoundError
from tests.desk.conftest import ANN, BEN, NOW

ANY = parse_filter([("state", "any")])


def everything(store: Store, only: Filter) -> list[ItemRow]:
    """All pages of a filter."""
    pages = queue(store, only, ANN).pages
    return [row for page in range(1, pages + 1) for row in queue(store, only.with_page(page), ANN).rows]


def values(row: ItemRow, facet: str) -> set[str]:
    """What a row has of a facet, worked out anew."""
    found = {
        "state": {row.standing.value},
        "kind": {row.kind.value},
        "code": set(row.codes),
        "type": {row.record_type},
        "report": {row.report_id},
        "region": {row.region or "unknown"},
        "year": {str(row.report_year or "unknown")},
        "reviewer": {row.reviewer},
    }[facet]
    return {value for value in found if value}


@pytest.fixture
def varied(store: Store) -> tuple[Store, list[ItemRow]]:
    """A store in which some things were decided, and all of its items."""
    rows = everything(store, ANY)
    for number, row in enumerate(rows[:30]):
        verdict = (Verdict.APPROVE, Verdict.REJECT)[number % 2]
        decide(store, Decision(row.key, verdict, 1), (ANN, BEN)[number % 3 == 0], NOW + number)
    return store, everything(store, ANY)


some = {
    "state": ["approved", "verified", "flagged", "any", "open"],
    "kind": ["record", "contradiction", "number"],
    "code": ["conflict_in_report", "conflict_between_reports", "digits_differ"],
    "type": ["goal", "achievement", "none"],
    "report": ["yunzhou-2024", "yunzhou-2025"],
    "region": ["云州市", "unknown", "别处"],
    "year": ["2024", "2025", "1999"],
    "reviewer": ["ann", "ben", "nobody"],
}
filters = st.fixed_dictionaries(
    {},
    optional={
        facet: st.lists(st.sampled_from(options), max_size=2, unique=True) for facet, options in some.items()
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(filters, st.sampled_from(Sort))
def test_rows_and_counts_are_those_of_brute_force(varied, chosen: dict[str, list[str]], sort: Sort) -> None:
    """Whatever the filter: each count leaves out its own facet, and nothing else."""
    store, rows = varied
    only = parse_filter([(facet, value) for facet, given in chosen.items() for value in given]).with_sort(
        sort
    )

    def fits(row: ItemRow, but: str = "") -> bool:
        standings = only.standings()
        if but != "state" and standings is not None and row.standing not in standings:
            return False
        return all(
            not only.values(facet) or facet in {"state", but} or values(row, facet) & set(only.values(facet))
            for facet in FACETS
        )

    found = queue(store, only, ANN)
    assert {row.key for row in everything(store, only)} == {row.key for row in rows if fits(row)}
    assert found.total == sum(fits(row) for row in rows)
    for facet in FACETS:
        for count in found.facets[facet]:
            if count.value in {"open", "any"}:
                continue
            expected = sum(fits(row, facet) and count.value in values(row, facet) for row in rows)
            assert count.count == expected, (facet, count)


@pytest.mark.parametrize("sort", Sort)
def test_next_walks_through_the_whole_filter_once_and_previous_back(varied, sort: Sort) -> None:
    """In the order of the queue, each with its position."""
    store, _ = varied
    only = parse_filter([("state", "approved"), ("state", "rejected")]).with_sort(sort)
    keys = [row.key for row in everything(store, only)]
    walked, here = [], keys[0]
    while here:
        around = neighbours(store, only, here, ANN)
        assert (around.position, around.total) == (len(walked) + 1, len(keys))
        assert around.previous == (walked[-1] if walked else None)
        walked.append(here)
        here = around.next
    assert walked == keys


def test_an_item_that_a_decision_took_out_of_the_filter_keeps_its_place(store: Store) -> None:
    """The next one is the one that would have come next."""
    only = parse_filter([])
    keys = [row.key for row in everything(store, only)]
    decide(store, Decision(keys[1], Verdict.APPROVE, 1), ANN)
    around = neighbours(store, only, keys[1], ANN)
    assert (around.previous, around.next, around.total) == (keys[0], keys[2], len(keys) - 1)


def test_severity_comes_first_and_then_what_a_mistake_would_cost(store: Store) -> None:
    """The order of the queue by itself."""
    rows = everything(store, ANY)
    assert [(-row.severity, -row.stakes) for row in rows] == sorted(
        (-row.severity, -row.stakes) for row in rows
    )


def test_a_page_beyond_the_last_is_the_last(store: Store) -> None:
    """Bulk decisions shorten the queue while somebody is on its last page."""
    assert queue(store, ANY.with_page(10_000), ANN).page == queue(store, ANY, ANN).pages


def test_what_is_not_there_is_said(store: Store) -> None:
    """For items and reports."""
    for ask in (
        lambda: item(store, "0" * 18, ANN),
        lambda: neighbours(store, ANY, "x", ANN),
        lambda: report(store, "x"),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_gone_items_are_in_no_open_queue(store: Store) -> None:
    """The open states are those that want a person."""
    assert Standing.GONE not in (parse_filter([]).standings() or ())
