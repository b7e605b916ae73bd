"""The pieces from which every pattern is composed.

Each piece is a plain string with no capturing group. Repetitions are possessive (`++`) or bounded, so that
no text, however hostile, makes them look at a character more than a fixed number of times.
"""

import re
from collections.abc import Iterable, Mapping


def any_of(words: Iterable[str] | Mapping[str, str]) -> str:
    """A pattern for the longest of the words, as a tree of their letters.

    Args:
        words: the words; a mapping gives to each the characters that must not follow it.
    """
    tree: dict[str, object] = {}
    guards = dict(words) if isinstance(words, Mapping) else dict.fromkeys(words, "")
    for word, guard in guards.items():
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = f"(?![{re.escape(guard)}])" if guard else ""
    return _branch(tree)


def _branch(node: Mapping[str, object]) -> str:
    longer = [
        re.escape(letter) + _branch(below)
        for letter, below in sorted(node.items())
        if isinstance(below, dict)
    ]
    if "" in node:
        longer.append(str(node[""]))
    return longer[0] if len(longer) == 1 else f"(?:{'|'.join(longer)})"


BLANK = r"[ \t\u3000\xa0]{0,4}"
DIGIT = "[0-9０-９]"
HAN = r"\u3400-\u9fff〇"
CN_DIGITS = "〇零○一二两三四五六七八九"
CN_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
CN_NUMERAL = f"{CN_DIGITS}十百千万亿"

GROUPED = rf"{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}})++(?!{DIGIT})"
PLAIN = rf"{DIGIT}++"
DECIMALS = rf"(?:[.．]{DIGIT}++)?+"
ARABIC = rf"(?:{GROUPED}|{PLAIN}){DECIMALS}"

THOUSAND = "(?<![十百])千(?![瓦克卡帕焦赫伏])"
HUNDRED = "百(?!分[^之])"
SCALE = f"(?:[十万亿]|{HUNDRED}|{THOUSAND}(?!米))"
POINT = f"[点點](?=[{CN_DIGITS}0-9０-９])"
AFTER_SCALE = "(?<=[十百千万亿])"

# 25万6千, 3万4000, 7 万5 千4 百, 200亿零四千230
ARABIC_TAIL = (
    rf"(?:{BLANK}{SCALE}"
    rf"|{AFTER_SCALE}[零〇]?(?:{DIGIT}{{1,4}}+(?![.．]?{DIGIT})|[{CN_DIGITS}](?![{CN_DIGITS}]))"
    rf"|{AFTER_SCALE}{BLANK}{DIGIT}{{1,4}}{BLANK}{THOUSAND}"
    rf"|{AFTER_SCALE}{BLANK}{DIGIT}{{1,4}}{BLANK}[百万]"
    rf"|{POINT}(?:{DIGIT}|[{CN_DIGITS}])++)*+"
)
ARABIC_NUMERAL = rf"(?:{ARABIC}{ARABIC_TAIL})"

# 一千零一十, 两千, 十几, 一万五千亿, 三千四百五十几, 二〇二〇
_CN_FIRST = f"(?:[{CN_DIGITS}十廿卅俩]|[几数](?=[十百千万亿]))"
_CN_NEXT = (
    f"(?:[〇零○一二三四五六七八九十万亿廿卅]|{HUNDRED}|{THOUSAND}|两(?=[百千万亿])|{AFTER_SCALE}几|零几"
    rf"|{POINT}(?:[{CN_DIGITS}]++|{DIGIT}++)|{AFTER_SCALE}[零〇]?{DIGIT}{{1,4}}+(?![.．]?{DIGIT}))"
)
CHINESE_NUMERAL = f"(?:{_CN_FIRST}(?:{_CN_NEXT}|{BLANK}[百万亿])*+)"

# 6600多亿, 五百 余万, 3900 余起, 10几
NOT_MORE = "(?![边式跨元样层功领渠维重点年方家额地杭姚热])"
MORE = (
    rf"(?:{BLANK}(?:[多余](?=[元年家])|[多余]{NOT_MORE}|来(?=[个家人名项])|几(?![乎何率])|个(?=亿)))"
)
MORE_SCALE = rf"(?:{MORE}(?:{BLANK}[万亿])*+)"

NUMERAL = f"(?:{ARABIC_NUMERAL}|{CHINESE_NUMERAL})"
RANGE_MARK = "(?:[~～〜∼]|[-—–－‐―─]{1,2}|至|到)"
SIGN = "(?:[-－−]|负)"
