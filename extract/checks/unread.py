"""Targets that a report names and that nobody could read: the worst answer to them would be "not stated"."""

from collections.abc import Iterator, Sequence

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from extract.claims.headlines import headline_sentences
from extract.documents.model import Report, Role, Sentence
from extract.engines.base import Witness
from extract.indicators.matching import Matcher, built_in_matcher
from extract.indicators.unread import Unread, read_of, unread_in
from schemas import Record
from schemas.result import ClaimType, HeadlineRow

_COMPANY = 2
"""So many headline indicators with numbers make a sentence one of targets or of results."""
_NO_PLAN_OF_THE_YEAR = frozenset({Role.REVIEW_YEAR, Role.REVIEW_SPAN, Role.PLAN_SPAN, Role.LIVELIHOOD})
_TYPES: dict[ClaimType, str] = {"target": "goal", "actual": "achievement"}


def headline_rows(context: Context) -> tuple[HeadlineRow, ...]:
    """The sentences in which a report gives the targets of its year, or the results of the year before."""
    report = context.report
    return tuple(_row(report, sentence, claim_type) for claim_type, sentence in context.headlines)


def target_unread(context: Context) -> Iterator[Finding]:
    """`target_unread` and `actual_unread` where a sentence of targets or of results names a headline indicator, and
    no record says anything of it.
    """
    report, matcher = context.report, built_in_matcher()
    years = years_of(report.meta.report_year)
    records = [item.record for item in context.grounded]
    stated = {
        claim_type: _stated(records, claim_type, years.get(claim_type), matcher, report.meta.region)
        for claim_type in _TYPES
    }
    for claim_type, sentence in context.headlines:
        if claim_type not in years:
            continue
        start, end = report.clean.source_span(sentence.start, sentence.end)
        there = [one for one in records if one.evidence.start < end and start < one.evidence.end]
        quote = report.source.text[start:end]
        for one in unread_in(
            quote,
            there,
            matcher,
            region=report.meta.region,
            year=years[claim_type],
            claim_type=claim_type,
        ):
            missing = [of for of in one.indicators if of.core and of.id not in stated[claim_type]]
            if missing:
                yield _finding(claim_type, one, missing[0].zh, missing[0].en, start)


def years_of(report_year: int | None) -> dict[ClaimType, int]:
    """The year that the targets of a report are for, and that of its results; nothing where it has no year."""
    return {} if report_year is None else {"target": report_year, "actual": report_year - 1}


def headlines_of(report: Report, witness: Witness) -> Iterator[tuple[ClaimType, Sentence]]:
    """The sentences of targets and of results, in their order, each with which of them it gives."""
    years = years_of(report.meta.report_year)
    announced = headline_sentences(report)
    company = _company(report, witness, years)
    for sentence in report.sentences:
        role = report.sections[sentence.section].role
        listed = sentence.index in announced and role not in _NO_PLAN_OF_THE_YEAR
        if listed or (role is Role.PLAN_YEAR and ("target", sentence.index) in company):
            yield "target", sentence
        elif role is Role.REVIEW_YEAR and ("actual", sentence.index) in company:
            yield "actual", sentence


def _company(report: Report, witness: Witness, years: dict[ClaimType, int]) -> set[tuple[ClaimType, int]]:
    """Sentences that give the numbers of several headline indicators for a year."""
    matcher, region = built_in_matcher(), report.meta.region
    found: dict[tuple[ClaimType, int], set[str]] = {}
    for claim in witness.reading.claims:
        for claim_type, year in years.items():
            if claim.record_type != _TYPES[claim_type] or claim.period != str(year):
                continue
            names = matcher.names(claim.indicator, region)
            core = {name.indicator.id for name, _, _ in names if name.indicator.core}
            found.setdefault((claim_type, claim.sentence), set()).update(sorted(core)[:1])
    return {key for key, ids in found.items() if len(ids) >= _COMPANY}


def _stated(
    records: Sequence[Record], claim_type: ClaimType, year: int | None, matcher: Matcher, region: str | None
) -> set[str]:
    """Indicators of which some record of the report says something for a year."""
    of_the_year = [
        one
        for one in records
        if one.type == _TYPES[claim_type]
        and (one.period == str(year) or any(figure.period == str(year) for figure in one.figures))
    ]
    return read_of(of_the_year, matcher, region)


def _row(report: Report, sentence: Sentence, claim_type: ClaimType) -> HeadlineRow:
    start, end = report.clean.source_span(sentence.start, sentence.end)
    return HeadlineRow(claim_type=claim_type, start=start, end=end, quote=report.source.text[start:end])


def _finding(claim_type: ClaimType, one: Unread, zh: str, en: str, at: int) -> Finding:
    what, what_en = ("目标", "targets") if claim_type == "target" else ("完成情况", "results")
    return Finding(
        None,
        issue(
            f"{claim_type}_unread",
            f"说{what}的句子提到“{one.words}”（{zh}），但未能读出内容，请查看原文。",
            f"A sentence of {what_en} names {one.words} ({en}), but nothing could be read of it; look at the text.",
            [(at + one.start, at + one.end)],
        ),
    )
