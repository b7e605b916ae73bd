"""The catalogue of indicators: data, read once and checked, with a user's own file beside the built-in one."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pydantic import Field, ValidationError

from extract.errors import CatalogueError
from extract.indicators.templates import expand, folded, plain
from extract.messages import Message
from extract.regular_files import hint_about, read_regular
from schemas.record import Frozen

Measure = Literal["growth", "level", "rate", "reduction"]
Sense = Literal["higher", "lower"]
How = Literal["exact", "alias", "composed", "loose"]

BUILT_IN: Final = "indicators.toml"
_RATE_NOUN = re.compile(r"(?:增长率|降低率|下降率|涨幅)$")
"""A report says 一般公共预算收入增长4%, not 一般公共预算收入增长率4%."""


class Indicator(Frozen):
    """One indicator; `schemas/indicators.toml` says what each field means."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    measure: Measure
    unit: str
    units: tuple[str, ...] = ()
    sense: Sense
    core: bool = False
    names: tuple[str, ...] = Field(min_length=1)
    loose: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    replaces: bool = Field(default=False, description="A user's own takes the place of the built-in one.")

    @property
    def every_unit(self) -> tuple[str, ...]:
        """The units that its values may have."""
        return (self.unit, *self.units)


class CatalogueFile(Frozen):
    """What a catalogue file holds."""

    drop_before: tuple[str, ...] = ()
    drop_after: tuple[str, ...] = ()
    indicator: tuple[Indicator, ...] = ()


class Name(NamedTuple):
    """One wording that stands for an indicator.

    Attributes:
        indicator: the indicator.
        how: `exact` for its standard name, `alias`, `composed` for one put together of parts, `loose`.
    """

    indicator: Indicator
    how: How


class Catalogue:
    """Every indicator, in order, and the wordings that stand for them.

    Attributes:
        indicators: in the order of the file, a user's own last.
        drop_before, drop_after: words around a name that do not change what it is, longest first.
        names: for each folded wording what it may stand for.
        confused: folded wordings that are said to be another thing than the indicators of these ids.
    """

    def __init__(
        self, indicators: Iterable[Indicator], drop_before: Iterable[str], drop_after: Iterable[str]
    ) -> None:
        self.indicators = tuple(indicators)
        self.drop_before = _longest_first(drop_before)
        self.drop_after = _longest_first(drop_after)
        self.names: Mapping[str, tuple[Name, ...]] = _index(self.indicators)
        self.confused: Mapping[str, tuple[str, ...]] = _confusions(self.indicators)
        self._by_id = {one.id: one for one in self.indicators}
        self._order = {one.id: n for n, one in enumerate(self.indicators)}

    def __getitem__(self, indicator_id: str) -> Indicator:
        return self._by_id[indicator_id]

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self._by_id

    def position(self, indicator_id: str) -> int:
        """Where an indicator stands in the catalogue."""
        return self._order[indicator_id]

    @property
    def core(self) -> Sequence[Indicator]:
        """The headline indicators."""
        return [one for one in self.indicators if one.core]


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The built-in catalogue, with a user's own file behind it.

    Args:
        own: a TOML file of the shape of `schemas/indicators.toml`, or None.

    Raises:
        CatalogueError: the file cannot be read or is at odds with itself or with the built-in catalogue.
    """
    if own is None:
        return _built_in()
    base, added = _built_in_file(), _parsed(_read(own), str(own))
    if added == CatalogueFile():
        raise CatalogueError(
            Message("%(file)s defines no indicator.", file=own),
            hint=Message("`extract indicators file` prints the built-in catalogue as a model."),
        )
    known = {one.id: one for one in base.indicator}
    for one in added.indicator:
        if one.id in known and not one.replaces:
            raise CatalogueError(
                Message("%(file)s defines %(id)s, which is a built-in indicator.", file=own, id=one.id),
                hint=Message("Choose another id, or write replaces = true to replace the built-in one."),
            )
        if one.replaces and one.id not in known:
            raise CatalogueError(
                Message("%(file)s replaces %(id)s, which is not a built-in indicator.", file=own, id=one.id),
                hint=Message("See: extract indicators list"),
            )
    replaced = {one.id: one for one in added.indicator if one.replaces}
    indicators = [replaced.get(one.id, one) for one in base.indicator]
    indicators += [one for one in added.indicator if not one.replaces]
    _refuse_clashes(indicators, str(own))
    return Catalogue(
        indicators, (*base.drop_before, *added.drop_before), (*base.drop_after, *added.drop_after)
    )


def built_in_text() -> str:
    """The built-in catalogue as the file it is."""
    return files("schemas").joinpath(BUILT_IN).read_text(encoding="utf-8")


@cache
def _built_in_file() -> CatalogueFile:
    return _parsed(built_in_text(), BUILT_IN)


@cache
def _built_in() -> Catalogue:
    base = _built_in_file()
    _refuse_clashes(base.indicator, BUILT_IN)
    return Catalogue(base.indicator, base.drop_before, base.drop_after)


def _read(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8-sig")
    except OSError as error:
        raise CatalogueError(
            Message("%(path)s cannot be read: %(reason)s.", path=path, reason=error.strerror or error),
            hint=hint_about(error, Message("Name a file that can be read.")),
        ) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(
            Message("%(path)s is not UTF-8.", path=path), hint=Message("Save it as UTF-8 and try again.")
        ) from error


def _parsed(text: str, source: str) -> CatalogueFile:
    try:
        content = CatalogueFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            Message("%(source)s is not valid TOML: %(reason)s.", source=source, reason=error)
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(
            Message("%(source)s, %(place)s: %(reason)s.", source=source, place=place, reason=first["msg"])
        ) from error
    ids = [one.id for one in content.indicator]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise CatalogueError(
            Message("%(source)s defines %(id)s twice.", source=source, id=twice[0]),
            hint=Message("Give each indicator an id of its own."),
        )
    for one in content.indicator:
        for template in (*one.names, *one.loose):
            try:
                list(expand(template))
            except ValueError as error:
                raise CatalogueError(
                    Message("%(source)s, %(place)s: %(reason)s.", source=source, place=one.id, reason=error)
                ) from error
    return content


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({folded(word) for word in words} - {""}, key=lambda word: (-len(word), word)))


def _wordings(indicator: Indicator) -> Mapping[str, How]:
    """Every folded wording of an indicator, each with its strongest claim to it."""
    standard = folded(indicator.zh)
    found: dict[str, How] = {standard: "exact", _RATE_NOUN.sub("", standard): "exact"}
    for template in indicator.names:
        how: How = "alias" if plain(template) else "composed"
        for wording in expand(template):
            found.setdefault(folded(wording), how)
    for template in indicator.loose:
        for wording in expand(template):
            found.setdefault(folded(wording), "loose")
    found.pop("", None)
    return found


def _index(indicators: Iterable[Indicator]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, tuple[Name, ...]] = {}
    for one in indicators:
        for wording, how in _wordings(one).items():
            found[wording] = (*found.get(wording, ()), Name(one, how))
    return found


def _confusions(indicators: Iterable[Indicator]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in indicators:
        for template in one.confused_with:
            for wording in expand(template):
                found[folded(wording)] = (*found.get(folded(wording), ()), one.id)
    return found


def _refuse_clashes(indicators: Iterable[Indicator], source: str) -> None:
    """One wording may stand for a level and for its growth, but not for two indicators of one measure."""
    taken: dict[tuple[str, Measure], str] = {}
    for one in indicators:
        for wording, how in _wordings(one).items():
            if how == "loose":
                continue
            other = taken.setdefault((wording, one.measure), one.id)
            if other != one.id:
                raise CatalogueError(
                    Message(
                        "%(source)s: %(wording)s is a name of both %(other)s and %(id)s.",
                        source=source,
                        wording=wording,
                        other=other,
                        id=one.id,
                    ),
                    hint=Message("A name may belong to only one indicator of each measure."),
                )
