"""Headings that a document sets as such are headings of the report, numbered or not."""

from extract.documents import read_source
from extract.documents.cleaning import clean
from extract.documents.hints import HeadingHint
from extract.documents.styled import styled_headings

from .readers.made import docx, page

HEAD = "临江市2024年政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
REVIEW = "过去一年，地区生产总值增长6.4%，城镇新增就业3.2万人。"
PLAN = "今年，地区生产总值增长6%左右，新建学校12所。"
END = "各位代表，让我们携手奋进，谱写临江发展新篇章！谢谢大家。\n"


def chapters(source, name):
    (report,) = read_source(source, name).reports
    return [
        (section.level, section.title, section.role.value)
        for section in report.sections
        if section.level == 1
    ]


def test_headings_of_a_web_page_without_numbers_divide_the_report():
    body = f"<p>{HEAD}</p>".replace("\n", "</p><p>")
    for title, text in (("2023年工作回顾", REVIEW), ("2024年工作安排", PLAN)):
        body += f"<h3>{title}</h3><p>{text}</p><p>{text}</p>"
    assert chapters(page(body + f"<p>{END}</p>").encode(), "a.html") == [
        (1, "2023年工作回顾", "review_year"),
        (1, "2024年工作安排", "plan_year"),
    ]


def test_where_a_heading_bears_a_number_the_number_says_how_deep_it_is():
    text = f"{HEAD}一、2023年工作回顾\n{REVIEW}\n（一）稳增长\n{REVIEW}\n二、2024年工作安排\n{PLAN}\n{END}"
    assert chapters(docx(text), "a.docx") == [
        (1, "2023年工作回顾", "review_year"),
        (1, "2024年工作安排", "plan_year"),
    ]


def test_levels_are_counted_from_the_outermost_style_that_repeats():
    """The title of a document is often set in the style above that of its chapters."""
    text = "报告\n甲\n乙\n丙\n丁\n"
    levels = (1, 2, 2, 4, 4)
    hints = [HeadingHint(2 * n + (n > 0), 2 * n + 1 + (n > 0), level, "") for n, level in enumerate(levels)]
    hints[0] = HeadingHint(0, 2, 1, "")
    found = styled_headings(hints, clean(text))
    assert [one.level for one in found] == [1, 1, 2, 2]
