"""What only looks like a number: words that hold a numeral, dates, names and the marks of a list.

A single Chinese digit is read only before a unit, so the words listed here are those in which the digit
stands before one (`一起`, `十分`), and those words that end in a digit or bind it from the left (`统一`).
"""

from typing import Final

from extract.numbers.patterns import (
    ARABIC,
    BLANK,
    CN_DIGITS,
    CN_NUMERAL,
    DIGIT,
    HAN,
    RANGE_MARK,
    any_of,
)
from extract.numbers.units import UNITS

# Words --------------------------------------------------------------------------------------------------

_WORDS = """
一起!案事 一次 一次性 一批 一部分 一方面 一家人 一家亲 一件事 一张网 一张图 一张表 一条龙 一条心 一步 一点!一二三四五六七八九零0123456789 一度 一时 一片 一股 一番 一口 一号
一日游 一会 一下 一块!地屏零一二三四五六七八九钱 一分为二 一对一 一年级 二次 二元 三角 三元区 三步走 三天两头 三分天下 三门峡 三个代表 四周!岁年 四处 五角大楼 五家渠 五台山
五台县 七里河 九台区 三台县 十分!钟之 九年义务 九年一贯 十里 八里 七里 一回事 一天天 十个指头 百分点 百分制 两套班子 两样 一样 两次三番 千万别 千万不
一举多得 一个样 一家之言 一席之地 一环扣一环 十月革命 十二生肖 十三陵 四平市 三三两两 万分 千分表 百分比 百分率 千瓦 千克 千米
"""

WORDS: Final[dict[str, str]] = {
    word: guard for word, _, guard in (entry.partition("!") for entry in _WORDS.split())
}
"""Words that begin with a numeral and count nothing, each with the characters that must not follow it."""

_MEASURED = rf"(?![{CN_NUMERAL}])[{HAN}]"
WORD = rf"(?:{any_of(WORDS)}|[{CN_DIGITS}]位一体|一({_MEASURED})(?:一|\1)(?!半|定|些)|两两)"
"""A word, a distributive (一村一品, 一企一策) or a doubled measure (一个个, 一件件)."""

BINDS_ONE: Final = frozenset("统唯单归逐划专之其无这那每某另任哪上下新初")
"""Before 一 these build a word or point at one thing of many: 统一, 唯一, 这一年, 新一轮, 每一个."""

QUOTED_ORDINARY = (
    "第一|统一|唯一|单一|进一步|一体|一流|一般|一线|一批|一定|一切|一起|一直|一些|三角|四川|十分|百姓|万一|千方百计|百花"
)
"""Words that do not make a quoted phrase a slogan."""

# Dates --------------------------------------------------------------------------------------------------

_YEAR_DIGITS = rf"(?:[12１２]{DIGIT}{{3}}|[一二][〇零○九八七六五四三二一]{{3}})"
_MONTH = rf"(?:[1１][0-2０-２]|[0０]?[1-9１-９]|十[一二]?|[一二三四五六七八九])"
_DAY = rf"(?:[1-3１-３][0-9０-９]|[0０]?[1-9１-９]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初?[一二三四五六七八九])"
_ARABIC_DAY = "(?:[12１２][0-9０-９]|[3３][01０１]|[1-9１-９])"
_NOT_DIGIT = rf"(?![{CN_DIGITS}十0-9０-９])"
_YEAR = rf"{_YEAR_DIGITS}{BLANK}年(?:代|度(?!假)|[初中末底](?![小学级医]))?"
_MONTH_DAY = (
    rf"{_MONTH}(?:{BLANK}[月]?{BLANK}{RANGE_MARK}{BLANK}{_MONTH})?{BLANK}月(?:份|底|初|末|[上中下]旬)?"
    rf"(?:{BLANK}{_DAY}{BLANK}(?:[日号]?(?:{RANGE_MARK}|、){_DAY})?{BLANK}[日号])?"
)
DATE = "|".join(
    (
        rf"{_YEAR_DIGITS}(?:{BLANK}年)?{BLANK}{RANGE_MARK}{BLANK}{_YEAR}",  # 2016-2020年, 2016年至2020年
        rf"{_YEAR_DIGITS}[-—–－―~～]{{1,2}}{_YEAR_DIGITS}(?!{DIGIT}|[.．万亿%％])",  # 2016—2020
        rf"{_YEAR}{BLANK}{_MONTH_DAY}",
        rf"{_YEAR}(?:第?[一二三四1-4]季度|[上下]半年)?",
        rf"{_YEAR_DIGITS}[-/.．]{DIGIT}{{1,2}}[-/.．]{DIGIT}{{1,2}}(?!{DIGIT})",  # 2020-04-27
        _MONTH_DAY,
        rf"{_ARABIC_DAY}(?:{BLANK}{RANGE_MARK}{BLANK}{_ARABIC_DAY})?{BLANK}日(?!均|产|处理|志|前来|常|益|照|本)",
        rf"[二三]十[一二三四五六七八九]日|二十日|十[一二三四五六七八九]日|廿[一二三四五六七八九]日",
        rf"(?:{DIGIT}{{1,2}}|[一二]?十[一二三四五六七八九]?){BLANK}世纪(?:{DIGIT}0年代|[二三四五六七八九]十年代)?",
        rf"{DIGIT}[0０]年代|[二三四五六七八九]十年代",
        rf"{DIGIT}{{1,2}}[:：]{DIGIT}{{2}}(?!{DIGIT})|{DIGIT}{{1,2}}时(?![长间期代速段])(?:{DIGIT}{{1,2}}分)?",
        rf"[一二三四1-4]季度",
        rf"十[一二三四五六七]五(?![个家项人名万亿千百元%])",  # 十四五
    )
)
"""Calendar dates, spans of years, quarters, five-year plans."""

# Names --------------------------------------------------------------------------------------------------

_COUNTED = any_of(word for word, unit in UNITS.items() if unit.kind != "name")
_HOTLINE = "(?:政务|政府|市长|市民|便民)?(?:服务)?(?:热线|平台|专线|举报|报警|投诉)"
ARABIC_NAME = "|".join(
    (
        rf"{DIGIT}++(?:[.．]{DIGIT}++)?(?:[+＋]{BLANK}(?:{DIGIT}++(?:[.．]{DIGIT}++)?|[XxNn]))++[A-Za-z]?",  # 1+9
        rf"0{DIGIT}{{2,3}}[-－—]{DIGIT}{{7,8}}(?!{DIGIT})|1[3-9]{DIGIT}{{9}}(?!{DIGIT})",
        rf"{DIGIT}{{3,6}}(?={_HOTLINE})",
        rf"[1１][2２][3３]{DIGIT}{{2}}(?!{DIGIT}|[.．]{DIGIT})(?!{BLANK}(?:[万亿%％多余]|{_COUNTED}))",  # 12345
        rf"{DIGIT}++(?:[.．]{DIGIT}++){{2,}}+",  # 127.0.0.1
        rf"{DIGIT}++(?:[.．]{DIGIT}++)?[A-Za-z][A-Za-z0-9]*+(?:[+\-]{DIGIT}++)?级?",  # 5G, 3A级, 531X
    )
)
"""Names that begin with a digit; to be tried after units in Latin letters."""

LATIN_NAME = rf"[A-Za-z][A-Za-z.]{{0,15}}+(?:[-－]{{0,1}}{BLANK}){DIGIT}++(?:[.．]{DIGIT}++)?[A-Za-z0-9\-]{{0,12}}+"
"""G60, PM2.5, COVID-19, A350: letters, then digits."""

CURRENCY_CODE = "(?:RMB|CNY|USD|EUR|HKD)"

_SESSION_OF = rf"(?:[{HAN}]{{0,10}}?第?)"
CHINESE_NAME = "|".join(
    (
        rf"[一二三四五六七八九十]{{1,3}}届{_SESSION_OF}[一二三四五六七八九十]{{1,2}}(?:中全会|次(?:全体)?会议|次全会)",
        rf"[一二三四五六七八九十]{{1,3}}届",
        rf"[一二三四五六七八九十]{{1,2}}中全会",
        "(?:[一二三四五六七八九十两]|十[一二六七八九]|二十[一二三]?)大(?!批|步|早|型|片)",
        rf"[一二三四五六七八九十]{{1,3}}号(?!召)",
        rf"[一二三四五六七八九]{{1,2}}(?:甲医院|维码|维|星级|级|类|期|等奖|年级)(?!之)",
    )
)
"""Party congresses, sessions, numbered things, levels: 二十大, 十九届四中全会, 一号工程, 二期."""

# Lists --------------------------------------------------------------------------------------------------

CHINESE_MARK = "|".join(
    (
        r"[一二三四五六七八九十]{1,3}、",
        r"[一二三四五六七八九十]{1,2}(?:是|要|则)(?![一个年])",
    )
)
"""一、 and 一是, where a sentence or line begins."""
