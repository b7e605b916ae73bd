"""Names with parts that may be missing or differ: `[常住]` and `{城镇|城市}`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

MOST = 4096
"""A template of more wordings than this is a slip of the pen."""

MOST_FOLDED = 65_536
"""Wordings that are remembered: thousands of reports share most of theirs."""

_PART = re.compile(r"\[([^\[\]{}]*)\]|\{([^\[\]{}]*)\}|([^\[\]{}]+)")
_BLANK = re.compile(r"[\s“”‘’\"'_·]+")
_FOLDED = str.maketrans({"（": "(", "）": ")", "₂": "2", "₅": "5", "．": ".", "，": ",", "＆": "&"})


@lru_cache(maxsize=MOST_FOLDED)
def folded(name: str) -> str:
    """A wording as it is compared: no blanks or quotation marks, brackets and letters of one form."""
    return _BLANK.sub("", name).translate(_FOLDED).casefold()


def plain(template: str) -> bool:
    """Whether a template is one wording."""
    return not set(template) & set("[]{}")


def expand(template: str) -> Iterator[str]:
    """Every wording of a template.

    Args:
        template: `[甲|乙]` is 甲, 乙 or nothing; `{甲|乙}` is 甲 or 乙.

    Raises:
        ValueError: brackets that do not pair or stand inside each other, or far too many wordings.
    """
    parts: list[list[str]] = []
    at, count = 0, 1
    while at < len(template):
        part = _PART.match(template, at)
        if part is None:
            raise ValueError(f"unpaired or nested brackets in {template!r}")
        optional, choice, literal = part.groups()
        if optional is not None:
            parts.append(["", *optional.split("|")])
        elif choice is not None:
            parts.append(choice.split("|"))
        else:
            parts.append([literal])
        at, count = part.end(), count * len(parts[-1])
        if count > MOST:
            raise ValueError(f"{template!r} stands for more than {MOST} wordings")
    for one in product(*parts):
        yield "".join(one)
