"""Title, region, level, year and date of a report, from its own head.

What a bare 市 is, the words alone do not say. The four municipalities are provinces; a name after another city or
prefecture (云州市临江市) is county-level, and so is a city that calls itself 县级市 or that serves under another
city's committee (云州市委、市政府和临江市委); every other 市 is taken to be a prefecture.
"""

import re
from dataclasses import dataclass
from datetime import date

from extract.documents.periods import dates_named, years_named

_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_PROVINCES = {
    **{name: f"{name}省" for name in "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾".split()},  # noqa: SIM905
    **{name[:-1]: name for name in _MUNICIPALITIES},
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}  # fmt: skip

_SUFFIX_LEVELS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("特别行政区", "自治区", "省"), "province"),
    (("自治州", "地区", "盟", "州"), "prefecture"),
    (("自治县", "自治旗", "新区", "林区", "特区", "县", "区", "旗"), "county"),
    (("街道", "苏木", "镇", "乡"), "township"),
    (("市",), "prefecture"),
)
_UNIT = r"(?:[\u4e00-\u9fff]{2,10}?(?:特别行政区|自治区|省|自治州|地区|盟|州|自治县|自治旗|新区|林区|特区|县|区|旗|街道|苏木|镇|乡|市)|[\u4e00-\u9fff]县)"
_UNITS = re.compile(_UNIT)
_CHAIN = re.compile(rf"(?:{_UNIT})+")
_GENERIC = re.compile(r"^(?:我|本|全|各|该|市|县|区|省|州|自治区|自治州|自治县|镇|乡|街道|人民)")

_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_ASSEMBLY = re.compile(rf"在(?P<region>[\u4e00-\u9fff]{{1,24}}?)第{_NUMERAL}届人民代表大会")
_NATIONAL = re.compile(rf"第{_NUMERAL}届全国人民代表大会|代表国务院|国务院总理")
_MANDATE = re.compile(r"我(?:谨|们)?代表(?P<region>[\u4e00-\u9fff]{2,24}?)(?:人民政府|政府|管委会|管理委员会|街道办事处|办事处)")
_SPEAKER = re.compile(
    r"^(?P<region>[\u4e00-\u9fff]{2,24}?)(?:人民政府)?(?:党组书记、)?(?:代理?)?(?:省长|市长|州长|县长|区长|旗长|盟长|镇长|乡长|主席|专员)"
)
_TITLE_REGION = re.compile(r"(?P<region>[\u4e00-\u9fff]{2,24}?)(?:人民)?政府(?:工作报告|$)")
_TITLE = re.compile(r"政府.{0,8}工作报告|工作报告")
_TITLE_MARKS = re.compile(r"^[•●◆■★\-*\s]+|^(?:[【\[][^】\]]{1,20}[】\]])+|（[^（）]{0,40}）$")
_YEAR = re.compile(r"\d{4}年(?:度)?")
_UNDER_CITY = re.compile(r"(?P<city>[\u4e00-\u9fff]{2,4}?市)委、?(?:[\u4e00-\u9fff]{0,4}市)?政府")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a report says.

    Attributes:
        title, region, level: as in `Metadata`.
        title_year: the year in the title, or None.
        delivered: the date of delivery, or None.
    """

    title: str
    region: str | None
    level: str | None
    title_year: int | None
    delivered: date | None


def read_head(text: str) -> Head:
    """Read the head of a report from its clean text."""
    opening = _opening(text)
    lines = [line for line in opening.split("\n") if line]
    title_line = next((line for line in lines if len(line) <= 70 and _TITLE.search(line)), "")
    title = _bare_title(title_line)
    delivered = _delivery_date(lines)
    region, chain = _region(opening, title, lines)
    years = years_named(title_line)
    if not title:
        year = f"{delivered.year}年" if delivered else ""
        title = f"{year}{region or ''}政府工作报告"
    return Head(title, region, _level(region, chain, text), years[0] if years else None, delivered)


def _opening(text: str) -> str:
    """The head lines and the sentence that lays the report before the assembly."""
    at = text.find("代表", text.find("各位代表") + 4) if "各位代表" in text[:1500] else text.find("代表")
    return text[: (at if 0 <= at < 1500 else 600) + 120]


def _bare_title(line: str) -> str:
    previous = None
    while line != previous:
        previous, line = line, _TITLE_MARKS.sub("", line)
    return line.strip()


def _delivery_date(lines: list[str]) -> date | None:
    """The date before the assembly's name, else the first date of the head."""
    for line in lines:
        if "人民代表大会" in line or "会议" in line:
            dates = dates_named(line[:120])
            if dates:
                return dates[0]
    for line in lines:
        dates = dates_named(line[:120])
        if dates:
            return dates[0]
    return None


def _region(opening: str, title: str, lines: list[str]) -> tuple[str | None, tuple[str, ...]]:
    """The region's full name and the chain of units in which it was named."""
    if _NATIONAL.search(opening):
        return "全国", ("全国",)
    chains: list[tuple[str, ...]] = []
    named = [_ASSEMBLY.search(opening), _TITLE_REGION.search(_YEAR.sub("", title)), _MANDATE.search(opening)]
    named += [match for line in lines if len(line) <= 40 and (match := _SPEAKER.search(line))]
    for match in named:
        if match is None:
            continue
        chain = _units(_YEAR.sub("", match["region"]).removesuffix("人民"))
        if chain:
            chains.append(chain)
    if not chains:
        return None, ()
    region = chains[0][-1]
    longest = max((chain for chain in chains if chain[-1] == region), key=len)
    return region, longest


def _units(name: str) -> tuple[str, ...]:
    """The administrative units in a name, outermost first: 浙江省湖州市 → (浙江省, 湖州市)."""
    if name in _PROVINCES:
        return (_PROVINCES[name],)
    if _GENERIC.match(name) and len(name) <= 4:
        return ()
    if not _CHAIN.fullmatch(name):
        return ()
    return tuple(_split_units(name))


def _split_units(name: str) -> list[str]:
    """Cut a chain after each unit so that what follows is a chain again: 景德镇市 is one unit."""
    for match in _UNITS.finditer(name):
        if match.start() != 0:
            break
        rest = name[match.end() :]
        if not rest:
            return [name]
        if _CHAIN.fullmatch(rest):
            return [match[0], *_split_units(rest)]
        break
    return [name]


def _level(region: str | None, chain: tuple[str, ...], text: str) -> str | None:
    if region is None:
        return None
    if region == "全国":
        return "national"
    if region in _MUNICIPALITIES:
        return "province"
    level = next((level for suffixes, level in _SUFFIX_LEVELS if region.endswith(suffixes)), None)
    if region.endswith("市") and _is_county_city(region, chain, text):
        return "county"
    return level


def _is_county_city(region: str, chain: tuple[str, ...], text: str) -> bool:
    if any(unit.endswith(("市", "州", "盟", "地区")) and unit not in _MUNICIPALITIES for unit in chain[:-1]):
        return True
    masters = {match["city"] for match in _UNDER_CITY.finditer(text)}
    masters -= {region, "全市", "我市", "本市"}
    return any(f"{master}委" in text and f"{region}委" in text for master in masters if len(master) >= 3)
