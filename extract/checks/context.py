"""What every check of one report is given, and what it gives back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.checks.grounding import Grounded
from extract.checks.places import Place, Places, places_of
from extract.checks.stated import Stated
from extract.documents.model import Report, Sentence
from extract.engines.base import Witness
from schemas import Figure, Issue, Record
from schemas.result import ClaimType, LedgerRow


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure beside what the rules read at its place.

    Attributes:
        n: index of its record in `Context.grounded`.
        record: that record.
        figure: one of its figures.
        place: the number that it was read from.
    """

    n: int
    record: Record
    figure: Figure
    place: Place

    @property
    def stated(self) -> Stated:
        """What the record says about the number."""
        figure = self.figure
        return Stated(
            value=figure.value,
            upper=figure.upper,
            unit=figure.unit,
            kind=figure.kind,
            direction=figure.direction,
            modifier=figure.modifier,
            period=figure.period,
            record_type=self.record.type,
            indicator=self.record.indicator,
        )

    @property
    def agrees(self) -> bool:
        """Whether the rules say the very same: always so where the rules are the engine."""
        claim, figure, record = self.place.claim, self.figure, self.record
        return claim is not None and (
            claim.indicator,
            claim.kind,
            claim.direction,
            claim.modifier,
            claim.period,
            claim.record_type,
        ) == (record.indicator, figure.kind, figure.direction, figure.modifier, figure.period, record.type)


@dataclass(frozen=True)
class Context:
    """One report with all that is known about it.

    Attributes:
        report, witness: the text and what the rules read in it.
        grounded: the records, tied to their mentions.
        ledger: what became of each mention.
        headlines: the sentences that give targets (`target`) or results (`actual`).
    """

    report: Report
    witness: Witness
    grounded: tuple[Grounded, ...]
    ledger: tuple[LedgerRow, ...]
    headlines: tuple[tuple[ClaimType, Sentence], ...] = ()

    @cached_property
    def places(self) -> Places:
        """Every number of the report; place n is that of mention n."""
        return Places(tuple(places_of(self.report, self.witness)))

    @cached_property
    def _by_sentence(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for place in self.places.every:
            if place.sentence is not None:
                found.setdefault(place.sentence.index, []).append(place)
        return found

    def places_in(self, sentence: int) -> Sequence[Place]:
        """The numbers of a sentence, by its index in the report."""
        return self._by_sentence.get(sentence, ())

    @cached_property
    def figures(self) -> Sequence[ReadFigure]:
        """Every figure of every record, in the order of the records."""
        places = self.places.every
        return [
            ReadFigure(n, item.record, figure, places[index])
            for n, item in enumerate(self.grounded)
            for figure, index in zip(item.record.figures, item.mentions, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Finding:
    """One issue and the record that it belongs to; `record` is None for an issue of the whole report."""

    record: int | None
    issue: Issue


Check = Callable[[Context], Iterable[Finding]]
