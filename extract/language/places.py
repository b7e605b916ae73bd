"""Places whose names hold a numeral: 七台河市, 四十里堡镇, 八角井社区. The numeral counts nothing there."""

import re
from functools import cache
from typing import Final

from extract.language.regions import codes, short_name

_NUMERALS: Final = "一二三四五六七八九十百千万"
_HOLDS_NUMERAL: Final = re.compile(f"[{_NUMERALS}]")
_SHORTEST_BARE: Final = 3
"""A bare name of two characters may be a count: 八步 is in 分八步走, too."""

_GROUND: Final = (
    "坡堡店铺桥河沟湾井岭山庙墩营屯岗塘坪亭庄台墙甸坝川口冲洼泉溪湖港集寨圩堰滩浦渡峰岩屋门渠埠汊堆垛楼"
    "榆树柳杨松槐李王张刘陈"
)
"""What places are named after: 五里坡, 九里湾, 三棵树. Without such a character a name is not told from a count."""
_MEASURES: Final = "里角台家道棵间眼块面节龙星官仙圣公"
_CALLED: Final = (
    r"(?:街道|社区|林场|农场|牧场|水库|电站|水电站|灌区|大桥|隧道|火车站|高铁站|枢纽|工业园|产业园|遗址|景区|公园|古镇|古村|机场"
    r"|[镇乡村县区站港])"
)
_WATERS: Final = "(?:[里角道节面龙星官仙圣公][河江溪])"
_LOCAL: Final = (
    rf"[二两三四五六七八九十百]{{1,3}}(?:"
    rf"(?:[{_MEASURES}][{_GROUND}]?|[{_GROUND}])(?<=[{_GROUND}])[\u4e00-\u9fff]??{_CALLED}"
    rf"|{_WATERS})"
)


def place_at(text: str, at: int) -> int | None:
    """Where the name of a place ends whose numeral stands at an index; None where none does.

    Args:
        text: any text, in modern characters.
        at: index of a numeral.
    """
    pattern, seconds = _places()
    if text[at + 1 : at + 2] not in seconds:  # so it is with most
        return None
    found = pattern.match(text, at)
    return found.end() if found else None


@cache
def _places() -> tuple[re.Pattern[str], frozenset[str]]:
    """The names of regions from their numeral on, and how villages, towns and what is in them are named; with the
    characters that may stand second.
    """
    names = set(codes())
    names |= {bare for bare in map(short_name, names) if len(bare) >= _SHORTEST_BARE}
    listed = []
    seconds = {*_NUMERALS, *_MEASURES, *_GROUND}
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if numeral := _HOLDS_NUMERAL.search(name):
            first = numeral.start()
            before = f"(?<={name[:first]})" if first else ""
            listed.append(before + name[first:])
            seconds.add(name[first + 1 : first + 2])
    return re.compile("|".join((*listed, _LOCAL))), frozenset(seconds)
