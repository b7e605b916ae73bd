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
        ({"indicator": "虚报的城镇居民收入"}, "indicator_differs"),
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


def test_a_denied_period_is_an_error_where_the_rules_read_one():
    """Null says that the number has no period; what is left out is filled before anything is checked."""
    report, witness = incomes()
    result = checked(report, witness, [income("5.1%", 0, "城镇居民收入", figure={"period": None})])
    assert codes(result) == ["period_differs"]
    assert result.records[0].issues[0].severity.value == "error"


@pytest.mark.parametrize("said", ["decrease", "increase"])
@pytest.mark.parametrize(("text", "kind"), [("48家", "level"), ("62.5%", "share"), ("第四位", "rank")])
def test_a_direction_that_no_word_speaks_of_is_an_error(said, text, kind):
    """A level, a share and a rank say where something stands, and move nowhere."""
    number = N(text, "光伏企业", value="4", unit=None, kind=kind)
    report, witness = case(f"光伏企业{text}。", number)
    (draft_,) = [draft(figure(text, 0, kind=kind, direction=said), indicator="光伏企业")]
    assert codes(checked(report, witness, [draft_])) == ["direction_differs"]


def test_a_direction_of_a_level_that_the_words_speak_of_is_let_be():
    """审批时间压缩到4小时 may well be called a decrease."""
    report, witness = case("审批时间压缩到4小时。", N("4小时", "审批时间", unit="小时"))
    assert (
        codes(
            checked(report, witness, [draft(figure("4小时", 0, direction="decrease"), indicator="审批时间")])
        )
        == []
    )


TWO = "港口吞吐量86万吨，低收入农户人均可支配收入21400元。旅游总收入73亿元。"


def two(**changes):
    return case(
        TWO,
        N("86万吨", "港口吞吐量", unit="吨", **changes),
        N("21400元", "低收入农户人均可支配收入", unit="元"),
        N("73亿元", "旅游总收入", unit="元"),
    )


@pytest.mark.parametrize(
    ("number", "mention", "sentences", "name"),
    [
        ("86万吨", 0, (0,), "低收入农户人均可支配收入"),  # another unit: the same sentence is enough
        ("73亿元", 2, (0, 1), "港口吞吐量"),  # both sentences cited
        ("73亿元", 2, (1,), "港口吞吐量"),  # the sentence before
        ("86万吨", 0, (0, 1), "旅游总收入"),  # the sentence after, cited
    ],
)
def test_the_name_of_another_number_is_an_error(number, mention, sentences, name):
    """Whatever their units, and whichever sentences are cited."""
    report, witness = two()
    result = checked(report, witness, [draft(figure(number, mention), sentences=sentences, indicator=name)])
    assert codes(result) == ["pairing_differs"]


def test_a_name_is_no_neighbours_where_the_rules_guess_their_own():
    """How much the rules' name weighs then is another matter."""
    report, witness = two(confidence="unsure")
    result = checked(report, witness, [draft(figure("86万吨", 0), indicator="低收入农户人均可支配收入")])
    assert "pairing_differs" not in codes(result)


def test_what_a_number_is_compared_with_makes_no_other_subject():
    """工业增加值增长7%、比全省高1个百分点: both are of 工业增加值."""
    report, witness = case(
        "工业增加值增长7%、比全省高1个百分点。",
        percent("7%", "工业增加值"),
        percent("1个百分点", "工业增加值比全省", unit="个百分点"),
    )
    one = draft(figure("1个百分点", 1, kind="change", direction="increase"), indicator="工业增加值")
    assert codes(checked(report, witness, [one])) == []


def test_one_difference_of_the_name_is_told():
    """The first that is found; a reviewer needs no second word for the same."""
    report, witness = two()
    result = checked(
        report, witness, [draft(figure("86万吨", 0), indicator="虚报的低收入农户人均可支配收入")]
    )
    assert len(codes(result)) == 1


def test_new_things_may_be_called_an_increase():
    """新增12家 is a level; many readers give it a direction."""
    report, witness = case("新增企业12家。", N("12家", "新增企业", unit="家"))
    one = draft(figure("12家", 0, direction="increase"), indicator="新增企业")
    assert codes(checked(report, witness, [one])) == []
