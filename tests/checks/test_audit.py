"""Somebody else's facts against the report."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks import ABSENT, GivenFact, audit
from extract.claims.model import Exclusion

from .builders import N, case, percent

TEXT = (
    "2023年生产总值达到5370.3亿元,增长7.9%。"
    "城镇、农村居民收入分别增长5.1%和7.4%。"
    "新增绿道76公里。"
    "亿元以上项目开工31个。"
    "粮食产量89.4万吨,旅游收入增长7.9%。"
)
NUMBERS = (
    N("2023年", mention_kind="date", unit=None, excluded=Exclusion.DATE),
    N("5370.3亿元", "生产总值", value="537030000000", unit="元"),
    percent("7.9%", "生产总值"),
    percent("5.1%", "城镇居民收入", pair=(1, 2)),
    percent("7.4%", "农村居民收入", pair=(2, 2)),
    N("76公里", "新增绿道", unit="公里"),
    N("亿元", value="100000000", unit="元", excluded=Exclusion.THRESHOLD),
    N("31个", "亿元以上项目开工", unit="个"),
    N("89.4万吨", "粮食产量", value="894000", unit="吨"),
    percent("7.9%", "旅游收入"),
)
REPORT, WITNESS = case(TEXT, *NUMBERS)
SOURCE = REPORT.source.text


def right_facts(*, spans: bool = False) -> list[GivenFact]:
    """Every claim as a fact that a careful reader would give."""
    facts = []
    for n, claim in enumerate(WITNESS.reading.claims):
        start, end = REPORT.clean.source_span(claim.mention.start, claim.mention.end)
        assert claim.mention.value is not None
        facts.append(
            GivenFact(
                n=n,
                value=claim.mention.value,
                upper=None,
                unit=claim.mention.unit,
                kind=claim.kind,
                direction=claim.direction,
                modifier=claim.modifier,
                period=claim.period,
                record_type=claim.record_type,
                indicator=claim.indicator,
                start=start if spans else None,
                end=end if spans else None,
            )
        )
    return facts


def verdicts(facts):
    return audit([(REPORT, WITNESS)], facts)


def reasons(fact: GivenFact) -> tuple[str, ...]:
    """Of one fact alone."""
    return verdicts([fact]).verdicts[0].reasons


@pytest.mark.parametrize("spans", [True, False])
def test_right_facts_are_verified_and_nothing_is_left(spans):
    """With spans or without, every fact finds its number, and every number its fact."""
    result = verdicts(right_facts(spans=spans))
    assert [one.reasons for one in result.verdicts] == [()] * len(result.verdicts)
    assert result.unclaimed == ()


@given(order=st.permutations(range(len(WITNESS.reading.claims))))
def test_the_order_of_the_rows_does_not_matter(order):
    """A table may be sorted in any way."""
    facts = right_facts()
    result = verdicts([replace(facts[at], n=n) for n, at in enumerate(order)])
    assert all(one.row()["verdict"] == "verified" for one in result.verdicts)


@pytest.mark.parametrize("spans", [True, False])
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"value": Decimal(537030000001)}, "digits_differ"),
        ({"value": Decimal(53703000)}, "scale_differs"),
        ({"unit": "美元"}, "unit_differs"),
        ({"modifier": "about"}, "modifier_differs"),
        ({"period": "2020"}, "period_differs"),
        ({"record_type": "goal"}, "type_differs"),
    ],
)
def test_each_fault_is_flagged_at_its_place(spans, changes, code):
    """One cell wrong: the fact is still found, the code says which cell, and `found` what the text says."""
    facts = right_facts(spans=spans)
    result = verdicts([replace(facts[0], **changes), *facts[1:]])
    assert result.verdicts[0].reasons == (code,)
    found = result.verdicts[0].row()["found"]
    assert isinstance(found, dict)
    assert SOURCE[found["start"] : found["end"]] == found["text"] == "5370.3亿元"
    assert (found["value"], found["unit"], found["indicator"]) == ("537030000000", "元", "生产总值")
    assert not any(one.reasons for one in result.verdicts[1:])


@pytest.mark.parametrize("spans", [True, False])
def test_the_neighbours_value_is_a_fault_of_pairing(spans):
    """城镇 with the value of 农村."""
    facts = right_facts(spans=spans)
    wrong = replace(facts[2], value=facts[3].value)
    assert "pairing_differs" in verdicts([*facts[:2], wrong, *facts[3:]]).verdicts[2].reasons


def test_the_neighbours_value_is_found_out_without_the_neighbour():
    """Even where no other row takes the place of 7.4%."""
    town = replace(right_facts()[2], value=Decimal("7.4"))
    assert "pairing_differs" in reasons(town)


def test_opposite_direction_is_flagged():
    """下降 for 增长."""
    assert reasons(replace(right_facts()[1], direction="decrease")) == ("direction_differs",)


def test_part_of_a_number_is_not_that_number():
    """The span of 70.3亿元 inside 5370.3亿元 is held against the whole number."""
    start = SOURCE.index("70.3亿元")
    part = GivenFact(n=0, value=Decimal(7030000000), start=start, end=start + 6)
    assert reasons(part) == ("digits_differ",)


def test_a_span_without_a_number_is_said_to_have_none():
    """As is a span on a date."""
    start = SOURCE.index("粮食产量")
    assert reasons(GivenFact(n=0, value=Decimal(5), start=start, end=start + 2)) == ("number_not_in_quote",)
    date = SOURCE.index("2023年")
    assert reasons(GivenFact(n=0, value=Decimal(2023), start=date, end=date + 5)) == ("number_not_in_quote",)


def test_a_fact_that_the_text_does_not_know_is_flagged_without_a_place():
    """Neither its number nor its indicator is there."""
    result = verdicts([GivenFact(n=0, value=Decimal(12345), indicator="机场旅客吞吐量")])
    assert result.verdicts[0].row() == {
        "fact": 0,
        "verdict": "flagged",
        "reasons": ["number_not_in_quote"],
        "found": {},
    }


def test_equal_numbers_go_to_the_indicator_that_fits():
    """7.9% stands twice; each row finds its own."""
    facts = [fact for fact in right_facts() if fact.value == Decimal("7.9")]
    places = [one.place for one in verdicts(facts[::-1]).verdicts]
    assert [place.claim.indicator for place in places if place and place.claim] == ["旅游收入", "生产总值"]


def test_bare_values_go_to_successive_places():
    """Without any other column the first 7.9 is the first in the text."""
    places = [
        one.place for one in verdicts([GivenFact(n=n, value=Decimal("7.9")) for n in range(2)]).verdicts
    ]
    assert [place.start for place in places if place] == [SOURCE.index("7.9%"), SOURCE.rindex("7.9%")]


def test_one_number_too_often_is_claimed_twice():
    """A third 7.9 has no number of its own."""
    result = verdicts([GivenFact(n=n, value=Decimal("7.9"), unit="%") for n in range(3)])
    assert [one.reasons for one in result.verdicts] == [(), (), ("claimed_twice",)]


def test_two_spans_on_one_number_are_claimed_twice():
    """The later row is told."""
    first = right_facts(spans=True)[0]
    assert [one.reasons for one in verdicts([first, replace(first, n=1)]).verdicts] == [
        (),
        ("claimed_twice",),
    ]


def test_columns_that_are_absent_are_not_compared():
    """A table of indicator and value says nothing about units."""
    assert reasons(GivenFact(n=0, value=Decimal("5.1"), indicator="城镇居民收入")) == ()
    assert GivenFact(n=0, value=Decimal(1)).unit is ABSENT


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("新增绿道76公里", ()),
        ("新增 绿道\n７６公里", ()),
        ("新增绿道67公里", ("quote_not_found",)),
    ],
)
def test_quotations_must_stand_in_the_text(quote, expected):
    """Blanks and widths aside."""
    assert reasons(GivenFact(n=0, value=Decimal(76), indicator="新增绿道", quote=quote)) == expected


def test_the_quotation_tells_which_of_two_numbers_is_meant():
    """7.9% as quoted with 旅游收入 is the second one."""
    (verdict,) = verdicts([GivenFact(n=0, value=Decimal("7.9"), quote="旅游收入增长7.9%")]).verdicts
    assert verdict.place is not None
    assert verdict.place.start == SOURCE.rindex("7.9%")


def test_a_text_that_says_another_number_than_the_value_is_flagged():
    """The row says 5370.3亿元 and the value of something else."""
    fact = GivenFact(n=0, value=Decimal(894000), text="5370.3亿元", indicator="粮食产量", unit="吨")
    assert "digits_differ" in reasons(fact)


def test_thresholds_may_be_facts_of_others():
    """A number that the rules exclude is compared, not condemned, and not listed as unclaimed."""
    start = SOURCE.index("亿元以上")
    assert reasons(GivenFact(n=0, value=Decimal(100000000), unit="元", start=start, end=start + 2)) == ()


def test_unclaimed_numbers_are_listed_with_what_they_are():
    """Every claim that no row speaks of, in reading order, with its span."""
    *rows, last = verdicts(right_facts()[:-1]).rows()
    assert all("fact" in row for row in rows)
    assert (last["unclaimed"], last["text"], last["indicator"]) == (True, "7.9%", "旅游收入")
    assert last["start"] == SOURCE.rindex("7.9%")


def test_no_report_is_no_place_for_any_fact():
    """An empty list of reports flags everything and fails nothing."""
    assert audit([], [GivenFact(n=0, value=Decimal(1))]).verdicts[0].reasons == ("number_not_in_quote",)
