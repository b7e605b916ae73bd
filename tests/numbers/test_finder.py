"""What holds for the mentions of any text."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import Mention, find_mentions

PIECES = st.sampled_from(
    [
        *"0123456789０９.,，-~—至到%％点零一二两三十百千万亿几多余成半第前首位名年月日个家元亩级期（）“”、。 \n",
        "达到", "增长", "超过", "近", "左右", "以上", "分之", "亿元", "个百分点", "第一、", "PM", "G", "负", "\ud800", "\x00",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@given(TEXTS)
def test_mentions_stand_in_order_and_apart(text: str) -> None:
    """Spans rise, never overlap, and cut out just the surface."""
    end = 0
    for mention in find_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        end = mention.end


@given(TEXTS)
def test_values_fit_their_kinds(text: str) -> None:
    """Dates, names and list marks carry no value; a range has two rising ends and says that it is one."""
    for mention in find_mentions(text):
        assert (mention.value is None) == (mention.kind in {"date", "name", "enumeration"})
        assert (mention.upper is None) == (mention.modifier != "range")
        if mention.upper is not None and mention.value is not None:
            assert mention.value < mention.upper


@given(TEXTS, st.text(alphabet="云州市工作报告，", max_size=20))
def test_text_before_a_line_moves_the_spans_only(text: str, before: str) -> None:
    """Offsets count from the start of the text, whatever stands in it."""
    prefix = before + "。\n"
    shifted = find_mentions(prefix + text)
    plain = find_mentions("。\n" + text)
    assert [(m.start - len(prefix), m.text, m.value) for m in shifted] == [
        (m.start - 2, m.text, m.value) for m in plain
    ]


@given(st.integers(1, 9999), st.sampled_from(["家", "亩", "万人", "亿元", "%", "个百分点"]))
def test_full_width_digits_read_alike(number: int, unit: str) -> None:
    """A number in full-width digits differs from its half-width twin in nothing but its surface."""
    wide = str(number).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert [(m.value, m.unit, m.kind) for m in find_mentions(f"新增{wide}{unit}。")] == [
        (m.value, m.unit, m.kind) for m in find_mentions(f"新增{number}{unit}。")
    ]


@given(st.decimals("0.1", "99999", places=1), st.sampled_from(["", "万", "亿", "万亿"]))
def test_blanks_between_number_scale_and_unit_are_read_over(number: Decimal, scale: str) -> None:
    """484 亿元 is 484亿元."""
    (tight,) = find_mentions(f"总投资{number}{scale}元。")
    (loose,) = find_mentions(f"总投资{number} {scale}元。")
    assert (tight.value, tight.unit) == (loose.value, loose.unit)
    assert loose.text == f"{number} {scale}元"


HOSTILE = [
    "1", "1 ", " ", "１", "万亿", "第", "“", "一", "1,", "1,111",
    "1.", "1+", "1-", "1/", "百", "百分之", "一点", "零", "几", "A", "A1",
    "（", "-", "负", "1万", "1多", "半", "千", "1元", "一块", "一分之", "1至", "1:", "第一、", "“一", "1年", "前1",
    "十届", "十届汉汉", "两", "一、", "壹", "百壹", "5万5", "一个", "\ud800", "\x00", "1（含", "7×", "3·", "上百",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    """A square in its length would not come to an end here; `make bench` measures the growth."""
    text = piece * (30_000 // len(piece))
    mentions = find_mentions(text)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(text[one.start : one.end] == one.text for one in mentions)


def test_a_million_digits_are_no_number() -> None:
    """A run of digits that no one counts is an identifier."""
    (mention,) = find_mentions("1" * 1_000_000)
    assert (mention.kind, mention.value, mention.end) == ("name", None, 1_000_000)


def test_the_mention_is_plain_data() -> None:
    """A mention compares by content, and its value is an exact decimal."""
    assert find_mentions("增长7.90%") == [
        Mention(2, 7, "7.90%", Decimal("7.9"), None, "%", "percent", "increase", "exact")
    ]
