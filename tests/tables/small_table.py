"""A small table with a cell of every kind, for tests of files."""

from dataclasses import dataclass
from decimal import Decimal

from extract.tables.columns import column
from extract.tables.table import table_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    region: str | None = column("地区", "全称。", "Full name.")
    year: int | None = column("年份", "公历。", "Calendar year.")
    value: Decimal | None = column("数值", "换算后。", "After scale.")
    sure: bool = column("确定", "真或假。", "True or false.")
    also_in: tuple[str, ...] = column("同见", "编号。", "Ids.")
    report_id: str = column("报告编号", "文件名。", "Name of the file.")
    quote: str | None = column("原文", "句子。", "The sentence.")


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
