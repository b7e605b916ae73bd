"""What is said about a number is held against what stands there."""

from decimal import Decimal

import pytest

from extract.checks.comparison import (
    MEANING_COMPARISONS,
    NUMBER_COMPARISONS,
    differences,
    period_key,
    unit_key,
)
from extract.checks.places import places_of
from extract.checks.stated import ABSENT, Stated

from .builders import N, case, percent

PLAIN = N("5370.3亿元", value="537030000000", unit="元", mention_kind="money")


def codes(number: N, text: str = "", value: str = "537030000000", **said: object) -> list[str]:
    """Codes of all differences between a statement and a number in a text."""
    report, witness = case(text or f"生产总值{number.text}。", number)
    (place,) = places_of(report, witness)
    stated = Stated(value=Decimal(value), **said)  # type: ignore[arg-type]
    return [one.code for one in differences(stated, place, NUMBER_COMPARISONS + MEANING_COMPARISONS)]


def test_nothing_said_is_nothing_compared():
    """A table of bare values is only compared by value."""
    assert codes(PLAIN) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("537030000000", []),
        ("537030000000.00", []),
        ("537030000000.0001", []),  # noise of a spreadsheet
        ("573030000000", ["digits_differ"]),
        ("53703000", ["scale_differs"]),
        ("5370300000000", ["scale_differs"]),
    ],
)
def test_values(value, expected):
    """The same digits with another power of ten are a fault of scale."""
    assert codes(PLAIN, value=value) == expected


def test_the_upper_end_of_a_range_counts():
    """None says that it is no range; nothing said is not compared."""
    ranged = N("10亿~50亿元", value="1000000000", upper="5000000000", unit="元", modifier="range")
    assert codes(ranged, value="1000000000") == []
    assert codes(ranged, value="1000000000", upper=Decimal(5000000000)) == []
    assert codes(ranged, value="1000000000", upper=None) == ["digits_differ"]
    assert codes(ranged, value="1000000000", upper=Decimal(6000000000)) == ["digits_differ"]


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        ("％", "%", []),
        ("百分点", "个百分点", []),
        ("名", "人", []),
        ("条（个）", "条", []),
        ("人", None, []),  # 3万老年人: the unit is supplied
        ("%", None, ["unit_differs"]),
        ("%", "个百分点", ["unit_differs"]),
        ("美元", "元", ["unit_differs"]),
        (None, "元", ["unit_differs"]),
    ],
)
def test_units(said, read, expected):
    """Spellings of one unit are equal; percent and percentage points are not."""
    assert codes(N("3万", value="30000", unit=read), value="30000", unit=said) == expected


def test_a_rank_needs_no_unit():
    """第三位 is 3, with or without 位."""
    rank = N("第三位", value="3", unit="位", mention_kind="ordinal", kind="rank")
    assert codes(rank, value="3", unit=None) == []


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("increase", "change", []),
        ("decrease", "change", ["direction_differs"]),
        (None, "change", ["direction_differs"]),
        (None, ABSENT, []),
    ],
)
def test_directions(said, kind, expected):
    """The opposite direction differs, and a change without one; nothing said of the kind, nothing compared."""
    assert codes(percent("7.9%", "生产总值"), value="7.9", direction=said, kind=kind) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("change", []), ("level", ["kind_differs"]), ("rank", ["kind_differs"]), (None, [])],
)
def test_kinds(said, expected):
    """增长7.9% is no level of 7.9%."""
    assert codes(percent("7.9%", "生产总值"), value="7.9", kind=said) == expected


def test_level_and_share_are_near_enough():
    """Readers differ on whether a rate is a level or a share."""
    assert codes(N("95.8%", kind="share", unit="%"), value="95.8", kind="level") == []


def test_money_is_no_share():
    """Nor are things that are counted in a unit."""
    assert codes(PLAIN, kind="share") == ["kind_differs"]
    assert codes(PLAIN, kind="level") == []


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("2000-2023", "", ["period_differs"]),
        ("2020-2023", "", ["period_differs"]),
        ("2040-2023", "", ["period_differs"]),
        ("2020-2023", "三年累计生产总值5370.3亿元。", []),
        ("1999-2023", "自1999年以来生产总值5370.3亿元。", []),
    ],
)
def test_a_span_for_a_year_needs_words(said, text, expected):
    """Its first year, or that several years are spoken of."""
    assert codes(N("5370.3亿元", value="537030000000", period="2023"), text, period=said) == expected


@pytest.mark.parametrize(("said", "expected"), [("2015-2020", []), ("1978-2020", ["period_differs"])])
def test_a_span_may_begin_with_its_base_year_and_not_long_before(said, expected):
    """The rules read 2016-2020."""
    assert codes(N("5370.3亿元", value="537030000000", period="2016-2020"), period=said) == expected


def test_direction_from_the_words_around_where_the_rules_have_none():
    """压减经费12% is no increase, whatever the rules make of it."""
    cut = percent("12%", "经费", direction=None, kind="share")
    assert codes(cut, "压减经费12%。", value="12", direction="increase") == ["direction_differs"]
    assert codes(cut, "压减经费12%。", value="12", direction="decrease") == []


def test_modifier_of_the_claim_counts():
    """A hedge shared under 分别 is in the claim; `exact` for it differs, as does a hedge that is not there."""
    hedged = percent("7.9%", "生产总值", modifier="at_least")
    assert codes(hedged, value="7.9", modifier="exact") == ["modifier_differs"]
    assert codes(hedged, value="7.9", modifier="at_least") == []
    assert codes(PLAIN, modifier=None) == []
    assert codes(PLAIN, modifier="about") == ["modifier_differs"]


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        ("2023", "2023", []),
        ("2023年", "2023", []),
        ("2020", "2016-2020", []),  # the end of a span stands for the span
        ("2016—2020年", "2016-2020", []),
        ("2022", "2023", ["period_differs"]),
        ("2019", "2016-2020", ["period_differs"]),
        (None, "2023", []),
        ("去年", "2023", []),
        ("2023", None, []),
    ],
)
def test_periods(said, read, expected):
    """Another year differs; a span may be named by its end; what names no year is not compared."""
    assert codes(N("5370.3亿元", value="537030000000", period=read), period=said) == expected


@pytest.mark.parametrize(
    ("said", "number", "expected"),
    [
        ("achievement", PLAIN, []),
        ("goal", PLAIN, ["type_differs"]),
        ("livelihood_project", PLAIN, ["type_differs"]),
        ("livelihood_project", N("58亩", unit="亩"), ["type_differs"]),
        ("livelihood_project", N("58个", unit="个"), []),
        ("my_own_type", PLAIN, []),
        ("goal", N("58个", record_type="livelihood_project", status="planned"), []),
        ("achievement", N("58个", record_type="livelihood_project", status="planned"), ["type_differs"]),
        ("achievement", N("58个", record_type="livelihood_project", also=("achievement",)), []),
    ],
)
def test_types(said, number, expected):
    """Done and planned differ; money is no counted thing, and whether one serves livelihood is a matter of judgement."""
    value = "537030000000" if number is PLAIN else "58"
    assert codes(number, value=value, record_type=said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("生产总值", []), ("GDP", []), ("经济总量", []), ("绿道长度", ["indicator_not_in_context"]), (None, [])],
)
def test_indicators_are_only_flagged_where_nothing_of_them_stands(said, expected):
    """A name is looked for in the sentence and its headings, leniently."""
    text = "经济稳中有进,生产总值达到5370.3亿元。"
    assert codes(PLAIN, text, indicator=said) == expected


def test_period_key_takes_first_and_last_year():
    """Whatever the dashes and words between them."""
    assert period_key("2016年至2020年") == "2016-2020"
    assert period_key("2020-2020") == "2020"
    assert period_key("") is None


def test_unit_key_of_nothing_is_nothing():
    """An empty cell is no unit."""
    assert unit_key("") is None
    assert unit_key(None) is None
