"""Repeats and contradictions within a report."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.checks.comparison import unit_key
from extract.checks.context import Context, Finding, ReadFigure
from extract.checks.issues import issue
from extract.checks.precision import resolution, same_but_for_rounding
from extract.checks.similarity import exact_name
from extract.indicators.matching import built_in_matcher
from schemas import Issue

PARTS = re.compile("其中|分别|各|每|平均|年均|累计|左右|比重|上年同期")
"""Words that make a number one of a part, or of each of many."""

GENERIC = re.compile(
    "(?:项目|企业|工程|平台|机构|活动|任务|资金|投资|面积|人|户|家|个|件|场|次|金额|总投资|产业|基地|中心|工作|事项|问题|贷款|安排|投入|支持|补助|拨付|筹集|下达)$"
)
"""Names that may speak of another thing each time they occur, unless more words say which."""

_SHORTEST = 3
_SHORTEST_UNKNOWN = 5
"""A shorter name that no catalogue knows (货运量, 增加值) is of whatever the sentence before it spoke of."""
_SHORTEST_GENERIC = 8

ELSEWHERE = re.compile(r"[\u4e00-\u9fff]{2}(?:省|市|区|县|州|镇|乡|旗|街道|新区|开发区|高新区|园区|港)")

MOST_VALUES = 8
"""Of one indicator so many different values are held against each other; more would tell nothing new."""


class Statement(NamedTuple):
    """What two figures must share to be about one thing."""

    indicator: str
    period: str
    kind: str
    direction: str | None
    unit: str | None
    planned: bool


def conflicts_in_report(context: Context) -> Iterator[Finding]:
    """`conflict_in_report` where one indicator has two values for one period; `repeated`, a note, where
    it has one value twice.

    Values that can be one number rounded differently (5370.3亿元, 5370亿元) are no conflict, nor are numbers
    with a hedge, of a part, of another place, or of a name that is too general to be one thing.
    """
    stated: dict[Statement, list[ReadFigure]] = {}
    for read in context.figures:
        key = statement(read)
        if key is not None:
            stated.setdefault(key, []).append(read)
    for reads in stated.values():
        if len(reads) > 1:
            yield from _compared(reads)


def _compared(reads: Sequence[ReadFigure]) -> Iterator[Finding]:
    """Hold each figure against the first one of every other value; linear in the number of figures."""
    values: list[ReadFigure] = []
    for read in reads:
        if len(values) < MOST_VALUES and not any(agree(read, first) for first in values):
            values.append(read)
    told: set[int] = set()
    for read in reads:
        others = [first for first in values if first.place.sentence is not read.place.sentence]
        rival = next((first for first in others if not agree(read, first)), None)
        same = next((first for first in others if first is not read and agree(read, first)), None)
        if rival is not None:
            yield Finding(read.n, _conflict(read, rival))
        elif same is not None and read.n not in told:
            yield Finding(read.n, _repeated(read, same))
            told.add(read.n)


def statement(read: ReadFigure) -> Statement | None:
    """What a figure is about, or None where that is not certain enough to compare."""
    figure, claim = read.figure, read.place.claim
    name = exact_name(read.record.indicator)
    if figure.period is None or figure.modifier != "exact" or figure.upper is not None:
        return None
    if not nameable(name):
        return None
    if claim is None or claim.confidence == "unsure" or _of_a_part(read):
        return None
    planned = read.record.type == "goal" or read.record.status in ("planned", "under_way")
    return Statement(name, figure.period, figure.kind, figure.direction, unit_key(figure.unit), planned)


def nameable(indicator: str) -> bool:
    """Whether a name is particular enough to be one thing wherever it occurs."""
    name = exact_name(indicator)
    if len(name) < _SHORTEST or (GENERIC.search(name) and len(name) < _SHORTEST_GENERIC):
        return False
    return len(name) >= _SHORTEST_UNKNOWN or bool(built_in_matcher().names(name))


def agree(one: ReadFigure, other: ReadFigure) -> bool:
    """Whether two figures can be one number, rounded differently."""
    coarser = max(resolution(read.place.mention.text, read.figure.value) for read in (one, other))
    return same_but_for_rounding(one.figure.value, other.figure.value, coarser)


def _of_a_part(read: ReadFigure) -> bool:
    """Whether the clause makes the number one of a part, of each of many, or of another place."""
    place = read.place
    clause = place.clause_before()
    region = place.report.meta.region or ""
    elsewhere = any(name.group() not in region for name in ELSEWHERE.finditer(clause))
    return PARTS.search(clause) is not None or elsewhere


def _conflict(one: ReadFigure, other: ReadFigure) -> Issue:
    name, period = one.record.indicator, one.figure.period
    here, there = one.place, other.place
    return issue(
        "conflict_in_report",
        f"“{name}”（{period}）此处为“{here.text}”，同一报告另一处为“{there.text}”。",
        f"{name} ({period}) is {here.text} here and {there.text} elsewhere in the same report.",
        [(here.start, here.end), (there.start, there.end)],
    )


def _repeated(one: ReadFigure, other: ReadFigure) -> Issue:
    here, there = one.place, other.place
    return issue(
        "repeated",
        f"“{one.record.indicator}”（{one.figure.period}）在前文已为“{there.text}”，两处一致。",
        f"{one.record.indicator} ({one.figure.period}) was given before as {there.text}; the two agree.",
        [(here.start, here.end), (there.start, there.end)],
    )
