"""When a field of a fact is right. Numbers have to be equal, words similar."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from extract.evaluation.gold import GoldLine

STRICT = ("value", "unit", "direction", "record_type", "indicator")
FIELDS = ("value", "unit", "kind", "direction", "modifier", "period", "record_type", "indicator")

UNITS: Mapping[str, str | None] = {
    "": None,
    "％": "%",
    "百分点": "个百分点",
    "名": "人",
    "元人民币": "元",
    "人民币元": "元",
}
FILLER = re.compile(
    "全市|我市|全县|全省|全区|实现|达到|完成|累计|预计|力争|确保|其中"
    r"|[\s，,、；;。:：“”\"'（）()《》]"
)
OPPOSED = (
    ("城镇", "农村"), ("收入", "支出"), ("登记", "调查"), ("出口", "进口"), ("存款", "贷款"),
    ("第一产业", "第二产业"), ("第二产业", "第三产业"), ("第一产业", "第三产业"),
)  # fmt: skip
"""A name with the one word alone and a name with the other alone never mean the same."""
TURNING = ("人均", "户均", "亩均", "进出口", "缺口", "虚报")
"""Words that only one of two names for the same thing cannot have."""
ENOUGH_ALIKE = 0.6
SHORTEST_PART = 2
LEAST_SHARE = 0.4


def judge(line: GoldLine, fact: Mapping[str, Any]) -> dict[str, bool]:
    """Which fields of a fact are right, by name."""
    return {
        "value": same_number(line.value, fact.get("value")) and same_number(line.upper, fact.get("upper")),
        "unit": unit(line.unit) == unit(fact.get("unit")),
        "kind": line.kind == fact.get("kind"),
        "direction": line.direction == fact.get("direction"),
        "modifier": line.modifier == (fact.get("modifier") or "exact"),
        "period": line.period == str(fact.get("period")),
        "record_type": fact.get("record_type") in line.types,
        "indicator": any(similar(name, fact.get("indicator")) for name in line.names),
    }


def same_number(one: str | None, other: object) -> bool:
    """Whether two decimal strings are one number; nothing, empty and unreadable are the same nothing."""
    return _decimal(one) == _decimal(other)


def _decimal(text: object) -> Decimal | None:
    if text is None or text == "":
        return None
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def unit(name: str | None) -> str | None:
    """A unit by its one name; an empty one is none."""
    plain = (name or "").strip()
    return UNITS.get(plain, plain)


def similar(one: str | None, other: str | None) -> bool:
    """Whether two indicators name the same thing: equal, one a good part of the other, or spelled alike.

    However many characters they share, names that `OPPOSED` or `TURNING` tell apart are different things. The
    definition is that of gold/GUIDE.md's scorer.
    """
    one, other = FILLER.sub("", one or ""), FILLER.sub("", other or "")
    if not one or not other:
        return False
    if one == other:
        return True
    if opposed(one, other):
        return False
    short, long = sorted((one, other), key=len)
    part = short in long and len(short) >= SHORTEST_PART and len(short) / len(long) >= LEAST_SHARE
    return part or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ENOUGH_ALIKE


def opposed(one: str, other: str) -> bool:
    """Whether two names speak of different things, however alike they are spelled."""
    if any((word in one) != (word in other) for word in TURNING):
        return True
    one, other = (name.replace("进出口", "外贸") for name in (one, other))
    return any(
        left in first and right not in first and right in second and left not in second
        for left, right in OPPOSED
        for first, second in ((one, other), (other, one))
    )
