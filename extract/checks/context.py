"""What every check of one report is given, and what it gives back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from extract.checks.grounding import Grounded
from extract.claims.model import Claim
from extract.documents.model import Report
from extract.engines.base import Witness
from extract.numbers.mention import Mention
from schemas import Figure, Issue
from schemas.result import LedgerRow


@dataclass(frozen=True)
class Context:
    """One report with all that is known about it.

    Attributes:
        report, witness: the text and what the rules read in it.
        grounded: the records, tied to their mentions.
        ledger: what became of each mention.
    """

    report: Report
    witness: Witness
    grounded: tuple[Grounded, ...]
    ledger: tuple[LedgerRow, ...]

    @cached_property
    def claims(self) -> Mapping[int, Claim]:
        """Claims by the start of their mention in the clean text."""
        return {claim.mention.start: claim for claim in self.witness.reading.claims}

    def read_figures(self) -> Iterable["ReadFigure"]:
        """Every figure of every record with its mention and its claim, where the rules have one."""
        for n, item in enumerate(self.grounded):
            for figure, index in zip(item.record.figures, item.mentions, strict=True):
                mention = self.witness.mentions[index]
                yield ReadFigure(n, item, figure, index, mention, self.claims.get(mention.start))


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure beside what the rules read at its place.

    Attributes:
        record: index into `Context.grounded`.
        grounded: that record with its mentions.
        figure: one of its figures.
        index: of the mention, in the witness.
        mention: the number as it stands in the text.
        claim: its meaning by the rules; None where they exclude the number.
    """

    record: int
    grounded: Grounded
    figure: Figure
    index: int
    mention: Mention
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One issue and the record that it belongs to; `record` is None for an issue of the whole report."""

    record: int | None
    issue: Issue


Check = Callable[[Context], Iterable[Finding]]
