"""Files to reports: decoded, divided, cleaned, and described.

    bytes → decode → split → clean → head → sections → sentences → chunks → Report

`read_source` does all of it; nothing here touches the disk.
"""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from extract.documents.chunks import chunks_of
from extract.documents.cleaning import clean
from extract.documents.completeness import completeness_of
from extract.documents.decode import MAX_BYTES, decode, source_of
from extract.documents.metadata import Head, read_head
from extract.documents.model import Metadata, Reading, Report, Role, Section, SourceText
from extract.documents.periods import years_named
from extract.documents.sections import sections_of
from extract.documents.sentences import sentences_of
from extract.documents.splitting import Part, split

__all__ = ["read_source", "read_text"]

_UNSAFE = re.compile(r"[^0-9A-Za-z\u3400-\u9fff_-]+")
_LONGEST_ID = 80
_YEAR_HEADING = re.compile(r"^[一二三四五]、(?P<title>.{2,40})$", re.MULTILINE)


def read_source(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one file.

    Args:
        data: its bytes.
        name: its path as given by the user.
        max_bytes: the largest size that is read.

    Returns:
        Its reports with all their parts, and what was no report; `reports` is empty where there is none.

    Raises:
        InputError: the leaf says why the bytes cannot be read as text.
    """
    return _reading(decode(data, name, max_bytes))


def read_text(text: str, name: str) -> Reading:
    """Read text that is decoded already; see `read_source`."""
    return _reading(source_of(text, name))


def _reading(source: SourceText) -> Reading:
    parts, leftovers = split(source.text)
    reports = [_report(source, part) for part in parts]
    ids = _ids(source.name, reports)
    return Reading(
        source=source,
        reports=tuple(_named(report, identity) for report, identity in zip(reports, ids, strict=True)),
        leftovers=leftovers,
    )


def _report(source: SourceText, part: Part) -> Report:
    cleaned = clean(source.text, part.start, part.end)
    head = read_head(cleaned.text)
    year = _report_year(head, cleaned.text)
    sections, headings = sections_of(cleaned.text, year)
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


def _report_year(head: Head, text: str) -> int | None:
    """The year that the report plans for.

    The headings of time know best (2019年工作回顾 and 2020年任务), then the title, then the date of delivery; a
    report delivered in December plans for the year after.
    """
    known = [year for year in (head.title_year, head.delivered.year if head.delivered else None) if year]
    for match in _YEAR_HEADING.finditer(text):
        title = match["title"]
        for year in years_named(title):
            planned = year + 1 if re.search(r"回顾|总结|过去|完成", title) else year
            if not known or any(abs(planned - other) <= 1 for other in known):
                return planned
    if known:
        return known[0]
    years = years_named(text[:600])
    return years[0] + 1 if years else None


def _period(sections: tuple[Section, ...], *roles: Role) -> str | None:
    """The period of the first section with the first of the roles that occurs."""
    for role in roles:
        for section in sections:
            if section.role is role and section.period:
                return section.period
    return None


def _ids(name: str, reports: list[Report]) -> list[str]:
    """File-name-safe ids, unique within the source."""
    stem = _safe(PurePosixPath(name).stem) or "report"
    if len(reports) == 1:
        return [stem[:_LONGEST_ID]]
    ids: list[str] = []
    for report in reports:
        parts = [stem[:40], report.meta.region or "", str(report.meta.report_year or "")]
        base = _safe("-".join(part for part in parts if part))[: _LONGEST_ID - 4]
        identity, number = base, 2
        while identity in ids:
            identity, number = f"{base}-{number}", number + 1
        ids.append(identity)
    return ids


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip("-")


def _named(report: Report, identity: str) -> Report:
    return replace(report, id=identity)
