"""What a decision rests on is named; only that reopens it."""

from typing import Any

import pytest

from extract.desk.grounds import changes, holds, of_issue, of_number, of_part, of_record, unknown

TEXT = "全年引进企业 12家，投资8.5亿元。新开工园区3个。"


def record(**other: Any) -> dict[str, Any]:
    figure = {
        "value": "12", "upper": None, "unit": "家", "kind": "level", "direction": None, "modifier": "exact",
        "period": "2030", "start": 7, "end": 10, "text": "12家", "confidence": "sure", "doubts": [],
    }  # fmt: skip
    made = {
        "id": "a1", "type": "achievement", "indicator": "引进企业", "category": None, "period": "2030",
        "commitment": None, "status": None, "issues": [], "state": "verified", "figures": [figure],
        "evidence": {"quote": TEXT[:19], "start": 0, "end": 19, "section": "一", "page": None},
    }  # fmt: skip
    figures = [{**figure, **other.pop("figure", {})}]
    return {**made, "figures": figures, **other}


@pytest.mark.parametrize(
    "other",
    [
        {"id": "other"},
        {"indicator": "新引进企业数"},
        {"state": "flagged", "issues": [{"code": "unsure_reading"}]},
        {"probability": "0.97", "doubts": ["pairing"]},
        {
            "figure": {
                "estimated": True,
                "months": 12,
                "basis": "yoy",
                "scope": "region",
                "commitment": "strive",
            }
        },
        {"figure": {"modifier": "about", "kind": "change", "confidence": "unsure"}},
        {"figure": {"value": "12.0"}},
        {"evidence": {"quote": "引进企业 12家，", "start": 2, "end": 11, "section": "", "page": 3}},
        {
            "evidence": {
                "quote": "全年引进企业12家，\n投资8.5亿元。",
                "start": 0,
                "end": 19,
                "section": "",
                "page": None,
            }
        },
    ],
)
def test_other_ids_wordings_fields_and_cuts_change_nothing(other: dict[str, Any]) -> None:
    """As later versions will have them."""
    assert holds(of_record(record(), TEXT), of_record(record(**other), TEXT))
    assert changes(of_record(record(), TEXT), of_record(record(**other), TEXT)) == ()


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({"type": "goal"}, "type"),
        ({"period": "2029"}, "period"),
        ({"figure": {"value": "13"}}, "figures"),
        ({"figure": {"unit": "个"}}, "figures"),
        ({"figure": {"upper": "14"}}, "figures"),
        ({"figure": {"period": "2029"}}, "figures"),
    ],
)
def test_a_changed_value_unit_period_or_type_reopens_and_is_named(other: dict[str, Any], name: str) -> None:
    """With what it was and what it is."""
    (changed,) = changes(of_record(record(), TEXT), of_record(record(**other), TEXT))
    assert changed.name == name and changed.before != changed.now


def test_a_changed_sentence_reopens() -> None:
    """Even where the number itself stays."""
    text = TEXT.replace("引进", "未引进")
    moved = {"start": 8, "end": 11}
    evidence = {"quote": text[:20], "start": 0, "end": 20, "section": "一", "page": None}
    now = of_record(record(figure=moved, evidence=evidence), text)
    (changed,) = changes(of_record(record(), TEXT), now)
    assert changed.name == "evidence" and "未" in changed.now and "未" not in changed.before


def test_figures_in_another_order_are_the_same_figures() -> None:
    """And the order of keys means nothing either."""
    two = (
        record()["figures"]
        + record(figure={"value": "850000000", "unit": "元", "start": 13, "end": 18})["figures"]
    )
    turned = [dict(reversed(one.items())) for one in reversed(two)]
    assert of_record(record(figures=two), TEXT) == of_record(record(figures=turned), TEXT)


def test_without_the_text_the_quote_alone_tells() -> None:
    """A text that comes or goes reopens nothing."""
    assert holds(of_record(record(), None), of_record(record(), TEXT))
    assert holds(of_record(record(), TEXT), of_record(record(), None))


def test_a_number_is_known_by_what_stands_around_it() -> None:
    """Without the text by itself."""
    row = {"start": 13, "end": 18, "text": "8.5亿元", "value": "850000000", "upper": None, "unit": "元"}
    there = of_number(row, TEXT)
    assert holds(there, of_number(row, None)) and holds(of_number(row, None), there)
    assert holds(there, of_number({**row, "months": 12}, TEXT.replace("3个", "4个")))
    assert not holds(there, of_number({**row, "value": "8.5"}, TEXT))
    assert not holds(there, of_number(row, TEXT.replace("12家", "15家")))
    assert not holds(of_number(row, None), of_number({**row, "text": "8.6亿元"}, None))


def test_a_part_is_known_by_its_text_and_else_by_its_place() -> None:
    """Parts that were counted otherwise are the same parts."""
    chunk = {"start": 0, "end": 19}
    assert holds(of_part("one", chunk, TEXT), of_part("two", chunk, TEXT))
    assert holds(of_part("one", chunk, TEXT), of_part("one", chunk, None))
    assert not holds(of_part("one", chunk, TEXT), of_part("one", chunk, TEXT.replace("12", "13")))


def test_an_issue_is_known_by_what_it_speaks_of() -> None:
    """However a later version words it; of another place, or another file, it is another one."""
    placed = {"code": "hidden_text", "message": "有 2 个隐藏字符", "spans": [{"start": 7, "end": 9}]}
    assert holds(of_issue(placed, TEXT), of_issue({**placed, "message": "藏有字符"}, TEXT))
    assert not holds(
        of_issue(placed, TEXT),
        of_issue({**placed, "message": "藏有", "spans": [{"start": 2, "end": 4}]}, TEXT),
    )
    named = {"code": "same_report", "message": "与 b.txt 相同", "spans": []}
    assert holds(of_issue(named, TEXT), of_issue({**named, "message": "b.txt 是同一份报告"}, TEXT))
    assert not holds(of_issue(named, TEXT), of_issue({**named, "message": "c.txt 是同一份报告"}, TEXT))
    assert not holds(
        of_issue(named, TEXT), of_issue({**named, "code": "copies_differ", "message": "b.txt 不同"}, TEXT)
    )


def test_what_is_not_known_holds_for_nothing_else() -> None:
    """A hash of an earlier version, or words that are no grounds."""
    assert holds(unknown("f00"), unknown("f00")) and not holds(unknown("f00"), of_record(record(), TEXT))
    assert not holds("[]", of_record(record(), TEXT)) and not holds("x", "y")
