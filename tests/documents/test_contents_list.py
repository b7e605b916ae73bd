"""A table of contents is no part of a report, and is said to be left out."""

import pytest

from extract.documents import read_text
from extract.documents.contents_list import CONTENTS, without_contents
from extract.documents.decode import source_of

HEADINGS = ("一、2024年工作回顾", "（一）全力稳增长", "（二）着力惠民生", "二、2025年工作安排")
BODY = (
    "临江市2025年政府工作报告\n——2025年1月10日在临江市第八届人民代表大会第四次会议上\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n"
    f"{HEADINGS[0]}\n过去一年，全市地区生产总值增长6.4%。\n{HEADINGS[1]}\n新增规上企业120家。\n"
    f"{HEADINGS[2]}\n城镇新增就业3.2万人。\n{HEADINGS[3]}\n今年预期地区生产总值增长6%左右。\n"
    "让我们团结一心，为建设美好临江而努力奋斗！\n"
)
DOTTED = "\n".join(f"{heading}{'…' * 8}{page}" for page, heading in enumerate(HEADINGS, 1))
TABBED = "\n".join(f"{heading}\t{page}" for page, heading in enumerate(HEADINGS, 1))


def left_out(text):
    source = without_contents(source_of(text, "a.txt"))
    return [source.text[hole.start : hole.end] for hole in source.holes]


@pytest.mark.parametrize(
    "table",
    [
        f"目　　录\n{DOTTED}",
        f"目 录\n{TABBED}",
        "目录\n" + "\n".join(HEADINGS),
        f"目次\n\n{HEADINGS[0]}……1\n（一）全力\n稳增长……2\n{HEADINGS[3]}……3",
        TABBED,
    ],
    ids=["dotted", "tabbed", "bare", "an entry over two lines", "without a title"],
)
def test_a_table_of_contents_is_told_by_the_headings_that_come_again(table):
    assert left_out(f"封面\n{table}\n{BODY}") == [table]


@pytest.mark.parametrize("table", [f"目录\n{DOTTED}", TABBED])
def test_it_makes_no_report_and_no_section_of_its_own(table):
    """What is read is what would be read without it, and the table is told with its reason."""
    (wanted,) = read_text(BODY, "a.txt").reports
    reading = read_text(f"临江市2025年政府工作报告\n{table}\n{BODY}", "a.txt")
    (report,) = reading.reports
    assert [section.title for section in report.sections] == [section.title for section in wanted.sections]
    assert report.meta == wanted.meta
    assert CONTENTS in {one.reason for one in reading.leftovers}


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"目录\n{BODY}",
        f"目录里没有的话。\n{BODY}",
        f"新增公路 12\n新增学校 3\n新增医院 25\n{BODY}",
        f"一、2024年工作回顾 3\n（一）全力稳增长 2\n（二）着力惠民生 1\n{BODY}",
    ],
)
def test_lines_that_list_nothing_stay(text):
    """A word without entries, counts that no heading repeats, numbers that fall."""
    assert left_out(text) == []


def test_a_title_above_a_table_of_contents_is_still_the_title():
    """However long the table: what is not read does not part the head of a report."""
    many = "\n".join(
        f"（{numeral}）扎实推进第{numeral}项重点工作任务落地见效\t{n}"
        for n, numeral in enumerate("一二三四五六七八九", 1)
    )
    body = "".join(
        f"{line.partition(chr(9))[0]}\n新增项目{n}个。\n" for n, line in enumerate(many.splitlines(), 1)
    )
    title, _, rest = BODY.partition("\n")
    text = f"{title}\n目录\n{TABBED}\n{many * 4}\n{rest}".replace("让我们", f"{body}让我们")
    (report,) = read_text(text, "a.txt").reports
    assert text[report.start :].startswith(title)
    assert report.meta.delivered_on == "2025-01-10"
