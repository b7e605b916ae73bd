"""A price index has the year before at 100, so that it says the rate: 居民消费价格指数102左右 is 2% or so."""

import re

import msgspec

from extract.results.lean import LeanFigure

_PRICE_INDEX = re.compile(
    r"(?:价格(?:总水平)?(?:总?指数)?|CPI)(?:[（(](?:CPI|居民消费价格指数)[）)])?$", re.IGNORECASE
)
_BASE = 100
_REACH = 20
"""A number further from the base is no index of one year."""


def rate_of_index(indicator: str, figure: LeanFigure) -> LeanFigure | None:
    """What a price index says of the rate, or None where the number is none.

    Args:
        indicator: what the number is of, in the report's words.
        figure: the number; its place and its modifier stay those of the index.
    """
    if figure.kind != "level" or figure.unit is not None or not _PRICE_INDEX.search(indicator):
        return None
    value = figure.value - _BASE
    if abs(value) > _REACH:
        return None
    upper = None if figure.upper is None else figure.upper - _BASE
    return msgspec.structs.replace(figure, value=value, upper=upper, unit="%", kind="change")
