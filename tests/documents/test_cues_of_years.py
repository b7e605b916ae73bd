"""Where a chapter on five years and one turns to the year."""

import pytest

from extract.documents import read_text

TEXT = (
    "临江市2026年政府工作报告\n\n——2026年1月18日在临江市第六届人民代表大会第四次会议上\n\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n\n一、“十四五”时期和2025年工作回顾\n"
    "{opening}，全市出口增长5%，一般公共预算收入增长4%。\n\n二、2026年重点工作\n新建学校5所。\n\n"
    "各位代表，让我们携手奋进！\n"
)


@pytest.mark.parametrize(
    "opening",
    ["刚刚过去的2025年，我们稳中求进", "2025年，我们稳中求进", "过去一年，我们稳中求进", "过去的2025年"],
)
def test_a_paragraph_that_names_the_past_year_is_about_it(opening):
    (report,) = read_text(TEXT.format(opening=opening), "r.txt").reports
    at = report.clean.text.index("全市出口")
    innermost = [one for one in report.sections if one.start <= at < one.end][-1]
    assert innermost.period == "2025"
