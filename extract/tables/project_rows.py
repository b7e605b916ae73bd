"""The rows of the tables of livelihood projects. Each field says in both languages what its column means."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from extract.tables.columns import Meaning
from extract.tables.shared_columns import AlsoIn, Edited, Region, RegionCode, ReportYear, Reviewer, Unit

ProjectOutcome = Literal["completed", "under_way", "partly", "not_reported", "reported", "failed"]


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """One livelihood project (民生实事) of one report, with one quantity or none."""

    region_code: RegionCode
    region: Region
    report_year: ReportYear
    year: Annotated[
        int | None,
        Meaning(
            "项目年份",
            "项目所属年份；跨年的数量（如五年累计）为空，见 period。",
            "The year of the project; empty for a quantity of several years, see period.",
        ),
    ]
    period: Annotated[str | None, Meaning("时期", "2026 或 2021-2025。", "2026 or 2021-2025.")]
    listed: Annotated[
        bool,
        Meaning(
            "是否清单",
            "出自民生实事清单，而非正文各处。",
            "From a list of projects, not from anywhere in the text.",
        ),
    ]
    item: Annotated[int | None, Meaning("序号", "清单中的序号。", "Number in the list.")]
    item_title: Annotated[
        str | None, Meaning("清单项目", "清单中该项的标题。", "Title of the item in the list.")
    ]
    project: Annotated[str, Meaning("项目", "报告用语。", "In the report's words.")]
    category: Annotated[
        str | None,
        Meaning(
            "类别",
            "教育、养老、医疗等；无法判断为空。",
            "Education, care for the old, health …; empty where unclear.",
        ),
    ]
    quantity: Annotated[
        Decimal | None,
        Meaning("数量", "区间为下限；没有数字为空。", "The lower end of a range; empty without one."),
    ]
    upper: Annotated[Decimal | None, Meaning("数量上限", "区间的上限。", "The upper end of a range.")]
    unit: Unit
    modifier: Annotated[str | None, Meaning("限定", "同面板 modifier。", "As modifier in the panel.")]
    beneficiaries: Annotated[
        str | None,
        Meaning(
            "受益对象", "报告所说的受益人群，含人数。", "Who benefits, in the report's words, with numbers."
        ),
    ]
    place: Annotated[str | None, Meaning("地点", "报告所说的地点。", "Where, in the report's words.")]
    deadline: Annotated[
        str | None, Meaning("时限", "报告所说的完成时间。", "By when, in the report's words.")
    ]
    status: Annotated[
        str | None, Meaning("状态", "planned、under_way、completed。", "planned, under_way, completed.")
    ]
    also_in: AlsoIn
    quote: Annotated[str, Meaning("原文", "所在句子。", "The sentence.")]
    start: Annotated[int, Meaning("起", "在原文中的起点。", "Where it begins in the source.")]
    end: Annotated[int, Meaning("止", "在原文中的终点。", "Where it ends.")]
    report_id: Annotated[str, Meaning("报告编号", "结果文件名。", "Name of the result file.")]
    record_id: Annotated[
        str | None,
        Meaning(
            "记录编号",
            "结果中的记录；没有数字的清单项目为空。",
            "The record; empty for an item without numbers.",
        ),
    ]
    state: Annotated[str | None, Meaning("审核状态", "同结果。", "As in the result.")]
    reviewer: Reviewer = None
    edited: Edited = False


@dataclass(frozen=True, slots=True)
class ProjectTrackingRow:
    """A livelihood project promised in one year's report beside what the next report says of it."""

    region_code: RegionCode
    region: Region
    year: Annotated[int, Meaning("年份", "承诺的年份。", "The year of the promise.")]
    item: Annotated[int | None, Meaning("序号", "清单中的序号。", "Number in the list.")]
    project: Annotated[str, Meaning("项目", "承诺时的用语。", "In the words of the promise.")]
    category: Annotated[
        str | None, Meaning("类别", "教育、养老、医疗等。", "Education, care for the old, health ….")
    ]
    promised: Annotated[Decimal | None, Meaning("承诺数量", "区间为下限。", "The lower end of a range.")]
    unit: Unit
    promised_modifier: Annotated[
        str | None, Meaning("承诺限定", "同面板 modifier。", "As modifier in the panel.")
    ]
    reported_project: Annotated[
        str | None, Meaning("报告项目", "次年报告的用语。", "In the words of the next report.")
    ]
    reported: Annotated[
        Decimal | None, Meaning("完成数量", "次年报告的数量。", "The quantity of the next report.")
    ]
    reported_modifier: Annotated[
        str | None, Meaning("完成限定", "同面板 modifier。", "As modifier in the panel.")
    ]
    difference: Annotated[Decimal | None, Meaning("差额", "完成数量减承诺数量。", "Reported minus promised.")]
    similarity: Annotated[
        float | None, Meaning("相似度", "两个名称的相似度，0 到 1。", "Of the two names, from 0 to 1.")
    ]
    status: Annotated[
        ProjectOutcome,
        Meaning(
            "状态",
            "completed 达到承诺；partly 少于承诺；under_way 在建；reported 已报告但数量不可比；"
            "not_reported 次年报告未见；failed 次年报告未能读取。",
            "completed: as promised; partly: less; under_way; reported: without a quantity to compare; "
            "not_reported: not in the next report; failed: the next report could not be read.",
        ),
    ]
    promised_quote: Annotated[str, Meaning("承诺原文", "所在句子。", "The sentence.")]
    promised_start: Annotated[int, Meaning("承诺起", "在原文中的起点。", "Where it begins in its source.")]
    promised_end: Annotated[int, Meaning("承诺止", "在原文中的终点。", "Where it ends.")]
    promised_report: Annotated[str, Meaning("承诺报告", "结果文件名。", "Name of the result file.")]
    reported_quote: Annotated[str | None, Meaning("完成原文", "所在句子。", "The sentence.")]
    reported_start: Annotated[
        int | None, Meaning("完成起", "在原文中的起点。", "Where it begins in its source.")
    ]
    reported_end: Annotated[int | None, Meaning("完成止", "在原文中的终点。", "Where it ends.")]
    reported_report: Annotated[str | None, Meaning("完成报告", "结果文件名。", "Name of the result file.")]
    state: Annotated[
        str | None, Meaning("审核状态", "两条记录中较弱的一个。", "The weaker of the states of both records.")
    ] = None
    reviewer: Annotated[
        str | None,
        Meaning(
            "复核人",
            "在复核台对承诺或完成情况作出决定的人。",
            "Who decided on the promise or on what became of it at the review desk.",
        ),
    ] = None
    edited: Edited = False
