"""Small reports made by hand: a text, its numbers, and what the rules would read in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.checks import Checked, check, ground
from extract.claims.model import Claim, ClaimReading, Excluded, Exclusion
from extract.documents.model import (
    CleanText,
    Completeness,
    Metadata,
    Report,
    Role,
    Section,
    Sentence,
    SourceText,
)
from extract.engines.base import Draft, DraftFigure, Witness
from extract.numbers.mention import Mention

SHIFT = "页眉\n"
"""Stands before the report in its source: clean offsets are never source offsets."""


@dataclass(frozen=True)
class N:
    """A number of a test report: its text, and what is not as in a plain level of last year."""

    text: str
    indicator: str = "生产总值"
    value: str = ""
    unit: str | None = "亿元"
    upper: str | None = None
    mention_kind: str = "quantity"
    kind: str = "level"
    direction: str | None = None
    modifier: str = "exact"
    period: str | None = "2023"
    record_type: str = "achievement"
    also: tuple[str, ...] = ()
    status: str | None = None
    commitment: str | None = None
    pair: tuple[int, int] | None = None
    confidence: str = "sure"
    excluded: Exclusion | None = None

    def mention(self, start: int) -> Mention:
        """The number as found at that place of the clean text."""
        value = self.value or "".join(c for c in self.text if c.isdigit() or c == ".")
        return Mention(
            start=start,
            end=start + len(self.text),
            text=self.text,
            value=None if self.mention_kind in ("date", "name") else Decimal(value),
            upper=None if self.upper is None else Decimal(self.upper),
            unit=self.unit,
            kind=self.mention_kind,
            direction=self.direction,
            modifier=self.modifier,
        )


def percent(text: str, indicator: str, **changes: object) -> N:
    """A change in percent."""
    changed = {"kind": "change", "direction": "increase", "unit": "%", "mention_kind": "percent", **changes}
    return replace(N(text, indicator), **changed)  # type: ignore[arg-type]


def case(text: str, *numbers: N, region: str | None = "云州市", year: int = 2024) -> tuple[Report, Witness]:
    """A report of one section whose sentences end in 。, and its numbers in reading order."""
    sentences, start = [], 0
    for part in text.split("。"):
        if part:
            sentences.append(Sentence(len(sentences), start, start + len(part) + 1, 1, heading=False))
        start += len(part) + 1
    mentions, claims, excluded, at = [], [], [], 0
    for number in numbers:
        at = text.index(number.text, at)
        mention = number.mention(at)
        at = mention.end
        mentions.append(mention)
        sentence = next(s for s in sentences if s.start <= mention.start < s.end)
        if number.excluded:
            excluded.append(Excluded(mention, sentence.index, number.excluded))
        else:
            claims.append(_claim(number, mention, sentence.index))
    source = SHIFT + text
    report = Report(
        id="yunzhou-2024",
        source=SourceText("yunzhou.txt", source, "0" * 64, "utf-8"),
        start=len(SHIFT),
        end=len(source),
        clean=CleanText(text, range(len(SHIFT), len(source))),
        meta=Metadata("政府工作报告", region, "prefecture", year, str(year - 1), str(year), None),
        sections=(
            Section(0, 0, "", Role.OTHER, None, 0, len(text), None),
            Section(1, 1, "过去一年工作回顾", Role.REVIEW_YEAR, str(year - 1), 0, len(text), 0),
        ),
        sentences=tuple(sentences),
        chunks=(),
        completeness=Completeness(complete=True, has_review=True, has_plan=True, has_end=True, notes=()),
    )
    return report, Witness(tuple(mentions), ClaimReading(tuple(claims), tuple(excluded)))


def _claim(number: N, mention: Mention, sentence: int) -> Claim:
    return Claim(
        mention=mention,
        sentence=sentence,
        section=1,
        indicator=number.indicator,
        kind=number.kind,
        direction=number.direction,
        modifier=number.modifier,
        period=number.period,
        record_type=number.record_type,
        also=number.also,
        commitment=number.commitment,
        status=number.status,
        pair=number.pair,
        confidence=number.confidence,
        doubts=("no subject found",) if number.confidence == "unsure" else (),
    )


def figure(text: str, mention: int | None = None, **changes: object) -> DraftFigure:
    """A figure as an engine gives it; by default an exact level of 2023."""
    return replace(DraftFigure(text, mention, "level", None, "exact", "2023"), **changes)  # type: ignore[arg-type]


def draft(*figures: DraftFigure, sentences: Sequence[int] = (0,), **changes: object) -> Draft:
    """A draft as an engine gives it; by default an achievement."""
    plain = Draft("achievement", "生产总值", None, "2023", None, None, tuple(sentences), figures)
    return replace(plain, **changes)  # type: ignore[arg-type]


def drafts_of(witness: Witness) -> list[Draft]:
    """What an engine says that agrees with the rules: one draft a claim."""
    places = {mention.start: n for n, mention in enumerate(witness.mentions)}
    return [
        draft(
            DraftFigure(
                claim.mention.text,
                places[claim.mention.start],
                claim.kind,
                claim.direction,
                claim.modifier,
                claim.period,
                claim.confidence,
                claim.doubts,
            ),
            sentences=(claim.sentence,),
            type=claim.record_type,
            indicator=claim.indicator,
            status=claim.status,
        )
        for claim in witness.reading.claims
    ]


def checked(report: Report, witness: Witness, drafts: Sequence[Draft] | None = None) -> Checked:
    """Grounded and checked; without drafts those that agree with the rules."""
    every = drafts_of(witness) if drafts is None else drafts
    return check(report, witness, ground(report, witness, every))


def codes(result: Checked) -> list[str]:
    """The codes of all issues on records, in order, without notes."""
    return [one.code for record in result.records for one in record.issues if one.severity.value != "note"]
