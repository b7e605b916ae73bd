"""Whether a name holds words that stand nowhere near its number, or only where another number is spoken of.

For engines, which are told to name in the report's own words; a table of somebody's may name as it likes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.checks.comparison import Difference
from extract.checks.places import Place
from extract.checks.similarity import core, one_spelling, similarity, stands_together, without_fillers
from extract.checks.stated import ABSENT, Stated
from extract.claims.model import Claim, Doubt

NEUTRAL = re.compile(
    "比重|比例|占比|份额|比率|数量|总数|个数|人数|户数|起数|件数|家数|人次|数额|金额|总额|额度|规模|面积|时间|时限|时长|用时|天数"
    "|增幅|增速|涨幅|降幅|增长率|水平|程度|情况|排名|位次|名次|倍数|次数|指标|目标|任务|总量|产量|存量|余额|项目|工程|资金|投资|投入"
    "|城镇|农村|居民|全市|全省|全区|全县|本市|地区|国内|生产总值"
)
"""Words that complete a name and add no fact; whether they are true of the number `TURNS` sees."""

SHORTEST_WORD = 2
"""One foreign character alone may be a spelling or a synonym."""

UNLIKE, TOGETHER = 0.5, 0.5
"""A name less like that of the rules, and with fewer of its pairs of characters in the sentence, is of elsewhere. In
the names that careful readers gave to 800 numbers no such name had under two thirds of its pairs in the sentence."""

FEWEST_SHARED = 3
"""So many characters in a row make the end or the beginning of a name that of the rules."""

_HARMLESS = re.compile("[的为对在于和与及各该其个]")
_MEASURES = re.compile("[数额率量值度速幅]|占?(?:地区)?生产总值(?:比重|比例)")
"""What readers write after a name: 出口额, 改造户数."""

_CLAUSE_END = re.compile("[，。；、]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def of_elsewhere(stated: Stated, place: Place) -> Difference | None:
    """`indicator_not_in_context` where a name holds a word that stands nowhere near, or little of it stands together
    in the sentence; `indicator_differs` where a word of it stands only behind the number's own clause.
    """
    said, claim = stated.indicator, place.claim
    if said is ABSENT or not said or not place.context:
        return None
    around = (*place.context, claim.indicator if claim else "")
    if _is_foreign(said, around) or (
        claim and (_apart(said, claim, place.context[1]) or _lengthened(said, claim, place))
    ):
        return Difference("indicator_not_in_context", said, claim.indicator if claim else "")
    if claim and claim.confidence == "sure" and _of_what_follows(said, claim, place):
        return Difference("indicator_differs", said, claim.indicator)
    return None


def _apart(said: str, claim: Claim, sentence: str) -> bool:
    """Neither like the name that the rules are sure of, nor of the words of the sentence: a heading's, a neighbour's."""
    sure = claim.confidence == "sure" and Doubt.SUBJECT_BEFORE not in claim.doubts
    return sure and similarity(said, claim.indicator) < UNLIKE and stands_together(said, sentence) < TOGETHER


def _lengthened(said: str, claim: Claim, place: Place) -> bool:
    """The rules' name, or one end of it, with something before or after it that stands nowhere so: 欠税收, 非农业产值.

    One character is enough: it is held against the text together with its neighbours in the name.
    """
    name = one_spelling(said)
    before, after = _beside(name, one_spelling(claim.indicator))
    around = "|".join(map(one_spelling, (*place.context, claim.indicator)))
    clause = one_spelling(place.clause_before())
    for added, at in ((before, 0), (after, len(name) - len(after))):
        rest = _HARMLESS.sub("", NEUTRAL.sub("", without_fillers(added)))
        if not rest or rest in clause or (added is after and _MEASURES.fullmatch(rest)):
            continue
        pairs = [name[n : n + 2] for n in range(max(0, at - 1), min(len(name) - 1, at + len(added)))]
        if not any(pair in around for pair in pairs):
            return True
    return False


def _beside(said: str, name: str) -> tuple[str, str]:
    """What stands before and after the part that two names share; nothing where they share too little."""
    before, found, after = said.partition(name) if name else (said, "", "")
    if found:
        return before, after
    for length in range(len(said) - 1, FEWEST_SHARED - 1, -1):
        if said[-length:] in name:
            return said[:-length], ""
        if said[:length] in name:
            return "", said[length:]
    return "", ""


def _of_what_follows(said: str, claim: Claim, place: Place) -> bool:
    """Two neighbouring characters stand in the sentence only behind the clause of the number: of a later one.

    What stands before it may be carried over: 新引进甲类项目15个、乙类项目9个.
    """
    text, (start, end) = place.report.clean.text, place.near
    mark = _CLAUSE_END.search(text, place.mention.end, end)
    if mark is None:
        return False
    late = one_spelling(text[mark.start() : end])
    said_before = (text[start : mark.start()], place.context[0], place.context[-1], claim.indicator)
    so_far = "|".join(map(one_spelling, said_before))
    name = core(said)
    pairs = (name[n : n + 2] for n in range(len(name) - 1))
    return any(pair in late and pair not in so_far and _CHINESE.fullmatch(pair) for pair in pairs)


def _is_foreign(said: str, around: Sequence[str]) -> bool:
    """Whether a name has a word that stands nowhere near: of two characters or more, or of one at either end of it."""
    words = _foreign(said, around)
    if any(len(word) >= SHORTEST_WORD for word in words):
        return True
    name = one_spelling(said)
    ends = [name[:1], name[-1:] if not _MEASURES.fullmatch(name[-1:]) else ""]
    return any(end in words and not _HARMLESS.fullmatch(end) for end in ends)


@lru_cache(maxsize=512)
def _foreign(said: str, around: Sequence[str]) -> tuple[str, ...]:
    """The runs of Chinese characters of a name that stand nowhere in the texts, words that add no fact left out."""
    known = set(one_spelling("".join(around))) | set("".join(around))
    runs = "".join(
        char if char not in known and _CHINESE.match(char) else " "
        for char in NEUTRAL.sub(" ", one_spelling(said))
    )
    return tuple(runs.split())
