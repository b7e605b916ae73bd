"""PDF: pages and parts that are turned by their own matrix are read, watermarks are not."""

import pytest

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.pdf import read as read_pdf

from .made import Words, lines, pdf

FULL = "全县粮食播种面积稳定在二十六万亩以上，油料和蔬菜的产量都好于上一年度"  # a full line
PLACES = {90: (60, 60, 24, 0), 180: (505, 60, 0, 24), 270: (535, 780, -24, 0)}


def turned(angle, *texts):
    """Lines that are turned against the clock."""
    left, bottom, right, up = PLACES[angle]
    return [
        Words(text, left=left + n * right, bottom=bottom + n * up, angle=angle)
        for n, text in enumerate(texts)
    ]


def read(*pages, extra=()):
    decoded = read_pdf(pdf(*pages, extra=extra), Bounds(), lambda: None)
    return decoded.text.splitlines(), [(one.text, one.reason, one.page) for one in decoded.hints.dropped]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_whose_text_is_turned_is_read_as_it_is_turned(angle):
    text, dropped = read(lines(FULL, "修路5公里。"), turned(angle, FULL, "栽树70万棵。", "添置校车6辆。"))
    assert text == [f"{FULL}修路5公里。", f"{FULL}栽树70万棵。", "添置校车6辆。"]
    assert dropped == []


def test_a_paragraph_goes_on_over_a_page_that_is_turned():
    assert read(lines(FULL), turned(90, FULL, "栽树70万棵。"))[0] == [f"{FULL}{FULL}栽树70万棵。"]


def test_the_number_of_a_turned_page_that_stands_upright_is_a_page_number():
    page = [*turned(90, FULL, "栽树70万棵。"), Words("— 2 —", left=280, bottom=30)]
    assert read(page) == ([f"{FULL}栽树70万棵。"], [("— 2 —", "page_number", 1)])


GRID = " ".join(
    [
        *(f"{x} 200 m {x} 500 l S" for x in (100, 130, 160, 190)),
        *(f"100 {y} m 190 {y} l S" for y in (200, 350, 500)),
    ]
)
ROWS = (("指标", "2024年完成"), ("粮食产量", "46.3万吨"), ("棉花产量", "7.1万吨"))


def cells(angle):
    """The words of a table that is turned."""
    for n, row in enumerate(ROWS):
        for m, words in enumerate(row):
            left, bottom = (120 + 30 * n, 210 + 150 * m) if angle == 90 else (170 - 30 * n, 490 - 150 * m)
            yield Words(words, left=left, bottom=bottom, size=10, angle=angle)


@pytest.mark.parametrize("angle", [90, 270])
def test_a_turned_table_on_a_page_of_upright_text_is_read_where_it_stands(angle):
    page = [*lines(FULL, "如下表：", top=800), *cells(angle), *lines("以上。", top=100)]
    text, dropped = read(page, extra=[GRID])
    assert text == [f"{FULL}如下表：", "2024年粮食产量46.3万吨。", "2024年棉花产量7.1万吨。", "以上。"]
    assert dropped == []


def test_turned_lines_between_upright_ones_are_read_in_between():
    inside = [
        Words(words, 200 + 24 * n, 300, 12, angle=90)
        for n, words in enumerate(("栽树70万棵，", "添置校车6辆。"))
    ]
    text, _ = read([*lines(FULL + "。", top=800), *inside, *lines("以上。", top=200)])
    assert text == [f"{FULL}。", "栽树70万棵，添置校车6辆。", "以上。"]


def test_a_turned_cell_of_an_upright_table_is_a_cell():
    grid = " ".join(
        [
            *(f"{x} 500 m {x} 600 l S" for x in (60, 100, 240, 400)),
            *(f"60 {y} m 400 {y} l S" for y in (500, 600)),
            *(f"100 {y} m 400 {y} l S" for y in (533, 566)),
        ]
    )
    words = [
        Words("农业", 85, 530, angle=90),
        *(
            Words(text, left, bottom)
            for left, bottom, text in (
                (105, 575, "指标"),
                (245, 575, "2024年完成"),
                (105, 545, "粮食"),
                (245, 545, "46.3万吨"),
                (105, 510, "油料"),
                (245, 510, "7万吨"),
            )
        ),
    ]
    text, dropped = read([*lines(FULL + "。"), *words], extra=[grid])
    assert text[1:] == ["2024年粮食46.3万吨；农业。", "2024年油料7万吨；农业。"]
    assert dropped == []


def test_a_turned_line_in_the_margin_is_none_of_the_text():
    pages = [
        [*lines(FULL, f"第{n}次。"), Words("某县人民政府公报2025年第3期", 30, 300, 9, angle=90)]
        for n in range(2)
    ]
    text, dropped = read(*pages)
    assert text == [f"{FULL}第0次。", f"{FULL}第1次。"]
    assert dropped == [
        ("某县人民政府公报2025年第3期", "watermark", 1),
        ("某县人民政府公报2025年第3期", "watermark", 2),
    ]


PAGE = [f"{FULL[:-1]}{n}" for n in "甲乙丙丁戊己庚"]
WHOLE = ["".join(PAGE)]


@pytest.mark.parametrize("angle", [12, 20, 30, 45, 60, -30, -45])
def test_words_that_slant_across_a_page_are_its_watermark(angle):
    """Black or pale, large or small."""
    mark = Words("内部资料13900", 150, 640, 40, angle=angle)
    assert read([*lines(*PAGE), mark]) == (WHOLE, [("内部资料13900", "watermark", 1)])


def test_a_watermark_in_single_characters_on_every_page_is_one():
    marks = [
        Words(char, 150 + 14 * n, 560 + 14 * n, 12, "0.7 g", angle=45) for n, char in enumerate("赵某13900")
    ]
    text, dropped = read([*lines(*PAGE), *marks], [*lines(*PAGE), *marks])
    assert text == ["".join(PAGE * 2)]
    assert dropped == [("赵某13900", "watermark", 1), ("赵某13900", "watermark", 2)]


@pytest.mark.parametrize(("size", "color"), [(50, "0.85 g"), (50, "0 g"), (12, "0.8 0.8 0.8 rg")])
def test_words_that_are_printed_over_the_text_are_its_watermark(size, color):
    mark = Words("内部资料13900", 110, 686, size, color)
    assert read([*lines(*PAGE), mark]) == (WHOLE, [("内部资料13900", "watermark", 1)])


def test_large_and_pale_words_beside_the_text_are_text():
    page = [
        Words("某县政府工作报告", 160, 790, 26, "0.6 g"),
        *lines(*PAGE),
        Words("其中税收12亿元。", 90, 500, 12, "0.65 g"),
    ]
    assert read(page) == (["　　某县政府工作报告", *WHOLE, "其中税收12亿元。"], [])


def test_a_page_that_lies_a_little_askew_is_no_watermark():
    page = [Words(text, 90, 750 - 20 * n, angle=0.4) for n, text in enumerate(PAGE)]
    assert read(page) == (WHOLE, [])


@pytest.mark.parametrize("angle", [0, 90])
def test_a_pale_watermark_is_left_out_where_it_holds_more_than_the_page(angle):
    text = [FULL, "栽树70万棵，添置校车6辆。"]
    marks = [
        Words("内部1390", left=left, bottom=bottom, size=9, before="0.9 g", angle=angle)
        for left in (60, 180, 300, 420)
        for bottom in range(90, 780, 37)
    ]
    found, dropped = read([*marks, *lines(*text)])
    assert found == ["".join(text)]
    assert {reason for _, reason, _ in dropped} == {"watermark"}
