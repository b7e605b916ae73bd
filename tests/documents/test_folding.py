"""Folding widths, one character for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("增长６．５％，Ｇ６０科创走廊", "增长6.5%，G60科创走廊"),
        ("面对挑战,我们攻坚克难;成效明显:好!", "面对挑战，我们攻坚克难；成效明显：好！"),
        ("达到1,234亿元,增长7%,列第一", "达到1,234亿元，增长7%，列第一"),
        ("约占全省1/8,2514万人受益,2023,2024年", "约占全省1/8，2514万人受益，2023，2024年"),
        ("收入比从2.50:1缩小至2.27:1", "收入比从2.50:1缩小至2.27:1"),
        ("会议于9:30开始", "会议于9:30开始"),
        ("(一)抓产业(G60)和(A)", "（一）抓产业（G60）和（A）"),
        ("(1)新建学校", "（1）新建学校"),
        ("f(x), g(y); see http://a.b", "f(x), g(y); see http://a.b"),
        ('推进"十四五"规划', "推进“十四五”规划"),
        ("已经完整，无需折叠。", "已经完整，无需折叠。"),
    ],
)
def test_widths_are_folded_where_they_stand_in_prose(text, folded):
    """Marks between digits or in Latin text stay."""
    assert fold(text) == folded


@given(st.text(alphabet='云州，。,:;!?()"0１２Ａa ％.．“”\n', max_size=80))
def test_folding_keeps_the_length_and_is_done_once(text):
    """A position in the folded text is the same position in the source."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(a == b or not a.isalnum() or b.isalnum() for a, b in zip(text, folded, strict=True))


def test_the_stroke_of_a_fraction_is_a_slash():
    assert fold("达到3⁄5，即6∕10") == "达到3/5，即6/10"
