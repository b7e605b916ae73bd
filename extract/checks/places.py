"""The places of a report where a number stands, with all that the rules read there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.claims.model import Claim, Exclusion
from extract.documents.model import Report, Sentence
from extract.engines.base import Witness
from extract.numbers.mention import Mention

NEAR = 400
"""How far from a number its context reaches, in characters; sentences are rarely longer."""


@dataclass(frozen=True)
class Place:
    """One number of the text.

    Attributes:
        number: its index among all numbers of the source.
        report: the report that it stands in.
        mention: the number; its span points into the clean text.
        claim: its meaning by the rules, or None where they exclude it.
        exclusion: why they exclude it, or None.
        start: source offset of its first character.
        end: source offset after its last one.
        sentence: the sentence that it stands in, or None between sentences.
    """

    number: int
    report: Report
    mention: Mention
    claim: Claim | None
    exclusion: Exclusion | None
    start: int
    end: int
    sentence: Sentence | None

    @property
    def text(self) -> str:
        """The number as it stands in the source."""
        return self.report.source.text[self.start : self.end]

    @property
    def direction(self) -> str | None:
        """As the rules read it around the number; else what stands next to it."""
        return self.claim.direction if self.claim else self.mention.direction

    @property
    def modifier(self) -> str:
        """As the rules read it, hedges shared under 分别 included; else the mention's own."""
        return self.claim.modifier if self.claim else self.mention.modifier

    @cached_property
    def context(self) -> tuple[str, ...]:
        """Where a reader looks for the indicator: the sentence, the one before it, and the headings."""
        if self.sentence is None:
            return ()
        clean, sentences, n = self.report.clean.text, self.report.sentences, self.sentence.index
        before = sentences[n - 1] if n else self.sentence
        start, end = self.near
        headings = heading_path(self.report, self.sentence.section)
        return (clean[max(before.start, before.end - NEAR) : before.end], clean[start:end], headings)

    @property
    def near(self) -> tuple[int, int]:
        """Clean span of the sentence around the number, bounded where a text has endless sentences."""
        mention, sentence = self.mention, self.sentence
        if sentence is None:
            return mention.start, mention.end
        return max(sentence.start, mention.start - NEAR), min(sentence.end, mention.end + NEAR)

    def clause_before(self, marks: str = "，。；：") -> str:
        """The words before the number up to the nearest of the marks."""
        before = self.report.clean.text[self.near[0] : self.mention.start]
        return before[max(before.rfind(mark) for mark in marks) + 1 :]


@dataclass(frozen=True)
class Places:
    """All numbers of a source in reading order, found by span."""

    every: tuple[Place, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.every]

    @cached_property
    def _ends(self) -> list[int]:
        return [place.end for place in self.every]

    def overlapping(self, start: int, end: int) -> Sequence[Place]:
        """The places that share a character with the source span [start, end)."""
        return self.every[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def siblings(self, place: Place) -> Sequence[Place]:
        """The other numbers of the same sentence."""
        start, end = place.report.clean.source_span(*place.near)
        return [
            other
            for other in self.overlapping(start, end)
            if other is not place and other.sentence is place.sentence
        ]


def heading_path(report: Report, section: int) -> str:
    """The titles from the outermost section down to this one, joined by ' / '; the root has none."""
    titles: list[str] = []
    at: int | None = section
    while at is not None:
        node = report.sections[at]
        if node.title:
            titles.append(node.title)
        at = node.parent
    return " / ".join(reversed(titles))


SHARED = re.compile(
    "(?<![人户亩地日月年村平件次场个])均(?!衡|等|价|值)|(?<![首古故])都(?!市)|皆|双双|同为|同居|同列|一同|同时"
)
"""Words by which one number speaks of several indicators; 人均, 同比 and 首都 are none."""


def shared_by_several(place: Place) -> bool:
    """Whether the clause before a number gives it to more than one indicator (A、B 均增长5%)."""
    return SHARED.search(place.clause_before("；。")) is not None


def places_of(report: Report, witness: Witness, first: int = 0) -> list[Place]:
    """One place a mention, in reading order, numbered from `first`."""
    claims = {claim.mention.start: claim for claim in witness.reading.claims}
    excluded = {item.mention.start: item for item in witness.reading.excluded}
    starts = [sentence.start for sentence in report.sentences]
    found: list[Place] = []
    for number, mention in enumerate(witness.mentions, first):
        start, end = report.clean.source_span(mention.start, mention.end)
        n = bisect_right(starts, mention.start) - 1
        out = excluded.get(mention.start)
        found.append(
            Place(
                number=number,
                report=report,
                mention=mention,
                claim=claims.get(mention.start),
                exclusion=out.reason if out else None,
                start=start,
                end=end,
                sentence=report.sentences[n] if n >= 0 else None,
            )
        )
    return found
