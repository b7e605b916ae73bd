"""The columns that several tables have in common, said once."""

from typing import Annotated

from extract.tables.columns import Column, Meaning

RegionCode = Annotated[
    str | None,
    Meaning(
        "行政区划代码",
        "六位代码；目录中没有的地区为空。",
        "Six digits; empty for a region that is not listed.",
    ),
]
Region = Annotated[str | None, Meaning("地区", "全称。", "Full name.")]
ReportYear = Annotated[int | None, Meaning("报告年份", "作报告的年份。", "Year of the report.")]
Unit = Annotated[str | None, Meaning("单位", "不含数量级。", "Without scale.")]

Reviewer = Annotated[
    str | None,
    Meaning(
        "复核人",
        "在复核台作出决定的人；无人复核则为空。",
        "Who decided at the review desk; empty where nobody did.",
    ),
]

Edited = Annotated[
    bool,
    Meaning(
        "人工改定",
        "内容由复核人更正或补录，而非引擎所读。",
        "A reviewer corrected or added it; the engine did not read it so.",
    ),
]

AlsoIn = Annotated[
    tuple[str, ...],
    Meaning("同见", "同样写着这一内容的同年报告副本。", "Copies of the same report that say the same."),
]

OF_THE_RECORD = (
    Column("report_id", "报告编号", "str", "结果文件名。", "Name of the result file."),
    Column("source", "来源", "str", "源文件。", "The source file."),
    Column("record_id", "记录编号", "str", "结果中的记录。", "The record in the result."),
    Column(
        "record_type",
        "记录类型",
        "str",
        "achievement 成绩；goal 目标；livelihood_project 民生实事。",
        "achievement, goal, livelihood_project, or a type of your own.",
    ),
    Column("indicator", "指标", "str", "报告中的指标名称。", "The indicator in the report's words."),
)
"""Where a row of figures or records comes from and what it is about; each such table begins with these."""

PERIOD = Column("period", "时期", "str | None", "2020 或 2016-2020。", "2020 or 2016-2020.")
STATE = Column(
    "state",
    "审核状态",
    "str",
    "verified、flagged、approved、corrected、rejected。",
    "verified, flagged, approved, corrected, rejected.",
)
QUOTE = Column("quote", "原文", "str", "所在句子。", "The sentence.")
