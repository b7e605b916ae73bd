"""Where reports begin and end, and what the rest is."""

import pytest

from extract.documents.leftovers import ABOUT_A_REPORT, ARTICLE, FURNITURE
from extract.documents.splitting import split
from tests.documents.builders import APPEAL, HEAD, PROSE, WHOLE, report
from tests.steps import steps

ARTICLE_TEXT = f"云州市举办新能源产业对接会\n{PROSE}{PROSE}现场签约项目12个。\n"


def _texts(text):
    parts, leftovers = split(text)
    return [text[part.start : part.end] for part in parts], leftovers


def test_a_report_by_itself_is_one_part():
    """From its title to its appeal."""
    assert _texts(WHOLE) == ([WHOLE.strip()], ())


def test_what_stands_around_a_report_is_left_over():
    """Buttons before, an editor and links behind."""
    before, behind = (
        "下载\n打印\n【字号：\n大\n】\n",
        "（责任编辑：某某）\n精彩图片\n云州市政府工作报告\n查看余下全文\n",
    )
    texts, leftovers = _texts(before + WHOLE + behind)
    assert texts == [WHOLE.strip()]
    assert [(item.kind, item.reason) for item in leftovers] == [("boilerplate", FURNITURE)] * 2


def test_several_reports_and_an_article_are_told_apart():
    """Each report has its own head; the article has none."""
    other = WHOLE.replace("2024", "2023").replace("云州", "临江")
    texts, leftovers = _texts(f"{WHOLE}2024-02-01\n{other}{ARTICLE_TEXT}")
    assert [text.split("\n")[0] for text in texts] == ["云州市2024年政府工作报告", "临江市2023年政府工作报告"]
    assert [(item.kind, item.title, item.reason) for item in leftovers] == [
        ("article", "云州市举办新能源产业对接会", ARTICLE)
    ]


def test_reports_in_one_endless_line_each_are_told_apart():
    """A web page strips all breaks; the title keeps its line."""
    endless = (
        HEAD.split("\n", 1)[1].replace("\n", "")
        + f" 一、2023年工作回顾过去一年，{PROSE} 二、2024年工作安排今年，{PROSE}让我们努力奋斗!\n"
    )
    page = f"• 【云州招商】2024年云州市政府工作报告\n\n    {endless}\n    2025-07-09\n\n"
    texts, leftovers = _texts(page + page.replace("云州", "临江") + f"  • 【石桥招商】{ARTICLE_TEXT}")
    assert len(texts) == 2
    assert texts[1].startswith("• 【临江招商】")
    assert [item.kind for item in leftovers] == ["article"]


def test_an_appeal_in_mid_report_does_not_end_it():
    """The next chapter goes on counting."""
    text = report(
        "一、2023年工作回顾",
        PROSE,
        "各位代表！让我们永葆干劲，开创新局面！",
        "二、2024年工作安排",
        f"今年，{PROSE}",
    )
    assert _texts(text)[0] == [text.strip()]


def test_appendices_belong_to_the_report():
    """They follow the appeal."""
    text = (
        WHOLE
        + "附件1\n2024年十件民生实事\n1.新建幼儿园3所。\n附件2\n名词解释\n1.“双招双引”：指招商引资、招才引智。\n"
    )
    assert _texts(text)[0] == [text.strip()]


def test_a_report_that_breaks_off_ends_before_the_furniture():
    """No appeal is needed."""
    text = HEAD + f"一、2023年工作回顾\n{PROSE * 3}\n"
    texts, leftovers = _texts(text + "(责任编辑:某某)\n\n精彩图片\n")
    assert texts == [text.strip()]
    assert len(leftovers) == 1


@pytest.mark.parametrize(
    "opening",
    [
        "现在，我代表市人民政府，向大会报告工作，请予审议。",
        "我代表云州市人民政府报告工作，请各位代表审查。",
        "现在，我谨代表区政府向大会作政府工作报告，请予审议。",
        "受市人民政府委托，由我向大会报告工作，请予审议。",
        "现在，我受镇人民政府委托，向大会作工作报告。",
        "现在，我代表国务院，向大会报告政府工作，请予审议。",
        "现在，我代表市人民\n\n政府，向大会报告工作，请予审议。",
    ],
)
def test_the_mandate_opens_a_report_without_a_title(opening):
    """However it is worded, and even with a page break inside."""
    text = f"各位代表：\n{opening}\n过去一年，{PROSE}\n"
    assert _texts(text)[0] == [text.strip()]


def test_title_or_salutation_with_chapters_open_a_report():
    """Where the mandate was left out."""
    body = f"一、2023年工作回顾\n过去一年，市政府{PROSE * 2}\n二、2024年工作安排\n今年，{PROSE * 2}\n"
    assert len(_texts("云州市政府工作报告（摘要）\n" + body)[0]) == 1
    assert len(_texts("各位代表：\n" + body)[0]) == 1


NEWS = (
    "云州市第九届人民代表大会第三次会议隆重开幕\n"
    f"市长某某代表市人民政府向大会作政府工作报告。{PROSE * 2}\n"
    "报告分三部分：一、2023年工作回顾；二、2024年任务。\n"
)
BUDGET = (
    "关于云州市2023年预算执行情况和2024年预算草案的报告\n各位代表：\n"
    "受市人民政府委托，现将预算执行情况提请大会审议。\n"
    f"一、2023年预算执行情况\n市政府{PROSE * 2}\n二、2024年预算草案\n{PROSE * 2}\n"
)
ASSEMBLY = (
    "云州市人大常委会工作报告\n各位代表：\n我代表市人大常委会向大会报告工作。\n"
    f"一、2023年工作回顾\n支持市政府{PROSE * 2}\n二、2024年工作安排\n{PROSE * 2}\n"
)
PICTURE = f"一图读懂2024年云州市政府工作报告\n过去一年，{PROSE * 3}\n"


@pytest.mark.parametrize(
    "text", [NEWS, BUDGET, ASSEMBLY, PICTURE, "云州市政府工作报告\n查看全文\n", "", " \n \n"]
)
def test_what_is_about_a_report_or_another_paper_is_no_report(text):
    """News, pictures, budgets, assemblies, bare titles."""
    texts, leftovers = _texts(text)
    assert texts == []
    assert bool(leftovers) == bool(text.strip())


def test_an_article_about_a_report_says_so():
    """The reason is for the reader."""
    _, leftovers = split(f"云州市政府工作报告引发热议\n{PROSE * 3}\n")
    assert [(item.kind, item.reason) for item in leftovers] == [("article", ABOUT_A_REPORT)]


def test_parts_and_leftovers_cover_all_that_is_not_blank():
    """Nothing of the source goes unsaid."""
    text = "下载\n" + WHOLE + ARTICLE_TEXT + "联系我们\n" + APPEAL
    parts, leftovers = split(text)
    covered = set()
    for item in (*parts, *leftovers):
        covered.update(range(item.start, item.end))
    assert all(place in covered for place, char in enumerate(text) if not char.isspace())


def test_appeals_without_end_are_looked_at_once():
    """Each is held against the headings around it, not against the whole text."""

    def appealing(times: int) -> int:
        text = HEAD + "一、回顾\n" * times + "让我们奋斗努力！\n" * 2 * times
        return steps(lambda: split(text))

    assert appealing(240) < 10 * appealing(30)
