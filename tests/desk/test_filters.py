"""The filter is the address, and nothing that is not on the list gets through it."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.desk.filters import FACETS, Filter, Sort, parse_filter
from extract.desk.model import OPEN, Kind, Standing
from extract.errors import FilterError

word = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)
filters = st.builds(
    Filter,
    state=st.lists(st.sampled_from(["open", "any", *Standing]), unique=True).map(tuple),
    kind=st.lists(st.sampled_from(list(Kind)), unique=True).map(lambda kinds: tuple(map(str, kinds))),
    code=st.lists(word, max_size=3, unique=True).map(tuple),
    region=st.lists(word, max_size=3, unique=True).map(tuple),
    year=st.lists(st.integers(1000, 9999).map(str) | st.just("unknown"), max_size=2, unique=True).map(tuple),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 1_000_000),
)


@given(filters)
def test_a_filter_survives_the_way_into_an_address_and_back(only: Filter) -> None:
    """Whatever it holds, signs of addresses included."""
    assert parse_filter(parse_qsl(only.query(), keep_blank_values=True)) == only


@pytest.mark.parametrize(
    "pair",
    [
        ("password", "x"), ("reviewer__password", "x"), ("order_by", "key"), ("sort", "password"), ("sort", "key desc"),
        ("state", "closed"), ("kind", "user"), ("year", "20x5"), ("year", "２０２５"), ("page", "0"), ("page", "-1"),
        ("page", "9" * 400), ("code", "x" * 300), ("region", "a\0b"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused(pair: tuple[str, str]) -> None:
    """Foreign names, orders and values never come near the store."""
    with pytest.raises(FilterError):
        parse_filter([pair])


def test_by_itself_the_queue_shows_what_is_open() -> None:
    """And everything only where that is asked for."""
    assert parse_filter([]).standings() == OPEN
    assert parse_filter([("state", "any")]).standings() is None
    assert parse_filter([("state", "open"), ("state", "rejected")]).standings() == OPEN | {Standing.REJECTED}


def test_a_facet_is_switched_on_and_off_and_begins_on_the_first_page() -> None:
    """The rest of the filter stays."""
    only = parse_filter([("region", "云州市"), ("page", "3")])
    switched = only.toggled("code", "digits_differ")
    assert (switched.code, switched.region, switched.page) == (("digits_differ",), ("云州市",), 1)
    assert switched.toggled("code", "digits_differ").code == ()
    with pytest.raises(FilterError):
        only.toggled("password", "x")


def test_empty_fields_of_a_form_say_nothing() -> None:
    """A form sends all its fields."""
    assert parse_filter([(facet, "") for facet in FACETS]) == Filter()
