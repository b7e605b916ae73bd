"""Finds the place in the text that each given fact speaks of.

A fact with a span stands where it says. One without is looked for: every place is scored by how much of the
fact it bears out, and facts and places are matched one to one, best score first, so that repeats of one
number go to its successive occurrences.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from extract.checks.comparison import period_key, same_digits, same_value, significant, unit_key
from extract.checks.places import Place, Places
from extract.checks.quotes import Quotable, folded
from extract.checks.similarity import core, similarity, stands_in
from extract.checks.stated import ABSENT, GivenFact

ENOUGH = 4.0
"""The least score of a place: the value alone, or the indicator alone with its unit, reaches it."""

RELATED = 0.4
"""From this similarity on an indicator makes a place worth a look although the number is another."""

MOST_RELATED = 40
"""So many places are scored for the sake of their indicators; those with the fact's number all are."""

MANY_NAMES = 600
"""No report has so many indicators; of more, only those with the rarest letters of a name are compared."""

MOST_NAMES = 120
"""So many of them are compared."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a fact stands.

    Attributes:
        place: the number it speaks of, or None where the text has none for it.
        taken: another fact fits this place better; this one has no place of its own.
        quoted: whether its quotation stands in the text; True where it gives none.
    """

    place: Place | None
    taken: bool = False
    quoted: bool = True


def locate(facts: Sequence[GivenFact], places: Places, source: Quotable) -> list[Located]:
    """The place of every fact, in the order of the facts.

    Args:
        facts: rows of a facts table, with spans or without.
        places: the numbers of the source.
        source: its text, for quotations.
    """
    quotes = [source.find_all(fact.quote) if fact.quote else [] for fact in facts]
    given = {n: _at_span(fact, places) for n, fact in enumerate(facts) if fact.start is not None}
    owners = {id(place) for place in given.values() if place is not None}
    wanting = [n for n in range(len(facts)) if n not in given]
    candidates = _Candidates(places)
    scores = {
        n: {at: _score(facts[n], places.every[at], quotes[n]) for at in candidates.of(facts[n], quotes[n])}
        for n in wanting
    }
    found: dict[int, Place] = {}
    pairs = sorted(
        ((-score, n, at) for n in wanting for at, score in scores[n].items() if score >= ENOUGH),
    )
    for _, n, at in pairs:
        place = places.every[at]
        if n not in found and id(place) not in owners:
            found[n] = place
            owners.add(id(place))
    located: list[Located] = []
    for n, fact in enumerate(facts):
        quoted = not fact.quote or bool(quotes[n])
        if n in given:
            located.append(Located(given[n], quoted=quoted))
        elif n in found:
            located.append(Located(found[n], quoted=quoted))
        else:
            best = max(scores[n].items(), key=lambda item: (item[1], -item[0]), default=(0, 0.0))
            rival = places.every[best[0]] if best[1] >= ENOUGH else None
            located.append(Located(rival, taken=rival is not None, quoted=quoted))
    return located


def _at_span(fact: GivenFact, places: Places) -> Place | None:
    """The number at the fact's own span; of several that it covers the one that fits best."""
    assert fact.start is not None
    end = fact.end if fact.end is not None else fact.start + max(1, len(fact.text or ""))
    inside = [place for place in places.overlapping(fact.start, end) if place.mention.value is not None]
    if not inside:
        return next(iter(places.overlapping(fact.start, end)), None)
    return max(inside, key=lambda place: (_score(fact, place, []), -place.start))


class _Candidates:
    """The places that are worth a score: by their digits, their text, their indicator, or the quotation."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.by_digits: dict[str, list[int]] = {}
        self.by_text: dict[str, list[int]] = {}
        self.by_indicator: dict[str, list[int]] = {}
        for at, place in enumerate(places.every):
            mention = place.mention
            if mention.value is not None:
                self.by_digits.setdefault(significant(mention.value), []).append(at)
                self.by_text.setdefault(folded(mention.text), []).append(at)
                if place.claim is not None:
                    self.by_indicator.setdefault(place.claim.indicator, []).append(at)
        self.by_core: dict[str, list[str]] = {}
        self.by_letter: dict[str, list[str]] = {}
        for name in self.by_indicator:
            self.by_core.setdefault(core(name), []).append(name)
            for letter in set(core(name)):
                self.by_letter.setdefault(letter, []).append(name)

    def of(self, fact: GivenFact, quotes: list[Span]) -> list[int]:
        """Indices of the candidates of a fact, in reading order."""
        found = set(self.by_digits.get(significant(fact.value), ()))
        if fact.text:
            found.update(self.by_text.get(folded(fact.text), ()))
        if fact.indicator and fact.indicator is not ABSENT:
            found.update(self._related(fact, fact.indicator))
        for start, end in quotes:
            inside = self.places.overlapping(start, end)
            found.update(place.number for place in inside if place.mention.value is not None)
        return sorted(found)

    def _related(self, fact: GivenFact, indicator: str) -> list[int]:
        """The MOST_RELATED places whose indicators are most like this one, those of the same unit first."""
        related = [(similarity(indicator, name), name) for name in self._names(indicator)]
        unit = None if fact.unit is ABSENT else unit_key(fact.unit)
        every = self.places.every
        ranked = (
            (-alike, unit_key(every[at].mention.unit) != unit, at)
            for alike, name in related
            if alike >= RELATED
            for at in self.by_indicator[name]
        )
        return [at for *_, at in nsmallest(MOST_RELATED, ranked)]

    def _names(self, indicator: str) -> Iterable[str]:
        """The indicators that may be like this one: all, or of very many those that share rare letters."""
        if len(self.by_indicator) <= MANY_NAMES:
            return self.by_indicator
        name = core(indicator)
        names = dict.fromkeys(self.by_core.get(name, ()))
        for letter in sorted(set(name), key=lambda one: (len(self.by_letter.get(one, ())), one)):
            names.update(dict.fromkeys(islice(self.by_letter.get(letter, ()), MOST_NAMES)))
            if len(names) >= MOST_NAMES:
                break
        return names


def _score(fact: GivenFact, place: Place, quotes: list[Span]) -> float:
    """How much of the fact the place bears out."""
    return (
        _number_score(fact, place)
        + _indicator_score(fact, place)
        + _meaning_score(fact, place)
        + _quote_score(place, quotes)
    )


def _number_score(fact: GivenFact, place: Place) -> float:
    mention = place.mention
    assert mention.value is not None
    score = 0.0
    if same_value(fact.value, mention.value):
        score += 4.0 if fact.upper is ABSENT or same_value(fact.upper, mention.upper) else 3.0
    elif same_digits(fact.value, mention.value):
        score += 2.0
    if fact.text and folded(fact.text) == folded(mention.text):
        score += 3.0
    if fact.unit is not ABSENT:
        score += 1.0 if unit_key(fact.unit) == unit_key(mention.unit) else -0.5
    return score


def _indicator_score(fact: GivenFact, place: Place) -> float:
    if not fact.indicator or fact.indicator is ABSENT:
        return 0.0
    if place.claim is not None:
        return 4.0 * similarity(fact.indicator, place.claim.indicator)
    return 1.5 if stands_in(fact.indicator, place.context) > 0.7 else 0.0


def _meaning_score(fact: GivenFact, place: Place) -> float:
    claim = place.claim
    if claim is None:
        return 0.0
    agreeing = (
        (1.0, fact.kind == claim.kind),
        (0.75, fact.period is not ABSENT and period_key(fact.period) == claim.period),
        (0.5, fact.record_type in (claim.record_type, *claim.also)),
        (0.5, fact.direction is not ABSENT and fact.direction == claim.direction),
        (0.5, fact.modifier == claim.modifier),
    )
    return sum(weight for weight, agrees in agreeing if agrees)


def _quote_score(place: Place, quotes: list[Span]) -> float:
    if not quotes:
        return 0.0
    return 4.0 if any(start <= place.start and place.end <= end for start, end in quotes) else -4.0
