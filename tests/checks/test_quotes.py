"""Quotations are found although blanks, breaks and widths differ."""

from hypothesis import given
from hypothesis import strategies as st

from extract.checks.quotes import Quotable, folded


def test_breaks_and_widths_do_not_hide_a_quotation():
    """A page break in the source, half-width forms in the table."""
    source = Quotable("生产\n\n总值增长７％。生产总值增长7%。")
    assert source.find_all("生产总值增长7%") == [(0, 10), (11, 19)]


def test_a_changed_digit_is_no_quotation():
    """Near is not enough."""
    assert Quotable("增长7.9%").find_all("增长7.8%") == []
    assert Quotable("增长7.9%").find_all("   ") == []


@given(text=st.text(alphabet="增长7９％ \n,，", min_size=1), data=st.data())
def test_every_slice_is_found_where_it_stands(text, data):
    """A span that holds the quotation is among those found, and each span folds to the quotation."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    spans = Quotable(text).find_all(quote)
    assert bool(spans) == bool(folded(quote))
    assert all(folded(text[a:b]) == folded(quote) for a, b in spans)
