"""The languages of the pages: their words from gettext catalogues, their dates and numbers from Babel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from gettext import NullTranslations
from typing import Final

from babel import Locale
from babel.dates import format_datetime, format_skeleton, format_timedelta, get_timezone
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from extract.messages import catalogue, in_language

DOMAIN: Final = "desk"
DEFAULT: Final = "zh"
LANGUAGES: Final[Mapping[str, tuple[str, str, str]]] = {
    "zh": ("zh_Hans_CN", "zh-Hans", "中文"),
    "en": ("en_GB", "en", "English"),
}
"""Code → locale of Babel, `lang` attribute, what its speakers call it."""


def marked(message: str) -> str:
    """A message that is translated later, where the language is known; extraction finds it by this name."""
    return message


@dataclass(frozen=True)
class Language:
    """One language of the pages.

    Attributes:
        code: as in `LANGUAGES`.
        tag: for `lang` attributes.
        name: what its speakers call it.
        locale: of Babel.
        translations: the catalogue.
    """

    code: str
    tag: str
    name: str
    locale: Locale
    translations: NullTranslations

    def say(self, message: str, /, **values: object) -> str:
        """A message in this language; `%(name)s` stands for a value."""
        text = str(self.translations.gettext(message))
        return text % values if values else text

    def told(self, message: str) -> str:
        """What an error says, or another message of the program itself; any other text as it is."""
        return in_language(message, self.code)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message that depends on a number, which it may name as `%(num)s`."""
        shown = {"num": self.number(number), **values}
        return str(self.translations.ngettext(one, many, number)) % shown

    def number(self, value: Decimal | int | str) -> str:
        """A number with its digits grouped; nothing is rounded."""
        return _grouped(str(value), self.locale)

    def short(self, value: Decimal | int) -> str:
        """A large number in short: 5370.3亿, 537B."""
        return str(format_compact_decimal(value, locale=self.locale, fraction_digits=2))

    def percent(self, share: Decimal) -> str:
        """A share of one as a whole percentage."""
        return str(format_percent(share, locale=self.locale))

    def moment(self, at: datetime, form: str = "medium") -> str:
        """A point in time, in the time zone of this machine."""
        return str(format_datetime(_aware(at), form, tzinfo=get_timezone(), locale=self.locale))

    def day(self, day: date) -> str:
        """A day of the year: 11月22日, 22 Nov."""
        return str(format_skeleton("MMMd", datetime.combine(day, time()), locale=self.locale))

    def since(self, at: datetime, now: datetime | None = None) -> str:
        """How long ago: 3分钟前, 3 minutes ago."""
        passed = _aware(at) - (now or datetime.now(UTC))
        return str(format_timedelta(passed, add_direction=True, locale=self.locale))

    def one_of(self, chinese: str, english: str) -> str:
        """Which of two sentences that came in both languages."""
        return english if self.code == "en" and english else chinese


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@cache
def language(code: str) -> Language:
    """A language by its code; the default one where there is no such language."""
    if code not in LANGUAGES:
        code = DEFAULT
    locale, tag, name = LANGUAGES[code]
    return Language(code, tag, name, Locale.parse(locale), catalogue(code, DOMAIN))


def preferred(chosen: str | None, accepted: str | None) -> str:
    """The code of the language to use.

    Args:
        chosen: what the reader has chosen before, from a cookie; anything may stand there.
        accepted: the header `Accept-Language`.
    """
    if chosen in LANGUAGES:
        return str(chosen)
    offers = []
    for part in (accepted or "").split(","):
        name, _, weight = part.strip().partition(";q=")
        number = float(weight) if re.fullmatch(r"[01](\.\d{1,3})?", weight) else 1.0
        offers.append((-number, name.split("-")[0].lower()))
    known = [name for _, name in sorted(offers, key=lambda offer: offer[0]) if name in LANGUAGES]
    return known[0] if known else DEFAULT


@lru_cache(maxsize=4_096)
def _grouped(value: str, locale: Locale) -> str:
    """A number with its digits grouped; a page of counts has the same few again and again."""
    return str(format_decimal(Decimal(value), locale=locale, decimal_quantization=False))
