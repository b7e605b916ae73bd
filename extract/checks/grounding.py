"""Ties what an engine says to the numbers of the text: no figure without a span.

An engine cites sentences and copies numbers. Here each copied number is found again as a *whole* mention of
those sentences (`70.3亿元` is no evidence in `5370.3亿元`), and value, upper bound, unit and span are taken
from that mention. What is not found becomes an issue on the record, and no figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from extract.checks.alignment import align
from extract.checks.copied import misreading, shortened, whole_mention_text, without_blanks
from extract.checks.identity import identity
from extract.checks.issues import issue
from extract.checks.places import heading_path
from extract.checks.trusted import trusted
from extract.documents.model import Report, Sentence
from extract.engines.base import Draft, DraftFigure, Witness
from extract.numbers.mention import Mention
from schemas import Evidence, Figure, Issue, Record, record_type

LONGEST_QUOTE = 2_000
"""A longer quotation is narrowed to its figures, in characters."""

MARGIN = 300
"""What then stays on either side of the figures, in characters."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A record whose figures all stand in the text.

    Attributes:
        record: the record; its issues are those of grounding alone.
        mentions: for each figure of the record the index of its mention in the witness.
        sentences: indices of the cited sentences that exist in the report, rising.
    """

    record: Record
    mentions: tuple[int, ...]
    sentences: tuple[int, ...]


def ground(report: Report, witness: Witness, drafts: Sequence[Draft]) -> tuple[Grounded, ...]:
    """Ground every draft in the text of its report.

    Args:
        report: the report that the drafts are about.
        witness: its mentions and claims; spans in the clean text.
        drafts: what an engine says, in any order.

    Returns:
        One grounded record a draft, in the order of the drafts. Spans of figures and evidence point into the
        source text. Record ids depend on content alone and are unique within the report.

    Raises:
        KeyError: a draft names a record type that does not exist.
    """
    ground_one = _Grounding(report, witness)
    return tuple(_with_unique_ids([ground_one(draft) for draft in drafts]))


class _Grounding:
    """The report's look-ups, made once, and the numbers that drafts have taken so far."""

    def __init__(self, report: Report, witness: Witness) -> None:
        self.report = report
        self.mentions = witness.mentions
        self.claims = {claim.mention.start: claim for claim in witness.reading.claims}
        self.by_sentence = _mentions_by_sentence(report.sentences, witness.mentions)
        self.headings: dict[int, str] = {}
        self.taken: set[int] = set()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every mention as copied numbers are compared."""
        return tuple([without_blanks(mention.text) for mention in self.mentions])

    def __call__(self, draft: Draft) -> Grounded:
        cited = tuple(sorted({n for n in draft.sentences if 0 <= n < len(self.report.sentences)}))
        places = self._places(draft, cited)
        indices = tuple([n for n in places if n is not None])
        self.taken.update(indices)
        figures = [
            self._figure(figure, self.mentions[n])
            for figure, n in zip(draft.figures, places, strict=True)
            if n is not None
        ]
        problems = tuple(self._problems(draft, cited, places))
        record = _record(draft, self._evidence(cited, indices), tuple(figures), problems)
        return Grounded(record, indices, cited)

    def _places(self, draft: Draft, cited: tuple[int, ...]) -> list[int | None]:
        """For each figure of the draft the index of its mention, or None."""
        figures = draft.figures
        if all(self._is_at(figure) for figure in figures):
            return [figure.mention for figure in figures]
        valued = self._valued(cited)
        found = self._align(draft, figures, [n for n in valued if n not in self.taken])
        # Where other drafts took the place, two records share one number: a check sees that, nothing is lost.
        lacking = [at for at, n in enumerate(found) if n is None]
        if not lacking:
            return found
        shared = self._align(draft, [figures[at] for at in lacking], [n for n in valued if n not in found])
        for at, n in zip(lacking, shared, strict=True):
            found[at] = n
        return found

    def _valued(self, cited: tuple[int, ...]) -> list[int]:
        """The mentions of the cited sentences that have a value."""
        places = [n for sentence in cited for n in self.by_sentence.get(sentence, ())]
        return [n for n in places if self.mentions[n].value is not None]

    def _problems(
        self, draft: Draft, cited: tuple[int, ...], places: Sequence[int | None]
    ) -> Iterator[Issue]:
        if not cited:
            yield _no_quote(draft)
        for figure, n in zip(draft.figures, places, strict=True):
            if n is None:
                yield self._not_found(draft, figure, cited)

    def _is_at(self, figure: DraftFigure) -> bool:
        """Whether the engine knows the mention, and its text and value are there."""
        n = figure.mention
        if n is None or not 0 <= n < len(self.mentions):
            return False
        mention = self.mentions[n]
        return mention.value is not None and mention.text == figure.text

    def _align(self, draft: Draft, figures: Sequence[DraftFigure], places: Sequence[int]) -> list[int | None]:
        """For each figure the index of its mention among `places`, or None."""
        texts = [self.texts[n] for n in places]
        wanted = [
            whole_mention_text(figure.text, [self.mentions[n] for n in places], texts) for figure in figures
        ]

        def preference(_figure: int, place: int) -> int:
            claim = self.claims.get(self.mentions[places[place]].start)
            return _shared_characters(claim.indicator, draft.indicator) if claim else 0

        return [None if at is None else places[at] for at in align(wanted, texts, preference)]

    def _not_found(self, draft: Draft, figure: DraftFigure, cited: tuple[int, ...]) -> Issue:
        """Why the figure has no mention: a number that was misread, or no such number at all."""
        valued = self._valued(cited)
        free = [self.mentions[n] for n in valued if n not in self.taken]
        misread = misreading(figure.text, free or [self.mentions[n] for n in valued])
        said, name = shortened(figure.text), draft.indicator
        if misread is not None:
            read = misread.mention
            return issue(
                misread.code,
                f"记录“{name}”写的是“{said}”，所引原文中是“{read.text}”。",
                f"The record says {said} for {name}; the cited text says {read.text}.",
                [self.report.clean.source_span(read.start, read.end)],
            )
        return issue(
            "number_not_in_quote",
            f"记录“{name}”的数字“{said}”不在所引原文之中。",
            f"The number {said} of {name} does not stand in the cited sentences.",
            [self._sentence_span(n) for n in cited[:1]],
        )

    def _figure(self, figure: DraftFigure, mention: Mention) -> Figure:
        start, end = self.report.clean.source_span(mention.start, mention.end)
        # The rules' judgements are typed by construction; those of a model are outside data.
        make = partial(trusted, Figure) if figure.mention is not None else Figure
        return make(
            value=mention.value,
            upper=mention.upper,
            unit=mention.unit,
            kind=figure.kind,
            direction=figure.direction,
            modifier=figure.modifier,
            period=figure.period,
            start=start,
            end=end,
            text=self.report.source.text[start:end],
            confidence=figure.confidence,
            doubts=figure.doubts,
        )

    def _evidence(self, cited: tuple[int, ...], indices: tuple[int, ...]) -> Evidence:
        """The source from the first to the last cited sentence.

        Where the cited sentences lie apart, only the stretch that holds the figures is quoted.
        """
        if not cited:
            at = self.report.start
            return trusted(Evidence, quote="", start=at, end=at, section="")
        first, last = cited[0], cited[-1]
        if last - first >= len(cited) and indices:
            holding = [n for n in cited if not set(self.by_sentence.get(n, ())).isdisjoint(indices)]
            first, last = (holding[0], holding[-1]) if holding else (first, first)
        start, end = self._bounded(self._sentence_span(first)[0], self._sentence_span(last)[1], indices)
        source = self.report.source
        return trusted(
            Evidence,
            quote=source.text[start:end],
            start=start,
            end=end,
            section=self._heading(self.report.sentences[first].section),
            page=source.hints.page_at(start),
        )

    def _bounded(self, start: int, end: int, indices: tuple[int, ...]) -> tuple[int, int]:
        """The quoted source span, narrowed to the figures where a text has endless sentences."""
        if end - start <= LONGEST_QUOTE:
            return start, end
        if not indices:
            return start, start + LONGEST_QUOTE
        earliest, latest = self.mentions[min(indices)], self.mentions[max(indices)]
        first, _ = self.report.clean.source_span(earliest.start, earliest.end)
        _, last = self.report.clean.source_span(latest.start, latest.end)
        return max(start, first - MARGIN), min(end, last + MARGIN)

    def _sentence_span(self, n: int) -> tuple[int, int]:
        sentence = self.report.sentences[n]
        return self.report.clean.source_span(sentence.start, sentence.end)

    def _heading(self, section: int) -> str:
        if section not in self.headings:
            self.headings[section] = heading_path(self.report, section)
        return self.headings[section]


def _mentions_by_sentence(
    sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Mapping[int, tuple[int, ...]]:
    """Indices of the mentions that start in each sentence; both are in reading order."""
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    for sentence in sentences:
        while at < len(mentions) and mentions[at].start < sentence.start:
            at += 1
        first = at
        while at < len(mentions) and mentions[at].start < sentence.end:
            at += 1
        if at > first:
            found[sentence.index] = tuple(range(first, at))
    return found


def _record(
    draft: Draft, evidence: Evidence, figures: tuple[Figure, ...], problems: tuple[Issue, ...]
) -> Record:
    return trusted(
        record_type(draft.type),
        id=identity(draft, evidence, figures),
        type=draft.type,
        indicator=draft.indicator,
        category=draft.category,
        period=draft.period,
        commitment=draft.commitment,
        status=draft.status,
        evidence=evidence,
        figures=figures,
        issues=problems,
        **draft.details,
    )


def _no_quote(draft: Draft) -> Issue:
    return issue(
        "quote_not_found",
        f"记录“{draft.indicator}”没有引用报告中的任何一句。",
        f"The record {draft.indicator} cites no sentence of the report.",
        (),
    )


def _shared_characters(one: str, other: str) -> int:
    return len(set(one) & set(other))


def _with_unique_ids(grounded: list[Grounded]) -> list[Grounded]:
    """Give the second, third… record of the same content the suffix -2, -3…"""
    seen: dict[str, int] = {}
    unique: list[Grounded] = []
    for item in grounded:
        record_id = item.record.id
        times = seen[record_id] = seen.get(record_id, 0) + 1
        if times == 1:
            unique.append(item)
        else:
            record = item.record.model_copy(update={"id": f"{record_id}-{times}"})
            unique.append(Grounded(record, item.mentions, item.sentences))
    return unique
