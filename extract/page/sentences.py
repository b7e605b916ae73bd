"""The sentences that numbers lead to, with the numbers marked in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from extract.page.model import Part, Quoted, Sentence
from schemas.result import Result

Span = tuple[int, int]


@dataclass(slots=True)
class _Quote:
    """A sentence, where it begins in its source, and the numbers that are marked in it, with their anchors."""

    start: int
    text: str
    section: str
    marks: dict[Span, str] = field(default_factory=dict)

    @property
    def whole(self) -> Span:
        """The span of the sentence."""
        return self.start, self.start + len(self.text)

    def holds(self, start: int | None, end: int | None) -> bool:
        """Whether a number stands in this sentence."""
        return start is not None and end is not None and self.whole[0] <= start < end <= self.whole[1]


class Sentences:
    """Gives out anchors, and in the end the sentences that hold them."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._quotes: dict[tuple[str, str], list[_Quote]] = {}
        self._numbers = count(1)

    def add(self, result: Result) -> None:
        """Make the sentences of a report known."""
        self._titles[result.report.id] = result.report.title
        for record in result.records:
            where = record.evidence
            same = self._quotes.setdefault((result.report.id, where.quote), [])
            if all(quote.start != where.start for quote in same):
                same.append(_Quote(where.start, where.quote, where.section))

    def anchor(self, report_id: str, quote: str | None, start: int | None, end: int | None) -> str | None:
        """The name by which a number can be linked to.

        Args:
            report_id: whose number it is.
            quote: the sentence that it stands in.
            start: of the number in the source; the whole sentence is marked where it is not in it.
            end: of the number.

        Returns:
            None without a sentence.
        """
        if not quote or report_id not in self._titles:
            return None
        same = self._quotes.setdefault((report_id, quote), [])
        if not same:
            same.append(_Quote(start or 0, quote, ""))
        found = next((one for one in same if one.holds(start, end)), same[0])
        mark = (
            (start, end) if start is not None and end is not None and found.holds(start, end) else found.whole
        )
        if mark not in found.marks:
            found.marks[mark] = f"n{next(self._numbers)}"
        return found.marks[mark]

    def quoted(self) -> tuple[Quoted, ...]:
        """The sentences with marks, by report, in the order of the text."""
        marked: dict[str, list[_Quote]] = {}
        for (report_id, _), same in self._quotes.items():
            marked.setdefault(report_id, []).extend(quote for quote in same if quote.marks)
        return tuple(
            Quoted(
                report_id,
                self._titles[report_id],
                tuple(
                    Sentence(quote.section, parts(quote.text, quote.start, quote.marks))
                    for quote in sorted(quotes, key=lambda quote: quote.start)
                ),
            )
            for report_id, quotes in marked.items()
            if quotes
        )


def parts(text: str, start: int, marks: Mapping[Span, str | None]) -> tuple[Part, ...]:
    """A sentence cut at its marks.

    Args:
        text: the sentence.
        start: where it begins in its source.
        marks: spans in the source, with their anchors. Of those that overlap the shortest is shown; of the others
            the anchor remains, as a piece without text.
    """
    shown: list[Span] = []
    for span in sorted(marks, key=lambda one: (one[1] - one[0], one)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in shown):
            shown.append(span)
    found: list[Part] = []
    at = 0
    for span in sorted(marks):
        begin, end = span[0] - start, span[1] - start
        if begin > at:
            found.append(Part(text[at:begin]))
            at = begin
        if span in shown:
            found.append(Part(text[begin:end], marked=True, anchor=marks[span]))
            at = end
        else:
            found.append(Part("", anchor=marks[span]))
    if at < len(text):
        found.append(Part(text[at:]))
    return tuple(found)
