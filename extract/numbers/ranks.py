"""Rules for places in an order: `第三位`, `首位`, `前十`, `第七次`."""

import re
from typing import Final

from extract.numbers.patterns import (
    BLANK,
    CN_DIGITS,
    DIGIT,
    DIGITS,
    HAN,
    ONE_TO_NINE,
    RANGE_MARK,
    any_of,
)
from extract.numbers.quantities import unit_at
from extract.numbers.reading import DATE, ENUMERATION, NAME, Reading, read_number, reading
from extract.numbers.spans import Span

_NUMERAL = rf"(?:{DIGIT}{{1,6}}+{BLANK}[万亿]?|[〇零{ONE_TO_NINE}十百千万两]{{1,9}}+)"
_COUNTER_WORDS = """
个 次 届 批 轮 期 章 条 款 项 场 天 年 季度 号 代 站 组 家 例 步 集 卷 部 版 回 件 座 台 层 类 级 段 节 篇 页
周 日 种 辆 艘 架 颗 线 排 区 支 只 户 幅 块 道 环 枚 本 首 张 阶段 名 位
"""
_COUNTERS = any_of(_COUNTER_WORDS.split())
_RANK: Final = re.compile(
    rf"第{BLANK}({_NUMERAL})(?:{BLANK}{RANGE_MARK}{BLANK}第?({_NUMERAL}))?{BLANK}(?:位(?![于次])|名(?![誉录]))"
)
_ORDINAL: Final = re.compile(rf"第{BLANK}({_NUMERAL})(?:{BLANK}({_COUNTERS}))?")
_LIST_MARK: Final = re.compile(r"第[一二三四五六七八九十]{1,3}(?=[，,、：:])")
_PLAN: Final = re.compile(r"第[一二三四五六七八九十]{1,3}个五年(?:规划|计划)")
_NAME_WORDS = """
产业 方阵 方 梯队 书记 时间 线 资源 要素 责任人 责任 动力 生产力 要务 课堂 现场 窗口 代人 世界 国家 身份 立面
使馆区 印象 意义 举措 道防线 增长极 增长曲线 曲线
"""
_NAME: Final = re.compile(f"第[一二三四五](?:{any_of(_NAME_WORDS.split())})")
_LISTED: Final = re.compile(rf"第{_NUMERAL}(?:、[{CN_DIGITS}十]{{1,3}})*、$")
_LISTED_NEXT: Final = re.compile(
    rf"([{CN_DIGITS}十]{{1,3}}+)((?:、[{CN_DIGITS}十]{{1,3}}+){{0,8}}+)([位名]?)"
)
_BOUNDARY: Final = re.compile(rf"(?![{HAN}A-Za-z])|[和与及且并的以]")
_RANKED: Final = frozenset("省国市县区列居排位名界球州内获为获保一")
_STARTS: Final = frozenset("。；！？：\n\r ;:\u3000")


def _place(
    numeral: str, unit: str | None = "位", upper: str | None = None, modifier: str | None = None
) -> Reading | None:
    low = read_number(numeral)
    high = read_number(upper) if upper else None
    if low is None or low.value is None:
        return None
    return reading(low.value, unit, "ordinal", upper=high.value if high else None, modifier=modifier)


def ordinal(text: str, at: int) -> Span | None:
    """`第三位`, `第一`, `第七次`; 第一产业 is a name, and 第一， at the head of a sentence marks a list."""
    mark = _LIST_MARK.match(text, at)
    if mark and (at == 0 or text[at - 1] in _STARTS):
        return at, mark.end(), ENUMERATION
    plan = _PLAN.match(text, at)
    if plan:
        return at, plan.end(), DATE
    rank = _RANK.match(text, at)
    if rank:
        found = _place(rank[1], upper=rank[2])
        return (at, rank.end(), found) if found else None
    name = _NAME.match(text, at)
    if name:
        return at, name.end(), NAME
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    numeral, counter = match.groups()
    ranked = not counter and (_BOUNDARY.match(text, match.end()) or text[at - 1 : at] in _RANKED)
    found = _place(numeral, "位" if ranked else counter)
    return (at, match.end(), found) if found else None


def listed_rank(text: str, at: int) -> Span | None:
    """二 and 三位 in `第一、二、三位`."""
    if text[at - 1 : at] != "、" or not _LISTED.search(text[max(0, at - 16) : at]):
        return None
    match = _LISTED_NEXT.match(text, at)
    if match is None or not (match[3] or _BOUNDARY.match(text, match.end())):
        return None
    found = _place(match[1])
    return (at, match.end(1) if match[2] else match.end(), found) if found else None


_TOP: Final = re.compile(
    rf"前{BLANK}({DIGIT}{{1,4}}+|[{ONE_TO_NINE}十百]{{1,4}}+)"
    rf"(?:{BLANK}[位名强]|(?!{BLANK}[百千万亿半.{CN_DIGITS}{DIGITS}大季期年]))"
)
_PLACES: Final = frozenset("位名强")
_NO_TOP_AFTER: Final = frozenset("之以目提此年日月会空往从生眼")
_FIRST: Final = re.compile(r"首位(?![度数])|榜首|头名|首名")
_PUT_FIRST: Final = frozenset(["放在", "摆在", "置于", "放到", "摆到", "挺在", "作为", "视为", "坚持"])
_PUT_BEFORE: Final = re.compile(rf"(?:放|摆|挺|置)[在到于][{HAN}]{{0,12}}的$")
"""摆在各项工作的首位."""
_NO_RANK_BEHIND: Final = frozenset("产支战")


def top(text: str, at: int) -> Span | None:
    """`前三位`, `前十`, `前20名`: a place among the first, so at most that rank."""
    match = _TOP.match(text, at)
    if match is None or text[at - 1 : at] in _NO_TOP_AFTER:
        return None
    if text[match.end() - 1] not in _PLACES and unit_at(text, match.end()):
        return None
    found = _place(match[1], modifier="at_most")
    return (at, match.end(), found) if found else None


def first_place(text: str, at: int) -> Span | None:
    """`首位`, `榜首`; not where something is put first (放在首位) or comes first (首位产业)."""
    match = _FIRST.match(text, at)
    if (
        match is None
        or text[max(0, at - 2) : at] in _PUT_FIRST
        or _PUT_BEFORE.search(text, max(0, at - 16), at)
        or text[match.end() : match.end() + 1] in _NO_RANK_BEHIND
    ):
        return None
    found = _place("1")
    return (at, match.end(), found) if found else None
