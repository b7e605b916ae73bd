"""What a rule is: it looks at one place of the text and says what stands there."""

from collections.abc import Callable

from extract.numbers.reading import Reading

Span = tuple[int, int, Reading | None]
"""Start, end and what was read; no reading means: a word, go on behind it."""

Rule = Callable[[str, int], Span | None]
"""A rule gets the text and the place of a character that it listens to; None means: nothing of mine."""

LONGEST = 120
"""No number is longer; what a pattern finds beyond that is no number, and is kept out of every cache."""
