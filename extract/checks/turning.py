"""Words by which a name makes another fact of a true number: 虚报的…, …缺口, 人均, 城镇 for 农村.

The number stands in the text, and so do most characters of the name; what is false is one word that was added, lost
or exchanged. `turns.py` is the table of such words; `elsewhere.py` sees words that are in no table.
"""

import re

from extract.checks.comparison import Difference, is_counted
from extract.checks.places import Place
from extract.checks.similarity import letters, names_one_of, similarity
from extract.checks.stated import ABSENT, Stated
from extract.checks.turns import TURNS, Turn
from extract.claims.model import Claim

REACH = 12
"""How many characters after a number may name what is counted: 30%的村, 2.4万老年人."""

ALIKE = 0.4
"""From this similarity on a name may be that of the rules without a word of it."""

_YEAR = re.compile(r"((?:19|20)\d\d)年")
_FROM_NOW = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "次年": 1, "来年": 1}
_REGION = re.compile("[全我本]([国省市州盟县区旗乡镇])(?!域|性|文明|人大|人民|政协)")
_HELD_AGAINST = re.compile("(?:[居列排在比较]|[高低快慢好优多少]于|跻身)[全我本][国省市州盟县区旗乡镇]")
"""Before what a number is compared with: 居全省第四位 makes no name one of the whole province."""
_OF_A_RANK = re.compile("[位名]次|排[名位]|[居列在高低快慢好优于较比][全我本]")
_RATE = re.compile(r"(?<![汇利费税功效])率$|比重$|占比$|比例$")
_MARK = re.compile(r"[，。；：、！？\d（(]")


def turned(stated: Stated, place: Place) -> Difference | None:
    """`indicator_differs` where the name has a word that turns the meaning and the text has not, or the reverse.

    What the name adds is held against the text itself. What it lost or exchanged is held against the name that the
    rules read, only where they are sure of it.
    """
    said, claim = stated.indicator, place.claim
    if said is ABSENT or not said or not place.context:
        return None
    name = claim.indicator if claim and claim.confidence == "sure" else None
    if name is not None and names_one_of(said, name):
        name = said
    spelt = letters(said)
    if any(
        speaks(spelt, place) for speaks in (_names_another_year, _names_another_region, _is_rate_of_counted)
    ):
        return Difference("indicator_differs", said, claim.indicator if claim else place.text)
    close, wide = _own_words(place), _sentence_words(place)
    if name is None:
        close = wide = wide + "".join(place.context)
    for turn in TURNS:
        added = turn.said.search(spelt) is not None
        if added and not turn.evidence.search(wide if turn.carried else close):
            return Difference("indicator_differs", said, claim.indicator if claim else place.text)
        if name is not None and (_exchanged(turn, name, close) if added else _lost(turn, spelt, name)):
            return Difference("indicator_differs", said, name)
    return None


def _names_another_year(said: str, place: Place) -> bool:
    """A year in the name, 2019年 or 去年, that is neither the number's nor in its sentence or heading."""
    words, period = "".join(place.context[1:]), (place.claim.period or "") if place.claim else ""
    if not set(_YEAR.findall(said)) <= set(_YEAR.findall(words + period.replace("-", "年") + "年")):
        return True
    now = place.report.meta.report_year
    if now is None or not period:
        return False
    years = {word: now + later for word, later in _FROM_NOW.items() if word in said and word not in words}
    return not set(years.values()) <= {int(period[-4:])}


def _names_another_region(said: str, place: Place) -> bool:
    """全省, 我国 in the report of a city, where the sentence speaks of none before the number."""
    region, named = place.report.meta.region, set(_REGION.findall(said))
    if region is None or named <= {region[-1]}:
        return False
    words = _sentence_words(place)
    return not named <= {region[-1], *(words if _OF_A_RANK.search(said) else _HELD_AGAINST.sub("", words))}


def _is_rate_of_counted(said: str, place: Place) -> bool:
    """A rate or a share by name, and a number of things or of money."""
    return is_counted(place) and _RATE.search(said) is not None


def _exchanged(turn: Turn, name: str, close: str) -> bool:
    """The rules' name has the opposite of what is said, and the words at the number do not say it."""
    opposite = turn.opposite
    return opposite is not None and opposite.search(name) is not None and turn.said.search(close) is None


def _lost(turn: Turn, said: str, name: str) -> bool:
    """The rules' name has the words; a name that is not like it at all lost more than those, and is told elsewhere."""
    lost = turn.lost and turn.said.search(name) is not None and turn.evidence.search(said) is None
    return lost and similarity(said, name) >= ALIKE


def _own_words(place: Place) -> str:
    """What names this number: its clause, what is counted after it, the rules' name, and what its kind says."""
    return place.clause_before() + _rest(place)


def _sentence_words(place: Place) -> str:
    """The same with all that stands before the number up to a full stop or semicolon."""
    return place.clause_before("。；") + _rest(place)


def _rest(place: Place) -> str:
    """What is counted after the number, and what the rules read."""
    after = place.report.clean.text[place.mention.end : place.near[1]][:REACH]
    mark = _MARK.search(after)
    words = after[: mark.start()] if mark else after
    return words + (_as_read(place.claim) if place.claim else "")


def _as_read(claim: Claim) -> str:
    """What the rules read, in the words that say it."""
    grown = {"increase": "增", "decrease": "减"}.get(claim.direction or "", "")
    past = {claim.record_type, *claim.also} == {"achievement"} or claim.status == "completed"
    several = "累计年均五年" if claim.period and "-" in claim.period else ""
    share = "占" if claim.kind == "share" else ""
    return "|".join((claim.indicator, grown, share, "" if past else "拟目标预期预计计划", several))
