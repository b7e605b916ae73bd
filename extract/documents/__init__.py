"""Files to reports: decoded, divided, cleaned, and described.

    bytes → read → order → split → clean → head, outline → sections → sentences → chunks → Report

`read_source` does all of it; nothing here touches the disk.
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.documents.chunks import chunks_of
from extract.documents.cleaning import clean
from extract.documents.completeness import completeness_of
from extract.documents.contents_list import without_contents
from extract.documents.decode import MAX_BYTES, source_of
from extract.documents.joining import in_reading_order, join
from extract.documents.left_out import told
from extract.documents.metadata import read_head, report_year
from extract.documents.model import Hole, Leftover, Metadata, Reading, Report, Role, Section, SourceText
from extract.documents.newspaper import without_marks
from extract.documents.outline import outline
from extract.documents.readers import Bounds, read_document
from extract.documents.sections import sections_of
from extract.documents.sentences import sentences_of
from extract.documents.splitting import Part, split
from extract.documents.styled import styled_headings
from extract.file_names import safe_stem, stem_of

__all__ = ["read_pages", "read_source", "read_text"]

_LONGEST_ID = 80


def read_source(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one file.

    Args:
        data: its bytes.
        name: its path as given by the user.
        max_bytes: the largest size that is read.

    Returns:
        Its reports with all their parts, and what was no report; `reports` is empty where there is none.

    Raises:
        InputError: the leaf says why the bytes cannot be read.
    """
    return read_pages([(name, data)], max_bytes=max_bytes)


def read_pages(pages: Sequence[tuple[str, bytes]], *, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one file, or one report that several files hold.

    Args:
        pages: their names and bytes, in reading order; the first has the head of the report.
        max_bytes: the largest size of each that is read.

    Returns:
        As `read_source`; the source is the joined text, named after the first file.

    Raises:
        InputError: the leaf says why one of them cannot be read.
    """
    texts = [read_document(data, name, bounds=Bounds(bytes=max_bytes)) for name, data in pages]
    return _reading(join(texts) if len(texts) > 1 else texts[0])


def read_text(text: str, name: str) -> Reading:
    """Read text that is decoded already; see `read_source`."""
    return _reading(source_of(text, name))


def _reading(source: SourceText) -> Reading:
    source = without_contents(in_reading_order(source))
    parts, leftovers = split(source.readable)
    reports = [_report(source, part) for part in parts]
    named = zip(reports, _ids(source.name, reports), strict=True)
    unread = (_unread(source, hole) for hole in source.holes)
    left = sorted((*leftovers, *(one for one in unread if one.title)), key=lambda one: one.start)
    told_reports, told_left = told(source, [replace(report, id=identity) for report, identity in named], left)
    return Reading(source, told_reports, told_left)


def _unread(source: SourceText, hole: Hole) -> Leftover:
    """A hole as a part that was left out; its title is empty where it held nothing but marks."""
    title = " ".join(without_marks(source.text[hole.start : hole.end][:200]).split())
    return Leftover(hole.start, hole.end, title[:60], hole.reason, "between")


def _report(source: SourceText, part: Part) -> Report:
    cleaned = clean(source.readable, part.start, part.end)
    head = read_head(cleaned.text)
    headings = outline(cleaned.text, styled_headings(source.hints.headings, cleaned))
    year = report_year(head, (heading.title for heading in headings if heading.level == 1))
    sections = sections_of(cleaned.text, headings, year)
    sentences = sentences_of(cleaned.text, sections, headings)
    return Report(
        id="",
        source=source,
        start=part.start,
        end=part.end,
        clean=cleaned,
        meta=Metadata(
            title=head.title,
            region=head.region,
            level=head.level,
            report_year=year,
            review_period=_period(sections, Role.REVIEW_YEAR, Role.REVIEW_SPAN),
            plan_period=_period(sections, Role.PLAN_YEAR, Role.PLAN_SPAN),
            delivered_on=head.delivered.isoformat() if head.delivered else None,
        ),
        sections=sections,
        sentences=sentences,
        chunks=chunks_of(sentences, sections),
        completeness=completeness_of(cleaned.text, sections, sentences),
    )


def _period(sections: tuple[Section, ...], *roles: Role) -> str | None:
    """The period of the first section with the first of the roles that occurs."""
    periods = (section.period for role in roles for section in sections if section.role is role)
    return next((period for period in periods if period), None)


def _ids(name: str, reports: list[Report]) -> list[str]:
    """File-name-safe ids: the stem; stem, region and year where a source holds several reports."""
    stem = safe_stem(stem_of(name)) or "report"
    if len(reports) == 1:
        return [stem[:_LONGEST_ID]]
    ids: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for report in reports:
        words = (stem[:40], report.meta.region or "", str(report.meta.report_year or ""))
        base = "-".join(word for word in words if word)[: _LONGEST_ID - 4]
        identity, number = base, numbers.get(base, 2)  # lower numbers are known to be taken
        while identity in ids:
            identity, number = f"{base}-{number}", number + 1
        numbers[base] = number
        ids[identity] = None
    return list(ids)
