"""The rows of the tables of indicators. Each field says in both languages what its column means."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from extract.tables.columns import Meaning
from extract.tables.shared_columns import AlsoIn, Edited, Region, RegionCode, ReportYear, Reviewer, Unit

ClaimType = Literal["target", "actual"]
Horizon = Literal["annual", "multi_year", "to_year"]
Basis = Literal["average", "total"]
PanelStatus = Literal["stated", "non_numeric", "not_found", "unread", "failed"]
Outcome = Literal["exceeded", "met", "missed", "not_comparable", "no_actual", "unread", "failed"]


class Alternative(msgspec.Struct, frozen=True, gc=False):
    """Another number that the same report gives for the same key.

    Attributes:
        value, upper, unit, modifier, wording, quote, start, end: as in `PanelRow`.
    """

    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    modifier: str | None
    wording: str
    quote: str
    start: int
    end: int


class PanelRow(msgspec.Struct, frozen=True, gc=False):
    """One region × year × indicator × horizon × target or actual, as one report states it.

    Thousands of reports have hundreds of thousands of them: a dataclass of forty fields takes ten times as long to make.
    """

    region_code: RegionCode
    region: Region
    level: Annotated[
        str | None,
        Meaning(
            "层级",
            "national、province、prefecture、county、township。",
            "national, province, prefecture, county, township.",
        ),
    ]
    province: Annotated[
        str | None, Meaning("所属省份", "全称；查不到时为空。", "Full name; empty where it is not known.")
    ]
    report_year: ReportYear
    year: Annotated[
        int | None,
        Meaning(
            "数据年份",
            "数字所属年份；跨年数字为空，见 period。",
            "The year that the number is for; empty for a span of years, see period.",
        ),
    ]
    period: Annotated[str | None, Meaning("时期", "2026 或 2026-2030。", "2026 or 2026-2030.")]
    horizon: Annotated[
        Horizon,
        Meaning(
            "期限",
            "annual 年度；multi_year 跨年（如五年规划）；to_year 到某年的水平。",
            "annual; multi_year, a span such as a five-year plan; to_year, the level by a later year.",
        ),
    ]
    basis: Annotated[
        Basis | None,
        Meaning(
            "口径",
            "跨年的率：average 年均，total 累计；其他为空。",
            "Of a rate over several years: average, for each year, or total; else empty.",
        ),
    ]
    indicator_id: Annotated[
        str, Meaning("指标代码", "指标目录中的代码。", "Id in the catalogue of indicators.")
    ]
    indicator: Annotated[str, Meaning("指标", "目录中的标准名称。", "Standard name in the catalogue.")]
    indicator_en: Annotated[str, Meaning("指标英文名", "目录中的英文名称。", "Standard name in English.")]
    indicator_raw: Annotated[
        str | None, Meaning("报告用语", "报告中的指标名称。", "The indicator in the report's own words.")
    ]
    match: Annotated[
        str | None,
        Meaning(
            "匹配方式",
            "exact 标准名；alias 别名；composed 由几部分组成；loose 简称；括号内为略去的词。",
            "exact, alias, composed of parts, or loose (a short name); words left out in brackets.",
        ),
    ]
    doubt: Annotated[
        str | None, Meaning("存疑", "匹配中值得核对之处。", "What is worth a look about the match.")
    ]
    claim_type: Annotated[
        ClaimType,
        Meaning("类型", "target 目标；actual 完成值。", "target: what is planned; actual: what is reported."),
    ]
    value: Annotated[
        Decimal | None,
        Meaning(
            "数值",
            "换算数量级后的值，区间为下限；增速下降为负；能耗、碳排放强度以降低为正。",
            "After scale; the lower end of a range; a fall in a growth rate is negative; "
            "for energy and carbon intensity a reduction is positive.",
        ),
    ]
    upper: Annotated[Decimal | None, Meaning("上限", "区间的上限。", "The upper end of a range.")]
    unit: Unit
    direction: Annotated[
        str | None, Meaning("增减", "increase、decrease。", "increase or decrease, as the report words it.")
    ]
    modifier: Annotated[
        str | None,
        Meaning(
            "限定",
            "exact、about 左右、at_least 以上、more_than 超过、at_most 以内、less_than 低于、nearly 近、range 区间。",
            "exact, about, at_least, more_than, at_most, less_than, nearly, range.",
        ),
    ]
    commitment: Annotated[
        str | None,
        Meaning(
            "承诺强度", "ensure 确保；strive 力争；expect 预期。", "ensure 确保, strive 力争, expect 预期."
        ),
    ]
    estimated: Annotated[
        bool,
        Meaning(
            "是否预计", "完成值为报告自己的预计数。", "An actual that the report itself only expects (预计)."
        ),
    ]
    wording: Annotated[
        str | None,
        Meaning(
            "表述",
            "数字所在分句，或不含数字的目标的说法。",
            "The clause with the number, or what is said instead of one.",
        ),
    ]
    status: Annotated[
        PanelStatus,
        Meaning(
            "状态",
            "stated 有数；non_numeric 有目标但无数字；not_found 报告未提；unread 报告提到，未能读出；failed 未能读取。",
            "stated; non_numeric: a target without a number; not_found: not in the report; unread: the report mentions it, but"
            " nothing could be read of it; failed: the report could not be read.",
        ),
    ]
    note: Annotated[
        str | None,
        Meaning("说明", "为何缺失，或与何处不一致。", "Why it is missing, or what it is at odds with."),
    ]
    alternatives: Annotated[
        tuple[Alternative, ...],
        Meaning(
            "其他数字",
            "同一报告对同一项给出的其他数字。",
            "Other numbers of the same report for the same thing.",
        ),
    ]
    also_in: AlsoIn
    quote: Annotated[str | None, Meaning("原文", "所在句子。", "The sentence.")]
    start: Annotated[
        int | None,
        Meaning("起", "数字在原文中的起点（字符）。", "Where the number begins in the source (code points)."),
    ]
    end: Annotated[int | None, Meaning("止", "数字在原文中的终点。", "Where it ends.")]
    report_id: Annotated[str, Meaning("报告编号", "结果文件名。", "Name of the result file.")]
    record_id: Annotated[str | None, Meaning("记录编号", "结果中的记录。", "The record in the result.")]
    source: Annotated[str, Meaning("来源", "源文件。", "The source file.")]
    sha256: Annotated[str, Meaning("源文件校验", "源文件的 SHA-256。", "SHA-256 of the source.")]
    engine: Annotated[str, Meaning("引擎", "rules 或 llm 及模型名。", "rules, or llm with its model.")]
    state: Annotated[
        str | None,
        Meaning(
            "审核状态",
            "verified、flagged、approved、corrected、rejected。",
            "verified, flagged, approved, corrected, rejected.",
        ),
    ]
    reviewer: Reviewer = None
    edited: Edited = False


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """The target of one year's report beside the actual of the next year's."""

    region_code: RegionCode
    region: Region
    year: Annotated[int, Meaning("年份", "目标与完成值所属年份。", "The year of both.")]
    indicator_id: Annotated[
        str | None,
        Meaning("指标代码", "目录中的代码；目录外的指标为空。", "Id in the catalogue; empty for others."),
    ]
    indicator: Annotated[
        str, Meaning("指标", "标准名称，或报告用语。", "Standard name, or the report's words.")
    ]
    target: Annotated[Decimal | None, Meaning("目标", "区间为下限。", "The lower end of a range.")]
    target_upper: Annotated[Decimal | None, Meaning("目标上限", "区间的上限。", "The upper end of a range.")]
    target_modifier: Annotated[
        str | None, Meaning("目标限定", "同面板 modifier。", "As modifier in the panel.")
    ]
    commitment: Annotated[
        str | None, Meaning("承诺强度", "ensure、strive、expect。", "ensure, strive, expect.")
    ]
    target_wording: Annotated[str | None, Meaning("目标表述", "目标所在分句。", "The clause of the target.")]
    actual: Annotated[Decimal | None, Meaning("完成值", "区间为下限。", "The lower end of a range.")]
    actual_upper: Annotated[
        Decimal | None, Meaning("完成值上限", "区间的上限。", "The upper end of a range.")
    ]
    actual_modifier: Annotated[
        str | None, Meaning("完成值限定", "同面板 modifier。", "As modifier in the panel.")
    ]
    estimated: Annotated[bool, Meaning("是否预计", "完成值为预计数。", "The actual is only expected (预计).")]
    actual_wording: Annotated[
        str | None, Meaning("完成值表述", "完成值所在分句。", "The clause of the actual.")
    ]
    unit: Unit
    difference: Annotated[
        Decimal | None,
        Meaning(
            "差额",
            "完成值减目标（区间取较近一端，在区间内为零）；百分数的差为百分点。",
            "Actual minus target (the nearer end of a range, zero inside it); points for percentages.",
        ),
    ]
    better: Annotated[
        bool | None,
        Meaning(
            "是否更好",
            "差额是否朝好的方向（失业率等以低为好）；相等或价格涨幅低于目标时为空。",
            "Whether the difference is for the better (less is better for unemployment); empty where equal, and where"
            " prices rose less than planned.",
        ),
    ]
    tolerance: Annotated[Decimal | None, Meaning("容差", "判断“左右”所用的容差。", "What counts as 左右.")]
    outcome: Annotated[
        Outcome,
        Meaning(
            "结果",
            "exceeded 超额；met 完成；missed 未完成；not_comparable 无法比较；no_actual 次年报告未见；"
            "unread 报告提到，未能读出；failed 次年报告未能读取。",
            "exceeded, met, missed, not_comparable, no_actual (not in the next report), unread (a report mentions it, but"
            " nothing could be read of it), failed (the next report could not be read).",
        ),
    ]
    note: Annotated[
        str | None, Meaning("说明", "判断依据，或为何无法比较。", "How it was judged, or why it cannot be.")
    ]
    target_quote: Annotated[str | None, Meaning("目标原文", "所在句子。", "The sentence.")]
    target_start: Annotated[
        int | None, Meaning("目标起", "在原文中的起点。", "Where the number begins in its source.")
    ]
    target_end: Annotated[int | None, Meaning("目标止", "在原文中的终点。", "Where it ends.")]
    target_report: Annotated[str, Meaning("目标报告", "结果文件名。", "Name of the result file.")]
    actual_quote: Annotated[str | None, Meaning("完成值原文", "所在句子。", "The sentence.")]
    actual_start: Annotated[
        int | None, Meaning("完成值起", "在原文中的起点。", "Where the number begins in its source.")
    ]
    actual_end: Annotated[int | None, Meaning("完成值止", "在原文中的终点。", "Where it ends.")]
    actual_report: Annotated[str | None, Meaning("完成值报告", "结果文件名。", "Name of the result file.")]
    state: Annotated[
        str | None, Meaning("审核状态", "两条记录中较弱的一个。", "The weaker of the states of both records.")
    ]
    reviewer: Annotated[
        str | None,
        Meaning(
            "复核人",
            "在复核台对目标或完成值作出决定的人。",
            "Who decided on the target or the actual at the review desk.",
        ),
    ] = None
    target_edited: Annotated[
        bool,
        Meaning("目标人工改定", "目标由复核人更正或补录。", "A reviewer corrected or added the target."),
    ] = False
    actual_edited: Annotated[
        bool,
        Meaning("完成值人工改定", "完成值由复核人更正或补录。", "A reviewer corrected or added the actual."),
    ] = False


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of the catalogue."""

    id: Annotated[str, Meaning("代码", "表中的指标代码。", "What tables call it.")]
    zh: Annotated[str, Meaning("中文名称", "标准名称。", "Standard name in Chinese.")]
    en: Annotated[str, Meaning("英文名称", "英文标准名称。", "Standard name in English.")]
    measure: Annotated[
        str,
        Meaning(
            "度量",
            "growth 增速；level 水平；rate 比率；reduction 降低率。",
            "growth, level, rate, reduction.",
        ),
    ]
    unit: Annotated[str, Meaning("单位", "不含数量级。", "Without scale.")]
    sense: Annotated[str, Meaning("方向", "higher 越高越好；lower 越低越好。", "Which way is better.")]
    core: Annotated[
        bool,
        Meaning(
            "核心指标", "报告未提时面板仍有一行。", "A report that does not state it has a row that says so."
        ),
    ]
    names: Annotated[
        str,
        Meaning(
            "名称",
            "报告中的叫法；[可省]，{任选|其一}。",
            "What reports call it; [may be missing], {one|of these}.",
        ),
    ]
    confused_with: Annotated[str, Meaning("勿混淆", "另一回事的叫法。", "Names of other things.")]


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """A wording of reports that no indicator of the catalogue stands for."""

    wording: Annotated[str, Meaning("报告用语", "报告中的指标名称。", "The indicator in the report's words.")]
    unit: Unit
    kind: Annotated[str, Meaning("种类", "level、change、rank、share。", "level, change, rank, share.")]
    reports: Annotated[int, Meaning("报告数", "出现在多少份报告中。", "How many reports have it.")]
    numbers: Annotated[int, Meaning("数字数", "共有多少个数字。", "How many numbers have it.")]
    confused_with: Annotated[
        str, Meaning("勿混淆", "容易混淆但不是的指标。", "Indicators that it looks like and is not.")
    ]
    example: Annotated[str, Meaning("例", "出现它的一份报告。", "A report that has it.")]
