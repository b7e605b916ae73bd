"""The years that the first sentence of a paragraph announces for all of it."""

import re

from extract.documents.model import Report, Role, Section
from extract.language import years

_DIFFICULTIES = re.compile(r"(?:困难|问题|不足|短板|差距)")
_AHEAD = re.compile(r"展望|今后|未来|目标")
_ONE_YEAR = re.compile(r"今年|全年|之年|第一年|一年")
# A sentence shorter than this opens a paragraph without saying anything (各位代表！).
_SALUTATION = 8


def announced_spans(report: Report) -> tuple[str | None, ...]:
    """The years announced for each sentence of a report, in the order of its sentences; None where none are."""
    text = report.clean.text
    reviewed = report.meta.reviewed_year
    spans: list[str | None] = []
    span: str | None = None
    salutation = False
    for sentence in report.sentences:
        opens = report.opens_paragraph(sentence)
        if opens or salutation:
            section = report.sections[sentence.section]
            span = _announced_span(text[sentence.start : sentence.end], section, reviewed)
        salutation = opens and sentence.end - sentence.start < _SALUTATION
        spans.append(span)
    return tuple(spans)


def _announced_span(words: str, section: Section, reviewed: int | None) -> str | None:
    """What the first sentence of a paragraph announces.

    回望“十四五”以来的四年 within the review of a year speaks of four, and 展望“十五五” within the plan of a year of
    five; the difficulties that a review of five years ends with are those of today.
    """
    if section.role is Role.REVIEW_SPAN and reviewed and _DIFFICULTIES.search(words):
        return str(reviewed)
    opening = words.partition("，")[0]
    ahead = section.role is Role.PLAN_YEAR and _AHEAD.search(opening) and not _ONE_YEAR.search(words)
    if section.role is not Role.REVIEW_YEAR and not ahead:
        return None
    named = years.named_period(opening, reviewed)
    return named if named and "-" in named else None
