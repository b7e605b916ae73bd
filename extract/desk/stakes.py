"""How much a mistake would matter, so that the costliest ones are looked at first."""

import math
from collections.abc import Collection
from decimal import Decimal

from schemas import Record

MOST = 100
CODES = {
    "scale_differs": 40,
    "digits_differ": 35,
    "direction_differs": 35,
    "number_not_in_quote": 35,
    "quote_not_found": 35,
    "hidden_text": 35,
    "unit_differs": 30,
    "conflict_between_reports": 30,
    "conflict_in_report": 30,
    "pairing_differs": 25,
    "failed_chunk": 25,
    "claimed_twice": 25,
    "period_differs": 20,
    "type_differs": 20,
    "unclaimed_number": 20,
    "target_unread": 30,
    "actual_unread": 20,
}
"""What a confusion of this kind costs whoever uses the table; codes that are not here cost `OTHER_CODE`."""
OTHER_CODE = 10
HEADLINES = (
    "生产总值", "GDP", "一般公共预算收入", "固定资产投资", "社会消费品零售总额", "工业增加值", "可支配收入",
    "城镇新增就业", "失业率", "居民消费价格", "粮食", "进出口", "出口", "能耗", "研发",
)  # fmt: skip
"""Indicators that every report is read for."""
HEADLINE = 30
PROMISED = 10
"""A goal that is wrong is quoted for a year."""
MOST_FOR_SIZE = 20
CHARACTERS_PER_POINT = 40


def of_record(record: Record, codes: Collection[str]) -> int:
    """The stakes of a record, 0–100: its worst code, whether it is a headline indicator, its size."""
    points = _of_codes(codes)
    points += HEADLINE if any(word in record.indicator for word in HEADLINES) else 0
    points += PROMISED if record.commitment else 0
    return min(
        MOST, points + max((_of_size(figure.value, figure.unit) for figure in record.figures), default=0)
    )


def of_number(value: Decimal | None, unit: str | None, reading: str | None) -> int:
    """The stakes of a number that no record claims; `reading` is the indicator that the rules saw in it."""
    headline = HEADLINE if reading and any(word in reading for word in HEADLINES) else 0
    return min(
        MOST, _of_codes(["unclaimed_number"]) + headline + (_of_size(value, unit) if value is not None else 0)
    )


def of_part(length: int) -> int:
    """The stakes of a part that was not read: the longer, the more may be missing in it."""
    return min(MOST, _of_codes(["failed_chunk"]) + length // CHARACTERS_PER_POINT)


def of_issue(code: str) -> int:
    """The stakes of what is said of a report as a whole."""
    return _of_codes([code])


def _of_codes(codes: Collection[str]) -> int:
    return max((CODES.get(code, OTHER_CODE) for code in codes), default=0)


def _of_size(value: Decimal, unit: str | None) -> int:
    """A point for each power of ten of an amount of money, up to twenty; other units do not compare."""
    if unit != "元" or value <= 0:
        return 0
    return min(MOST_FOR_SIZE, int(math.log10(value)))
