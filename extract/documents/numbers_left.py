"""How many numbers a passage holds that is left out of a text: those that say something, not dates and page numbers.

A count for people, taken while a document is read; what a number means is read elsewhere.
"""

import re
from typing import Final

FURNITURE: Final = frozenset(
    "navigation boilerplate running_head header_footer watermark markup code picture front_matter debris furniture".split()
)
"""Reasons for which only numbers of sentences count: menus, heads and stamps are full of others."""

_NO_NUMBERS = frozenset(
    "note_mark numbering page_number undecodable unnamed picture_page empty_page damaged_page unreadable_page".split()
)
"""Reasons for which what is told is a mark, or says what is missing."""

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.\-/第_#=])(?<![0-9][:：])[0-9０-９][0-9０-９,，]*+(?:[.．][0-9０-９]++)?(?![0-9.\-/:：])\s?(?![年月日号时分秒页版期条款章届次]|[A-Za-z]{3})"
    r"|百分之[零一二三四五六七八九十百点]"
)
_APART = re.compile(r"[\n|<]")


def numbers_left(text: str, reason: str) -> int:
    """The numbers of a passage.

    Args:
        text: all of it.
        reason: why it is left out, a key of `DROPPED` or of `LEFT_OUT`.
    """
    if reason in _NO_NUMBERS:
        return 0
    if reason in FURNITURE:
        return sum(len(_NUMBER.findall(part)) for part in _APART.split(text) if "。" in part)
    return len(_NUMBER.findall(text))
