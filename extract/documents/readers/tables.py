"""Rows of a table as sentences.

    序号 | 项目 | 内容 | 责任单位               1. 养老服务提升：新增养老床位500张。（责任单位：市民政局）
    指标 | 单位 | 2024年实绩 | 2025年目标       地区生产总值2024年实绩2638.9亿元；地区生产总值2025年目标2800亿元。

The words are those of the cells and of their column's heading; only the stops between them are added.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

_NUMBERING = re.compile(r"序号|编号|项次|项目编号|№|No\.?", re.IGNORECASE)
_UNIT = re.compile(r"(?:计量)?单位(?:名称)?")
_NAME = re.compile(r".{0,6}(?:指标|项目|名称|事项|实事|工程|类别|领域|分类)(?:名称|类别)?")
_DETAIL = re.compile(r".{0,8}(?:内容|任务|目标任务|举措|措施|要求|说明|规模|标准)(?:[和及与].{1,4})?")
_ASIDE = re.compile(
    r".{0,6}(?:责任|牵头|配合|实施|主管|承办|负责)(?:单位|部门|领导|人|处室)?.{0,4}|.{0,6}(?:时限|时间|期限|进度|备注).{0,4}|备注|注"
)
_VALUE = re.compile(
    r"\d{4}年|目标|预期|实绩|完成|实际|计划|数量|数值|指标值|增长|增速|增幅|比上年|同比|规模|总量|[±+]"
)
_BARE_NUMBER = re.compile(
    r"[-－+＋]?\d[\d,，.．]*(?:万|亿)?(?:(?:[~～\-－—至到])\d[\d.]*(?:万|亿)?)?(?:左右|以上|以下|以内)?"
)
_HEADER_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（）()\d]{1,8}?)\s*[)）]")
_UNIT_WORD = re.compile(r"%|％|‰|[万亿]?[\u4e00-\u9fff]{1,5}(?:/[\u4e00-\u9fff]{1,3})?")
_NOT_UNITS = frozenset("以上 以下 预期 预计 约束性 预期性 指导性 累计 年均".split())
_ACTUAL = frozenset(
    "实绩 实际 实际值 实际数 完成 完成值 完成数 完成情况 实际完成 指标值 数值 数量 绝对值 总量".split()
)
_HEDGE = re.compile(r"(?:左右|以上|以下|以内)$")
_YEAR = re.compile(r"\d{4}年(?:度)?(?:预计)?")
_BLANK_VALUE = re.compile(r"[—－\-/／—–*·.…]*")
_STOPS = "。！？；;，,、：:"
_LONGEST_CELL = 500  # more is the text of a page in a cell
_LONGEST_HEADER = 30
_LONGEST_NAME = 40
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


class _Column(StrEnum):
    NUMBERING = "numbering"
    NAME = "name"
    UNIT = "unit"
    VALUE = "value"
    DETAIL = "detail"
    ASIDE = "aside"
    OTHER = "other"


def is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds data rather than the layout of a page: rows and columns of short cells."""
    filled = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    columns = max((len({cell for cell in row if cell}) for row in filled), default=0)
    longest = max((len(cell) for row in filled for cell in row), default=0)
    return len(filled) >= 2 and columns >= 2 and longest <= _LONGEST_CELL


def row_sentences(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as sentences, in reading order.

    Args:
        rows: the words of each cell; a cell that spans several places stands in each of them.

    Yields:
        A sentence a row. A first row of headings becomes part of the others; a title row, one cell across
        the whole table, stays a line by itself.
    """
    table = [[_squeezed(cell) for cell in row] for row in rows]
    table = [row for row in table if any(row)]
    while table and (title := _lone(table[0])):
        yield title
        table = table[1:]
    header = _header(table)
    if header is None:
        for row in table:
            yield _plain(row)
        return
    columns = _columns(header)
    for row in table[_header_rows(table) :]:
        if lone := _lone(row):
            yield lone
        elif sentence := _sentence(header, columns, row):
            yield sentence


def _squeezed(cell: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", " ".join(cell.split()))


def _lone(row: Sequence[str]) -> str:
    """The words of a row that says only one thing: a title, or a heading between rows."""
    said = dict.fromkeys(cell for cell in row if cell)
    only = next(iter(said), "")
    if len(said) != 1 or not _WORD.search(only):
        return ""
    return only if len(row) == 1 or sum(cell == only for cell in row) == len(row) or not row[-1] else ""


def is_header(row: Sequence[str]) -> bool:
    """Whether a row holds the headings of columns."""
    if any(len(cell) > _LONGEST_HEADER or _BARE_NUMBER.fullmatch(cell) for cell in row):
        return False
    known = (_NUMBERING, _UNIT, _NAME, _DETAIL, _ASIDE)
    named = sum(
        any(kind.fullmatch(cell) for kind in known) or bool(_VALUE.search(cell)) for cell in row if cell
    )
    return named >= 2


def _header_rows(table: Sequence[Sequence[str]]) -> int:
    """How many rows the headings take: a second one goes on dividing cells that span columns of the first."""
    if len(table) > 2 and len(set(table[0])) < len(table[0]) and table[0] != table[1]:
        first, second = table[0], table[1]
        shared = any(a == b and a for a, b in zip(first, second, strict=False))
        if shared and all(
            len(cell) <= _LONGEST_HEADER and not _BARE_NUMBER.fullmatch(cell) for cell in second
        ):
            return 2
    return 1


def _header(table: Sequence[Sequence[str]]) -> list[str] | None:
    if len(table) < 2 or not is_header(table[0]):
        return None
    if _header_rows(table) == 1:
        return list(table[0])
    first, second = table[0], table[1]
    return [a if a == b or not b else f"{a}{b}" for a, b in zip(first, second, strict=False)]


def _columns(header: Sequence[str]) -> list[_Column]:
    columns = [_column(cell) for cell in header]
    if _Column.NAME not in columns:
        at = next((n for n, kind in enumerate(columns) if kind in {_Column.OTHER, _Column.DETAIL}), None)
        if at is not None:
            columns[at] = _Column.NAME
    return columns


def _column(cell: str) -> _Column:
    bare = _HEADER_UNIT.sub("", cell)
    if _NUMBERING.fullmatch(bare):
        return _Column.NUMBERING
    if _UNIT.fullmatch(bare):
        return _Column.UNIT
    if _ASIDE.fullmatch(bare):
        return _Column.ASIDE
    if re.search(r"\d{4}年", bare):
        return _Column.VALUE
    if _NAME.fullmatch(bare):
        return _Column.NAME
    if _DETAIL.fullmatch(bare):
        return _Column.DETAIL
    return _Column.VALUE if _VALUE.search(bare) else _Column.OTHER


def _sentence(header: Sequence[str], columns: Sequence[_Column], row: Sequence[str]) -> str:
    cells = list(zip(header, columns, row, strict=False))
    number = next((cell for _, kind, cell in cells if kind is _Column.NUMBERING and cell), "")
    unit = next((cell for _, kind, cell in cells if kind is _Column.UNIT), "")
    names = list(dict.fromkeys(cell for _, kind, cell in cells if kind is _Column.NAME and cell))
    name = "".join(names[-1:])
    clauses = []
    for heading, kind, cell in cells:
        if kind is _Column.VALUE and not _BLANK_VALUE.fullmatch(cell):
            clauses.append(_clause(heading, name, cell, unit).rstrip(_STOPS))
    details = [
        cell.rstrip(_STOPS) for _, kind, cell in cells if kind in {_Column.DETAIL, _Column.OTHER} and cell
    ]
    asides = [f"{heading}：{cell}" for heading, kind, cell in cells if kind is _Column.ASIDE and cell]
    if not clauses and not details:
        body = name.rstrip(_STOPS)
    elif details and not clauses:
        counted = _BARE_NUMBER.match(details[0]) is not None
        body = f"{name.rstrip(_STOPS)}{'' if counted or not name else '：'}{'；'.join(details)}"
    else:
        body = "；".join(clauses + details)
    if not body:
        return ""
    numbered = number.rstrip(".、．").isdigit() and not (
        counted or clauses
    )  # 1. 学校10所 would read as a name
    order = f"{number.rstrip('.、．')}. " if numbered else ""
    return f"{order}{body}。" + (f"（{'；'.join(asides)}）" if asides else "")


def _clause(heading: str, name: str, cell: str, unit: str) -> str:
    """One value with its name and what its column says: 2024年 地区生产总值 实绩 2638.9亿元."""
    units = [
        match
        for text in (heading, name)
        if (match := _HEADER_UNIT.search(text)) and match[1] not in _NOT_UNITS
    ]
    word = next((match[1] for match in units), unit)
    said = _without_unit(heading)
    year = _YEAR.match(said)
    when, what = (year[0], said[year.end() :]) if year else ("", said)
    return f"{when}{_without_unit(name)}{'' if what in _ACTUAL else what}{_with_unit(cell, word)}"


def _with_unit(cell: str, unit: str) -> str:
    """A bare number with the unit of its column or row behind it."""
    match = _BARE_NUMBER.match(cell)
    if match is None or match.end() != len(cell) or not _UNIT_WORD.fullmatch(unit):
        return cell
    hedge = _HEDGE.search(cell)
    return f"{cell[: hedge.start()]}{unit}{hedge[0]}" if hedge else f"{cell}{unit}"


def _without_unit(heading: str) -> str:
    return _HEADER_UNIT.sub("", heading)


def _plain(row: Sequence[str]) -> str:
    """A row without headings: its cells, one after the other."""
    said = [cell.rstrip(_STOPS) for cell in dict.fromkeys(row) if cell]
    if not said:
        return ""
    order, rest = ("", said)
    if said[0].rstrip(".、．").isdigit() and len(said) > 1:
        order, rest = f"{said[0].rstrip('.、．')}. ", said[1:]
    head = rest[0]
    if len(rest) > 1 and _WORD.search(head):
        return f"{order}{head}：{'；'.join(rest[1:])}。"
    return f"{order}{'；'.join(rest)}。"
