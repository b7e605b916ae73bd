"""The rules: each reads one form of number at one place. A new form is a rule here and lines in its corpus.

A rule takes the text and the place of a character that it listens to, and gives the span with what it says.
`None` instead of a reading means: these characters are a word, go on behind them.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.numbers import lookalikes, patterns
from extract.numbers.hedges import BLANKS
from extract.numbers.lookalikes import BINDS_ONE
from extract.numbers.patterns import (
    ARABIC,
    BLANK,
    CN_DIGITS,
    CN_FORMAL,
    DIGIT,
    HAN,
    MORE_SCALE,
    NUMERAL,
    RANGE_MARK,
    any_of,
)
from extract.numbers.reading import (
    DATE,
    ENUMERATION,
    NAME,
    Reading,
    negated,
    read_fraction,
    read_number,
    read_percent,
    read_range,
    reading,
)
from extract.numbers.units import LATIN_WORDS, NOT_TENTHS, TAKES_REST, TENTHS, UNITS

Span = tuple[int, int, Reading | None]
Rule = Callable[[str, int], Span | None]

_HAN_UNITS = {word: unit.guard for word, unit in UNITS.items() if word not in LATIN_WORDS}
UNIT: Final = (
    rf"(?:{any_of(_HAN_UNITS)}|{any_of(LATIN_WORDS)}(?![A-Za-z0-9])"
    rf"|{TENTHS}(?:半|{BLANK}[一二三四五六七八九](?!{NUMERAL}))?(?![{NOT_TENTHS}]))"
)
"""One unit; what it is counted per may follow (元/吨, 微克/立方米)."""

_REST = rf"(?<=[{TAKES_REST}])(?:半(?![年天月岛径导数成自封个小])|[多余](?![边式跨元样层功领渠维重点项方年家额地]))"
_QUANTITY = rf"({NUMERAL})({MORE_SCALE})?(?:{BLANK}({UNIT}(?:[/／]{UNIT})?)({_REST})?)?"
_INCLUDED = "(?:[（(]含[)）])?"
NUMBER: Final = re.compile(
    rf"{_QUANTITY}(?:{_INCLUDED}{BLANK}{RANGE_MARK}{BLANK}{_QUANTITY})?"
)
_SINGLE_QUANTITY: Final = re.compile(_QUANTITY)


def _end(match: re.Match[str], *groups: int) -> int:
    return max(match.end(group) for group in groups)


def number(text: str, at: int) -> Span | None:
    """A number with its unit, or a range: `5370.3亿元`, `两千`, `1~2家`."""
    match = NUMBER.match(text, at)
    if match is None:
        return None
    numeral, more, unit, rest, second, second_more, second_unit, second_rest = match.groups()
    if second is not None and not _moves(text, at):
        found = read_range(numeral, more, unit, second, second_more, second_unit, second_rest)
        if found is not None:
            return at, match.end(), found
    found = read_number(numeral, more, unit, rest)
    if found is None:
        return _prefix(text, at, numeral)
    if found.bare and not _stands_alone(text, at, _end(match, 1, 2, 3, 4)):
        return None
    return at, _end(match, 1, 2, 3, 4), found


def _moves(text: str, at: int) -> bool:
    """从 and 由 before a number make 到 a movement from one value to another, not a range."""
    return text[max(0, at - 1) : at] in {"从", "由"}


def _prefix(text: str, at: int, numeral: str) -> Span | None:
    """The longest beginning of a run of numerals that is one number: of 五十千 it is 五十."""
    for length in range(min(len(numeral), 30) - 1, 0, -1):
        found = read_number(numeral[:length], None, None, None)
        if found is not None:
            return None if found.bare else (at, at + length, found)
    return None


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


_COPULAS: Final = frozenset("是为于前")
_AFTER_ALONE: Final = frozenset("那这不而却的或以")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing on either side could make a word of it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    free_before = not before or before == "负" or not (_is_han(before) or before.isalnum())
    free_after = not after or not (_is_han(after) or after.isalnum())
    if free_before:
        return free_after or (after in "那这以" and after != "")
    return before in _COPULAS and (free_after or after in _AFTER_ALONE)


_COMPOUND_DIGIT = rf"(?:{ARABIC}|[{CN_DIGITS}十百千万]{{1,12}}+)"
_COMPOUND: Final = re.compile(
    rf"({NUMERAL})([元块圆])(?:[零〇]?({_COMPOUND_DIGIT})[角毛])?(?:[零〇]?({_COMPOUND_DIGIT})分?(?:钱)?(?![{CN_DIGITS}0-9万亿年月日个]))?"
    rf"|({NUMERAL})[角毛]([{CN_DIGITS}0-9])分?(?:钱)?(?![0-9{CN_DIGITS}])"
)


def compound(text: str, at: int) -> Span | None:
    """Yuan with jiao and fen: `九元九角`, `两块九毛九`, `3斤5两`."""
    match = _COMPOUND.match(text, at)
    if match is None:
        return None
    yuan, mark, jiao, fen, jiao_only, fen_only = match.groups()
    if jiao_only:
        parts = [("0", 1), (jiao_only, 10), (fen_only, 100)]
    elif jiao:
        parts = [(yuan, 1), (jiao, 10), (fen, 100)]
    elif fen and (mark == "块" or text[match.end(4) : match.end(4) + 1] == "分"):
        hundredths = text[match.end(4) : match.end(4) + 1] == "分" or text[match.start(4) - 1] in "零〇"
        parts = [(yuan, 1), (fen, 100 if hundredths else 10)]
    else:
        return None
    return _sum_up(at, match.end(), parts, "元", "money")


_WEIGHT: Final = re.compile(rf"({NUMERAL})斤({NUMERAL})两")


def weight(text: str, at: int) -> Span | None:
    """Jin with liang: `3斤5两`."""
    match = _WEIGHT.match(text, at)
    return match and _sum_up(at, match.end(), [(match[1], 1), (match[2], 10)], "斤", "quantity")


def _sum_up(start: int, end: int, parts: list[tuple[str, int]], unit: str, kind: str) -> Span | None:
    total = Decimal(0)
    for numeral, divisor in parts:
        if numeral:
            found = read_number(numeral, None, None, None)
            if found is None or found.value is None:
                return None
            total = total + found.value / divisor
    return start, end, reading(total, unit, kind)


_PART = rf"(?:负?{BLANK}(?:{NUMERAL}))"
_FRACTION: Final = re.compile(
    rf"({NUMERAL})分之({_PART})|({DIGIT}{{1,4}}){BLANK}[/／]{BLANK}({DIGIT}{{1,4}})(?![0-9０-９/／])"
)
_HALF_TAKES: Final = re.compile(rf"半(?:{BLANK}({UNIT})|百)")


def fraction(text: str, at: int) -> Span | None:
    """`三分之一`, `4分之3`, `1/5`."""
    match = _FRACTION.match(text, at)
    if match is None:
        return None
    whole, part = (match[1], match[2]) if match[1] else (match[4], match[3])
    found = read_fraction(whole, part)
    if found is None:
        return None
    unit = _FRACTION_UNIT.match(text, match.end())
    if unit:
        named = read_number("一", None, unit[1], None)
        if named is not None and named.kind == "quantity":
            return at, unit.end(), replace(found, unit=named.unit, kind=named.kind)
    return at, match.end(), found


_FRACTION_UNIT: Final = re.compile(rf"{BLANK}(公升|升|公里|公斤|斤|吨|亩|米|小时)")
_PERCENT: Final = re.compile(
    rf"(百万万|百万|千万|万万|百|千|万)分之({_PART}|百)(?:{BLANK}{RANGE_MARK}{BLANK}(?:百分之)?({NUMERAL}|百))?"
    rf"|百分(百)|百分([{CN_DIGITS}]十[{CN_DIGITS}]?)"
)


def percent(text: str, at: int) -> Span | None:
    """`百分之七点五`, `千分之二`, `百分之三十到四十一`, `百分百`."""
    match = _PERCENT.match(text, at)
    if match is None:
        return None
    base, numeral, upper, whole, short = match.groups()
    found = read_percent(base or "百", numeral or whole or short, upper)
    return None if found is None else (at, match.end(), found)


def half(text: str, at: int) -> Span | None:
    """`半公升`, `半成`, `半百`; not in 上半年 or 大半个."""
    if at and text[at - 1] in "上下前后大小多过各东西南北":
        return None
    match = _HALF_TAKES.match(text, at)
    if match is None:
        return None
    if match[1] is None:
        found = read_number("50", None, None, None)
    else:
        found = read_number("0.5", None, match[1], None)
    return None if found is None else (at, match.end(), found)


_WHOLE_HALF: Final = re.compile(r"[一1]半(?![年天月径导岛个小])")


def whole_half(text: str, at: int) -> Span | None:
    """`一半`."""
    match = _WHOLE_HALF.match(text, at)
    found = match and read_number("0.5", None, None, None)
    return None if not match or not found else (at, match.end(), found)


_SIGN: Final = re.compile(rf"(?:[-－−]|负)的?{BLANK}|零下(?:摄氏|华氏)?")
_NO_SIGN_AFTER: Final = frozenset("减担肩胜抱自辜背欺亏重0123456789０１２３４５６７８９-－−—%％]）)")


def signed(text: str, at: int) -> Span | None:
    """`-5%`, `负12`, `负的百分之六十`, `零下4℃`; but 减负5亿元 is no minus."""
    match = _SIGN.match(text, at)
    if match is None:
        return None
    before = text[at - 1] if at else ""
    if before in _NO_SIGN_AFTER or (before.isascii() and before.isalnum()):
        return None
    for rule in (percent, fraction, number, leading_point):
        span = rule(text, match.end())
        if span is not None and span[2] is not None and span[2].value is not None and span[2].upper is None:
            return at, span[1], negated(span[2])
    return None


_POINT: Final = re.compile(rf"[.．]({DIGIT}++)(?:{BLANK}({UNIT}))?")


def leading_point(text: str, at: int) -> Span | None:
    """`.77`."""
    if at and ((text[at - 1].isascii() and text[at - 1].isalnum()) or text[at - 1] in ".．"):
        return None
    match = _POINT.match(text, at)
    found = match and read_number("0." + match[1], None, match[2], None)
    return None if not match or not found else (at, match.end(), found)


_CURRENCY_SIGN: Final = re.compile(rf"[$￥¥€£]{BLANK}({ARABIC}(?:{BLANK}[万亿]{{1,2}})?)")
_CURRENCY_OF: Final = {"$": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}


def currency_sign(text: str, at: int) -> Span | None:
    """`￥300`, `$13.5`."""
    match = _CURRENCY_SIGN.match(text, at)
    found = match and read_number(match[1], None, _CURRENCY_OF[text[at]], None)
    return None if not match or not found else (at, match.end(), found)


# Scales without a digit ---------------------------------------------------------------------------------

_SCALE_ONLY: Final = re.compile(rf"([百千]?[万亿]{{1,2}}|[百千])([多余])?{BLANK}({UNIT})?")
_BEFORE_SCALE: Final = frozenset("超破逾近上过达")


def scale_only(text: str, at: int) -> Span | None:
    """`亿元`, `千万元`, `超百亿`: a scale counts as a number before money or after a hedge."""
    match = _SCALE_ONLY.match(text, at)
    if match is None or (at and text[at - 1] in patterns.CN_NUMERAL):
        return None
    found = read_number(match[1], match[2], match[3], None)
    if found is None or found.kind == "name":
        return None
    hedged = at > 0 and text[at - 1] in _BEFORE_SCALE and not text[at - 2 : at] in _NO_BEFORE_SCALE
    if not hedged and (found.kind != "money" or found.unit in {"角"}) and found.unit != "吨":
        return None
    if match[3] is None and text[match.end() : match.end() + 1] == "级":
        return at, match.end() + 1, NAME
    return at, match.end(), found


_NO_BEFORE_SCALE: Final = frozenset("以上 之上 经过 通过 附近 不过 如上".split())

# Ranks and ordinals -------------------------------------------------------------------------------------

_ORDINAL_NUMERAL = rf"(?:{DIGIT}{{1,6}}+{BLANK}[万亿]?|[〇零一二三四五六七八九十百千万两]{{1,9}}+)"
_COUNTER = any_of(
    "个 次 届 批 轮 期 章 条 款 项 场 天 年 季度 号 代 站 组 家 例 步 集 卷 部 版 回 件 座 台 层 类 级 段 节 篇 页 周 日 "
    "大 种 辆 艘 架 颗 线 排 区 号令 产业 线程 支 只 户 幅 块 道 环 个五年 所 艘次 亿 枚 本 首 张 位 名 强".split()
)
_RANK: Final = re.compile(
    rf"第{BLANK}({_ORDINAL_NUMERAL})(?:{BLANK}{RANGE_MARK}{BLANK}第?({_ORDINAL_NUMERAL}))?{BLANK}([位名])(?![于次誉])"
)
_ORDINAL: Final = re.compile(rf"第{BLANK}({_ORDINAL_NUMERAL})(?:{BLANK}({_COUNTER}))?")
_ORDINAL_MARK: Final = re.compile(r"第[一二三四五六七八九十]{1,3}(?=[，,、：:])")
_ORDINAL_NAME: Final = re.compile(
    r"第[一二三四五](?:产业|方阵|梯队|书记|时间|线|资源|要素|责任人|动力|生产力|要务|课堂|现场|窗口|大|代人|世界|种形态|国家|身份)"
)
_LISTED: Final = re.compile(rf"第{_ORDINAL_NUMERAL}(?:、[{CN_DIGITS}十]{{1,3}})*、$")
_LIST_END: Final = re.compile(rf"([{CN_DIGITS}十]{{1,3}})((?:、[{CN_DIGITS}十]{{1,3}}){{0,8}})([位名]?)")
_BOUNDARY: Final = frozenset("，。；、,.;！!？?）)”’\n\r \u3000：:和与及且并")
_RANKED_BY: Final = frozenset("省国市县区列居排位名界球州内获为一")
_SENTENCE_STARTS: Final = frozenset("。；！？：\n\r ;:\u3000")


def _rank(value: str, unit: str = "位", modifier: str | None = None, upper: str | None = None) -> Reading | None:
    found = read_number(value, None, None, None)
    if found is None or found.value is None:
        return None
    top = read_number(upper, None, None, None) if upper else None
    return reading(found.value, unit, "ordinal", upper=top.value if top else None, modifier=modifier)


def ordinal(text: str, at: int) -> Span | None:
    """`第三位`, `第一`, `第七次`; 第一产业 is a name, and 第一， at the head of a sentence marks a list."""
    mark = _ORDINAL_MARK.match(text, at)
    if mark and (at == 0 or text[at - 1] in _SENTENCE_STARTS) and not _RANK_CONTEXT.search(text[max(0, at - 6) : at]):
        return at, mark.end(), ENUMERATION
    rank = _RANK.match(text, at)
    if rank:
        found = _rank(rank[1], upper=rank[2])
        return None if found is None else (at, rank.end(), found)
    name = _ORDINAL_NAME.match(text, at)
    if name:
        return at, name.end(), NAME
    plain = _ORDINAL.match(text, at)
    if plain is None:
        return None
    counter = plain[2]
    rest = text[plain.end() : plain.end() + 1]
    ranked = counter is None and (not rest or rest in _BOUNDARY or text[at - 1 : at] in _RANKED_BY)
    found = _rank(plain[1], "位" if ranked else counter)  # type: ignore[arg-type]
    return None if found is None else (at, plain.end(), found)


_RANK_CONTEXT: Final = re.compile(r"(?:全省|全国|全市|位居|位列|排名)[\s\u3000]*$")


def listed_rank(text: str, at: int) -> Span | None:
    """二 and 三位 in `第一、二、三位`."""
    if at < 3 or text[at - 1] != "、" or not _LISTED.search(text[max(0, at - 16) : at]):
        return None
    match = _LIST_END.match(text, at)
    if match is None:
        return None
    after = text[match.end() : match.end() + 1]
    if not match[3] and after and after not in _BOUNDARY:
        return None
    last = not match[2]
    found = _rank(match[1])
    return None if found is None else (at, match.end() if last else match.end(1), found)


_TOP: Final = re.compile(rf"前{BLANK}({DIGIT}{{1,4}}+|[一二三四五六七八九十百]{{1,4}}+)(?:{BLANK}([位名强])|(?!{BLANK}{UNIT}|[百千万亿半.．{CN_DIGITS}]|{DIGIT}|大|季|期|年))")
_TOP_AFTER: Final = frozenset("之以目提此年日月会空往从生眼")
_FIRST: Final = re.compile(r"首位(?!度|数)|榜首|头名|首名")
_PUT_FIRST: Final = frozenset("放在 摆在 置于 放到 摆到 挺在 作为 视为".split())


def top(text: str, at: int) -> Span | None:
    """`前三位`, `前十`, `前20名`: a place among the first, so at most that rank."""
    if at and text[at - 1] in _TOP_AFTER:
        return None
    match = _TOP.match(text, at)
    found = match and _rank(match[1], modifier="at_most")
    return None if not match or not found else (at, match.end(), found)


def first_place(text: str, at: int) -> Span | None:
    """`首位`, `榜首`; not where something is put first (放在首位)."""
    match = _FIRST.match(text, at)
    if match is None or text[max(0, at - 2) : at] in _PUT_FIRST:
        return None
    found = _rank("1")
    return None if found is None else (at, match.end(), found)


# What only looks like a number --------------------------------------------------------------------------

_DATE: Final = re.compile(lookalikes.DATE)
_ARABIC_NAME: Final = re.compile(lookalikes.ARABIC_NAME)
_LATIN_UNIT: Final = re.compile(rf"{ARABIC}{BLANK}{any_of(LATIN_WORDS)}(?![A-Za-z0-9])")
_LATIN_NAME: Final = re.compile(lookalikes.LATIN_NAME)
_LATIN_RUN: Final = re.compile(r"[A-Za-z]++")
_CURRENCY_CODE: Final = re.compile(rf"{lookalikes.CURRENCY_CODE}{BLANK}")
_LETTERS_THEN_NUMBER: Final = re.compile(rf"[A-Z&]{{3,}}+{ARABIC}{BLANK}(?:[万亿%％]|元|个百分点)")
_CHINESE_NAME: Final = re.compile(lookalikes.CHINESE_NAME)
_WORD: Final = re.compile(lookalikes.WORD)
_MARK: Final = re.compile(lookalikes.CHINESE_MARK)
_BRACKETED: Final = re.compile(rf"[（(]{BLANK}([一二三四五六七八九十]{{1,3}}|{DIGIT}{{1,2}}){BLANK}[)）]")
_LINE_MARK: Final = re.compile(rf"{DIGIT}{{1,2}}(?:[.．、](?!{DIGIT})|[)）])")
_ROMAN: Final = re.compile("[Ⅰ-Ⅻ]+[类级期型]?")
_QUOTED: Final = re.compile(rf"“([{HAN}、·]{{1,16}}|{DIGIT}{{2,}}+)”")
_ORDINARY: Final = re.compile(lookalikes.QUOTED_ORDINARY)
_HOLDS_NUMERAL: Final = re.compile(f"[{CN_DIGITS}十百千万亿0-9０-９]")


def date(text: str, at: int) -> Span | None:
    """`2020年4月27日`, `3月底`, `2016-2020年`, `二〇二〇年`, `十四五`."""
    match = _DATE.match(text, at)
    return match and (at, match.end(), DATE)


def arabic_name(text: str, at: int) -> Span | None:
    """`5G`, `3A级`, `1+9`, `12345热线`, a telephone number."""
    match = _ARABIC_NAME.match(text, at)
    if match is None or _LATIN_UNIT.match(text, at):
        return None
    return at, match.end(), NAME


def latin(text: str, at: int) -> Span | None:
    """`G60`, `PM2.5`, `COVID-19`; in RMB100 and GDP10万元 the digits are a number."""
    run = _LATIN_RUN.match(text, at)
    end = run.end() if run else at + 1
    name = _LATIN_NAME.match(text, at)
    if name is None or _CURRENCY_CODE.match(text, at) or _LETTERS_THEN_NUMBER.match(text, at):
        return at, end, None
    return at, name.end(), NAME


def chinese_name(text: str, at: int) -> Span | None:
    """`二十大`, `十九届四中全会`, `一号工程`, `二期`."""
    match = _CHINESE_NAME.match(text, at)
    return match and (at, match.end(), NAME)


def word(text: str, at: int) -> Span | None:
    """Words that count nothing: `一起`, `十分`, `一村一品`, `一个个`; and 一 bound from the left: `统一`."""
    match = _WORD.match(text, at)
    if match:
        return at, match.end(), None
    if text[at] == "一" and at and text[at - 1] in BINDS_ONE and not _LONGER.match(text, at):
        return at, at + 1, None
    return None


_LONGER: Final = re.compile(f"一[{CN_DIGITS}十百千万亿点半]")


def list_mark(text: str, at: int) -> Span | None:
    """`一、` and `一是` where a line or sentence begins."""
    if at and text[at - 1] not in _SENTENCE_STARTS and text[at - 1] not in "，,":
        return None
    match = _MARK.match(text, at)
    if match is None:
        return None
    return at, match.end() - 1 if text[match.end() - 1] == "、" else match.end(), ENUMERATION


def line_mark(text: str, at: int) -> Span | None:
    """`1.` and `2、` at the head of a line."""
    if at and text[at - 1] not in "\n\r" and text[:at].rsplit("\n", 1)[-1].strip(BLANKS):
        return None
    match = _LINE_MARK.match(text, at)
    return match and (at, match.end(), ENUMERATION)


def bracketed(text: str, at: int) -> Span | None:
    """`（一）`."""
    match = _BRACKETED.match(text, at)
    return match and (at, match.end(), ENUMERATION)


def roman(text: str, at: int) -> Span | None:
    """`Ⅲ类`."""
    match = _ROMAN.match(text, at)
    return match and (at, match.end(), NAME)


def quoted(text: str, at: int) -> Span | None:
    """A slogan or brand in quotation marks: “三服务”, “12410”, “湖九条”; “八连冠” counts."""
    match = _QUOTED.match(text, at)
    if match is None:
        return None
    phrase = match[1]
    if not _HOLDS_NUMERAL.search(_ORDINARY.sub("", phrase)) or phrase[0] in "第前":
        return None
    start, end = match.span(1)
    if _DATE.fullmatch(phrase):
        return start, end, DATE
    if not phrase[0].isdigit() and (len(phrase) == 1 or _is_quantity(phrase)):
        return None
    return start, end, NAME


def _is_quantity(phrase: str) -> bool:
    match = _SINGLE_QUANTITY.fullmatch(phrase)
    found = match and read_number(*match.groups())
    return bool(found) and found.kind not in {"name", "date"} and not found.bare  # type: ignore[union-attr]


# Which rule listens to which character ------------------------------------------------------------------

_ARABIC_RULES: tuple[Rule, ...] = (line_mark, date, arabic_name, whole_half, compound, weight, fraction, number)
_CHINESE_RULES: tuple[Rule, ...] = (
    list_mark, word, listed_rank, date, chinese_name, whole_half, compound, weight, fraction, number,
)
RULES: Final[dict[str, tuple[Rule, ...]]] = {
    **dict.fromkeys("0123456789０１２３４５６７８９", _ARABIC_RULES),
    **dict.fromkeys("〇○一二两三四五六七八九十廿卅俩几数", _CHINESE_RULES),
    "零": (signed, *_CHINESE_RULES),
    **dict.fromkeys("百千万", (percent, word, scale_only)),
    "亿": (scale_only,),
    "半": (half,),
    "第": (ordinal,),
    "前": (top,),
    **dict.fromkeys("首榜头", (first_place,)),
    **dict.fromkeys("-－−负", (signed,)),
    **dict.fromkeys("（(", (bracketed,)),
    "“": (quoted,),
    **dict.fromkeys(".．", (leading_point,)),
    **dict.fromkeys("$￥¥€£", (currency_sign,)),
    **dict.fromkeys("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", (roman,)),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", (latin,)),
}
