"""Numbers with a power of ten: `2.1×10⁵吨`, `3×10^4元`, `1.4×10^{-3}`, `10⁴吨`."""

import re
from decimal import Decimal
from typing import Final

from extract.numbers.patterns import ARABIC, BLANK, SCALE, WITH_UNIT
from extract.numbers.reading import read_number
from extract.numbers.spans import LONGEST, Span

RAISED_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The characters that may stand behind a ten."""

_TIMES = r"[×xX✕⨯*·∙⋅]"
_POWER: Final = re.compile(
    rf"(?:({ARABIC}){BLANK}{_TIMES}{BLANK})?10"
    rf"(?:([⁻⁺]?[{RAISED_DIGITS}]{{1,2}}(?![{RAISED_DIGITS}]))|{BLANK}\^{BLANK}(?:([-+]?[0-9]{{1,2}})|\{{\s?([-+]?[0-9]{{1,2}})\s?\}}))"
    rf"(?:{BLANK}({SCALE}))?{WITH_UNIT}?"
)
_LARGEST: Final = 15
_DIGITS: Final = str.maketrans(RAISED_DIGITS + "⁻⁺", "0123456789-+")


def power(text: str, at: int) -> Span | None:
    """A number times a power of ten, or the power by itself."""
    match = _POWER.match(text, at)
    if match is None or match.end() - at > LONGEST:
        return None
    factor, raised, plain, braced, scale, unit, rest = match.groups()
    exponent = int((raised or plain or braced).translate(_DIGITS))
    if abs(exponent) > _LARGEST or (factor is None and not raised):
        return None
    value = Decimal((factor or "1").replace(",", "").replace("，", "")).scaleb(exponent)
    found = read_number(f"{value:f}" + (scale or ""), unit=unit, rest=rest)
    return (at, match.end(), found) if found else None
