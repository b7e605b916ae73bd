"""A small table with a cell of every kind, for tests of files."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from extract.tables.columns import Meaning
from extract.tables.table import table_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    region: Annotated[str | None, Meaning("地区", "全称。", "Full name.")]
    year: Annotated[int | None, Meaning("年份", "公历。", "Calendar year.")]
    value: Annotated[Decimal | None, Meaning("数值", "换算后。", "After scale.")]
    sure: Annotated[bool, Meaning("确定", "真或假。", "True or false.")]
    also_in: Annotated[tuple[str, ...], Meaning("同见", "编号。", "Ids.")]
    report_id: Annotated[str, Meaning("报告编号", "文件名。", "Name of the file.")]
    quote: Annotated[str | None, Meaning("原文", "句子。", "The sentence.")]


TABLE = table_of(Row, "small", "小表", "small table")
ROWS = [
    Row(
        "云州市",
        2024,
        Decimal(537030000000),
        sure=True,
        also_in=("a", "b"),
        report_id="r1",
        quote="总量达到5370.3亿元。",
    ),
    Row(
        "云州市", 2024, Decimal("-2.5"), sure=False, also_in=(), report_id="r1", quote="总量达到5370.3亿元。"
    ),
    Row("=临江市", None, None, sure=False, also_in=(), report_id="r2", quote=None),
]
