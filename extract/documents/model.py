"""What a file becomes: decoded text, clean text with its offset map, and the parts of each report.

All spans are half-open pairs of code-point indices. Those named `start`/`end` on a section, sentence or
chunk point into the *clean* text of their report; `CleanText.source_span` leads back to the source.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.documents.headings import is_glossary
from extract.documents.hints import Hints

NO_HINTS = Hints()
_NOT_BREAK = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Hole:
    """A passage of a source that is not read, though it stays where it is.

    Attributes:
        start, end: its span in the text.
        reason: why, in Chinese / English.
        seamless: whether it interrupts a sentence, which goes on behind it.
    """

    start: int
    end: int
    reason: str
    seamless: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a joined text.

    Attributes:
        source: the file that it comes from.
        start, end: its span in the text of that file.
        at: where it begins in the joined text.
    """

    source: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as decoded, newlines untouched.

    Attributes:
        name: the path as given by the user, with forward slashes.
        text: the decoded text; a byte-order mark is kept out of it. For every format but `text` it is what a
            reader of the document sees, and is saved beside the result.
        sha256: hex digest of the bytes.
        encoding: `utf-8` or `gb18030`.
        format: `text`, `markdown`, `html`, `docx` or `pdf`; `joined` where it was put together from several files, or out
            of order.
        hints: what the document says about its text besides the words.
        holes: passages that are not read, rising.
        pieces: of a text that was put together from several files, or out of order: where it comes from.
    """

    name: str
    text: str
    sha256: str
    encoding: str
    format: str = "text"
    hints: Hints = NO_HINTS
    holes: tuple[Hole, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether the source file itself is the text into which spans point."""
        return self.format == "text"

    @property
    def saved_text(self) -> str | None:
        """The text as it is saved beside the result; None where the source file itself is the text."""
        return None if self.is_text else self.text

    @property
    def readable(self) -> str:
        """The text with its holes blanked: as long as the text, line breaks kept but within a sentence."""
        if not self.holes:
            return self.text
        parts: list[str] = []
        at = 0
        for hole in self.holes:
            inner = self.text[hole.start : hole.end]
            blank = " " * len(inner) if hole.seamless else _NOT_BREAK.sub(" ", inner)
            parts += (self.text[at : hole.start], blank)
            at = hole.end
        return "".join((*parts, self.text[at:]))


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text that rules can read, and the way back to the source.

    Page breaks inside sentences are healed, blanks beside Chinese characters dropped, full-width letters
    and digits folded to half-width, sentence punctuation folded to full-width. Paragraphs end in one newline.

    Attributes:
        text: the clean text.
        offsets: for each character of `text` the index of its source character; strictly rising.
        cut: source spans of the words that cleaning left out, rising.
    """

    text: str
    offsets: Sequence[int]
    cut: tuple[tuple[int, int], ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the non-empty clean span [start, end)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Role(StrEnum):
    """What a section is about."""

    REVIEW_YEAR = "review_year"
    REVIEW_SPAN = "review_span"
    PLAN_YEAR = "plan_year"
    PLAN_SPAN = "plan_span"
    LIVELIHOOD = "livelihood"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """One node of the heading tree.

    Attributes:
        index: position in `Report.sections`, in reading order; a parent stands before its children.
        level: 0 for the whole report, 1 for 一、, 2 for （一）, 3 for 1. or 一是 and run-in headings.
        title: the heading's own words without its number; empty for the root.
        role: what the section is about; inherited from the parent where the heading does not say.
        period: what a number here refers to unless the text says otherwise: `2019`, `2016-2020`; or None.
        start, end: clean span, heading included, children included.
        parent: index of the parent; None for the root.
    """

    index: int
    level: int
    title: str
    role: Role
    period: str | None
    start: int
    end: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: the unit that is quoted.

    Attributes:
        index: position in `Report.sentences`.
        start, end: clean span, final punctuation included, surrounding blanks excluded.
        section: index of the innermost section.
        heading: whether it is a heading line by itself.
    """

    index: int
    start: int
    end: int
    section: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one section: the unit of one request.

    Attributes:
        index: position in `Report.chunks`.
        section: index of the section of its first sentence.
        first, last: indices of its first and last sentence, both included.
        start, end: clean span.
    """

    index: int
    section: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text itself says about the report.

    Attributes:
        title: e.g. `2024年云州市政府工作报告`.
        region: full name (`湖州市`, `北京市`), or None where the text does not say.
        level: `national`, `province`, `prefecture`, `county`, `township`, or None.
        report_year: the year in which it was delivered and for which it plans.
        review_period: `2019`; or with a five-year review `2016-2020`; None where nothing says.
        plan_period: `2020`; or `2021-2025`.
        delivered_on: ISO date, or None.
    """

    title: str
    region: str | None
    level: str | None
    report_year: int | None
    review_period: str | None
    plan_period: str | None
    delivered_on: str | None

    @property
    def reviewed_year(self) -> int | None:
        """The year reviewed, of several the last."""
        return int(self.review_period.rpartition("-")[2]) if self.review_period else None


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether the whole report was there.

    Attributes:
        complete: a review, a plan and a proper end were all found.
        has_review, has_plan, has_end: which of them.
        notes: sentences for the reader, e.g. that the text breaks off before its goals.
    """

    complete: bool
    has_review: bool
    has_plan: bool
    has_end: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read and divided; the input of every engine.

    Attributes:
        id: file-name-safe, unique within its source.
        source: the file it came from.
        start, end: its span in the source text.
        clean: its clean text; offsets lead into the whole source text.
        meta, sections, sentences, chunks, completeness: its parts.
        left_out: what of the source stands in its place and in no report.
    """

    id: str
    source: SourceText
    start: int
    end: int
    clean: CleanText
    meta: Metadata
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    completeness: Completeness
    left_out: tuple["LeftOut", ...] = ()

    def opens_paragraph(self, sentence: Sentence) -> bool:
        """Whether a sentence is the first of its paragraph."""
        return sentence.start == 0 or self.clean.text[sentence.start - 1] == "\n"

    def is_glossary(self, section: Section) -> bool:
        """Whether a section is a list of terms (名词解释), or stands in one."""
        while not is_glossary(section.title):
            if section.parent is None:
                return False
            section = self.sections[section.parent]
        return True


@dataclass(frozen=True, slots=True)
class Leftover:
    """A part of a source that is no report.

    Attributes:
        start, end: source span.
        title: its first line, shortened.
        reason: why it is no report, for the reader.
        kind: `article` (prose with a title of its own), `boilerplate`, or `between` two parts of a report.
        numbers: how many numbers its sentences hold.
    """

    start: int
    end: int
    title: str
    reason: str
    kind: str
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One part of a source that is in no report.

    Attributes:
        reason: a key of `LEFT_OUT`.
        at: the place in the decoded text where it stands or stood.
        length: in characters.
        numbers: how many numbers it holds that say something.
    """

    reason: str
    at: int
    length: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one source held: its reports, and what was no report."""

    source: SourceText
    reports: tuple[Report, ...]
    leftovers: tuple[Leftover, ...]
