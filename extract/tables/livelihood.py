"""Livelihood projects (民生实事) as a table: from a report's list where it has one, else from anywhere in it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby

from extract.language.regions import unit_of
from extract.results.lean import LeanFigure, LeanRecord, LeanResult, LeanSection
from extract.tables import clauses
from extract.tables.livelihood_words import beneficiaries_in, category_of, deadline_in, place_in
from extract.tables.project_rows import LivelihoodRow
from schemas.record import State

LIVELIHOOD = "livelihood_project"
_LIST_ROLE = "livelihood"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_ITEM = re.compile(
    r"(?:^|[：；。:;，,])\s*(?:(?P<count>[一二三四五六七八九十]{1,3})是|第(?P<nth>[一二三四五六七八九十]{1,3})[，,]|"
    r"[（(](?P<bracket>[一二三四五六七八九十\d]{1,3})[）)]|(?P<digit>\d{1,2})[.．、](?!\d))"
)
_ANNOUNCED = "实事"
_BENEFIT = re.compile(r"(?:直接)?(?:惠及|受益|造福)")
"""Who benefits is told of the project, and is none."""
_WHOLE_LIST = re.compile(r"实事(?:项目|候选项目)?$")


def livelihood_rows(results: Iterable[LeanResult]) -> Iterator[LivelihoodRow]:
    """One row for each quantity of each project, in the order of the text; an item of a list without any quantity
    has one row, too. What copies of a report say alike stands once.

    Args:
        results: copies, the reports of one region and year, one after the other.
    """
    for of_one, group in groupby(
        results, key=lambda result: (result.report.region, result.report.report_year)
    ):
        reports = (
            sorted(_rows(result), key=lambda row: (row.start, row.end, row.project)) for result in group
        )
        yield from chain.from_iterable(reports) if None in of_one else _together(reports)


def _together(reports: Iterable[Iterable[LivelihoodRow]]) -> Iterator[LivelihoodRow]:
    """The rows of reports of one region and year; a row of a later one that says the same is a name in `also_in`."""
    first: dict[tuple[object, ...], LivelihoodRow] = {}
    also_in: dict[tuple[object, ...], list[str]] = {}
    for rows in reports:
        times: Counter[tuple[object, ...]] = Counter()
        for row in rows:
            said = _said(row)
            times[said] += 1  # a report that says a thing twice has two rows of it
            key = (*said, times[said])
            if key in first:
                also_in.setdefault(key, []).append(row.report_id)
            else:
                first[key] = row
    for key, row in first.items():
        yield replace(row, also_in=tuple(also_in[key])) if key in also_in else row


def _said(row: LivelihoodRow) -> tuple[object, ...]:
    """What makes two rows say the same, whatever their place in the text."""
    return (
        row.period,
        row.listed,
        row.item,
        row.project,
        row.quantity,
        row.upper,
        row.unit,
        row.modifier,
        row.status,
    )


def _rows(result: LeanResult) -> Iterator[LivelihoodRow]:
    listing = _Listing(result)
    spoken: set[int] = set()
    for record in result.records:
        if record.state is State.REJECTED or _BENEFIT.match(record.indicator):
            continue
        place = record.figures[0].start if record.figures else record.evidence.start
        item = listing.at(place, record)
        in_list = item.listed and (item.by_section or item.number is not None)
        if record.type != LIVELIHOOD and not (in_list and record.figures):
            continue
        if item.section is not None:
            spoken.add(item.section)
        for figure in _stated(record, result.report.report_year):
            yield _row(result, record, figure, item)
    for index, item in listing.items.items():
        if index not in spoken:
            yield _silent_row(result, listing.sections[index], item)


def _stated(record: LeanRecord, report_year: int | None) -> tuple[LeanFigure | None, ...]:
    """The figures that say how much: no ranks and, of a plan, no baselines."""
    planned = record.status == "planned" or record.type == "goal"
    kept = [
        figure
        for figure in record.figures
        if figure.kind != "rank" and not (planned and _before(figure.period, report_year))
    ]
    return tuple(kept) if record.figures else (None,)


def _before(period: str | None, year: int | None) -> bool:
    last = (period or "").rpartition("-")[2]
    return year is not None and last.isdigit() and int(last) < year


@dataclass(frozen=True, slots=True)
class _Item:
    """Where in a list a project stands.

    Attributes:
        listed: in a list at all.
        number, title: of the item, as far as they are known.
        by_section: told by the headings, not by the sentence.
        section: index of the item's section.
    """

    listed: bool
    number: int | None = None
    title: str | None = None
    by_section: bool = False
    section: int | None = None


class _Listing:
    """The list of projects of a report, by its headings."""

    def __init__(self, result: LeanResult) -> None:
        self.sections = result.sections
        of_lists = [n for n, one in enumerate(self.sections) if one.role == _LIST_ROLE]
        self._order = sorted(of_lists, key=lambda n: (self.sections[n].start, n))
        self._starts = [self.sections[n].start for n in self._order]
        self.items: Mapping[int, _Item] = self._items()

    def _items(self) -> dict[int, _Item]:
        """The sections that are items: the outermost headings of which a list has several."""
        inside = [
            n for n, one in enumerate(self.sections) if one.role == _LIST_ROLE and one.parent is not None
        ]
        levels = Counter(self.sections[n].level for n in inside)
        several = [level for level, count in sorted(levels.items()) if count > 1]
        if not several:
            return {}
        members = [n for n in inside if self.sections[n].level == several[0]]
        return {
            n: _Item(listed=True, number=number, title=self.sections[n].title, by_section=True, section=n)
            for number, n in enumerate(members, 1)
        }

    def at(self, place: int, record: LeanRecord) -> _Item:
        """The item at a place of the source."""
        inside = [
            n
            for n in self._order[: bisect_right(self._starts, place)]
            if self.sections[n].start <= place < self.sections[n].end
        ]
        for n in reversed(inside):
            if n in self.items:
                return self.items[n]
        return self._in_sentence(place, record, listed=bool(inside))

    def _in_sentence(self, place: int, record: LeanRecord, *, listed: bool) -> _Item:
        quote = record.evidence.quote
        if not listed and _ANNOUNCED not in quote:
            return _Item(listed=False)
        before = [found for found in _ITEM.finditer(quote) if found.start() <= place - record.evidence.start]
        if not before:
            return _Item(listed=listed, by_section=listed)
        numeral = next(group for group in before[-1].groups() if group)
        return _Item(listed=True, number=_number(numeral), by_section=listed)


def _number(numeral: str) -> int | None:
    if numeral.isdigit():
        return int(numeral)
    tens, mark, ones = numeral.partition("十")
    if not mark:
        return _NUMERALS.get(numeral)
    return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + _NUMERALS.get(ones, 0)


def _row(result: LeanResult, record: LeanRecord, figure: LeanFigure | None, item: _Item) -> LivelihoodRow:
    quote, offset = record.evidence.quote, record.evidence.start
    at = figure.start - offset if figure else 0
    end = figure.end - offset if figure else len(quote)
    first, last = clauses.clause_around(quote, at, end)
    clause, sentence = clauses.one_line(quote[first:last]), clauses.one_line(quote)
    report, period = result.report, figure.period if figure else record.period
    return LivelihoodRow(
        region_code=unit_of(report.region).code,
        region=report.region,
        report_year=report.report_year,
        year=_year(period),
        period=period,
        listed=item.listed,
        item=item.number,
        item_title=item.title,
        project=record.indicator,
        category=None if _WHOLE_LIST.search(record.indicator) else _category(record.indicator, clause, item),
        quantity=figure.value if figure else None,
        upper=figure.upper if figure else None,
        unit=figure.unit if figure else None,
        modifier=figure.modifier if figure else None,
        beneficiaries=beneficiaries_in(clause, clauses.one_line(quote[last:])),
        place=place_in(clause),
        deadline=deadline_in(clause) or deadline_in(sentence),
        status=record.status or ("planned" if record.type == "goal" else "completed"),
        also_in=(),
        quote=quote,
        start=figure.start if figure else record.evidence.start,
        end=figure.end if figure else record.evidence.end,
        report_id=report.id,
        record_id=record.id,
        state=record.state.value,
        reviewer=record.reviewer,
        edited=record.edited,
    )


def _category(project: str, clause: str, item: _Item) -> str | None:
    """By the project's own words, else by what stands around it."""
    return category_of(project) or category_of(clause) or category_of(item.title or "")


def _silent_row(result: LeanResult, section: LeanSection, item: _Item) -> LivelihoodRow:
    """An item of the list in which no quantity stands."""
    report = result.report
    planned = _year(section.period) == report.report_year
    return LivelihoodRow(
        region_code=unit_of(report.region).code,
        region=report.region,
        report_year=report.report_year,
        year=_year(section.period),
        period=section.period,
        listed=True,
        item=item.number,
        item_title=section.title,
        project=section.title,
        category=category_of(section.title),
        quantity=None,
        upper=None,
        unit=None,
        modifier=None,
        beneficiaries=beneficiaries_in(section.title),
        place=place_in(section.title),
        deadline=deadline_in(section.title),
        status="planned" if planned else None,
        also_in=(),
        quote=section.title,
        start=section.start,
        end=section.end,
        report_id=report.id,
        record_id=None,
        state=None,
    )


def _year(period: str | None) -> int | None:
    """The year of a period; None for several years."""
    return int(period) if period and period.isdigit() else None


def of_whole_list(row: LivelihoodRow) -> bool:
    """Whether a row counts the projects of the list (十件民生实事) and is none of them."""
    return _WHOLE_LIST.search(row.project) is not None
