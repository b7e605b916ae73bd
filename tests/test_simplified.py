"""Traditional characters and full-width forms: the same facts at the same places."""

import pytest

from extract.engines.rules import RulesEngine
from extract.numbers import find_mentions
from extract.pipeline import process_source
from extract.simplified import SIMPLIFIED, simplify

# A traditional form for each character that only simplified text has; Big5 has none of those.
TRADITIONAL = {
    ord(plain): chr(code)
    for code, plain in reversed(SIMPLIFIED.items())
    if chr(code).encode("big5", "ignore") and not plain.encode("big5", "ignore")
}
FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789%."}


def facts(text: str) -> list[tuple[object, ...]]:
    """What is said of each number of a text, with its place."""
    (result,) = process_source(text.encode(), "report.txt", RulesEngine()).results
    return [
        (record.type, record.indicator, record.evidence.start, *figure.model_dump(exclude={"text"}).values())
        for record in result.records
        for figure in record.figures
    ]


def test_no_form_is_standard_in_simplified_text():
    """What GB 2312 has stays as it is, apart from two characters that only old texts write."""
    kept = "乾坤瞭望昇腾藉著麴菸"
    assert simplify(kept) == kept
    standard = [chr(code) for code in SIMPLIFIED if chr(code).encode("gb2312", "ignore")]
    assert sorted(standard) == sorted("後於徵麽醣")


def test_text_without_other_forms_is_the_same_object():
    """Nothing is copied."""
    text = "全市地区生产总值增长6.1%。"
    assert simplify(text) is text


def test_length_is_kept():
    """One character for one, radicals and compatibility forms among them."""
    assert simplify("⽣產總量與⼈⼝") == "生产总量与人口"


def test_radicals_are_the_characters_that_they_stand_for():
    """Those of the CJK supplement, too, which PDF and OCR put in their place."""
    assert simplify("⼈⺠政府市⻓，⻋⻢⻰⻥，⻄部⻘⻛⻔⻚") == "人民政府市长，车马龙鱼，西部青风门页"
    assert all(code in SIMPLIFIED for code in range(0x2E81, 0x2EF3) if code != 0x2E9A)
    assert all(code in SIMPLIFIED for code in range(0x2F00, 0x2FD6))


@pytest.mark.parametrize("table", [TRADITIONAL, FULL_WIDTH], ids=["traditional", "full-width"])
def test_a_report_in_other_forms_gives_the_same_facts(examples, table):
    """Values, indicators, periods and places are those of the plain text; quotes stay as they stand."""
    plain = (examples / "yunzhou-2024.txt").read_text(encoding="utf-8")
    written = plain.translate(table)
    assert written != plain
    assert facts(written) == facts(plain)


def test_numbers_alone_are_read_in_traditional_characters():
    """The surface is cut from the text as it stands."""
    (mention,) = find_mentions("新增就業叁萬貳仟伍佰人")
    assert (str(mention.value), mention.text) == ("32500", "叁萬貳仟伍佰人")
    assert [one.text for one in find_mentions("參與企業12家")] == ["12家"]
    assert [str(one.value) for one in find_mentions("參拾伍個")] == ["35"]
