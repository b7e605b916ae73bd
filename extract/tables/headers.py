"""The header of a table that somebody made by hand, and what stands above it: titles, blank rows, a line with the unit."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.indicators.matching import built_in_matcher
from extract.tables.fact_rows import columns_of, is_nothing, usable

WITHIN = 100
"""Rows in which the header has to stand."""
REGION = (
    "region",
    "地区",
    "区域",
    "城市",
    "省份",
    "省市",
    "省",
    "市",
    "县",
    "区县",
    "市县",
    "地市",
    "地区名称",
    "行政区",
    "行政区划",
    "city",
    "province",
)
REPORT_YEAR = ("report_year", "报告年份", "报告年度")
_SEVERAL = re.compile("[、,，/;；]")
_UNIT_LINE = re.compile(r"单位[:：]\s*([^\s()（）]{1,12})")
_YEAR = re.compile(r"^(20\d\d)(?:年度?)?[\s_-]*(?=\D)")
_UNIT = re.compile(r"\s*[（(\[]([^（）()\[\]]{1,12})[）)\]]\s*$")
_RATE = re.compile(r"(?:增速|增幅|增长率|涨幅|增长)$")
_KINDS = (
    ("goal", re.compile("(?:预期)?目标(?:值|数)?$|^(?:预期)?目标")),
    ("achievement", re.compile("(?:实际|完成)(?:值|数)?$|^实际")),
)


class Wide(NamedTuple):
    """A column that is an indicator: `2024年GDP增速（%）`.

    Attributes:
        column: its place.
        cells: what its header says for each of its numbers, by the names of `extract.tables.fact_rows.COLUMNS`.
    """

    column: int
    cells: Mapping[str, str]


class Header(NamedTuple):
    """How the columns of a table are to be read.

    Attributes:
        names: of the columns, as they stand there; those beyond the last are nothing.
        wide: its columns that are indicators; none where each row has one number under `value`.
        region, report_year: places of these columns, or None.
        unit: of all its numbers, from a line above it, or None.
    """

    names: tuple[str, ...]
    wide: tuple[Wide, ...]
    region: int | None
    report_year: int | None
    unit: str | None


def is_header(cells: Sequence[object]) -> bool:
    """Whether a row is the header of a table of numbers."""
    names = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    return usable(columns_of(names)) or (_place(cells, REGION) is not None and bool(wide_columns(cells)))


def header_of(cells: Sequence[object], above: Iterable[Sequence[object]]) -> Header:
    """What a header says.

    Args:
        cells: its row.
        above: the rows above it.
    """
    names = tuple("" if is_nothing(cell) else str(cell) for cell in cells)
    columns = columns_of(names)
    return Header(
        names=names,
        wide=() if usable(columns) else wide_columns(cells),
        region=_place(cells, REGION),
        report_year=_place(cells, REPORT_YEAR),
        unit=None if "unit" in columns else _unit_above(above),
    )


def wide_columns(cells: Sequence[object]) -> tuple[Wide, ...]:
    """The columns of a header that are indicators of the built-in catalogue."""
    return tuple(
        Wide(n, said) for n, cell in enumerate(cells) if isinstance(cell, str) and (said := _indicator(cell))
    )


@lru_cache(maxsize=1024)
def _indicator(header: str) -> Mapping[str, str]:
    """What a header says of the numbers below it; nothing where it is no indicator."""
    name = unicodedata.normalize("NFKC", header).strip()
    said: dict[str, str] = {}
    unit = _UNIT.search(name)
    if unit:
        said["unit"], name = unit[1], name[: unit.start()]
    year = _YEAR.match(name)
    if year:
        said["period"], name = year[1], name[year.end() :]
    for record_type, words in _KINDS:
        bare = words.sub("", name).strip(" _-")
        if bare and bare != name:
            said["record_type"], name = record_type, bare
            break
    if "unit" not in said and _RATE.search(name):
        said["unit"] = "%"
    if not built_in_matcher().names(name):
        return {}
    return {**said, "indicator": name}


def _place(cells: Sequence[object], names: Sequence[str]) -> int | None:
    for n, cell in enumerate(cells):
        if isinstance(cell, str) and "".join(cell.split()).casefold() in names:
            return n
    return None


def _unit_above(rows: Iterable[Sequence[object]]) -> str | None:
    """The one unit that a line above the header names (单位：亿元)."""
    for row in rows:
        for cell in row:
            found = _UNIT_LINE.search(cell) if isinstance(cell, str) else None
            if found and not _SEVERAL.search(found[1]):
                return found[1]
    return None
