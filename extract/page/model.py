"""What the page on a run shows: plain data, made by `extract.page.build`, put into HTML by `extract.page.render`."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["target", "actual"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `marked` for a number, `anchor` for what links lead to."""

    text: str
    marked: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, in pieces."""

    section: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The sentences of one report that numbers of the page lead to."""

    report_id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report that was read."""

    id: str
    title: str
    region: str | None
    year: int | None
    source: str
    records: tuple[int, ...]
    numbers: int
    excluded: int
    unclaimed: int
    flagged: int
    failed: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: who it is about, what, and what to do about it."""

    about: str
    what: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is flagged."""

    code: str
    severity: str
    message: Text


@dataclass(frozen=True, slots=True)
class Flag:
    """A record, or a report as a whole, that a person should look at."""

    report_id: str
    kind: Text
    indicator: str
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a table, or what stands for it.

    Attributes:
        label: as it is shown.
        tone: target or actual.
        anchor: that of its sentence.
        flagged: its record is.
        edited: a person corrected or added it.
        wordless: it has no number.
        doubt: what is worth a look about its indicator, if anything.
    """

    label: Text
    tone: Tone
    anchor: str | None
    flagged: bool
    wordless: bool = False
    doubt: Text | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """The headline numbers of one report, one tuple for each indicator."""

    region: str
    report_id: str
    cells: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline numbers of the reports of one year: regions down, indicators across."""

    year: int
    indicators: tuple[Text, ...]
    rows: tuple[HeadlineRow, ...]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A target beside its actual."""

    region: str
    year: int
    indicator: Text
    target: Number
    actual: Number | None
    difference: Text | None
    outcome: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. Lists are in the order in which they are shown."""

    title: Text
    made_by: str
    reports: tuple[ReportLine, ...]
    types: tuple[Text, ...]
    gaps: tuple[Gap, ...]
    leftovers: int
    flags: tuple[Flag, ...]
    more_flags: int
    headlines: tuple[Headline, ...]
    tracked: tuple[Tracked, ...]
    pictures: tuple[Picture, ...]
    quoted: tuple[Quoted, ...]

    @property
    def regions(self) -> int:
        """How many regions the reports are of."""
        return len({report.region for report in self.reports if report.region})

    @property
    def numbers(self) -> int:
        """All numbers of all reports."""
        return sum(report.numbers for report in self.reports)

    @property
    def unclaimed(self) -> int:
        """Numbers that nothing accounts for."""
        return sum(report.unclaimed for report in self.reports)

    @property
    def doubtful(self) -> int:
        """Headline numbers whose indicator is worth a look."""
        return sum(
            one.doubt is not None
            for table in self.headlines
            for row in table.rows
            for cell in row.cells
            for one in cell
        )

    @property
    def edited(self) -> bool:
        """Whether a number is marked as a person's."""
        shown = [one for table in self.headlines for row in table.rows for cell in row.cells for one in cell]
        shown += [one for row in self.tracked for one in (row.target, row.actual) if one]
        return any(one.edited for one in shown)

    @property
    def flagged(self) -> int:
        """Records that a person should look at."""
        return sum(report.flagged for report in self.reports)
