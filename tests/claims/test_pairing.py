"""分别: the n-th subject to the n-th value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims.pairing import members


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("城镇、农村居民人均可支配收入", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("城镇和农村常住居民人均可支配收入", ["城镇常住居民人均可支配收入", "农村常住居民人均可支配收入"]),
        ("城乡居民收入", ["城镇居民收入", "农村居民收入"]),
        ("财政总收入和一般公共预算收入", ["财政总收入", "一般公共预算收入"]),
        ("高新技术产业、装备制造业、战略性新兴产业增加值",
         ["高新技术产业增加值", "装备制造业增加值", "战略性新兴产业增加值"]),
        ("事故起数、死亡人数", ["事故起数", "死亡人数"]),
        ("制造业、普惠小微贷款余额", ["制造业贷款余额", "普惠小微贷款余额"]),
        ("医废、危废年处置能力", ["医废年处置能力", "危废年处置能力"]),
    ],
)  # fmt: skip
def test_members_of_a_list_share_the_head_that_only_the_last_one_carries(phrase, expected):
    assert members(phrase, len(expected)) == expected


def test_a_list_of_another_length_is_no_pairing():
    assert members("固定资产投资", 2) is None
    assert members("甲产业、乙产业", 3) is None


def test_a_conjunction_inside_a_member_gives_way_to_the_enumeration_mark():
    assert members("水利和交通投资、工业投资", 2) == ["水利和交通投资", "工业投资"]


@given(st.lists(st.text("甲乙丙丁戊己", min_size=2, max_size=4), min_size=2, max_size=5))
def test_members_keep_their_number_and_their_order(names):
    found = members("、".join(names), len(names))
    assert found is not None
    assert all(part.startswith(name) for name, part in zip(names, found, strict=True))
