"""The regions of the country by their full names: codes, provinces, prefectures."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Unit(NamedTuple):
    """A region's six-digit code and the province that it lies in; both None for a name that is not listed."""

    code: str | None
    province: str | None


UNKNOWN = Unit(None, None)
_KIND = re.compile(
    r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|(?<=..)(?:[\u4e00-\u9fff]{1,6}族)+自治[州县]$|[省市县区州旗盟]$"
)
"""What a name leaves out when it is written short: 浙江, 广西, 湖州."""


def unit_of(region: str | None) -> Unit:
    """Code and province of a region; nothing is guessed for a name that several units bear."""
    code = codes().get(region or "")
    return Unit(code, _provinces().get(code[:2])) if code else UNKNOWN


@cache
def codes() -> dict[str, str]:
    """The six-digit code of each region, by its full name."""
    text = files("extract.language").joinpath("regions.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {name: code for code, name in pairs}


@cache
def _provinces() -> dict[str, str]:
    return {code[:2]: name for name, code in codes().items() if code.endswith("0000")}


@cache
def provinces() -> dict[str, str]:
    """The full name of each province by its bare one: 浙江, 广西, 北京."""
    return {short_name(name): name for name in _provinces().values()}


@cache
def prefecture_cities() -> frozenset[str]:
    """The full names of all cities that are prefectures."""
    return frozenset(
        name
        for name, code in codes().items()
        if code.endswith("00") and not code.endswith("0000") and name.endswith("市")
    )


def short_name(region: str) -> str:
    """What sentences call a region: 浙江, 广西, 湖州."""
    return _KIND.sub("", region)


def named(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """Which of the known regions a name stands for: full (湖州市), short (湖州), or with its province (浙江省湖州市).

    Args:
        wanted: as somebody wrote it.
        known: full names.

    Returns:
        Full names; several where the name leaves it open (吉林 is a province and a city).
    """
    regions = dict.fromkeys(known)
    name = "".join(wanted.split())
    if name in regions:
        return (name,)
    short = [one for one in regions if short_name(one) == name and name != one]
    if short or not name:
        return tuple(short)
    return tuple(
        one
        for one in regions
        for rest in (one, short_name(one))
        if len(rest) > 1 and name.endswith(rest) and _is_above(name.removesuffix(rest), one)
    )[:1]


def _is_above(prefix: str, region: str) -> bool:
    """Whether a name in front of a region's is that of its province or of another unit."""
    province = unit_of(region).province or ""
    return bool(prefix) and (prefix in (province, short_name(province)) or prefix in codes())
