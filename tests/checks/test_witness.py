"""A record against the independent witness."""

import pytest

from extract.claims.model import Exclusion

from .builders import N, case, checked, codes, draft, figure, percent

TEXT = "城镇、农村居民收入分别增长5.1%和7.4%。"


def incomes(**changes):
    return case(
        TEXT,
        percent("5.1%", "城镇居民收入", pair=(1, 2), **changes),
        percent("7.4%", "农村居民收入", pair=(2, 2), **changes),
    )


def income(text: str, mention: int, indicator: str, **changes):
    one = figure(text, mention, kind="change", direction="increase", **changes.pop("figure", {}))
    return draft(one, indicator=indicator, **changes)


def test_the_neighbours_number_is_an_error():
    """The first value under 分别 is that of the first subject."""
    report, witness = incomes()
    result = checked(report, witness, [income("7.4%", 1, "城镇居民收入")])
    assert codes(result) == ["pairing_differs"]
    assert "农村居民收入" in result.records[0].issues[0].message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"figure": {"period": "2021"}}, "period_differs"),
        ({"type": "goal"}, "type_differs"),
        ({"indicator": "绿道长度"}, "indicator_not_in_context"),
    ],
)
def test_another_meaning_is_a_warning_of_its_own(changes, code):
    """Period, type and indicator are each held against the claim."""
    report, witness = incomes()
    indicator = changes.pop("indicator", "城镇居民收入")
    assert codes(checked(report, witness, [income("5.1%", 0, indicator, **changes)])) == [code]


def test_an_unsure_witness_only_leaves_a_note():
    """Where the rules are unsure themselves, their word does not flag a record."""
    report, witness = incomes(confidence="unsure")
    result = checked(report, witness, [income("5.1%", 0, "城镇居民收入", figure={"period": "2021"})])
    assert codes(result) == []
    (note,) = result.records[0].issues
    assert (note.code, note.severity.value) == ("witness_disagrees", "note")
    assert result.records[0].state.value == "verified"


@pytest.mark.parametrize(
    ("reason", "expected"), [(Exclusion.SLOGAN, ["witness_disagrees"]), (Exclusion.THRESHOLD, [])]
)
def test_numbers_that_the_rules_exclude(reason, expected):
    """A slogan is no fact; a threshold might be one, so that it is only noted."""
    report, witness = case("八大行动取得成效。", N("八", value="8", unit=None, excluded=reason))
    result = checked(report, witness, [draft(figure("八", 0), indicator="行动")])
    assert codes(result) == expected
    assert [one.code for one in result.records[0].issues] == ["witness_disagrees"]
