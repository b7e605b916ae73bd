"""How far an indicator is from another number, or from the year before: 高于全国平均水平1个百分点."""

import re
from typing import Final

_COMPARISON = re.compile(
    r"(?:略|明显|继续|持续|力争|确保|分别|均|都|要)*"
    r"(?:(?:[高低快慢好优大][于出过]|超过|领先|跑赢)[^高低快慢好优大超比较]{0,14}|[比较][^比较]{1,14})$"
)
"""高于全国平均水平: with what the number of a record is compared stands at the end of its indicator."""
RATE_UNITS: Final = frozenset(("个百分点", "百分点", "%", "‰", "倍"))
"""What a change of a rate is counted in; 优良天数增加10天 says nothing of a share."""


def compared(indicator: str) -> str:
    """What is compared, without what it is compared with."""
    return _COMPARISON.sub("", indicator)
