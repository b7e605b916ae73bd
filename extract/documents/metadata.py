"""Title, region, level, year and date of a report, from its own head and headings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.documents.regions import ALL_NAMES, bare_name, level_of, units
from extract.language.years import dates_named, years_named

_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_NAME = r"(?P<region>[\u4e00-\u9fff]{2,24}?)"
_OFFICES = "省长|市长|州长|县长|区长|旗长|盟长|镇长|乡长|主席|专员|主任"

_NATIONAL = re.compile(rf"第{_NUMERAL}届全国人民代表大会|代表国务院|国务院总理")
_ASSEMBLY = re.compile(rf"在{_NAME}第{_NUMERAL}届人民代表大会")
_MANDATE = re.compile(rf"(?:代表|受){_NAME}(?:人民政府|政府|管委会|管理委员会|街道办事处|办事处)")
_BARE_MANDATE = re.compile(r"(?:代表|受)(?:全)?(?P<kind>省|自治区|市)(?:人民)?政府")
_SPEAKER = re.compile(rf"^{_NAME}(?:人民政府)?(?:党组书记、)?(?:代理?)?(?:{_OFFICES})")
_TITLED = re.compile(rf"{_NAME}(?:人民)?政府")
_REPORT = re.compile(r"政府.{0,8}工作报告|工作报告")
_MARKS = re.compile(r"^[•●◆■★\-*\s]+|^(?:[【\[][^】\]]{1,20}[】\]])+|（[^（）]{0,40}）$")
_YEAR = re.compile(r"\d{4}年(?:度)?")
_DONE = re.compile(r"回顾|总结|过去|完成情况|成就|成效")
_TO_DO = re.compile(r"任务|安排|部署|打算|目标|重点|要求|建议|举措|思路")
_LONGEST_TITLE = 70
_HEAD = 1500
_LEAST_NAMED = 3


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
    titled = next((line for line in lines if _may_be_title(line)), "")
    title = _bare(titled.partition("——")[0] or titled)
    delivered = _delivery_date(lines)
    years = years_named(title or titled)
    national = _NATIONAL.search(opening) is not None
    chain = ("全国",) if national else _region(opening, title, lines) or _most_named(opening, text)
    region = chain[-1] if chain else None
    level = "national" if national else level_of(chain, text)
    if not title:
        title = f"{delivered.year}年" if delivered else ""
        title += f"{region or ''}政府工作报告"
    return Head(title, region, level, years[0] if years else None, delivered)


def report_year(head: Head, titles: Iterable[str]) -> int | None:
    """The year that the report plans for.

    Args:
        head: the report's head.
        titles: the headings of its chapters.

    Returns:
        The year after one that a heading reviews, or one that it plans; then the later of title and date,
        since a report delivered in December plans for the year after. Headings far from both are not
        believed.
    """
    known = [year for year in (head.title_year, head.delivered.year if head.delivered else None) if year]
    named: list[int] = []
    for title in titles:
        for year in years_named(title):
            if _DONE.search(title):
                named.append(year + 1)
            elif _TO_DO.search(title):
                named.append(year)
    near = [year for year in named if not known or any(abs(year - other) <= 1 for other in known)]
    if near:
        return near[0]
    return max(known, default=None)


def _opening(text: str) -> str:
    """The head lines and the sentence that lays the report before the assembly."""
    salutation = text.find("各位代表", 0, _HEAD)
    at = text.find("代表", salutation + 4 if salutation >= 0 else 0, _HEAD)
    return text[: (at if at >= 0 else 480) + 120]


def _may_be_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[-1] not in "。；，：" and _REPORT.search(line) is not None


def _bare(line: str) -> str:
    """A title without bullets, labels and what stands in brackets after it."""
    previous = None
    while line != previous:
        previous, line = line, _MARKS.sub("", line)
    return line.strip()


def _delivery_date(lines: list[str]) -> date | None:
    """The date in the line that names the assembly, else the first date of the head."""
    named = [line for line in lines if "人民代表大会" in line or "会议" in line]
    for line in [*named, *lines]:
        dates = dates_named(line[:120])
        if dates:
            return dates[0]
    return None


def _most_named(opening: str, text: str) -> tuple[str, ...]:
    """The region of a report that speaks of 省人民政府 alone: the one that it names far more often than others.

    What it names must be of the kind that it speaks of; a report of a city names its province, too.
    """
    mandate = _BARE_MANDATE.search(opening)
    if mandate is None:
        return ()
    candidates = (name for name in ALL_NAMES if name.endswith(mandate["kind"]))
    named = sorted(((text.count(bare_name(name)), name) for name in candidates), reverse=True)
    (most, name), (next_most, _) = named[:2]
    return (name,) if most >= _LEAST_NAMED and most >= 3 * next_most else ()


def _region(opening: str, title: str, lines: list[str]) -> tuple[str, ...]:
    """The units in which the region is named: by the assembly, title, mandate, or speaker's office."""
    named = [_ASSEMBLY.search(opening), _TITLED.match(_YEAR.sub("", title)), _MANDATE.search(opening)]
    named += [_SPEAKER.search(line) for line in lines if len(line) <= 40]
    found = (units(_YEAR.sub("", match["region"]).removesuffix("人民")) for match in named if match)
    chains = [chain for chain in found if chain]
    if not chains:
        return ()
    return max((chain for chain in chains if chain[-1] == chains[0][-1]), key=len)
