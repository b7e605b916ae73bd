"""The reports of an ingest, and which are copies of each other."""

from collections.abc import Sequence
from pathlib import Path

from extract.checks.copies import Copies, share, wording_of
from extract.checks.differences import differences, text_of
from extract.checks.suspicious import suspicious_runs
from extract.documents import read_source
from extract.documents.model import Report
from extract.errors import InputError
from extract.pipeline import bear_witness
from extract.regular_files import read_regular
from extract.results.account import CopyRow, IngestedReport, NumberDifference
from extract.results.files import digest
from extract.runs.ingest_files import TEXT, TextFiles
from extract.runs.ingest_texts import Text

LONGEST_SHOWN = 160


def described(
    texts: Sequence[Text], kept: Sequence[IngestedReport], files: TextFiles
) -> list[IngestedReport]:
    """A row for each text, its copies named.

    Args:
        texts: of this ingest.
        kept: reports of earlier ingests, which may be copies as well.
        files: give names.
    """
    hashes = [digest(text.text.encode("utf-8", "replace")) for text in texts]
    names = [files.name(text.report.id, sha256) for text, sha256 in zip(texts, hashes, strict=True)]
    by_name = dict(zip(names, texts, strict=True))
    wording = {name: wording_of([text.report.clean.text]) for name, text in by_name.items()}
    others: dict[str, Report] = {}
    for one in kept:
        if one.file and (again := _again(files.folder / one.file)):
            others[one.id] = again
            wording[one.id] = wording_of([again.clean.text])
    copies = Copies()
    for name, report in (*others.items(), *((name, text.report) for name, text in by_name.items())):
        if report.meta.region:
            copies.add(name, report.meta.region, report.meta.report_year, wording[name])
    rows = []
    for name, sha256 in zip(names, hashes, strict=True):
        text = by_name[name]
        report = text.report
        rows.append(
            IngestedReport(
                id=name,
                file=f"{name}{TEXT}",
                sha256=sha256,
                source=text.source,
                title=report.meta.title,
                region=report.meta.region,
                level=report.meta.level,
                report_year=report.meta.report_year,
                characters=len(text.text),
                complete=report.completeness.complete,
                notes=report.completeness.notes,
                pieces=text.pieces,
                suspicious=tuple(
                    report.source.text[run.start : run.end][:LONGEST_SHOWN] for run in suspicious_runs(report)
                ),
                copies=tuple(
                    _copy(
                        report,
                        others.get(other) or by_name[other].report,
                        other,
                        wording[name],
                        wording[other],
                    )
                    for other in copies.of(name)
                ),
            ),
        )
    return rows


def _again(path: Path) -> Report | None:
    """The report of a text that an earlier ingest wrote."""
    try:
        reports = read_source(read_regular(path), path.name).reports
    except (OSError, InputError):
        return None
    return reports[0] if reports else None


def _copy(report: Report, other: Report, name: str, mine: Sequence[int], theirs: Sequence[int]) -> CopyRow:
    a, b = (text_of(one, bear_witness(one).mentions) for one in (report, other))
    found = differences(a, b)
    return CopyRow(
        id=name,
        share=f"{share(mine, theirs):.3f}",
        differences=len(found),
        numbers=tuple(
            NumberDifference(
                what=change.what,
                a=change.a.text if change.a else None,
                b=change.b.text if change.b else None,
                context=f"{one.before}{one.a.text or one.b.text}{one.after}",
            )
            for one in found
            for change in one.numbers
        ),
    )


def merged(reports: Sequence[IngestedReport]) -> list[IngestedReport]:
    """Only the best of several copies with a file: whole before broken, long before short, then by name."""
    best: dict[str, str] = {}
    known = {row.id: row for row in reports}
    for row in reports:
        group = [known[other] for other in (row.id, *(copy.id for copy in row.copies)) if other in known]
        best[row.id] = min(group, key=lambda one: (not one.complete, -one.characters, one.id)).id
    return [
        row if best[row.id] == row.id else row.model_copy(update={"file": None, "merged_into": best[row.id]})
        for row in reports
    ]
