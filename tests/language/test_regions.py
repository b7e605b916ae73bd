"""One table of regions for all who ask."""

from extract.language.regions import prefecture_cities, provinces, short_name, unit_of


def test_a_region_has_its_code_and_its_province():
    """Nothing is guessed for a name that is not listed."""
    assert unit_of("湖州市") == ("330500", "浙江省")
    assert unit_of("云州市") == (None, None)


def test_provinces_are_known_by_their_bare_names():
    """With the two special regions there are thirty-four."""
    assert len(provinces()) == 34
    assert provinces()["广西"] == "广西壮族自治区"
    assert provinces()["北京"] == "北京市"


def test_cities_that_are_prefectures_are_told_from_those_of_counties():
    """昆山 is a city below a prefecture."""
    assert "苏州市" in prefecture_cities()
    assert "昆山市" not in prefecture_cities()


def test_a_region_is_called_by_its_short_name():
    """As sentences have it."""
    assert [short_name(name) for name in ("内蒙古自治区", "湖州市", "延边朝鲜族自治州")] == [
        "内蒙古",
        "湖州",
        "延边",
    ]
