"""One report over several files."""

import hashlib
from itertools import pairwise

import pytest

from extract.documents import read_pages
from extract.documents.joining import continuations, goes_on_in, join, series
from extract.documents.model import SourceText
from tests.documents.builders import report

PLAIN = report(
    "一、2023年工作回顾",
    "过去一年，全市地区生产总值达到1830.5亿元，增长6.4%；新增城镇就业3.2万人，新建学校12所，各项工作取得新进展。",
    "一年来，我们坚持稳中求进，完成老旧小区改造120个，新建农村公路260公里，群众获得感持续增强。",
    "二、2024年重点工作",
    "今年，地区生产总值增长6%左右，力争引进项目60个；改造老旧小区35个，建设一批群众身边的健身场所。",
    "做好今年工作，要坚持项目为王，全年实施重点项目180个，确保完成投资200亿元以上，不断增强发展后劲。",
)
HEAD = "首页\n政务公开\n云州市2024年政府工作报告\n发布时间：2024-01-20\n"
FOOT = "上一页 1 2 3 下一页\n主办单位：云州市人民政府办公室\n网站地图\n"
WORDS = ("新建学校12所", "今年，地区", "力争引进")


def source(text: str, name: str) -> SourceText:
    """A file as decoded."""
    return SourceText(name, text, hashlib.sha256(text.encode()).hexdigest(), "utf-8")


def pages(*cuts: str) -> list[SourceText]:
    """The report cut before some words, each page in the dress of the same site."""
    places = [0, *(PLAIN.index(cut) for cut in cuts), len(PLAIN)]
    texts = [PLAIN[start:end] for start, end in pairwise(places)]
    return [source(f"{HEAD}{text}\n{FOOT}", f"report-{n}.html") for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize("cut", WORDS)
def test_pages_of_one_report_are_joined_wherever_they_are_cut(cut):
    """Between chapters, sentences, or in mid-sentence: what is read is the whole report."""
    one, other = pages(cut)
    assert goes_on_in(one, other)
    (whole,) = read_pages([("r.txt", PLAIN.encode())]).reports
    (joined,) = read_pages([(page.name, page.text.encode()) for page in (one, other)]).reports
    assert joined.clean.text.split("各位代表", 1)[1] == whole.clean.text.split("各位代表", 1)[1]
    assert joined.meta.region == "云州市"
    assert joined.completeness.complete


def test_three_pages_are_joined_one_after_the_other():
    """The middle one has neither beginning nor end."""
    first, second, third = pages("一年来，", "做好今年")
    assert goes_on_in(first, second)
    assert goes_on_in(join([first, second]), third)


def test_every_piece_knows_its_file_and_nothing_is_lost():
    """Pieces lead from the joined text back to the files; holes name their reasons."""
    files = pages("今年，地区")
    joined = join(files)
    assert joined.format == "joined"
    assert joined.name == "report-1.html"
    for piece, file in zip(joined.pieces, files, strict=True):
        assert piece.source == file.name
        assert (
            joined.text[piece.at : piece.at + piece.end - piece.start] == file.text[piece.start : piece.end]
        )
    cut_out = "".join(joined.text[hole.start : hole.end] for hole in joined.holes)
    assert "网站地图" in cut_out
    assert "今年" not in cut_out
    assert all("/" in hole.reason for hole in joined.holes)


def test_what_is_whole_or_another_text_is_not_joined():
    """A whole report, the next report, an article with a title of its own, and next to nothing."""
    first, _ = pages("今年，地区")
    whole = source(f"{HEAD}{PLAIN}{FOOT}", "report-1.html")
    prose = "昨日上午，全市植树活动在滨江公园举行，干部群众一起种下树苗，现场气氛热烈，大家干劲十足。" * 3
    article = source(f"我市举行春季植树活动启动仪式\n{prose}\n", "report-2.html")
    following = source(PLAIN.replace("2024", "2025").replace("2023", "2024"), "report-2.html")
    for before, after in ((whole, article), (first, article), (first, following), (first, source(FOOT, "x"))):
        assert not goes_on_in(before, after)


def test_series_are_told_by_their_numbers():
    """In the order of the numbers, folder by folder; years and gaps make no series."""
    names = [
        "a/report-10.html",
        "a/report-1.html",
        "a/report-2.html",
        "b/t2026_1.html",
        "b/t2026.html",
        "b/t2026_2.html",
        "c/yunzhou-2024.txt",
        "c/yunzhou-2025.txt",
        "d/报告（1）.docx",
        "d/报告（2）.docx",
        "e/x-1.txt",
        "e/x-3.txt",
        "f/y-2.txt",
        "g/y-1.txt",
    ]
    assert series(names) == [(1, 2), (4, 3, 5), (8, 9)]


def test_pages_of_a_newspaper_find_each_other():
    """By their marks, whatever their names; each once."""
    cut = PLAIN.index("二、")
    one = source(f"{PLAIN[:cut]}（下转第四版）\n", "A01.txt")
    four = source(f"要闻\n（上接第一版）\n{PLAIN[cut:]}", "A04.txt")
    other = source(PLAIN, "other.txt")
    assert continuations([four, other, one]) == {2: 0}
    assert continuations([one, other]) == {}
    (joined,) = read_pages([(page.name, page.text.encode()) for page in (one, four)]).reports
    assert joined.completeness.complete
