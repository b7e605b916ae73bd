"""Holds what somebody says about a number against what stands at its place.

Each comparison is one small function from (stated, place) to a difference or None. They are lenient where
careful readers differ (百分点 or 个百分点, 名 or 人, a livelihood item or a plain goal, the end of a span or
the whole of it), and silent where nothing was said.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.checks.places import Place
from extract.checks.similarity import similarity, stands_in
from extract.checks.stated import ABSENT, Stated
from schemas import record_types
from schemas.record import plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One point where the statement and the text part.

    Attributes:
        code: of the issue.
        stated: what is said, for the reader.
        read: what the text says, or the rules read in it.
    """

    code: str
    stated: str
    read: str


Comparison = Callable[[Stated, Place], Difference | None]


def number_differs(stated: Stated, place: Place) -> Difference | None:
    """`scale_differs` where only the power of ten is another, else `digits_differ`."""
    mention = place.mention
    if mention.value is None:
        return Difference("number_not_in_quote", plain(stated.value), place.text)
    upper = mention.upper if stated.upper is ABSENT else stated.upper
    if same_value(stated.value, mention.value) and same_value(upper, mention.upper):
        return None
    said = plain(stated.value) if upper is None else f"{plain(stated.value)}~{plain(upper)}"
    code = "scale_differs" if same_digits(stated.value, mention.value) else "digits_differ"
    return Difference(code, said, place.text)


def unit_differs(stated: Stated, place: Place) -> Difference | None:
    """Another unit; a rank needs none, and a counting word may be supplied where the text has none."""
    mention = place.mention
    if stated.unit is ABSENT or (stated.unit is None and mention.kind == "ordinal"):
        return None
    said, read = unit_key(stated.unit), unit_key(mention.unit)
    if said == read or (read is None and said not in MEASURES):
        return None
    return Difference("unit_differs", stated.unit or "", mention.unit or "")


def direction_differs(stated: Stated, place: Place) -> Difference | None:
    """The opposite direction; one for a level, share or rank of which no word around speaks; or none for what is
    called a change.
    """
    said, read = stated.direction, place.direction or direction_around(place)
    if said is ABSENT or said == read:
        return None
    if said is not None and read is None and stated.kind in STANDING:
        return None if _moves(said, place) else Difference("direction_differs", said, "")
    one_sided = said is None or read is None
    if one_sided and not (said is None and stated.kind == "change" and place.mention.direction is not None):
        return None
    return Difference("direction_differs", said or "", read or "")


def modifier_differs(stated: Stated, place: Place) -> Difference | None:
    """Another modifier."""
    said = "exact" if stated.modifier is None else stated.modifier
    if said is ABSENT or said == place.modifier:
        return None
    return Difference("modifier_differs", said, place.modifier)


def period_differs(stated: Stated, place: Place) -> Difference | None:
    """Another year or span than the rules read; the end of a span stands for the span.

    A span in place of a year, or one that begins otherwise, needs its first year in the sentence.
    """
    claim = place.claim
    if stated.period is ABSENT or claim is None or claim.period is None:
        return None
    said = period_key(stated.period)
    if said is None or said == claim.period:
        return None
    first, last = said[:4], said[-4:]
    if last == claim.period[-4:] and (first == last or _begins_there(first, last, place)):
        return None
    return Difference("period_differs", stated.period or "无", claim.period)


def _begins_there(first: str, last: str, place: Place) -> bool:
    """Whether a span may begin so early: its first year, or the one before, is named; or a plan's, where the sentence
    or its heading speaks of several years.
    """
    period = (place.claim.period or "") if place.claim else ""
    words = "".join((*place.context[1:], period))
    if first > last or str(int(first) - 1) in words or first in words:
        return first <= last
    several = len(period) > len(last) or _SEVERAL_YEARS.search(words) is not None
    return several and int(last) - int(first) <= PLAN_YEARS


def period_denied(stated: Stated, place: Place) -> Difference | None:
    """No period at all, said outright, where the rules read one. What leaves it out has that of the section."""
    claim = place.claim
    if stated.period is not None or claim is None or claim.period is None:
        return None
    return Difference("period_differs", "", claim.period)


def type_differs(stated: Stated, place: Place) -> Difference | None:
    """Done instead of planned, or the reverse; or a type of counted things for what is not counted.

    Whether a counted thing serves livelihood is a matter of judgement.
    """
    claim, said = place.claim, stated.record_type
    if claim is not None and said and said is not ABSENT and said not in {claim.record_type, *claim.also}:
        kind = record_types().get(said)
        if kind is not None and kind.counted_in and _uncounted(place, kind.counted_in):
            return Difference("type_differs", said, claim.record_type)
    if claim is None or said not in TIMES or said in {claim.record_type, *claim.also}:
        return None
    if claim.record_type == "livelihood_project" and not TIMES.keys() & set(claim.also):
        done = claim.status == "completed"
        if claim.status is None or (said == "achievement") == done:
            return None
    return Difference("type_differs", said, claim.record_type)


def kind_differs(stated: Stated, place: Place) -> Difference | None:
    """A change taken for a level, a rank for a count; where level ends and share begins readers differ."""
    claim, said = place.claim, stated.kind
    if claim is None or said not in KINDS:
        return None
    if KINDS[said] == KINDS.get(claim.kind) and not (said == "share" != claim.kind and is_counted(place)):
        return None
    return Difference("kind_differs", said, claim.kind)


def indicator_not_in_context(stated: Stated, place: Place) -> Difference | None:
    """An indicator of which plainly nothing stands around the number."""
    said = stated.indicator
    if said is ABSENT or not said or not place.context:
        return None
    if place.claim is not None and similarity(said, place.claim.indicator) >= 0.5:
        return None
    if stands_in(said, place.context) >= 0.5:
        return None
    return Difference("indicator_not_in_context", said, place.claim.indicator if place.claim else "")


NUMBER_COMPARISONS: tuple[Comparison, ...] = (
    number_differs,
    unit_differs,
    direction_differs,
    modifier_differs,
)
"""What the number itself says."""

MEANING_COMPARISONS: tuple[Comparison, ...] = (
    kind_differs,
    period_differs,
    type_differs,
    indicator_not_in_context,
)
"""What the rules read around it."""

KINDS = {"level": "state", "share": "state", "change": "change", "rank": "rank"}
"""The kinds, as far as careful readers agree on them."""


def is_counted(place: Place) -> bool:
    """Money, or things in a unit: what no share is."""
    unit = unit_key(place.mention.unit)
    return place.mention.kind in ("money", "quantity") and unit is not None and unit not in RATIOS


def _uncounted(place: Place, units: frozenset[str]) -> bool:
    """Whether a number counts no things: money, a percent, a rank, or a measure that the type does not go by."""
    unit = unit_key(place.mention.unit)
    measured = unit is not None and (unit in MEASURES or "/" in unit) and unit not in units
    return place.mention.kind not in COUNTED or measured


PLAN_YEARS = 5
"""From the base year of a five-year plan to its end. A longer span must be named."""

_SEVERAL_YEARS = re.compile(
    r"(?:[两三四五六七八九十几多]|(?<!\d)[2-9])年(?![度初末底间])|年均|累计|以来|连续|时期|[一二三四五]五|任期|届"
)

RATIOS = frozenset({"%", "‰", "个百分点", "倍", "成"})
"""Units of rates and shares."""

COUNTED = frozenset({"number", "quantity"})
"""Kinds of mentions that count things: no money, no percent, no rank."""

TIMES = {"achievement": "done", "goal": "planned"}
"""The record types that say when."""


def differences(stated: Stated, place: Place, comparisons: tuple[Comparison, ...]) -> Iterator[Difference]:
    """Each difference that these comparisons find."""
    for compare in comparisons:
        difference = compare(stated, place)
        if difference is not None:
            yield difference


def same_value(one: Decimal | None, other: Decimal | None) -> bool:
    """Equal, but for the noise that a spreadsheet's binary numbers leave in the 13th digit."""
    if one is None or other is None:
        return one is other
    return one == other or abs(one - other) <= abs(other) * Decimal("1e-13")


def same_digits(one: Decimal, other: Decimal) -> bool:
    """Different numbers with the same significant digits: only the power of ten is another."""
    return one != other and significant(one) == significant(other)


def significant(value: Decimal) -> str:
    """The significant digits, without sign, point and outer zeros."""
    return "".join(str(digit) for digit in value.as_tuple().digits).strip("0")


UNIT_SPELLINGS = {
    "％": "%",
    "百分之": "%",
    "百分点": "个百分点",
    "名": "人",
    "位": "人",
    "口": "人",
    "千米": "公里",
    "平方千米": "平方公里",
    "平方公尺": "平方米",
    "人民币": "元",
    "人民币元": "元",
    "元人民币": "元",
    "块": "元",
    "公吨": "吨",
    "度": "千瓦时",
}
"""Spellings of one unit."""

MEASURES = frozenset(
    (
        *("%", "‰", "个百分点", "倍"),
        *("元", "美元", "欧元", "港元", "日元"),
        *("厘米", "米", "公里", "亩", "公顷", "平方米", "平方公里", "立方米"),
        *("克", "斤", "公斤", "千克", "吨", "标箱", "千瓦", "兆瓦", "千瓦时"),
        *("分钟", "小时", "天", "年", "岁"),
    )
)
"""Units that change what a number says; others merely name what is counted (3万老年人)."""

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]|\s")


@lru_cache(maxsize=1024)
def unit_key(unit: str | None) -> str | None:
    """One spelling for units that are the same; a bracketed second unit (条（个）) is left out."""
    if unit is None:
        return None
    bare = _BRACKETED.sub("", unit)
    return UNIT_SPELLINGS.get(bare, bare) or None


STANDING = frozenset({"level", "share", "rank"})
"""Kinds of numbers that say where something stands, and not how far it went."""

_MOVING = {
    "increase": re.compile("增|升|涨|提高|扩|净|超|快于|新"),
    "decrease": re.compile("减|降|缩|压|减少|回落|跌|收窄|下调|慢于"),
}


def _moves(direction: str, place: Place) -> bool:
    """Whether any word at a number speaks of that direction; wide, as readers may well give one to 新增52家."""
    words = _MOVING.get(direction)
    return words is not None and words.search(place.clause_before()) is not None


_INCREASE = re.compile("增长|增加|提高|提升|上升|上涨|扩大|高于|高出|快于")
_DECREASE = re.compile("下降|降低|减少|压减|减量|下调|回落|缩短|缩减|收窄|压缩|低于|低出|慢于")


def direction_around(place: Place) -> str | None:
    """The one direction that the words of the clause before a number speak of; None for none or for both."""
    clause = place.clause_before()
    increase, decrease = _INCREASE.search(clause), _DECREASE.search(clause)
    if (increase is None) == (decrease is None):
        return None
    return "increase" if increase else "decrease"


_YEARS = re.compile(r"(?:19|20)\d\d")


def period_key(period: str | None) -> str | None:
    """`2020` or `2016-2020` from what a table says (`2020年`, `2016—2020`); None where it names no year."""
    years = _YEARS.findall(period or "")
    if not years:
        return None
    return years[0] if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
