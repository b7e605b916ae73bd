"""The route of one source, on one screen.

    read → clean → split → sections → chunks → witness → engine → ground → check → result
    bytes  offsets  reports  tree     requests  claims   drafts   spans    issues  JSON

A second step, `compare_reports`, holds the reports of one region against each other.

Everything here takes data and returns data. Who calls it reads the files (`extract.runs`), saves the results
(`extract.results`) and prints.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256

from extract import __version__
from extract.checks import check, ground
from extract.checks.between import Chronicle, Compared, Digest
from extract.checks.run import Checked
from extract.claims import read_claims
from extract.documents import read_pages
from extract.documents.left_out import LEFT_OUT, UNREAD
from extract.documents.model import CleanText, LeftOut, Leftover, Report
from extract.engines.base import Answer, Engine, Identity, Witness
from extract.errors import InputError, NoReportError
from extract.messages import Message, listed, sides
from extract.numbers import find_mentions
from schemas import record_types
from schemas.result import (
    SCHEMA_VERSION,
    ChunkRow,
    CompletenessRow,
    LeftOutRow,
    Manifest,
    PieceRow,
    ReportInfo,
    Result,
    SectionRow,
    text_file_of,
)

HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        results: one per report found.
        leftovers: the parts of the source that are no report.
        failures: why the source gave nothing, where it gave nothing.
        text: the decoded text, where the source is no text itself.
    """

    results: tuple[Result, ...]
    leftovers: tuple[Leftover, ...]
    failures: tuple[InputError, ...]
    text: str | None = None


Pages = tuple[tuple[str, bytes], ...]
"""Names and bytes of further files of the same report, in reading order."""


def process_source(
    data: bytes, name: str, engine: Engine, *, more: Pages = (), max_bytes: int = 20_000_000
) -> Outcome:
    """All results of one source.

    Args:
        data: the bytes of the file.
        name: its path as the user gave it.
        engine: what reads the reports.
        more: where one report stands in several files, the others.
        max_bytes: a larger source is refused.

    Returns:
        The outcome; input that cannot be used is a failure in it, never an exception.
    """
    reports, outcome = read_reports(data, name, more=more, max_bytes=max_bytes)
    return replace(outcome, results=tuple(extract_report(report, engine) for report in reports))


def read_reports(
    data: bytes, name: str, *, more: Pages = (), max_bytes: int = 20_000_000
) -> tuple[tuple[Report, ...], Outcome]:
    """The reports of one source, and its outcome as far as it is known before any engine has read them.

    Args:
        data: the bytes of the file.
        name: its path as the user gave it.
        more: where one report stands in several files, the others.
        max_bytes: a larger source is refused.

    Returns:
        No reports where the source cannot be used; the outcome then says why.
    """
    try:
        pages = ((name, data), *more)
        reading = read_pages(pages, max_bytes=max_bytes)
    except InputError as error:
        return (), Outcome((), (), (error,))
    if not reading.reports:
        reasons = [sides(reason) for reason in dict.fromkeys(one.reason for one in reading.leftovers)]
        missing = NoReportError(
            Message(
                "%(name)s holds no government work report (%(reason)s).", name=name, reason=listed(reasons)
            )
            if reasons
            else Message("%(name)s holds no government work report.", name=name)
        )
        return (), Outcome((), reading.leftovers, (missing,))
    return reading.reports, Outcome((), reading.leftovers, (), reading.source.saved_text)


def extract_report(report: Report, engine: Engine) -> Result:
    """The result of one report that was read."""
    witness = bear_witness(report)
    return conclude(report, engine, witness, engine.extract(report, witness))


def conclude(report: Report, engine: Identity, witness: Witness, answer: Answer) -> Result:
    """What an engine answered, grounded and checked."""
    grounded = ground(report, witness, answer.drafts)
    checked = check(report, witness, grounded)
    return _result(report, engine, answer, checked)


def bear_witness(report: Report) -> Witness:
    """What the rules read in a report, whatever the engine."""
    mentions = tuple(find_mentions(report.clean.text))
    return Witness(mentions, read_claims(report, mentions))


def compare_reports(digests: Callable[[], Iterable[Digest]]) -> Iterator[tuple[str, Compared]]:
    """Hold the reports of one region against each other.

    Args:
        digests: gives them, oldest first; it is called twice, so that they need not be in memory together.

    Yields:
        For each report its id, and what the others say of it; of most nothing.
    """
    chronicle = Chronicle()
    for one in digests():
        chronicle.add(one)
    for one in digests():
        yield one.report_id, chronicle.compared(one)


def _result(report: Report, engine: Identity, answer: Answer, checked: Checked) -> Result:
    errors = {outcome.chunk: outcome.error for outcome in answer.outcomes}
    meta, completeness = report.meta, report.completeness
    return Result(
        report=ReportInfo(
            id=report.id,
            source=report.source.name,
            sha256=report.source.sha256,
            encoding=report.source.encoding,
            format=report.source.format,
            text_file=None if report.source.is_text else text_file_of(report.id),
            pieces=tuple(
                PieceRow(source=piece.source, start=piece.start, end=piece.end, at=piece.at)
                for piece in report.source.pieces
            ),
            start=report.start,
            end=report.end,
            title=meta.title,
            region=meta.region,
            level=meta.level,
            report_year=meta.report_year,
            review_period=meta.review_period,
            plan_period=meta.plan_period,
            delivered_on=meta.delivered_on,
        ),
        records=checked.records,
        ledger=checked.ledger,
        issues=checked.issues,
        chunks=tuple(_chunk_row(report, index, errors) for index in range(len(report.chunks))),
        sections=_section_rows(report),
        headlines=checked.headlines,
        completeness=CompletenessRow(
            complete=completeness.complete,
            has_review=completeness.has_review,
            has_plan=completeness.has_plan,
            has_end=completeness.has_end,
            notes=completeness.notes,
        ),
        manifest=Manifest(
            schema_version=SCHEMA_VERSION,
            package_version=__version__,
            engine=engine.name,
            model=engine.model,
            prompt_hashes=dict(engine.prompt_hashes),
            schema_hashes={**schema_hashes(), **engine.schema_hashes},
            usage=answer.usage,
        ),
        left_out=_left_out_rows(report),
    )


@cache
def schema_hashes() -> Mapping[str, str]:
    """A hash of the JSON Schema of each record type, by which a reader sees that a type has changed."""
    return {
        name: sha256(json.dumps(kind.model_json_schema(), sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]
        for name, kind in record_types().items()
    }


def _left_out_rows(report: Report) -> tuple[LeftOutRow, ...]:
    """What of the source is in no report, a row for each reason in the order of the text."""
    groups: dict[str, list[LeftOut]] = {}
    for part in report.left_out:
        groups.setdefault(part.reason, []).append(part)
    return tuple(
        LeftOutRow(
            reason=reason,
            words=LEFT_OUT[reason],
            parts=len(parts),
            characters=sum(part.length for part in parts),
            numbers=sum(part.numbers for part in parts),
            unread=reason in UNREAD,
        )
        for reason, parts in groups.items()
    )


def _chunk_row(report: Report, index: int, errors: dict[int, str | None]) -> ChunkRow:
    """A chunk that the engine does not speak of has failed: silence is no success."""
    error = errors.get(index, "the engine said nothing about this chunk")
    chunk = report.chunks[index]
    start, end = _source_span(report.clean, chunk.start, chunk.end)
    return ChunkRow(start=start, end=end, status="failed" if error else "done", error=error)


def _section_rows(report: Report) -> tuple[SectionRow, ...]:
    rows = []
    for section in report.sections:
        start, end = _source_span(report.clean, section.start, section.end)
        rows.append(
            SectionRow(
                level=section.level,
                title=section.title,
                role=section.role.value,
                period=section.period,
                start=start,
                end=end,
                parent=section.parent,
            )
        )
    return tuple(rows)


def _source_span(clean: CleanText, start: int, end: int) -> tuple[int, int]:
    """The source span of a clean span, which may be empty."""
    if start < end:
        return clean.source_span(start, end)
    offsets = clean.offsets
    place = offsets[start] if start < len(offsets) else (offsets[-1] + 1 if offsets else 0)
    return place, place
