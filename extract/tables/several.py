"""How several things are named of which there may be thousands."""

from collections.abc import Iterable
from itertools import islice

from extract.messages import Message

SHOWN = 3


def named(names: Iterable[str], count: int, joint: str = ", ") -> str:
    """The first few of so many names, and how many more there are."""
    shown = list(islice(names, SHOWN))
    more = count - len(shown)
    text = joint.join(shown)
    return Message("%(names)s and %(more)s more", names=text, more=f"{more:,}") if more > 0 else text
