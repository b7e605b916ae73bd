"""Names of regions and their levels."""

import pytest

from extract.documents.regions import PREFECTURES, level_of, units
from tests.documents.corpora import cases


@pytest.mark.parametrize("case", cases("regions"), ids=lambda case: case["name"])
def test_a_name_is_divided_into_units_and_its_last_has_a_level(case):
    """Provinces stand before cities; a bare 市 is looked up, or told by the counties below it."""
    chain = units(case["name"])
    assert list(chain) == case["units"]
    assert level_of(chain, case["text"]) == case["level"]


def test_each_prefecture_city_is_listed_once():
    """The official division has 293 of them."""
    assert len(PREFECTURES) == 293
