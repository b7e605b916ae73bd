"""Statements about an indicator that give no number: 与经济增长同步, 持平, 完成国家下达目标.

Reads clauses alone; who calls it knows whether they plan or report.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, cast

from extract.indicators.catalogue import Indicator
from extract.indicators.matching import Matcher

Strength = Literal["assigned", "compared", "soft"]

_ABOVE = "上级|国家|全国|中央|省级?|自治区|市级?|年度|既定|预期|调控|规划|进度|“?十[三四五六]五”?|序时"
_COMPARED = (
    r"(?:和|与|同|跟|随)[^，。；,;]{0,14}?(?:同步|协调|相适应|(?<!保)持平|相当|匹配)|同步(?:增长|提高)|(?<!保)持平|[正零]增长|转正|[涨降增跌]幅为零|(?:由|从)[负降][^，。；,;]{0,2}[正升增]|前[高低]后[低高]|"
    r"(?:略?高|略?快|低|优|好|跑赢|领先|不低|不高)于[^，。；,;\d]{1,14}|(?:达到|保持|位居|处于|超过|跑赢)[^，。；,;\d]{0,6}"
    r"(?:平均|全国|全省|全市)(?:水平|增速|前列)?|[居列在](?:全[国省区市州]|[东中西]部)[^，。；,;\d]{0,4}前列|止跌(?:回[升稳]|企稳)|企稳回升|(?:稳定|保持|维持)在(?:上年|去年)的?(?:同期)?水平|只[增升]不[减降]|只降不[增升]|(?:转降|扭降|止降|转跌|转负|扭负)[为转][升正增涨]|(?:合理|适度|温和)(?:区间|回升|水平|上涨)|合理增长"
)
_ASSIGNED = (
    rf"(?:全面|超额|确保|顺利|圆满|力争)?(?:完成|达到|符合|落实|实现|控制在|满足|稳定在|保持在|维持在|不低于|优于|按照?)(?:了)?[^，。；,;\d]{{0,4}}?(?:{_ABOVE})[^，。；,;]{{0,30}}?"
    r"(?:目标|任务|要求|指标|计划|范围|标准|以内)|(?:与|和)(?:国家|全国|上级)[^，。；,;\d]{0,4}目标(?:相)?衔接|纳入(?:国家|全国|“?十[三四五六]五”?)[^，。；,;\d]{0,10}考核"
)
_SOFT = (
    r"(?:保持|总体|基本|稳中|平稳|稳定|持续|稳步|进一步|较快|逐步|明显|显著|大幅|只[增降]不|不断|继续|有所|稳健)[^，。；,;\d]{0,6}?"
    r"(?:稳定|平稳|增长|恢复|回升|下降|提高|提升|改善|有[升进降增]|提质|向好|扩大|降低|增加|上升|可控|优化|减)|(?:稳定|平稳|较快|恢复性|小幅|两位数)增长|增长(?:保持|达到|实现)?两位数|稳中有[升增降进]|同比(?:增长|下降)(?=$|[，。；])|(?:促稳|保稳|稳量|稳中|促优|扩量)提质|提质增效|量稳质升|[降跌]幅(?:持续|逐[步月季])?收窄|(?:稳定|平稳)$"
)
_STATED = re.compile(f"(?P<assigned>{_ASSIGNED})|(?P<compared>{_COMPARED})|(?P<soft>{_SOFT})")
_CLAUSE = re.compile(r"(?:[^，。；：！？,;:!?\n]|(?<=\d),(?=\d{3}(?!\d)))+")
_NUMBER_FREE = re.compile(
    r"^(?:\d{1,2}[.．、]|（\d{1,2}）|\(\d{1,2}\))|PM[_\s]*2[.．·_\s]*5|R&D|20\d\d年|“?十[三四五六]五”?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千]+(?:个百分点|成|倍|[万亿]元)")
_SUBJECT_END = re.compile(
    r"(?:(?:等(?:主要|约束性)?)?指标|(?:等)?(?:主要)?(?:任务|目标)|等|呈现?|分别|实际|均|要|都|将|基本|总体|继续|持续|稳步|力争|确保|努力|争取|实现|恢复|转为|(?:保持|维持|稳定|控制|运行|处)[在于]|、)+$"
)
# What is handed down stands behind the verb: 完成国家下达的能耗强度降低目标任务.
_HANDED_DOWN = re.compile(
    rf"(?:全面|超额|确保|顺利|圆满|力争)*(?:完成|达到|实现|落实|满足)(?:了)?(?:{_ABOVE})[^，。；,;]{{0,4}}?(?:下达|确定|规定|要求|考核|分解|明确)的?"
    r"(?P<object>[^，。；,;]{2,40}?)(?:的?(?:年度|约束性|控制|考核))*(?:目标|任务|指标|要求)"
)
# A level that is as high as the year before (收入3010亿元，与上年基本持平), or grows as the economy does.
_AS_BEFORE = re.compile(
    r"(?:和|与|同|跟)(?:上年|去年|上一年)(?:同期)?(?:基本|大体|总体)?(?:持平|相当)"
    r"|(?:增[长速])?(?:和|与|同|跟)(?:经济|GDP)(?:增长|发展|增速)?(?:保持|基本|大体)*同步(?:增长|提高)?"
)
_LEVEL = re.compile(
    r"(?P<subject>[^\d]+?)(?:完成|达到?|实现|约|为|超过)*\d[\d.,]*(?:[多余]?[万亿]+元|元|亿?美元)(?:左右|以上)?"
)
# The second of two things of a crop: 粮食播种面积和产量保持稳定.
_CROP = re.compile(r"(?P<crop>[^、和与及]+?)(?:播种|种植|栽种)?面积(?:[、和与及]|以及)(?P<yield>总?产量?)")
_LIST_MARK = re.compile(r"^(?:\d{1,2}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳]|[•●·◆■—-]+)")
_GOES_ON = frozenset("，,")
# The time that a clause opens with is no part of its subject.
_TIME = re.compile(
    r"^(?:到|至)?(?:20\d\d年[底末]?|“?十[三四五六]五”?(?:时期|期间|末)|(?:今后|未来)[两三四五]年)"
)
_LIST = re.compile(r"[、和与及]")
_NUMBER_LAST = re.compile(r"\d[^\d，。；、]{0,6}$")
_LISTING = re.compile("、")
_LONGEST_CLAUSE = 400
"""A longer one is no sentence of a person; it bounds the work."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says of an indicator without a number.

    Attributes:
        subject: the indicator in the report's words.
        indicators: what it stands for in the catalogue.
        wording: the clause.
        strength: `assigned` (完成国家下达目标), `compared` (与经济增长同步), `soft` (保持稳定).
        loose: every name of it is one that needs headline company.
        start, end: span of the clause in the text.
    """

    subject: str
    indicators: tuple[Indicator, ...]
    wording: str
    strength: Strength
    loose: bool
    start: int
    end: int


def statements(text: str, matcher: Matcher, region: str | None = None) -> Iterator[Statement]:
    """Every statement of the text about an indicator of the catalogue that gives no number.

    Args:
        text: a sentence or more, as decoded or clean.
        matcher: knows the catalogue.
        region: the report's region.
    """
    if _STATED.search(text) is None:
        return
    bare, places = without_blanks(text)
    before = ""
    for start, end in _parts(bare):
        words = bare[start:end]
        earlier, before = before if bare[start - 1 : start] in _GOES_ON else "", words
        found = _STATED.search(words)
        if found is None or _DIGIT.search(_NUMBER_FREE.sub("", words)):
            continue
        for subject, rates in _subjects(words, found, earlier):
            names = matcher.names(subject, region)
            chosen = headlines([name.indicator for name, _, _ in names])
            if any(doubt for _, _, doubt in names):  # a list, and each member may have a headline of its own
                for member in filter(None, _LIST.split(subject)):
                    own = headlines([name.indicator for name, _, _ in matcher.names(member, region)])
                    chosen = tuple(dict.fromkeys((*chosen, *own)))
            if rates:
                chosen = tuple(one for one in chosen if one.measure != "level")
            if not chosen:
                continue
            yield Statement(
                subject=subject,
                indicators=chosen,
                wording=words,
                strength=cast("Strength", found.lastgroup),
                loose=all(name.how == "loose" for name, _, _ in names),
                start=places(start),
                end=places(end - 1) + 1,
            )
            break


def _subjects(words: str, found: re.Match[str], earlier: str) -> Iterator[tuple[str, bool]]:
    """What a clause may speak of, the likeliest first, each with whether it can only be a rate of change.

    Args:
        words: the clause.
        found: what it states.
        earlier: the clause before it.
    """
    subject = _SUBJECT_END.sub("", _TIME.sub("", _LIST_MARK.sub("", words[: found.start()])))
    if subject:
        yield subject, False
    crop = _CROP.fullmatch(subject)
    if crop:
        yield crop["crop"] + crop["yield"], False
    handed = _HANDED_DOWN.match(words, found.start()) if not subject else None
    if handed:
        yield _SUBJECT_END.sub("", handed["object"]), False
    level = _LEVEL.fullmatch(earlier) if _AS_BEFORE.fullmatch(words) else None
    if level:
        yield level["subject"], True


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Clauses, cut at 、 where what stands before it already says something: 与经济增长同步、农村快于城镇;
    降低3%、碳排放完成国家下达目标.
    """
    for clause in _CLAUSE.finditer(text):
        if clause.end() - clause.start() > _LONGEST_CLAUSE:
            continue
        start = clause.start()
        for mark in _LISTING.finditer(text, clause.start(), clause.end()):
            said = _NUMBER_FREE.sub("", text[start : mark.start()])
            if _STATED.search(said) or _NUMBER_LAST.search(said):
                yield start, mark.start()
                start = mark.end()
        if start < clause.end():
            yield start, clause.end()


def headlines(indicators: list[Indicator]) -> tuple[Indicator, ...]:
    """Of a level and its growth under one name the one that is a headline; growth where neither is."""
    core = [one for one in indicators if one.core]
    chosen = (
        [one for one in core if one.measure != "level" or not _has_rate(one, core)]
        if core
        else indicators[:1]
    )
    return tuple(dict.fromkeys(chosen))


def _has_rate(level: Indicator, others: list[Indicator]) -> bool:
    return any(one.measure != "level" and set(one.names) & set(level.names) for one in others)


def without_blanks(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without blanks, and the way from a place in it to the same place in the text."""
    gaps: list[int] = []
    widths: list[int] = []
    removed = 0
    for blank in _BLANKS.finditer(text):
        gaps.append(blank.start() - removed)
        removed += len(blank[0])
        widths.append(removed)

    def place(at: int) -> int:
        before = bisect_right(gaps, at)
        return at + (widths[before - 1] if before else 0)

    return _BLANKS.sub("", text), place
