"""Matches what a report calls an indicator to the catalogue, with the reason, and what is doubtful about it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, NamedTuple, Protocol

from extract.indicators.catalogue import Catalogue, How, Indicator, Name, load_catalogue
from extract.indicators.templates import folded

_PERCENT: Final = "%"
_TIMES: Final = "倍"
"""增长1.2倍 is a rate of growth, kept as printed."""
_JOINT = re.compile(r"[、和与及]|以及")
_BRACKET = re.compile(r"\([^()]{0,30}\)")
_OWN = re.compile(r"全(?:省|市|区|县|州)(?!性|域|社会)")
_AREAS = re.compile(
    r"^(?:全[省市区州县])?(?:(?:\d+|[一二两三四五六七八九十]+)个?(?:设区的?市|地级(?:及以上)?(?:城市|市)|市州|州市|地市|盟市|城市|市|区|州)|县级及?以上城市|(?:市州|州市|市\(州\)|州\(市\))政府所在地(?:城市)?)+"
)
_MONTH = re.compile(r"^(?:截至)?\d{1,2}月[份末底]?")
"""A month in front of a name is no part of it; whose number is of that month alone, the panel sees."""
_ADJUSTED = re.compile(r"(?:剔除|扣除)[^,、()]{1,16}?因素(?:的?影响)?[之以]?后?,?")
"""What a rate of change is cleaned of does not change whose rate it is."""
_GROWTH_NOUN = re.compile(r"(?:增速|增幅|涨幅|增长率|增长|增长速度|上涨)(?:目标|预期|预期目标|达|达到)?$")
_OF_ALL = re.compile(r"(?:占比|比重|比例|结构|质量|数量|份额|等多[项个].*)$")
"""At the end of a list these speak of each member: 制造业投资和民间投资比重 are two shares."""
_KINDS: Final = ("level", "change", "share")
_MOST_STATES: Final = 200
_MOST_KNOWN: Final = 50_000
_FEWEST_SHARED = 2
"""A member of a list shares at least so many characters with the last one (粮食、蔬菜产量)."""


Reading = tuple[Name, str, str]
"""What a wording may stand for: the name, words left out, doubt."""


class Number(Protocol):
    """What tells the numbers of one indicator from those of another; figures of records are such."""

    @property
    def value(self) -> Decimal:
        """After scale, without sign."""

    @property
    def upper(self) -> Decimal | None:
        """The upper end of a range."""

    @property
    def unit(self) -> str | None:
        """Without scale."""

    @property
    def kind(self) -> str:
        """`level`, `change`, `rank` or `share`."""

    @property
    def direction(self) -> str | None:
        """`increase` or `decrease`."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number without a record; as in `schemas.record.Figure`."""

    value: Decimal
    upper: Decimal | None
    unit: str | None
    kind: str
    direction: str | None


class Match(NamedTuple):
    """An indicator of the catalogue, and how a wording came to it.

    Attributes:
        indicator: the indicator.
        how: `exact`, `alias`, `composed`, or `loose` for a name that needs headline company.
        dropped: words around the name that were left out, in the report's order.
        doubt: what a careful reader would look at; empty where nothing is doubtful.
    """

    indicator: Indicator
    how: How
    dropped: str
    doubt: str


class Matcher:
    """Matches wordings to a catalogue; what a wording may stand for is worked out once.

    Args:
        catalogue: the indicators.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._known: dict[str, tuple[Reading, ...]] = {}

    def matches(self, wording: str, quantity: Number, region: str | None = None) -> tuple[Match, ...]:
        """The indicators that a number with this wording is for.

        Args:
            wording: the indicator in the report's words; several joined by 和 or 、 share the number.
            quantity: the number.
            region: the report's region, whose name may stand in front.

        Returns:
            None, one, or one for each member of a joint wording.
        """
        return fitting(self.names(wording, region), wording, quantity)

    def readings(
        self, wording: str, region: str | None = None, *, kind: str | None = None, unit: str | None = None
    ) -> tuple[Match, ...]:
        """Every indicator that a wording may stand for, as far as its number is known.

        Args:
            wording: as in `matches`.
            region: as in `matches`.
            kind: what the number is; None for anything.
            unit: its unit; None for any.
        """
        growing = _GROWTH_NOUN.search(wording) is not None and kind is not None
        kinds = (kind,) if kind else _KINDS
        return tuple(
            Match(name.indicator, name.how, dropped, doubt)
            for name, dropped, doubt in self.names(wording, region)
            if any(
                fits(name.indicator, Quantity(Decimal(0), None, one, what, None), growing=growing)
                for one in ((unit,) if unit else name.indicator.every_unit)
                for what in kinds
            )
        )

    def names(self, wording: str, region: str | None = None) -> tuple[Reading, ...]:
        """What a wording may stand for, whatever its number: name, words left out, doubt; nothing where the
        catalogue says that it is another thing.
        """
        key = _without_region(folded(wording), region)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = tuple(self._single(key) or self._joint(key))
        return known

    def confusable(self, wording: str) -> tuple[str, ...]:
        """Ids of the indicators that a wording is listed as *not* to be confused with."""
        return self.catalogue.confused.get(folded(wording), ())

    def _single(self, key: str) -> list[Reading]:
        for core, dropped in self._cores(key):
            if core in self.catalogue.names:
                return [(name, dropped, "") for name in self.catalogue.names[core]]
        if any(core in self.catalogue.confused for core, _ in self._cores(key)):
            return []
        adjusted = _ADJUSTED.sub("", key)
        if adjusted not in (key, ""):
            aside = "".join(_ADJUSTED.findall(key))
            return [(name, dropped, f"{aside} left aside") for name, dropped, _ in self._single(adjusted)]
        month = _MONTH.sub("", key)
        if month not in (key, ""):  # 12月份城镇调查失业率
            return self._single(month)
        areas = _AREAS.sub("", key, count=1)
        if areas not in (key, ""):  # 九市一区PM2.5平均浓度
            return self._single(areas)
        own = _OWN.sub("", key)
        if own != key:  # 相当于全市生产总值的比例
            return self._single(own)
        bare = _BRACKET.sub("", key)
        if bare != key and bare:
            aside = "".join(_BRACKET.findall(key))
            return [(name, dropped, f"{aside} left aside") for name, dropped, _ in self._single(bare)]
        return []

    def _joint(self, key: str) -> Iterator[Reading]:
        """财政总收入和地方财政收入 is two; 粮食、蔬菜产量 is two that share their end."""
        members = [one for one in _JOINT.split(_BRACKET.sub("", key)) if one]
        if len(members) < 2 or (_OF_ALL.search(members[-1]) and not self._single(members[-1])):
            return
        for member in members:
            found = self._single(member)
            if all(name.how == "loose" for name, _, _ in found):
                found = self._sharing_end(member, members[-1]) or found
            yield from ((name, dropped, "one number for several indicators") for name, dropped, _ in found)

    def _sharing_end(self, member: str, last: str) -> list[Reading]:
        for core, _ in self._cores(last):  # 甲、乙居民收入增速 share 居民收入
            for size in range(len(core) - 1, _FEWEST_SHARED - 1, -1):
                found = self.catalogue.names.get(member + core[-size:])
                if found:
                    return [(name, "", "") for name in found]
        return []

    def _cores(self, key: str) -> Iterator[tuple[str, str]]:
        """The wording with fewer and fewer words around it, and what was left out."""
        queue = [(key, "")]
        seen = {key}
        for core, dropped in queue:
            yield core, dropped
            if len(queue) > _MOST_STATES:
                return
            shorter = [
                (core[len(word) :], dropped + word)
                for word in self.catalogue.drop_before
                if core.startswith(word) and len(core) > len(word)
            ]
            shorter += [
                (core[: -len(word)], word + dropped)
                for word in self.catalogue.drop_after
                if core.endswith(word) and len(core) > len(word)
            ]
            for one in shorter:
                if one[0] not in seen:
                    seen.add(one[0])
                    queue.append(one)


@cache
def built_in_matcher() -> Matcher:
    """The matcher of the built-in catalogue, one for all reports: what a wording stands for is worked out once."""
    return Matcher(load_catalogue())


def fitting(names: Iterable[Reading], wording: str, quantity: Number) -> tuple[Match, ...]:
    """Those of the names of a wording that a number can be for."""
    growing = _GROWTH_NOUN.search(wording) is not None
    return tuple(
        Match(name.indicator, name.how, dropped, doubt)
        for name, dropped, doubt in names
        if fits(name.indicator, quantity, growing=growing)
    )


def fits(indicator: Indicator, quantity: Number, *, growing: bool) -> bool:
    """Whether a number can be one of this indicator.

    Args:
        indicator: the indicator.
        quantity: the number.
        growing: the wording ends in 增速, 涨幅 or the like.
    """
    kind, percent = quantity.kind, quantity.unit == _PERCENT
    if indicator.measure == "growth":
        if quantity.unit == _TIMES:
            return kind == "change"
        return percent and (kind == "change" or (kind == "share" and growing))
    if indicator.measure == "reduction":
        return percent and kind == "change"
    if indicator.measure == "rate":
        return percent and kind in ("share", "level") and not growing
    return kind == "level" and quantity.unit in indicator.every_unit


def signed(indicator: Indicator, quantity: Number) -> tuple[Decimal, Decimal | None]:
    """Value and upper end with the sign that the indicator's measure gives them.

    Growth counts upwards, reduction downwards. A range that falls keeps its lower end first.
    """
    value, upper = quantity.value, quantity.upper
    falls = quantity.direction == "decrease"
    rises = quantity.direction == "increase"
    if (indicator.measure == "growth" and falls and value > 0) or (
        indicator.measure == "reduction" and rises
    ):
        return (-value, None) if upper is None else (-upper, -value)
    return value, upper


def _without_region(key: str, region: str | None) -> str:
    """The wording without the name of the reporting region in front (宁波市 or 宁波)."""
    names = _own_names(region) if region else ()
    if key.startswith(names):
        for own in names:
            if key.startswith(own) and len(key) > len(own) + 1:
                return key.removeprefix(own)
    return key


@lru_cache
def _own_names(region: str) -> tuple[str, ...]:
    """What a region may call itself, folded."""
    names = (region, re.sub(r"(?:壮族|回族|维吾尔)?自治区$|[省市县区州]$", "", region))
    return tuple(folded(name) for name in names if len(name) > 1)
