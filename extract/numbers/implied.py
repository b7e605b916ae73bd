"""Units that the text says without printing them behind the number.

1310万、1205万人次: a list prints its unit once. 惠及22万老年人, 用户达到199万: people are counted without a measure
word. Only numbers with a scale (万, 亿) are read so, and what 分别 deals out (分别达到24和31平方米); 22老年人 is not
how reports write.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extract.numbers.patterns import BLANK
from extract.numbers.reading import Reading

Found = tuple[int, int, Reading, str | None, str]
"""Start, end, reading, direction, modifier: as `extract.numbers.finder.scan` gives them."""

_SCALES = frozenset("万亿")
_DEALT_OUT = "分别"
_LIST_GAPS = frozenset(("、", "和", "与", "及", "以及"))
_PEOPLE_AFTER = re.compile(
    BLANK
    + r"[\u4e00-\u9fff]{0,4}?(?:人口|群众|居民|村民|农民|职工|学生|老年人|老人|儿童|妇女|劳动力|劳动者|从业人员|参保人员|移民)"
)
_PEOPLE_BEFORE = re.compile(
    r"(?:用户|人数|人口|注册人员|参保人员|志愿者|会员)(?:总?数|规模|总量)?(?:分别)?(?:均|共|已)?(?:达到?|为|有|超过?|突破|增至|增加到)?[约近]?$"
)
_REACH = 16


def with_implied_units(text: str, found: Iterator[Found]) -> Iterator[Found]:
    """Give the unit to the numbers of `text` whose unit stands elsewhere.

    Args:
        text: the text, folded.
        found: its numbers in reading order.
    """
    waiting: list[Found] = []
    for one in found:
        if waiting and not _listed(text, waiting[-1], one):
            yield from _settled(text, waiting, None)
            waiting = []
        if one[2].unit is None and one[2].kind == "number" and _may_lack_its_unit(text, one):
            waiting.append(one)
            continue
        if waiting:
            yield from _settled(text, waiting, one[2])
            waiting = []
        yield one
    yield from _settled(text, waiting, None)


def _may_lack_its_unit(text: str, one: Found) -> bool:
    """Whether its unit may stand behind a later number: one with a scale, or the first that 分别 deals out."""
    return text[one[1] - 1] in _SCALES or _DEALT_OUT in text[max(0, one[0] - _REACH) : one[0]]


def _listed(text: str, one: Found, other: Found) -> bool:
    return text[one[1] : other[0]].strip() in _LIST_GAPS


def _settled(text: str, waiting: list[Found], last: Reading | None) -> Iterator[Found]:
    """The numbers of a list whose last member, if it has a unit, prints it for all."""
    if last is not None and last.unit is not None and last.kind in ("quantity", "money"):
        for start, end, found, direction, modifier in waiting:
            yield start, end, _in_unit(found, last.unit, last.kind), direction, modifier
        return
    people = (
        bool(waiting)
        and text[waiting[-1][1] - 1] in _SCALES
        and (
            _PEOPLE_AFTER.match(text, waiting[-1][1]) is not None
            or _PEOPLE_BEFORE.search(text, max(0, waiting[0][0] - _REACH), waiting[0][0]) is not None
        )
    )
    for start, end, found, direction, modifier in waiting:
        yield start, end, _in_unit(found, "人", "quantity") if people else found, direction, modifier


@lru_cache(maxsize=1 << 10)
def _in_unit(found: Reading, unit: str, kind: str) -> Reading:
    return replace(found, unit=unit, kind=kind)
