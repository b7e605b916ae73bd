"""Results as tables need them: quickly read, in the order of regions and years, one at a time.

A result file takes 11 ms to read with every check of its schema, and 2 ms here, where the ledger is passed over and
only the types of what is read are checked. Whoever wants to change or save a result reads it with
`extract.results.files`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec

from extract.errors import InputError
from extract.regular_files import read_regular
from extract.results.decided import AS_READ, Decided, Decisions
from extract.results.files import (
    ForeignFileError,
    Skipped,
    parse,
    read_bytes,
    refuse_names_that_lead_away,
    render,
    result_paths,
)
from schemas.record import State
from schemas.result import SCHEMA_VERSION, Result

HEAD_BYTES = 8192
REPORT_KEY = '"report":'


class LeanFigure(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.record.Figure`."""

    value: Decimal
    kind: str
    start: int
    end: int
    text: str
    upper: Decimal | None = None
    unit: str | None = None
    direction: str | None = None
    modifier: str = "exact"
    period: str | None = None
    confidence: str = "sure"


class LeanEvidence(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.record.Evidence`."""

    quote: str
    start: int
    end: int
    section: str


class LeanIssue(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.record.Issue`; no table has its words."""

    code: str


class LeanRecord(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.record.Record`; with the person who decided on it, and whether it says what a person said in place
    of the engine.
    """

    id: str
    type: str
    indicator: str
    evidence: LeanEvidence
    category: str | None = None
    period: str | None = None
    commitment: str | None = None
    status: str | None = None
    figures: tuple[LeanFigure, ...] = ()
    issues: tuple[LeanIssue, ...] = ()
    state: State = State.VERIFIED
    reviewer: str | None = msgspec.field(
        default=None, name="reviewed by"
    )  # no field of a type has such names
    edited: bool = msgspec.field(default=False, name="edited by a person")


class LeanReport(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.ReportInfo`."""

    id: str
    source: str
    sha256: str
    start: int
    end: int
    title: str
    region: str | None
    level: str | None
    report_year: int | None
    review_period: str | None
    plan_period: str | None
    delivered_on: str | None


class LeanChunk(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.ChunkRow`."""

    start: int
    end: int
    status: str
    error: str | None = None


class LeanSection(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.SectionRow`."""

    level: int
    title: str
    role: str
    period: str | None
    start: int
    end: int
    parent: int | None


class LeanHeadline(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.HeadlineRow`."""

    claim_type: str
    start: int
    end: int
    quote: str


class LeanCompleteness(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.CompletenessRow`."""

    complete: bool
    has_review: bool
    has_plan: bool
    has_end: bool
    notes: tuple[str, ...]


class LeanManifest(msgspec.Struct, frozen=True, gc=False):
    """As `schemas.result.Manifest`."""

    schema_version: int
    package_version: str
    engine: str
    model: str | None = None


class _Frame(msgspec.Struct, frozen=True, gc=False):
    """What a result says around its records."""

    schema_version: int
    report: LeanReport
    chunks: tuple[LeanChunk, ...]
    sections: tuple[LeanSection, ...]
    completeness: LeanCompleteness
    manifest: LeanManifest
    issues: tuple[LeanIssue, ...] = ()
    headlines: tuple[LeanHeadline, ...] = ()


class LeanResult(_Frame, frozen=True, gc=False, kw_only=True):
    """As `schemas.result.Result`, by the same names, without the ledger."""

    records: tuple[LeanRecord, ...]


class _Unread(_Frame, frozen=True, gc=False, kw_only=True):
    """A result of which the records are still JSON."""

    records: tuple[msgspec.Raw, ...]


class _Named(msgspec.Struct, frozen=True, gc=False):
    """What tells whether a record is wanted."""

    indicator: str


_DECODER = msgspec.json.Decoder(LeanResult)
_OUTER = msgspec.json.Decoder(_Unread)
_NAME = msgspec.json.Decoder(_Named)
_RECORD = msgspec.json.Decoder(LeanRecord)

Wanted = Callable[[str, str | None], bool]
"""Whether records with this indicator, of a report of this region, are wanted."""


def parse_lean(data: bytes, name: str, wanted: Wanted | None = None) -> LeanResult:
    """A result from its JSON; errors as in `extract.results.files.parse`.

    Args:
        data: the JSON.
        name: of the file, for errors.
        wanted: the records to read; None for all. The others are passed over, which takes a third of the time, and so
            is what may be wrong with them.
    """
    try:
        found = _DECODER.decode(data) if wanted is None else _read_wanted(data, wanted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _DECODER.decode(render(parse(data, name)))  # it says what is wrong
    if found.schema_version != SCHEMA_VERSION:
        parse(data, name)
    refuse_names_that_lead_away(name, found.report.id)
    return found


def _read_wanted(data: bytes, wanted: Wanted) -> LeanResult:
    outer = _OUTER.decode(data)
    region = outer.report.region
    return LeanResult(
        schema_version=outer.schema_version,
        report=outer.report,
        records=tuple(
            _RECORD.decode(raw) for raw in outer.records if wanted(_NAME.decode(raw).indicator, region)
        ),
        chunks=outer.chunks,
        sections=outer.sections,
        completeness=outer.completeness,
        manifest=outer.manifest,
        issues=outer.issues,
        headlines=outer.headlines,
    )


def lean(result: Result) -> LeanResult:
    """The same result with what tables need."""
    return _DECODER.decode(render(result))


def as_decided(result: LeanResult, decided: Decided) -> LeanResult:
    """A result as it is after people decided: corrected, rejected (their state says so) and added records.

    Args:
        result: with all its records.
        decided: what people decided on it.
    """
    seen: Counter[str] = Counter()
    records: list[LeanRecord] = []
    for record in result.records:
        said = decided.records.get((record.id, seen[record.id]))
        seen[record.id] += 1
        records.append(record if said is None else _reviewed(said, decided))
    records += (_reviewed(said, decided) for said in decided.added)
    return msgspec.structs.replace(
        result,
        records=tuple(records),
        chunks=tuple(
            msgspec.structs.replace(chunk, status="done", error=None)
            if (chunk.start, chunk.end) in decided.nothing_there
            else chunk
            for chunk in result.chunks
        ),
    )


def _reviewed(data: bytes, decided: Decided) -> LeanRecord:
    record = _RECORD.decode(data)
    return msgspec.structs.replace(
        record, reviewer=decided.reviewer(record.id), edited=decided.edited(record.id)
    )


def read_lean(
    folder: Path, *, by_region: bool = False, decisions: Decisions = AS_READ
) -> Iterator[LeanResult | Skipped]:
    """Every result of a folder, one at a time, and what was skipped.

    Args:
        folder: where they are.
        by_region: in the order of regions, then years, then ids; else in that of the ids.
        decisions: what people decided; only the reports of which they spoke pay for it.

    Raises:
        ResultsFolderError: there is no such folder, or a newer version of this program wrote into it.
    """
    paths = result_paths(folder)
    yield from read_files((one.path for one in placed(paths)) if by_region else paths, decisions=decisions)


def read_files(
    paths: Iterable[Path], wanted: Wanted | None = None, decisions: Decisions = AS_READ
) -> Iterator[LeanResult | Skipped]:
    """The results in some files, one at a time, and what was skipped; arguments as in `parse_lean` and `read_lean`.

    Raises:
        ResultsFolderError: a newer version of this program wrote one of them.
    """
    for path in paths:
        try:
            yield _read(read_bytes(path), str(path), wanted, decisions)
        except ForeignFileError as error:
            yield Skipped(error, damaged=False)
        except InputError as error:
            yield Skipped(error, damaged=True)


def _read(data: bytes, name: str, wanted: Wanted | None, decisions: Decisions) -> LeanResult:
    """A result after review; a corrected record may be wanted where the engine's was not, so all are looked at."""
    found = parse_lean(data, name, wanted)
    decided = decisions.get(found.report.id)
    if decided is None:
        return found
    return as_decided(parse_lean(data, name) if wanted else found, decided)


class Placed(NamedTuple):
    """A result file and whose report it holds, as its first lines say; region "" and year 0 where they do not.

    `id` is by the name of the file, `report_id` by what the file says.
    """

    region: str
    year: int
    id: str
    path: Path
    report_id: str


def placed(paths: Iterable[Path]) -> list[Placed]:
    """Result files in the order of regions, then years, then ids; those of which no region is known come first."""
    return sorted(map(_place, paths))


def _place(path: Path) -> Placed:
    try:
        head = read_regular(path, HEAD_BYTES).decode("utf-8", "ignore")
        _, _, rest = head.partition(REPORT_KEY)
        report, _ = json.JSONDecoder().raw_decode(rest.lstrip())
        region, year = str(report["region"] or ""), int(report["report_year"] or 0)
        return Placed(region, year, path.stem, path, str(report["id"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Placed("", 0, path.stem, path, path.stem)
