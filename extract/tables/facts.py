"""The facts table: one row per figure, the form in which other programs take our numbers."""

from collections.abc import Iterable, Iterator

from typing_extensions import TypedDict  # pydantic asks for this one on Python 3.11

from extract.results.lean import LeanResult
from extract.tables.columns import Column
from extract.tables.shared_columns import OF_THE_RECORD, PERIOD, QUOTE, STATE
from extract.tables.table import table_of_mappings
from schemas.record import plain
from schemas.result import Result


class Fact(TypedDict):
    """One figure of one record. Keys stand in this order; new ones only ever follow at the end."""

    report_id: str
    source: str
    record_id: str
    record_type: str
    indicator: str
    value: str
    upper: str | None
    unit: str | None
    kind: str
    direction: str | None
    modifier: str
    period: str | None
    start: int
    end: int
    text: str
    quote: str
    state: str
    confidence: str


COLUMNS = (
    *OF_THE_RECORD,
    Column(
        "value",
        "数值",
        "Decimal",
        "换算数量级后的值（元、人、亩等）；百分数如原文；位次为序数；区间为下限。",
        "After scale; a percent as printed; a rank is its ordinal; the lower end of a range.",
    ),
    Column("upper", "上限", "Decimal | None", "区间的上限。", "The upper end of a range."),
    Column("unit", "单位", "str | None", "不含数量级；位次为“位”。", "Without scale; 位 for ranks."),
    Column(
        "kind",
        "数值类型",
        "str",
        "level 水平；change 变化；rank 位次；share 比重。",
        "level, change, rank or share.",
    ),
    Column("direction", "方向", "str | None", "increase 增；decrease 减。", "increase or decrease."),
    Column(
        "modifier",
        "限定",
        "str",
        "exact、about 左右、at_least 以上、more_than 超过、at_most 以内、less_than 低于、nearly 近、range 区间。",
        "exact, about, at_least, more_than, at_most, less_than, nearly, range.",
    ),
    PERIOD,
    Column(
        "start",
        "起",
        "int",
        "数字在原文中的起点（字符）。",
        "Where the number begins in the source (code points).",
    ),
    Column("end", "止", "int", "数字在原文中的终点。", "Where it ends."),
    Column("text", "数字原文", "str", "原文中的数字。", "The number as it stands in the source."),
    QUOTE,
    STATE,
    Column(
        "confidence",
        "把握",
        "str",
        "sure、likely、unsure。",
        "How sure the reading is: sure, likely, unsure.",
    ),
)
FACTS = table_of_mappings(COLUMNS, "facts", "数字", "facts")


def facts(results: Iterable[Result | LeanResult]) -> Iterator[Fact]:
    """The facts of results, within a report in the order of the text.

    Args:
        results: in the order in which their facts are wanted.
    """
    for result in results:
        yield from sorted(_facts(result), key=lambda fact: (fact["start"], fact["end"]))


def _facts(result: Result | LeanResult) -> Iterator[Fact]:
    for record in result.records:
        for figure in record.figures:
            yield Fact(
                report_id=result.report.id,
                source=result.report.source,
                record_id=record.id,
                record_type=record.type,
                indicator=record.indicator,
                value=plain(figure.value),
                upper=None if figure.upper is None else plain(figure.upper),
                unit=figure.unit,
                kind=figure.kind,
                direction=figure.direction,
                modifier=figure.modifier,
                period=figure.period or record.period,
                start=figure.start,
                end=figure.end,
                text=figure.text,
                quote=record.evidence.quote,
                state=record.state.value,
                confidence=figure.confidence,
            )
