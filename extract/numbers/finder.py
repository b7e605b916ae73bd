"""Every number of a text, in reading order."""

import re
from collections.abc import Iterator

from extract.numbers.folding import fold
from extract.numbers.hedges import REACH, direction_before, hedge_after, hedge_before
from extract.numbers.implied import Found, with_implied_units
from extract.numbers.mention import Mention
from extract.numbers.patterns import BLANKS
from extract.numbers.reading import Reading
from extract.numbers.rules import RULES

_CANDIDATE = re.compile(f"[{re.escape(''.join(RULES))}]")
_DASHES = frozenset("-")
_RECENT = frozenset("年天日周月")


def find_mentions(text: str) -> list[Mention]:
    """Find every number of a text.

    Args:
        text: any text; clean report text reads best, raw text with blanks and full-width forms reads too.

    Returns:
        The mentions in reading order, none overlapping; spans are code-point indices into `text`.
    """
    return [
        Mention(
            start, end, text[start:end], found.value, found.upper, found.unit, found.kind, direction, modifier
        )
        for start, end, found, direction, modifier in scan(text)
    ]


def scan(text: str) -> Iterator[Found]:
    """Each number as (start, end, reading, direction, modifier): the plain form behind `find_mentions`."""
    text = fold(text)
    return with_implied_units(text, _scan(text))


def _scan(text: str) -> Iterator[Found]:
    """The numbers of a folded text by the rules."""
    search = _CANDIDATE.search
    at = 0
    while candidate := search(text, at):
        place = candidate.start()
        at = place + 1
        for rule in RULES[text[place]]:
            span = rule(text, place)
            if span is None:
                continue
            start, end, found = span
            if end <= place:
                continue  # a rule that does not advance has found nothing
            at = end
            if found is not None:
                yield start, at, found, *_context(text, start, at, found)
                if text[at : at + 1] in _DASHES:
                    at += 1  # a dash behind a number joins; it is no minus
            break


def _context(text: str, start: int, end: int, found: Reading) -> tuple[str | None, str]:
    """Direction and modifier from the words on either side."""
    if found.value is None:
        return None, "exact"
    before = text[max(0, start - REACH) : start].rstrip(BLANKS)
    modifier, rest = hedge_before(before)
    rising = found.kind != "ordinal" and found.value >= 0
    direction = direction_before(rest.rstrip(BLANKS), found.kind) if rising else None
    if modifier == "nearly" and before[-1:] == "近" and found.unit and found.unit[-1] in _RECENT:
        modifier = "exact"
    return direction, found.modifier or hedge_after(text, end) or modifier
