"""分别: the n-th subject to the n-th value, and what the members of a list share."""

import re

from extract.claims import wording
from extract.claims.phrases import strip_opening
from extract.claims.wording import Words
from extract.indicators.matching import built_in_matcher

_HEADS = Words(wording.HEADS)
_LIST_MARK = re.compile(
    r"[、，]|(?<=[”》])(?=[“《])|以及|(?<=[^总综饱缓温平调])和(?=[^谐平解])|与|及(?!时|其)"
)
_COMMA = re.compile(r"[、，]")
# A variety of two characters has a sister of two: 甲县、乙区工业投资.
_SHORT = 2
_WHOLE = frozenset(("生产总值", "GDP"))
"""Subjects that are nothing but a head."""
_TRADE = re.compile(r"(?:外贸|货物|对外)?(?:进出口|出口|进口)")
# Words that stand for a pair of subjects.
# A ratio to output, and what is consumed or given off for it.
_PER_OUTPUT = re.compile(r"(?:单位|每?万元)(?:地区|国内)?(?:生产总值|GDP)")
_INPUT = re.compile(
    r"(?:综合)?(?:能耗|能源消[耗费])量?|(?:二氧化)?碳排放量?|[用耗][水电]量?|[水电]耗|建设用地(?:使用)?(?:面积)?"
)
_BRANCHES = re.compile(
    r"(?:三次产业|(?P<named>(?:第?[一二三](?:次?产业|产)?[、和])+第?[一二三]产业?))(?P<of>增加值|投资|)"
)
_REALM = re.compile(r"农村牧区|农牧区|农村|乡村|城镇|城市")
_PAIRS = (("城乡", ("城镇", "农村")), ("进出口", ("进口", "出口")), ("存贷款", ("存款", "贷款")))


def members(phrase: str, count: int, *, distributed: bool = True) -> list[str] | None:
    """Split a list of subjects into `count` members, each completed by what the list shares.

    城镇、农村居民人均可支配收入 (2) gives 城镇居民人均可支配收入 and 农村居民人均可支配收入; 城乡居民收入 (2) gives
    城镇居民收入 and 农村居民收入. None where the phrase does not have `count` members.
    A pair in one word (进出口) is taken apart only where 分别 says so (`distributed`).
    """
    phrase = strip_opening(phrase)
    branches = _branches(phrase)
    if len(branches) == count:
        return branches
    for pattern in (_LIST_MARK, _COMMA):
        parts = [part.strip() for part in pattern.split(phrase)]
        if len(parts) == count and all(parts):
            return share_head(parts)
        opened = _opened(parts) if distributed and len(parts) + 1 == count and all(parts) else None
        if opened is not None:
            return share_head(opened)
        if len(parts) > count and all(parts) and pattern is _LIST_MARK:
            joined = _join(phrase, count)
            if joined is not None:
                return share_head(joined)
    if count == 2 and distributed:
        for pair, (first, second) in _PAIRS:
            if pair in phrase:
                return [phrase.replace(pair, first, 1), phrase.replace(pair, second, 1)]
    return None


def _opened(parts: list[str]) -> list[str] | None:
    """A list with the one member that stands for two (城乡居民收入) taken apart; None where not just one does."""
    found = [(index, pair) for index, part in enumerate(parts) for pair in _PAIRS if part.startswith(pair[0])]
    if len(found) != 1:
        return None
    index, (pair_name, (first, second)) = found[0]
    rest = parts[index].removeprefix(pair_name)
    return [*parts[:index], first + rest, second + rest, *parts[index + 1 :]]


def _branches(phrase: str) -> list[str]:
    """第一、二、三产业增加值 or 三次产业增加值, one branch of industry each; empty where the phrase names none."""
    match = _BRANCHES.fullmatch(phrase)
    if match is None:
        return []
    numerals = re.findall("[一二三]", match["named"]) if match["named"] else "一二三"
    return [f"第{numeral}产业{match['of']}" for numeral in numerals]


def _join(phrase: str, count: int) -> list[str] | None:
    """More parts than values: keep only the marks of one kind (、 binds closer than 和, or the other way)."""
    for mark in ("、", "和", "与", "及", "以及", "，"):
        parts = [part.strip() for part in phrase.split(mark)]
        if len(parts) == count and all(parts):
            return parts
    return None


def share_head(parts: list[str]) -> list[str]:
    """Give the shorter members the head that only the last one carries."""
    last = parts[-1]
    ratio = _PER_OUTPUT.match(parts[0])
    if ratio:  # 单位GDP能耗和二氧化碳排放: both are for a unit of output
        parts = [ratio.group() + part if _INPUT.fullmatch(part) else part for part in parts]
        if all(_INPUT.fullmatch(part.removeprefix(ratio.group())) for part in parts):
            return parts  # 能耗和二氧化碳排放量: the first is whole
        last = parts[-1]
    head = shared_head(parts[0], last)
    if not head:
        return parts
    trade = _TRADE.match(last)
    return [part if _is_whole(part, head, trade is not None) else part + head for part in parts[:-1]] + [last]


def _is_whole(part: str, head: str, of_trade: bool) -> bool:  # noqa: FBT001 - it is what is asked
    """Whether a member of a list needs nothing of the head that the last one has.

    城镇新增就业、城镇调查失业率: what the catalogue knows needs no single character more.
    """
    if part.endswith(head) or (len(head) == 1 and bool(built_in_matcher().names(part))):
        return True
    return _own_head(part) and not (of_trade and _TRADE.fullmatch(part) is not None)


def _own_head(part: str) -> bool:
    if part in _WHOLE or _TRADE.fullmatch(part):
        return True
    head = _HEADS.suffix(part)
    return len(head) >= 2 and len(part) > len(head)


def shared_head(first: str, last: str) -> str:
    """The tail of `last` that `first` lacks, or an empty string.

    Both name a variety before a head: the head begins where the variety of `last` ends. The end of the variety is
    found by a shared ending (高新技术产业 / 战略性新兴产业增加值), by equal length (医废 / 危废年处置能力), else by a
    known head (制造业 / 普惠小微贷款余额).
    """
    trade = _TRADE.match(last)
    if trade and _TRADE.fullmatch(first):  # 出口、进口总额
        return last[trade.end() :]
    if _own_head(first) or len(last) <= len(first):
        return ""
    realm = _REALM.match(last)
    if realm and _REALM.fullmatch(first):  # 城镇、农村牧区常住居民
        return last[realm.end() :]
    for size in (3, 2, 1):
        ending = first[-size:]
        if len(first) >= size + 1 or size == 1:
            at = last.find(ending, 1)
            if at >= 1 and at + size < len(last):
                return last[at + size :]
    if len(first) == _SHORT and len(last) > len(first) + 1:
        return last[len(first) :]
    head = _HEADS.suffix(last)
    if head and len(last) - len(head) >= 1 and len(last) - len(head) >= len(first) - 2:
        return head
    if len(first) <= 4 and len(last) > len(first) + 1:
        return last[len(first) :]
    return ""
