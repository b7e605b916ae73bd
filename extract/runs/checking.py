"""Somebody's table held against one source, or against the reports of a folder of results.

rows → reports of their region and year → one audit a report → for each row the verdict that fits best
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from extract.checks import ABSENT, audit
from extract.checks.audit import Verdict, found_row
from extract.checks.comparison import period_key
from extract.checks.places import Place
from extract.checks.reasons import Lang, in_words, reasons_of
from extract.documents.model import Report
from extract.language.regions import named
from extract.pipeline import bear_witness
from extract.tables.checked_sheet import WORDS, Note
from extract.tables.facts_files import GivenRow

NO_REPORT, NO_TEXT, AMBIGUOUS = "no_report", "no_text", "region_ambiguous"
_WORST_FIRST = ("flagged", NO_REPORT, "verified")

Reports = Sequence[Report]


class Edition(NamedTuple):
    """A report of a folder of results, as far as it is needed to tell whether a row is about it."""

    id: str
    region: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What the reports say to one row of a table.

    Attributes:
        given: the row.
        verdict: against its report; None where there is no report to hold it against.
        why: the reason in that case.
        report_id: of the report.
    """

    given: GivenRow
    verdict: Verdict | None
    why: str = ""
    report_id: str | None = None

    @property
    def word(self) -> str:
        """`verified`, `flagged`, or `no_report`."""
        if self.verdict is None:
            return NO_REPORT
        return "flagged" if self.verdict.differences else "verified"

    @property
    def found(self) -> str:
        """The number in the report, or an empty string: the one of its indicator where that is known."""
        if self.verdict is None:
            return ""
        place = self.verdict.says or self.verdict.place
        return place.text if place else ""

    def reasons(self, lang: Lang) -> str:
        """Why it is not verified, in words."""
        if self.verdict is None:
            return in_words([self.why], (), None, lang)
        return reasons_of(self.verdict, lang)

    def row(self) -> dict[str, object]:
        """As the Verdict contract has it, with the number of the row."""
        if self.verdict is None:
            row: dict[str, object] = {
                "fact": self.given.fact.n,
                "verdict": NO_REPORT,
                "reasons": [self.why],
                "found": {},
            }
        else:
            row = self.verdict.row()
        row = {"fact": row.pop("fact"), "row": self.given.row, **row}
        if self.given.column is not None:
            row["column"] = self.given.column
        return row | ({"report_id": self.report_id} if self.report_id else {})


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """The verdicts on a table, in the order of its facts.

    Attributes:
        verdicts: one a fact.
        unclaimed: numbers of the reports that no row claims.
    """

    verdicts: tuple[RowVerdict, ...]
    unclaimed: tuple[Place, ...]

    def count(self, word: str) -> int:
        """How many verdicts there are of a kind."""
        return sum(one.word == word for one in self.verdicts)

    def rows(self, *, unclaimed: bool) -> Iterator[dict[str, object]]:
        """The rows of the Verdict contract; the numbers that no row claims where they are wanted."""
        for one in self.verdicts:
            yield one.row()
        if unclaimed:
            for place in self.unclaimed:
                yield {"unclaimed": True, **found_row(place)}


def check_source(reports: Reports, given: Sequence[GivenRow]) -> CheckedTable:
    """Hold a table against the reports of one source."""
    audited = audit([(one, bear_witness(one)) for one in reports], [one.fact for one in given])
    return CheckedTable(
        tuple(RowVerdict(one, verdict) for one, verdict in zip(given, audited.verdicts, strict=True)),
        audited.unclaimed,
    )


def check_folder(
    editions: Iterable[Edition], read: Callable[[str], Reports], given: Sequence[GivenRow]
) -> CheckedTable:
    """Hold a table of many regions and years against the reports of a folder.

    Args:
        editions: the reports that there are.
        read: gives a report by its id; nothing where its text is gone.
        given: the rows; their year is that of the number or, where they have a column for it, of the report.
    """
    there = list(editions)
    asked: dict[str, list[int]] = {}
    why: dict[int, str] = {}
    for n, row in enumerate(given):
        ids, reason = _reports_of(row, there)
        why[n] = reason
        for report_id in ids:
            asked.setdefault(report_id, []).append(n)
    best: dict[int, RowVerdict] = {}
    unclaimed: list[Place] = []
    for report_id, numbers in asked.items():
        reports = read(report_id)
        if not reports:
            for n in numbers:
                why[n] = NO_TEXT
            continue
        facts = [replace(given[n].fact, n=at) for at, n in enumerate(numbers)]
        audited = audit([(one, bear_witness(one)) for one in reports], facts)
        unclaimed += audited.unclaimed
        for n, verdict in zip(numbers, audited.verdicts, strict=True):
            found = RowVerdict(given[n], replace(verdict, fact=given[n].fact.n), report_id=report_id)
            if n not in best or _rank(found) < _rank(best[n]):
                best[n] = found
    return CheckedTable(
        tuple(best.get(n) or RowVerdict(row, None, why[n]) for n, row in enumerate(given)), tuple(unclaimed)
    )


def notes_of(checked: CheckedTable, lang: Lang) -> Iterator[tuple[int, Note]]:
    """What is to stand beside each row of the table; a row with several numbers has it of one after the other."""
    several_reports = any(one.report_id or one.verdict is None for one in checked.verdicts)
    for number, group in groupby(checked.verdicts, key=lambda one: one.given.row):
        own = list(group)
        word = next(word for word in _WORST_FIRST if any(one.word == word for one in own))
        cells = [
            WORDS[lang][word],
            _told((one.given.column, one.reasons(lang)) for one in own),
            _told((one.given.column, one.found) for one in own),
        ]
        if several_reports:
            cells.append(_told((None, one.report_id or "") for one in own))
        yield number, Note(word, tuple(cells))


def _told(parts: Iterable[tuple[str | None, str]]) -> str:
    """Texts in one cell, each with its column where each indicator has one."""
    texts = (f"{column}：{text}" if column else text for column, text in parts if text)
    return "；".join(dict.fromkeys(texts))


def _reports_of(row: GivenRow, there: Sequence[Edition]) -> tuple[list[str], str]:
    """The reports that a row can be about, and why there is none.

    A year has its targets in the report of that year and its results in the next one.
    """
    regions = {one.region for one in there if one.region}
    names = named(row.region, regions) if row.region else tuple(regions)
    if len(names) > 1:
        return [], AMBIGUOUS
    years = _years(row)
    return [
        one.id
        for year in years or (None,)
        for one in there
        if one.region in names and (year is None or one.year == year)
    ], NO_REPORT


def _years(row: GivenRow) -> tuple[int, ...]:
    """The years of the reports that may state a row, the likelier first; none where nothing says so."""
    of_report = period_key(row.report_year)
    if of_report and of_report.isdigit():
        return (int(of_report),)
    period = period_key(None if row.fact.period is ABSENT else row.fact.period)
    if period is None:
        return ()
    last = int(period.rpartition("-")[2])
    match row.fact.record_type:
        case "achievement":
            return (last + 1,)
        case "goal":
            return (int(period.partition("-")[0]),)
        case _:
            return last + 1, int(period.partition("-")[0])


def _rank(one: RowVerdict) -> tuple[bool, bool, bool, int]:
    """The better a report bears out a row, the lower; of equals the first counts."""
    verdict = one.verdict
    assert verdict is not None, "only rows that were held against a report are ranked"
    nowhere = "number_not_in_quote" in verdict.reasons or "indicator_not_in_context" in verdict.reasons
    return (
        bool(verdict.differences),
        nowhere and verdict.says is None,
        verdict.place is None,
        len(verdict.reasons),
    )
