"""The words around a number: what leads to it, what follows it, what is left as its subject."""

import re
from dataclasses import dataclass

from extract.claims import wording
from extract.claims.wording import Words

_RISING, _FALLING, _REACHING = Words(wording.RISING), Words(wording.FALLING), Words(wording.REACHING)
_AREAS, _RANKING, _OPENING = Words(wording.AREAS), Words(wording.RANKING), Words(wording.OPENING)
_TAIL = Words(
    (*wording.RISING, *wording.FALLING, *wording.REACHING, *wording.LINKING, *wording.HEDGING, *wording.COMMITTING)
)
_DOING = Words(wording.DOING)
_RELATIONAL = Words(wording.RELATIONAL)
_STOPS = " 、，；：。,;:—-·…\t的得了地"
# A year or a span that opens a phrase: 2019年，到2025年，“十三五”期间，五年来.
_OPENING_TIME = re.compile(
    r"(?:(?:到|至|截至|从|自|于)?(?:20\d\d|“?[一二三四五六七八九十]{1,3}五”?(?:时期|期间|末|以来)?)年?"
    r"(?:上半年|下半年|底|末|初|前|以来|期间|\d{1,2}月(?:底|末|份)?)?|[一二三四五六七八九十近两\d]{1,3}年(?:多)?来|期末)"
)
_HEDGE_AFTER = re.compile(r"\s?(?:左右|上下|以上|以下|以内|及以上|之内|之间|开外|之多)+")
# Quoted or bracketed additions between a subject and its number: 进出口总额（含服务贸易）940亿元.
_BRACKET_END = re.compile(r"（[^（）]{0,30}）$")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a number.

    Attributes:
        subject: the noun phrase that is left, possibly empty; a verb that makes the counted thing stays in.
        direction: `increase` or `decrease` where the nearest change word says so, else None.
        reached: a word such as 增至 says that the number is the level reached.
        links: all stripped words, nearest first.
    """

    subject: str
    direction: str | None
    reached: bool
    links: tuple[str, ...]


def hedge_after(text: str, end: int) -> int:
    """Where the hedge after the number ends: the index of the first character behind 左右, 以上, …."""
    match = _HEDGE_AFTER.match(text, end)
    return match.end() if match else end


def lead(before: str) -> Lead:
    """Read the words before a number, `before` ending where the number starts."""
    links: list[str] = []
    direction: str | None = None
    reached = False
    phrase = before.rstrip(_STOPS)
    while phrase:
        word = _TAIL.suffix(phrase)
        doing = _DOING.suffix(phrase)
        if len(doing) > len(word) and doing not in _TAIL:
            break
        if not word:
            bracket = _BRACKET_END.search(phrase)
            if bracket is None or not links:
                break
            phrase = phrase[: bracket.start()].rstrip(_STOPS)
            continue
        if word in _REACHING:
            reached = True
        elif direction is None and not reached:
            direction = "increase" if word in _RISING else "decrease" if word in _FALLING else None
        links.append(word)
        phrase = phrase[: -len(word)].rstrip(_STOPS)
    return Lead(strip_opening(phrase), direction, reached, tuple(links))


def strip_opening(phrase: str) -> str:
    """Drop what may stand before a subject without belonging to it: areas, years, 其中, 力争, …."""
    while True:
        phrase = phrase.lstrip(_STOPS + "）)”")
        time = _OPENING_TIME.match(phrase)
        if time:
            phrase = phrase[time.end() :]
            continue
        word = _OPENING.prefix(phrase)
        if not word or (len(word) == 1 and len(phrase) > 1 and phrase[1] in "市县区乡业工城农型高特生兴能"):
            return phrase
        phrase = phrase[len(word) :]


def rank_lead(before: str) -> Lead:
    """Read the words before a rank: 居全省第一位, 列全国地级市第三, 排名第二十二位."""
    phrase = before.rstrip(_STOPS)
    links: list[str] = []
    area = _AREAS.suffix(phrase)
    for _ in range(12):
        word = _AREAS.suffix(phrase) or _RANKING.suffix(phrase) or _TAIL.suffix(phrase)
        if not word:
            held = _held(phrase) if not area and not links else None
            if held is None:
                break
            phrase, area = held
            continue
        links.append(word)
        phrase = phrase[: -len(word)].rstrip(_STOPS)
    return Lead(strip_opening(phrase), None, False, tuple(links))


def _held(phrase: str) -> tuple[str, str] | None:
    """Split 信用指数居全国地级以上城市 at the verb that holds the rank: subject before, area after it."""
    best: tuple[int, int] | None = None
    for match in re.finditer(r"位居|位列|名列|跃居|跻身|稳居|蝉联|排名|排在|升至|进入|居|列", phrase):
        if 0 < len(phrase) - match.end() <= 14:
            best = (match.start(), match.end())
    if best is None:
        return None
    return phrase[: best[0]], phrase[best[1] :]


def is_verb_only(phrase: str) -> bool:
    """Whether a phrase is nothing but verbs such as 新增, 新建和改扩建, 启动建设."""
    rest = phrase
    while rest:
        rest = rest.lstrip("、和与及并")
        word = _DOING.prefix(rest)
        if not word:
            return not rest or rest in _TAIL
        rest = rest[len(word) :]
    return True


def opening_verb(phrase: str) -> str:
    """The verb of making or bringing about that a phrase starts with, or an empty string."""
    return _DOING.prefix(phrase)


def is_relational(phrase: str) -> bool:
    """Whether a phrase means nothing without a subject before it: 增幅, 总投资, 占全省, 高于全国."""
    return phrase in _RELATIONAL or phrase.startswith(("占", "高于", "低于", "快于", "优于", "好于", "比"))
