"""Numbers of a Chinese text, read by rule: `find_mentions(text)` gives every one as a `Mention`."""

from extract.numbers.finder import find_mentions
from extract.numbers.mention import Mention

__all__ = ["Mention", "find_mentions"]
