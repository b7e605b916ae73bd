"""What pages and web sites leave between the lines."""

import pytest

from extract.documents.debris import INLINE, LINES, debris_within, is_debris
from tests.documents.corpora import cases


@pytest.mark.parametrize("case", cases("debris"), ids=lambda case: case["line"])
def test_debris_is_told_from_text(case):
    """Only lines that never carry a word of a report are debris."""
    assert is_debris(case["line"]) is case["debris"]


def test_debris_inside_a_line_is_found_with_its_place():
    """Jump lines, credits and subscript marks; brackets that hold text stay."""
    line = "持续改善PM_2.5浓度。（下转第二版）（上接第一版）建成（含改建）学校（本报记者王五摄）"
    assert [line[start:end] for start, end in debris_within(line)] == [
        "_",
        "（下转第二版）",
        "（上接第一版）",
        "（本报记者王五摄）",
    ]


def test_every_pattern_says_why_it_is_there():
    """The reasons are the documentation."""
    assert all(debris.reason and debris.pattern for debris in (*LINES, *INLINE))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("税收完成31.9[3]亿元，下降1.4%[4]。", "税收完成31.9亿元，下降1.4%。"),
        ("新建学校9所〔12〕", "新建学校9所"),
        ("〔2024〕17号和[1]说明", "〔2024〕17号和[1]说明"[:10] + "说明"),
        ("[1] 税收指地方部分", "[1] 税收指地方部分"),
        ("建成“邻里之家”[9]6个、“一刻钟站”〔10〕18个", "建成“邻里之家”6个、“一刻钟站”18个"),
        ("建设“五支队伍”【3】，推进“双倍”计划［4］", "建设“五支队伍”，推进“双倍”计划"),
        ("培育“雏鹰”企业①31家，推进“四沿”②绿化", "培育“雏鹰”企业31家，推进“四沿”绿化"),
        ("包括：①城区②乡镇", "包括：①城区②乡镇"),
        ("培训返乡青年²800人", "培训返乡青年800人"),
        ("绿地320hm²，耗水10⁴吨", "绿地320hm²，耗水10⁴吨"),
    ],
)
def test_the_mark_of_a_note_is_cut_out_of_its_line(line, left):
    kept, at = "", 0
    for start, end in debris_within(line):
        kept, at = kept + line[at:start], end
    assert kept + line[at:] == left
