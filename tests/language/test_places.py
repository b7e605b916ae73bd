"""Names of places hold no number."""

import pytest

from extract.language.places import place_at
from extract.language.regions import codes
from extract.numbers import find_mentions


def test_no_name_of_a_region_yields_a_number():
    """Whatever counts in it: 七台河市, 六盘水市, 九台区."""
    counted = {name: read for name in codes() if (read := [m.text for m in find_mentions(name) if m.value])}
    assert counted == {}


def test_the_names_of_all_regions_are_looked_at():
    """A table that was lost would let the test above pass."""
    assert len(codes()) > 3000
    assert sum(any(numeral in name for numeral in "二三四五六七八九") for name in codes()) > 40


@pytest.mark.parametrize(
    "name",
    [
        "四道沟镇",
        "三家店社区",
        "八里庄街道",
        "五龙河",
        "九龙湾大桥",
        "二十里铺火车站",
        "七台河",
        "十里堡产业园",
    ],
)
def test_villages_and_what_is_in_them_are_places(name):
    """From the numeral to the end of the name."""
    assert place_at(name, 0) == len(name)


@pytest.mark.parametrize(
    "count",
    ["三家江苏企业", "七台机器", "三十里乡村公路", "八步走", "五座大桥", "两座水库", "四条河流", "十家店铺"],
)
def test_counts_are_no_places(count):
    """A measure word alone makes no name."""
    assert place_at(count, 0) is None
