"""Title, region, year and date from the head."""

import pytest

from extract.documents.metadata import Head, read_head, report_year

BODY = "各位代表：\n现在，我代表{who}，向大会报告工作，请予审议。\n一、2023年工作回顾\n过去一年，各县（市、区）协同发展。\n"


@pytest.mark.parametrize(
    ("lines", "who", "title", "region", "level"),
    [
        (
            "2024年浙江省云州市人民政府工作报告\n——2024年1月16日在云州市第九届人民代表大会第三次会议上\n",
            "市人民政府",
            "2024年浙江省云州市人民政府工作报告",
            "云州市",
            "prefecture",
        ),
        (
            "政府工作报告\n——2024年1月16日在安徽省第十四届人民代表大会第二次会议上\n",
            "省人民政府",
            "政府工作报告",
            "安徽省",
            "province",
        ),
        ("政府工作报告\n市长 某某\n", "上海市人民政府", "政府工作报告", "上海市", "province"),
        (
            "•【云州招商】2024年云州市政府工作报告\n",
            "市人民政府",
            "2024年云州市政府工作报告",
            "云州市",
            "prefecture",
        ),
        (
            "云州市政府工作报告（2024年1月16日 某某）\n",
            "市人民政府",
            "云州市政府工作报告",
            "云州市",
            "prefecture",
        ),
        ("政府工作报告\n自治区主席 某某\n", "西藏自治区人民政府", "政府工作报告", "西藏自治区", "province"),
        ("2024年石桥县人民政府工作报告\n", "县人民政府", "2024年石桥县人民政府工作报告", "石桥县", "county"),
        ("云溪镇政府工作报告\n", "镇人民政府", "云溪镇政府工作报告", "云溪镇", "township"),
        (
            "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n",
            "国务院",
            "政府工作报告",
            "全国",
            "national",
        ),
        ("", "云州市人民政府", "云州市政府工作报告", "云州市", "prefecture"),
        ("", "市人民政府", "政府工作报告", None, None),
    ],
)
def test_the_head_names_title_region_and_level(lines, who, title, region, level):
    """The assembly, the title, the mandate and the speaker's office name the region, in this order."""
    head = read_head(lines + BODY.format(who=who))
    assert (head.title, head.region, head.level) == (title, region, level)


@pytest.mark.parametrize(
    ("line", "delivered"),
    [
        ("——2024年1月16日在云州市第九届人民代表大会第三次会议上", "2024-01-16"),
        ("二〇二四年一月十六日在云州市第九届人民代表大会第三次会议上", "2024-01-16"),
        ("（2024年1月16日）", "2024-01-16"),
        ("市长 某某", None),
    ],
)
def test_the_date_of_delivery_is_read_from_the_head(line, delivered):
    """Either script, with or without the assembly's name."""
    head = read_head(f"政府工作报告\n{line}\n" + BODY.format(who="市人民政府"))
    assert (head.delivered.isoformat() if head.delivered else None) == delivered


def _head(title_year=None, delivered=None):
    from datetime import date

    return Head("政府工作报告", None, None, title_year, date.fromisoformat(delivered) if delivered else None)


@pytest.mark.parametrize(
    ("head", "titles", "year"),
    [
        (_head(2024, "2024-01-16"), [], 2024),
        (_head(None, "2024-01-16"), ["2023年工作回顾", "2024年重点工作"], 2024),
        (_head(2024, "2023-12-28"), [], 2024),
        (_head(None, "2023-12-28"), ["2023年工作回顾", "2024年工作安排"], 2024),
        (_head(2023, "2024-01-10"), ["2023年工作总结"], 2024),
        (_head(), ["2023年工作回顾"], 2024),
        (_head(None, "2024-01-16"), ["2035年远景目标"], 2024),
        (_head(None, "2024-01-16"), ["2023年工作", "2024年工作"], 2024),
        (_head(), ["抓产业", "抓民生"], None),
    ],
)
def test_the_year_is_that_for_which_the_report_plans(head, titles, year):
    """Headings of time know best; a year far from title and date is not believed."""
    assert report_year(head, titles) == year
