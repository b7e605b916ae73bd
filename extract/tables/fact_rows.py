"""One row of a facts table, whoever made it, as a `GivenFact`."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from extract.checks.stated import ABSENT, GivenFact, Missing, Text
from extract.messages import Message
from extract.numbers import find_mentions
from extract.numbers.mention import Mention

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "数值", "数据", "值", "数字", "下限"),
    "upper": ("upper", "上限"),
    "unit": ("unit", "单位", "计量单位"),
    "kind": ("kind", "种类", "数值类型"),
    "direction": ("direction", "方向", "增减"),
    "modifier": ("modifier", "修饰", "限定", "修饰词", "限定词"),
    "period": ("period", "year", "时期", "年份", "年度", "期间", "时间"),
    "record_type": ("record_type", "type", "类型", "记录类型"),
    "indicator": ("indicator", "指标", "指标名称"),
    "start": ("start", "起", "开始", "起始", "起始位置"),
    "end": ("end", "止", "结束", "终止", "结束位置"),
    "text": ("text", "surface", "原文", "原文数字", "数字原文"),
    "quote": ("quote", "sentence", "引文", "原句", "句子"),
}
"""What each column may be called; the English names are those of the Fact contract."""

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {
        "level": ("水平", "总量", "数值", "绝对值"),
        "change": ("变化", "增速", "增幅", "增长率", "变动"),
        "rank": ("排名", "位次", "名次"),
        "share": ("比重", "占比", "比率", "比例", "份额"),
    },
    "direction": {
        "increase": ("增长", "增加", "上升", "提高", "增", "升", "up"),
        "decrease": ("下降", "减少", "降低", "减", "降", "down"),
    },
    "modifier": {
        "exact": ("精确", "准确", "等于"),
        "about": ("左右", "约", "大约", "上下"),
        "at_least": ("以上", "不低于", "至少", "不少于"),
        "more_than": ("超", "超过", "突破", "多", "余", "高于"),
        "at_most": ("以内", "不超过", "以下", "至多", "不高于"),
        "less_than": ("不到", "低于", "不足", "少于"),
        "nearly": ("近", "接近", "将近"),
        "range": ("区间", "范围"),
    },
    "record_type": {
        "achievement": ("成绩", "成效", "完成", "实际", "actual"),
        "goal": ("目标", "计划", "预期", "target"),
        "livelihood_project": ("民生实事", "民生", "民生项目"),
    },
}
"""The words of each closed column: the contract's own, and what tables made by hand say."""

NOTHING = frozenset({"", "无", "-", "--", "—", "——", "/", "none", "null", "n/a", "na"})
"""Cells by which a table says that there is none."""

_MEANINGS = {
    column: {word: name for name, words in meanings.items() for word in (name, *words)}
    for column, meanings in WORDS.items()
}
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
_SCALED_UNIT = re.compile("[十百千万亿]")
_LARGEST = 40  # a number of more digits counts nothing; also keeps 1e999999 from being written out
_LONGEST_NUMBER = 30  # a longer text beside the number is the sentence that it stands in

Cell = object


class RowError(ValueError):
    """A row that cannot be understood; the message says what, the caller says where."""


class Number(NamedTuple):
    """A cell read as a number; unit and text only where the cell itself has them."""

    value: Decimal
    upper: Decimal | None = None
    unit: str | None = None
    text: str | None = None


def columns_of(headers: Iterable[object]) -> dict[str, str]:
    """The header of each known column, by the column's name; the first of two spellings wins."""
    found: dict[str, str] = {}
    aliases = {alias: column for column, names in COLUMNS.items() for alias in names}
    for header in headers:
        if isinstance(header, str):
            name = unicodedata.normalize("NFKC", header).strip().strip("\ufeff").casefold()
            column = aliases.get(name.replace(" ", "_"))
            if column is not None:
                found.setdefault(column, header)
    return found


def usable(columns: Mapping[str, str]) -> bool:
    """Whether a number can be read from a row with these columns."""
    return "value" in columns or "text" in columns


def fact_of(n: int, row: Mapping[str, Cell]) -> GivenFact:
    """The fact that a row states.

    Args:
        n: 0-based number of the row.
        row: its cells by header, in any of the spellings of `COLUMNS`.

    Raises:
        RowError: the row has no number, or a cell cannot be understood.
    """
    cells = {column: row[header] for column, header in columns_of(row).items()}
    text, quote = _text_and_quote(cells)
    number = _number(cells, text)
    upper: Decimal | Missing | None = number.upper if number.upper is not None else ABSENT
    if "upper" in cells and number.upper is None:
        upper = None if is_nothing(cells["upper"]) else _numeric(cells["upper"], "upper").value
    unit = _cell_text(cells, "unit")
    if number.unit is not None:
        unit = number.unit
    start, end = _span(cells)
    return GivenFact(
        n=n,
        value=number.value,
        upper=upper,
        unit=unit,
        kind=_word(cells, "kind"),
        direction=_word(cells, "direction"),
        modifier=_word(cells, "modifier"),
        period=_cell_text(cells, "period"),
        record_type=_word(cells, "record_type", closed=False),
        indicator=_cell_text(cells, "indicator"),
        start=start,
        end=end,
        text=text or number.text,
        quote=quote,
    )


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is none."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def _number(cells: Mapping[str, Cell], text: str | None) -> Number:
    """The number of a row, from its value and its unit, else from its text."""
    if is_nothing(cells.get("value")):
        if text is None:
            raise RowError(Message("there is no value"))
        return _numeric(text, "text")
    number = _numeric(cells["value"], "value")
    unit = _cell_text(cells, "unit")
    if number.unit is None and isinstance(unit, str) and _SCALED_UNIT.match(unit):
        scaled = _whole_mention(f"{number.value:f}{unit}")
        if scaled is not None and scaled.value is not None:
            return Number(scaled.value, scaled.upper, scaled.unit)
    return number


def _numeric(cell: Cell, column: str) -> Number:
    """A cell as a number: typed, plain, or as printed (`5,370.3`, `5370.3亿元`, `7%`)."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | str):
        raise RowError(Message("%(column)s is %(cell)s, not a number", column=column, cell=repr(cell)))
    written = unicodedata.normalize("NFKC", str(cell)).strip()
    try:
        if not isinstance(cell, str) or _PLAIN_NUMBER.fullmatch(written):
            return Number(_bounded(Decimal(written.replace(",", "")), column))
    except InvalidOperation:
        raise RowError(
            Message("%(column)s is %(written)s, not a number", column=column, written=repr(_short(written)))
        ) from None
    mentions = [mention for mention in find_mentions(written) if mention.value is not None]
    if len(mentions) != 1 or mentions[0].value is None:
        raise RowError(
            Message("%(column)s is %(written)s, not a number", column=column, written=repr(_short(written)))
        )
    mention = mentions[0]
    return Number(_bounded(mentions[0].value, column), mention.upper, mention.unit, mention.text)


def _bounded(value: Decimal, column: str) -> Decimal:
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST or len(value.as_tuple().digits) > _LARGEST:
        raise RowError(
            Message(
                "%(column)s is %(value)s, which is too large for a number of a report",
                column=column,
                value=_short(str(value)),
            )
        )
    return value


def _whole_mention(text: str) -> Mention | None:
    """The mention that is the whole text, or None."""
    mentions = find_mentions(text)
    return mentions[0] if len(mentions) == 1 and mentions[0].text == text else None


def _text_and_quote(cells: Mapping[str, Cell]) -> tuple[str | None, str | None]:
    """The number's own text and the sentence around it; a table may have either under one heading."""
    text, quote = _string(cells.get("text")), _string(cells.get("quote"))
    if text is not None and len(text) > _LONGEST_NUMBER:
        return None, quote or text
    return text, quote


def _cell_text(cells: Mapping[str, Cell], column: str) -> Text:
    """The text of a cell: ABSENT without the column, None where it says that there is none."""
    return _string(cells[column]) if column in cells else ABSENT


def _string(cell: Cell) -> str | None:
    if is_nothing(cell):
        return None
    if isinstance(cell, dt.date):
        return str(cell.year)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, str | int | Decimal) and not isinstance(cell, bool):
        return str(cell).strip()
    raise RowError(Message("%(cell)s is not text", cell=_short(repr(cell))))


def _word(cells: Mapping[str, Cell], column: str, *, closed: bool = True) -> Text:
    """A word of a column with few words, in the contract's spelling."""
    text = _cell_text(cells, column)
    if not isinstance(text, str):
        return text
    meanings = _MEANINGS[column]
    known = meanings.get(text.casefold())
    if known is None and closed:
        raise RowError(
            Message(
                "%(column)s is %(text)s; it must be one of %(meanings)s",
                column=column,
                text=repr(_short(text)),
                meanings=", ".join(dict.fromkeys(meanings.values())),
            )
        )
    return known or text


def _span(cells: Mapping[str, Cell]) -> tuple[int | None, int | None]:
    start, end = (_offset(cells.get(column), column) for column in ("start", "end"))
    if start is None and end is not None:
        raise RowError(Message("there is an end but no start"))
    if start is not None and end is not None and end <= start:
        raise RowError(Message("the span %(start)s-%(end)s is empty", start=start, end=end))
    return start, end


def _offset(cell: Cell, column: str) -> int | None:
    if is_nothing(cell):
        return None
    value = _numeric(cell, column).value
    if value != value.to_integral_value() or not 0 <= value <= 10**9:
        raise RowError(
            Message(
                "%(column)s is %(cell)s, which is not a position in the text",
                column=column,
                cell=repr(_short(str(cell))),
            )
        )
    return int(value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
