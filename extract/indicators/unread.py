"""Indicators that a sentence of targets or of results names, and of which nothing was read there.

A table that says "not in the report" of them would be wrong. Mentions in passing do not count: the name has to open
its clause (or its place in a list), and what follows it has to speak of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from extract.indicators.catalogue import Catalogue, Indicator
from extract.indicators.distances import RATE_UNITS, compared
from extract.indicators.matching import Matcher, Number, fitting
from extract.indicators.numberless import headlines, without_blanks

_SHORTEST = 3
"""A name of fewer Chinese characters (经济, 出口, 消费) stands in too many sentences that are not about it."""
_LATIN = re.compile(r"[a-z]")
_MARKS = "，。；：！？、,;:!?"
_THOUGHT_ENDS = "。；！？;!?"
_JOINTS = ("和", "与", "及", "以及")
_FOLDED = str.maketrans({"（": "(", "）": ")", "₂": "2", "₅": "5", "．": ".", "＆": "&"})
"""Character for character, so that places stay what they are."""
# What may open a clause in front of the name, beside what the catalogue drops there.
_OPENING = re.compile(
    r"(?:[把将对使让]|确定|提出|设定|安排|建议|初步|考虑|综合|我们|今年|明年|本年|来年|全年|20\d\d年|其中|同时|"
    r"(?:经济)?(?:和|与)?(?:社会)?(?:发展)?的?(?:主要|总体|工作)?(?:预期)?目标(?:任务)?(?:建议|安排|拟定?)?[为是]?|"
    r"[一二三四五六七八九十]{1,2}是|(?:\d{1,2}[.．]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳]|[•●·◆■—-]+))"
)
# What may follow a name that is spoken of; a noun makes it another thing: 固定资产投资项目, 粮食产量大省.
_SPOKEN_OF = re.compile(
    r"(?:的?(?:年均|年度|全年|实际|名义|同比|预期|总体|平均|合计)*(?:增长|增速|增幅|涨幅|目标|预期|计划|总量|水平|比例|速度|降幅|控制|"
    r"浓度|比重|强度)*(?:目标|预期|安排|计划)*)"
    r"(?:$|[\d，。；、：（(“,;:]|按|以|定|拟|设|安排|增|降|减|升|涨|跌|上升|上涨|下降|提高|达|超|突破|保持|稳|控制|不|高于|快于|优于|低于|"
    r"与|和|同(?!步)|跟|力争|争取|确保|努力|完成|实现|在|为|是|要|应|将|可|有|约|近|均|都|分别|继续|持续|进一步|左右|略|基本|总体|维持|处于|回升|回落|迈|跨|居|位)"
)
# A list of names that are praised together: 能耗、水耗、碳排放等多项指标居全国前列.
_AMONG_OTHERS = re.compile(r"[^，。；：！？,;:!?]{0,60}?等[^，。；：！？,;:!?]{0,8}指标")
# A thought that looks further than the year: 到2030年, “十五五”时期, 今后五年, 年均.
_SPAN = re.compile(
    r"[一二三四]?十[一二三四五六七八九]?五”?(?:时期|期间|规划|末)|(?:今后|未来)|[两三四五]年(?![来间])|年均(?!浓度)|远景"
)
_MONEY = frozenset({"元", "美元"})
_OTHER_TYPE = {"target": "achievement", "actual": "goal"}
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_RATE, _AMOUNT = re.compile("%|％|增长|增速|增幅|百分"), re.compile(r"[亿万]?(?:元|美元)")


class Dated(Number, Protocol):
    """A number with its year; figures of records are such."""

    @property
    def period(self) -> str | None:
        """Its year or years."""


class Recorded(Protocol):
    """A record, as far as it says what was read."""

    @property
    def type(self) -> str:
        """`achievement`, `goal`, or another."""

    @property
    def period(self) -> str | None:
        """Of what it says."""

    @property
    def indicator(self) -> str:
        """In the report's words."""

    @property
    def figures(self) -> Sequence[Dated]:
        """Its numbers; none for what was said without a number."""


class Unread(NamedTuple):
    """An indicator that a sentence names and of which nothing was read there.

    Attributes:
        indicators: what the name stands for, the likelier first.
        words: the name as the sentence has it.
        start, end: span of the clause in the sentence.
    """

    indicators: tuple[Indicator, ...]
    words: str
    start: int
    end: int


def unread_in(
    sentence: str,
    records: Iterable[Recorded],
    matcher: Matcher,
    *,
    region: str | None,
    year: int,
    claim_type: str,
) -> Iterator[Unread]:
    """The indicators that a sentence names for a year without anything having been read of them.

    Args:
        sentence: one in which a report gives its targets or results, as decoded or clean.
        records: what was read in it.
        matcher: knows the catalogue.
        region: the report's region.
        year: of the targets or results.
        claim_type: `target` or `actual`: which of them the sentence gives.
    """
    bare, place = without_blanks(sentence)
    named = list(_named(bare.casefold().translate(_FOLDED), matcher.catalogue, year))
    if not named:
        return
    other = _OTHER_TYPE[claim_type]
    read = read_of((one for one in records if not _taken_for(one, other, str(year))), matcher, region)
    for first, last, start, end in named:
        names = [
            name.indicator for name in matcher.catalogue.names[bare[first:last].casefold().translate(_FOLDED)]
        ]
        if read.isdisjoint((*(one.id for one in names), *(part for one in names for part in one.parts))):
            about = _likeliest(names, bare[last:end])
            yield Unread(about, bare[first:last], place(start), place(end - 1) + 1)


def read_of(records: Iterable[Recorded], matcher: Matcher, region: str | None) -> set[str]:
    """Ids of the indicators of which records say something: a number, a rank, a distance, or words."""
    read: set[str] = set()
    for record in records:
        names = matcher.names(record.indicator, region)
        if not record.figures:
            read.update(name.indicator.id for name, _, _ in names)
        for figure in record.figures:
            if figure.kind == "rank" or figure.unit in _MONEY:  # growth that stands elsewhere, or nowhere
                read.update(name.indicator.id for name, _, _ in names)
            elif figure.kind == "change" and figure.unit in RATE_UNITS:
                away = matcher.names(compared(record.indicator), region)
                read.update(name.indicator.id for name, _, _ in away)
            read.update(match.indicator.id for match in fitting(names, record.indicator, figure))
    return read


def _taken_for(record: Recorded, record_type: str, year: str) -> bool:
    """Whether what a record says of a year was taken for another type: a target for a result."""
    periods = {figure.period for figure in record.figures} or {record.period}
    return record.type == record_type and year in periods


def _likeliest(names: Sequence[Indicator], said: str) -> tuple[Indicator, ...]:
    """Of a level and its growth under one name the one that the words behind it speak of."""
    if _AMOUNT.search(said) and not _RATE.search(said):
        levels = tuple(one for one in names if one.measure == "level")
        if levels:
            return levels
    return headlines(list(names))


def _named(text: str, catalogue: Catalogue, year: int) -> Iterator[tuple[int, int, int, int]]:
    """Spans of the names that a text speaks of, each with the span of its clause."""
    known = catalogue.names
    behind = 0
    for first, last in _tokens(text, catalogue):
        clause = max(text.rfind(mark, 0, first) for mark in _MARKS) + 1
        listed = behind > clause and text[behind:first].endswith(_JOINTS)
        before, behind = text[clause:first], last
        name = text[first:last]
        if name not in known or (len(name) < _SHORTEST and not _LATIN.search(name)):
            continue
        if not listed and not _opens(before, catalogue):
            continue
        if not _SPOKEN_OF.match(text, last) or _AMONG_OTHERS.match(text, last):
            continue
        if _looks_further(text, first, year):
            continue
        ends = [at for at in (text.find(mark, last) for mark in _MARKS) if at >= 0]
        yield first, last, clause, min(ends, default=len(text))


def _tokens(text: str, catalogue: Catalogue) -> Iterator[tuple[int, int]]:
    """Every name in a text, and every name of another thing that holds one, the longest first."""
    index = _index(catalogue)
    at = 0
    while at < len(text):
        for name in index.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                yield at, at + len(name)
                at += len(name)
                break
        else:
            at += 1


@lru_cache(maxsize=4)
def _index(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Names and names of other things by their first two characters, the longest first."""
    found: dict[str, set[str]] = {}
    for name in (*catalogue.names, *catalogue.confused):
        found.setdefault(name[:2], set()).add(name)
    return {first: tuple(sorted(names, key=lambda one: (-len(one), one))) for first, names in found.items()}


def _opens(before: str, catalogue: Catalogue) -> bool:
    """Whether nothing but words of announcing stands between the start of a clause and a name."""
    while before:
        opening = _OPENING.match(before)
        size = opening.end() if opening else 0
        size = (
            max((len(word) for word in catalogue.drop_before if before.startswith(word)), default=0) or size
        )
        if not size:
            return False
        before = before[size:]
    return True


def _looks_further(text: str, at: int, year: int) -> bool:
    """Whether the thought around a place is of several years, or of another one."""
    first = max(text.rfind(mark, 0, at) for mark in _THOUGHT_ENDS) + 1
    ends = [end for end in (text.find(mark, at) for mark in _THOUGHT_ENDS) if end >= 0]
    thought = text[first : min(ends, default=len(text))]
    if _SPAN.search(thought):
        return True
    years = _YEAR.findall(thought)
    return bool(years) and str(year) not in years
