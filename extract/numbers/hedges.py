"""The words beside a number that say how it is meant (`近`, `超过`, `以上`) and whether it rises or falls."""

from typing import Final

from extract.numbers.patterns import BLANKS

REACH: Final = 8
"""How many characters before a number are looked at."""

_BEFORE = {
    "about": "约 大约 大概 大致",
    "nearly": "近 接近 将近 逼近",
    "more_than": "> 超 超过 已超 超出 突破 破 高于 多于 大于 逾 迈过 迈上 站上 跨上 跃上 跨越 跨过 越过 登上 踏上",
    "at_least": "不低于 不少于 不小于 不得低于 不得少于 至少 最少 起码 ≥",
    "at_most": "不超过 不超 不高于 不多于 不大于 不得超过 不得高于 不突破 最多 至多 ≤",
    "less_than": "低于 少于 小于 不到 不足 未满 不满 <",
}
_LINKS = ("", "了", "为", "有", "是", "占", "达", "达到")
"""What may stand between the hedge and the number: 约占, 至少有, 超过了."""

_NO_HEDGE = (
    "节约 签约 预约 契约 集约 制约 履约 公约 条约 合约 违约 附近 邻近 新近 靠近 就近 最近 走近 赶超 高超 "
    "侦破 攻破 爆破 打破 击破 查破 告破"
)
"""Words that end like a hedge and are none; the number after them is exact."""

_AFTER = {
    "about": "左右 上下",
    "at_least": "以上 及以上 或以上 之上 (含)以上 （含）以上 或者以上",
    "at_most": "以内 以下 之内 之下 及以下 或以下 (含)以下 （含）以下",
}
# 七成多, 两倍多: behind these units 多 speaks of the number; behind others it begins a word.
_MORE, _ROUNDED = frozenset("多余"), frozenset("成倍番%")
_NOT_AFTER = frozenset(["上下游", "上下班", "上下水", "上下级"])

_DIRECTION = {
    "increase": "增长 增加 增多 增 翻 提高 提升 上升 上涨 上浮 攀升 回升 升 涨 扩大 增幅 涨幅 增速",
    "decrease": "下降 降低 降 减少 减 回落 压减 压降 压缩 收窄 缩小 缩短 缩减 下调 下浮 下滑 下跌 削减 精简 降幅 跌幅",
}
_DIRECTION_LINKS = ("", "了", "为", "达", "达到")
_NO_DIRECTION = "新增 净增 加减"
"""新增 and 净增 count what is new; they belong to the indicator."""

BEFORE: Final[dict[str, str]] = {
    **{w + link: modifier for modifier, words in _BEFORE.items() for w in words.split() for link in _LINKS},
    **dict.fromkeys(_NO_HEDGE.split(), "exact"),
}
AFTER: Final[dict[str, str]] = {
    word: modifier for modifier, words in _AFTER.items() for word in words.split()
}
DIRECTIONS: Final[dict[str, str | None]] = {
    **{w + k: way for way, words in _DIRECTION.items() for w in words.split() for k in _DIRECTION_LINKS},
    **dict.fromkeys(_NO_DIRECTION.split()),
}
_HEDGE_ENDS: Final = frozenset(word[-1] for word in BEFORE)
_DIRECTION_ENDS: Final = frozenset(word[-1] for word in DIRECTIONS)
_AFTER_STARTS: Final = frozenset(word[0] for word in AFTER) | frozenset(BLANKS)


def hedge_before(before: str) -> tuple[str, str]:
    """The modifier that the words before a number give, and what stands before those words.

    Args:
        before: the text that ends where the number begins.

    Returns:
        The modifier (`exact` where nothing hedges) and `before` without the hedge.
    """
    if before and before[-1] in _HEDGE_ENDS:
        for length in range(min(len(before), 6), 0, -1):
            modifier = BEFORE.get(before[-length:])
            if modifier is not None:
                return modifier, before if modifier == "exact" else before[:-length]
    return "exact", before


def hedge_after(text: str, end: int) -> str | None:
    """The modifier that the words after a number give: 左右, 以上, 以内."""
    if text[end : end + 1] in _MORE and text[end - 1 : end] in _ROUNDED:
        return "more_than"
    if text[end : end + 1] not in _AFTER_STARTS:
        return None
    after = text[end : end + 8].lstrip(BLANKS)
    if after[:3] in _NOT_AFTER:
        return None
    for length in (2, 3, 5, 4):
        modifier = AFTER.get(after[:length])
        if modifier is not None:
            return modifier
    return None


def direction_before(before: str, kind: str) -> str | None:
    """`increase` or `decrease` where the words before a number of that kind say so.

    提高到 and 降至 state a level; 提升 before a count means that so many were improved.
    """
    if before and before[-1] in _DIRECTION_ENDS:
        for length in range(min(len(before), 5), 0, -1):
            word = before[-length:]
            if word in DIRECTIONS:
                return None if word == "提升" and kind == "quantity" else DIRECTIONS[word]
    return None
