"""Names with parts that may be missing or differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.indicators.templates import expand, folded


def test_a_part_in_square_brackets_may_be_missing():
    assert list(expand("城镇[常住]居民")) == ["城镇居民", "城镇常住居民"]


def test_of_a_part_in_braces_one_stands():
    assert list(expand("{城镇|城市}居民")) == ["城镇居民", "城市居民"]


@pytest.mark.parametrize("template", ["[常住居民", "常住]居民", "[城[镇]]", "{城镇|城市"])
def test_brackets_that_do_not_pair_are_refused(template):
    with pytest.raises(ValueError, match="brackets"):
        list(expand(template))


def test_a_template_of_thousands_of_wordings_is_refused():
    with pytest.raises(ValueError, match="more than"):
        list(expand("[a|b|c|d|e|f|g]" * 6))


def test_spellings_of_one_name_are_folded_together():
    assert folded("PM₂.₅ 浓度（年均）") == folded("pm2.5浓度(年均)") == folded("PM_2.5“浓度”(年均)")


@given(st.text(alphabet="城乡[]{}|", max_size=30))
def test_any_template_expands_or_is_refused(template):
    try:
        wordings = list(expand(template))
    except ValueError:
        return
    assert wordings
    assert not any(set(wording) & set("[]{}") for wording in wordings)
