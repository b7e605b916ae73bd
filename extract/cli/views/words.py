"""What the codes of the contract are called on a terminal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from extract.cli.terminal import heading
from extract.messages import Message

CODES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "level": Message("level"),
        "change": Message("change"),
        "rank": Message("rank"),
        "share": Message("share"),
        "date": Message("date"),
        "name": Message("name"),
        "ordinal": Message("ordinal"),
        "slogan": Message("slogan"),
        "threshold": Message("threshold"),
        "duration": Message("duration"),
        "heading": Message("number of a heading"),
        "definition": Message("definition"),
        "other": Message("other"),
        "nation": Message("nation"),
        "province": Message("province"),
        "prefecture": Message("prefecture"),
        "county": Message("county"),
        "township": Message("township"),
    }
)
"""What is not listed is shown as it is, as data of others."""


def code_name(code: str) -> str:
    """What a code is called: in Chinese for those who read Chinese."""
    return heading(CODES.get(code, code))
