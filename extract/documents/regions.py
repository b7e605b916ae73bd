"""Names of administrative units and their levels.

What a bare 市 is, its name alone does not say: the four municipalities are provinces, 293 are prefectures,
the others county-level. A name that is not listed is a county-level city, or, when the text speaks of
counties below it, a new (or invented) prefecture.
"""

import re

from extract.language.regions import prefecture_cities, provinces, short_name

MUNICIPALITIES = frozenset(["北京市", "天津市", "上海市", "重庆市"])

FULL_NAMES = provinces()
PREFECTURES = prefecture_cities()
_BARE_NAMES = {name: short_name(name) for name in (*PREFECTURES, *FULL_NAMES.values())}
ALL_NAMES = frozenset(_BARE_NAMES)
"""Full names of all provinces and prefecture-level cities."""


def bare_name(name: str) -> str:
    """A name of `ALL_NAMES` as sentences have it: 北京, 广西."""
    return _BARE_NAMES[name]


_SUFFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("province", ("特别行政区", "自治区", "省")),
    ("prefecture", ("自治州", "地区", "盟", "州", "市")),
    ("county", ("自治县", "自治旗", "新区", "林区", "特区", "县", "区", "旗")),
    ("township", ("街道", "苏木", "镇", "乡")),
)
# Longer suffixes stand first, so that 自治区 is not read as 区.
_ENDINGS = sorted((suffix for _, suffixes in _SUFFIXES for suffix in suffixes), key=len, reverse=True)
_UNIT = rf"(?:[\u4e00-\u9fff]{{2,10}}?(?:{'|'.join(_ENDINGS)})|[\u4e00-\u9fff]县)"
_UNITS = re.compile(_UNIT)
_CHAIN = re.compile(rf"(?:{_UNIT})+")
_NO_NAME = re.compile(r"[我本全各该]|(?:市|县|区|省|州|镇|乡|街道|自治[区州县])$")
_COUNTIES_BELOW = re.compile(r"县（市、?区）|县市区|区县|县区|市县|区市县|各县|县（市）")


def units(name: str) -> tuple[str, ...]:
    """The administrative units that a name is made of, outermost first.

    浙江省湖州市 → (浙江省, 湖州市); 景德镇市 → (景德镇市,); 我市 → ().
    """
    if name in FULL_NAMES:
        return (FULL_NAMES[name],)
    if _NO_NAME.match(name) or not _CHAIN.fullmatch(name):
        return ()
    first = _UNITS.match(name)
    assert first is not None, "a chain begins with a unit"
    if first.end() == len(name):
        return (name,)
    rest = units(name[first.end() :])
    return (first[0], *rest) if rest else (name,)


def level_of(chain: tuple[str, ...], text: str) -> str | None:
    """The level of the last unit of a chain.

    Args:
        chain: units, outermost first, as `units` gives them.
        text: the report, for a city whose name is not listed.

    Returns:
        `province`, `prefecture`, `county`, `township`, or None where the name says nothing.
    """
    if not chain:
        return None
    name = chain[-1]
    if name in MUNICIPALITIES:
        return "province"
    if name.endswith("市") and name not in PREFECTURES:
        above = any(unit.endswith(("市", "州", "盟", "地区")) for unit in chain[:-1])
        return "county" if above or len(_COUNTIES_BELOW.findall(text)) == 0 else "prefecture"
    for ending in _ENDINGS:
        if name.endswith(ending):
            return next(level for level, suffixes in _SUFFIXES if ending in suffixes)
    return None
