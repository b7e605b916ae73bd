"""The records table: one row per goal, achievement or livelihood project."""

from collections.abc import Iterable, Iterator

from typing_extensions import TypedDict  # pydantic asks for this one on Python 3.11

from extract.results.lean import LeanResult
from extract.tables.columns import Column
from extract.tables.shared_columns import OF_THE_RECORD, PERIOD, QUOTE, STATE
from extract.tables.table import table_of_mappings
from schemas.result import Result

JOINT = "；"


class RecordRow(TypedDict):
    """One record; several figures or issues are joined in one cell."""

    report_id: str
    source: str
    record_id: str
    record_type: str
    indicator: str
    category: str | None
    period: str | None
    commitment: str | None
    status: str | None
    section: str
    figures: str
    issues: str
    state: str
    start: int
    end: int
    quote: str


COLUMNS = (
    *OF_THE_RECORD,
    Column("category", "类别", "str | None", "所属领域。", "The field that it belongs to."),
    PERIOD,
    Column(
        "commitment",
        "承诺强度",
        "str | None",
        "ensure 确保；strive 力争；expect 预期。",
        "ensure 确保, strive 力争, expect 预期.",
    ),
    Column(
        "status",
        "进展",
        "str | None",
        "planned 计划；under_way 在建；completed 完成。",
        "planned, under_way, completed.",
    ),
    Column("section", "章节", "str", "标题路径。", "The path of headings."),
    Column("figures", "数字", "str", "记录的数字，以“；”隔开。", "The numbers of the record, joined by ；."),
    Column("issues", "疑点", "str", "检查代码，以“；”隔开。", "Codes of what checks found, joined by ；."),
    STATE,
    Column(
        "start",
        "起",
        "int",
        "句子在原文中的起点（字符）。",
        "Where the sentence begins in the source (code points).",
    ),
    Column("end", "止", "int", "句子在原文中的终点。", "Where it ends."),
    QUOTE,
)
RECORDS = table_of_mappings(COLUMNS, "records", "记录", "records")


def record_rows(results: Iterable[Result | LeanResult]) -> Iterator[RecordRow]:
    """The records of results, within a report in the order of the text."""
    for result in results:
        yield from sorted(_rows(result), key=lambda row: (row["start"], row["end"]))


def _rows(result: Result | LeanResult) -> Iterator[RecordRow]:
    for record in result.records:
        yield RecordRow(
            report_id=result.report.id,
            source=result.report.source,
            record_id=record.id,
            record_type=record.type,
            indicator=record.indicator,
            category=record.category,
            period=record.period,
            commitment=record.commitment,
            status=record.status,
            section=record.evidence.section,
            figures=JOINT.join(figure.text for figure in record.figures),
            issues=JOINT.join(issue.code for issue in record.issues),
            state=record.state.value,
            start=record.evidence.start,
            end=record.evidence.end,
            quote=record.evidence.quote,
        )
