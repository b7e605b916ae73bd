"""Holds somebody else's facts against a report: the core of `extract check`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.checks.comparison import (
    MEANING_COMPARISONS,
    NUMBER_COMPARISONS,
    Difference,
    differences,
    same_value,
)
from extract.checks.known import Known
from extract.checks.locating import Located, locate
from extract.checks.pairing import pairing_differs
from extract.checks.places import Place, Places, places_of, shared_by_several
from extract.checks.quotes import Quotable, folded
from extract.checks.stated import GivenFact
from extract.checks.turning import turned
from extract.documents.model import Report
from extract.engines.base import Witness
from extract.numbers import find_mentions
from schemas.record import plain


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text says to one fact.

    Attributes:
        fact: number of the row.
        differences: where fact and text part; empty when the fact is verified.
        place: the number that it was held against, or None.
        says: the number that the report gives for the indicator of a flagged fact, where that is known.
    """

    fact: int
    differences: tuple[Difference, ...]
    place: Place | None
    says: Place | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the differences, each once."""
        return tuple(dict.fromkeys(difference.code for difference in self.differences))

    def row(self) -> dict[str, object]:
        """As the Verdict contract has it; spans point into the source."""
        row: dict[str, object] = {
            "fact": self.fact,
            "verdict": "flagged" if self.differences else "verified",
            "reasons": list(self.reasons),
            "found": found_row(self.place) if self.place else {},
        }
        return row | {"says": self.says.text} if self.says else row


@dataclass(frozen=True, slots=True)
class Audit:
    """All verdicts, and the numbers of the report that no fact claims."""

    verdicts: tuple[Verdict, ...]
    unclaimed: tuple[Place, ...]

    def rows(self) -> Iterator[dict[str, object]]:
        """The rows of the Verdict contract: one a fact, then one for each unclaimed number."""
        for verdict in self.verdicts:
            yield verdict.row()
        for place in self.unclaimed:
            yield {"unclaimed": True, **found_row(place)}


def audit(sources: Iterable[tuple[Report, Witness]], facts: Sequence[GivenFact]) -> Audit:
    """Check facts against the reports of one source.

    Args:
        sources: the reports of one file, each with what the rules read in it.
        facts: rows of a facts table; their spans point into the source text.

    Returns:
        One verdict a fact, in their order, and every number that the rules take for a fact but no row claims.
    """
    pairs = list(sources)
    every: list[Place] = []
    for report, witness in pairs:
        every.extend(places_of(report, witness, first=len(every)))
    places = Places(tuple(every))
    located = locate(facts, places, Quotable(pairs[0][0].source.text if pairs else ""))
    crowded = _claimed_twice(facts, located)
    known = Known(places)
    verdicts = []
    for n, (fact, where) in enumerate(zip(facts, located, strict=True)):
        found = tuple(_judge(fact, where, places, twice=n in crowded))
        place = where.place
        if fact.start is None and {"unit_differs", "indicator_not_in_context"} <= {one.code for one in found}:
            place, found = None, (Difference("number_not_in_quote", fact.text or plain(fact.value), ""),)
        verdicts.append(Verdict(fact.n, found, place, known.says(fact) if found else None))
    claimed = _claimed_spans(facts, located)
    unclaimed = tuple(place for place in places.every if place.claim and not _covered(place, claimed))
    return Audit(tuple(verdicts), unclaimed)


def found_row(place: Place) -> dict[str, object]:
    """What the text says at a place; spans point into the source."""
    mention, claim = place.mention, place.claim
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "value": None if mention.value is None else plain(mention.value),
        "upper": None if mention.upper is None else plain(mention.upper),
        "unit": mention.unit,
        "kind": claim.kind if claim else mention.kind,
        "direction": place.direction,
        "modifier": place.modifier,
        "period": claim.period if claim else None,
        "record_type": claim.record_type if claim else None,
        "indicator": claim.indicator if claim else None,
    }


def _judge(fact: GivenFact, where: Located, places: Places, *, twice: bool) -> Iterator[Difference]:
    """Every difference between a fact and its place."""
    if not where.quoted:
        yield Difference("quote_not_found", fact.quote or "", "")
    place = where.place
    if place is None or (where.taken and not same_value(fact.value, place.mention.value)):
        yield Difference("number_not_in_quote", fact.text or plain(fact.value), place.text if place else "")
        return
    if where.taken or twice:
        yield Difference("claimed_twice", fact.text or plain(fact.value), place.text)
    other_text = _text_differs(fact, place)
    if other_text is not None:
        yield other_text
    mispaired = pairing_differs(fact, place, places.siblings(place))
    if mispaired is not None:
        yield mispaired
    yield from differences(fact, place, NUMBER_COMPARISONS)
    if place.mention.value is not None and not (place.claim and place.claim.confidence == "unsure"):
        another = turned(fact, place) if place.claim and mispaired is None else None
        if another is not None:
            yield another
        yield from differences(fact, place, MEANING_COMPARISONS)


def _text_differs(fact: GivenFact, place: Place) -> Difference | None:
    """The number that the fact is said to be printed as is not the one at its place."""
    if fact.text is None or folded(fact.text) == folded(place.mention.text):
        return None
    printed = [mention for mention in find_mentions(fact.text) if mention.value is not None]
    if any(same_value(mention.value, place.mention.value) for mention in printed):
        return None
    return Difference("digits_differ", fact.text, place.text)


def _claimed_twice(facts: Sequence[GivenFact], located: Sequence[Located]) -> set[int]:
    """The facts that stand on a number which an earlier or better fitting fact has.

    One number shared by several indicators (A、B 均增长5%) may have a row for each.
    """
    rows: dict[int, list[int]] = {}
    for n, where in enumerate(located):
        if where.place is not None and not where.taken:
            rows.setdefault(id(where.place), []).append(n)
    crowded: set[int] = set()
    for here in rows.values():
        if len(here) < 2:
            continue
        place = located[here[0]].place
        assert place is not None
        fitting = sorted(here, key=lambda n: (not same_value(facts[n].value, place.mention.value), n))
        names = [facts[n].indicator for n in fitting]
        if len(set(names)) == len(names) and shared_by_several(place):
            continue
        crowded.update(fitting[1:])
    return crowded


def _claimed_spans(facts: Sequence[GivenFact], located: Sequence[Located]) -> list[tuple[int, int]]:
    """The source spans that facts speak of: their own where they have one, else those of their places."""
    spans = [(where.place.start, where.place.end) for where in located if where.place is not None]
    spans.extend((fact.start, fact.end) for fact in facts if fact.start is not None and fact.end is not None)
    return spans


def _covered(place: Place, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < place.end and place.start < end for start, end in spans)
