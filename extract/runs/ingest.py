"""An ingest: sources read, divided, put together and written as one text a report, with an account of it all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from extract.checks.copies import Copies, share, wording_of
from extract.checks.differences import differences, text_of
from extract.checks.suspicious import suspicious_runs
from extract.documents import read_pages, read_source
from extract.documents.cleaning import debris_lines
from extract.documents.hints import DROPPED, HIDDEN
from extract.documents.joining import continuations
from extract.documents.model import Reading, Report, SourceText
from extract.errors import InputError
from extract.pipeline import Pages, bear_witness
from extract.results.account import (
    Account,
    CopyRow,
    IngestedReport,
    IngestedSource,
    NumberDifference,
    PartRow,
    read_account,
    write_account,
)
from extract.results.files import digest, write_atomically
from extract.results.store import HASH_LENGTH, opened
from extract.runs.pages import content_digest, contents
from extract.runs.sources import Content, Source
from schemas.result import PieceRow

TEXT = ".txt"
KEPT = "政府工作报告，保留 / a government work report: kept"
UNREAD = "正文中的网页或版面残留，留在文本中但不读 / {why}: stays in the text, but is not read"
_BEGINS, _ENDS = 160, 60


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest is asked to do.

    Attributes:
        sources: what to read, in order.
        out: the folder of texts.
        max_bytes: a larger source is refused.
        merge_copies: of the copies of one report write only the best.
        stdin: what standard input held.
    """

    sources: tuple[Source, ...]
    out: Path
    max_bytes: int
    merge_copies: bool = False
    stdin: bytes = b""


@dataclass(slots=True)
class Ingested:
    """What an ingest came to.

    Attributes:
        account: of the whole folder, as written.
        now: the paths of the sources of this ingest.
        left_alone: files that somebody else wrote or changed, where a text would have stood.
    """

    account: Account
    now: tuple[str, ...]
    left_alone: list[Path] = field(default_factory=list)

    @property
    def sources(self) -> tuple[IngestedSource, ...]:
        """Those of this ingest."""
        return tuple(one for one in self.account.sources if one.path in self.now)

    @property
    def reports(self) -> tuple[IngestedReport, ...]:
        """Those of this ingest."""
        return tuple(one for one in self.account.reports if one.source in self.now)


@dataclass(slots=True)
class _Unit:
    """One source on its way: a file, or several that hold one report."""

    content: Content
    reading: Reading | None
    error: InputError | None = None

    @property
    def pages(self) -> Pages:
        return ((self.content.name, self.content.data or b""), *self.content.more)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of one report, ready to be written."""

    report: Report
    source: str
    text: str
    pieces: tuple[PieceRow, ...]


def ingest(plan: IngestPlan, on_done: Callable[[str], None]) -> Ingested:
    """Do an ingest.

    Args:
        plan: what to do.
        on_done: called with the name of each source that was read, for the progress bar.

    Returns:
        What it came to; sources that cannot be used are entries with an error, never exceptions.

    Raises:
        ResultsFolderError: the folder of texts cannot be used.
    """
    with opened(plan.out):
        old = read_account(plan.out) or Account()
        units = _put_together(list(_read(plan, on_done)), plan.max_bytes)
        texts = [text for unit in units for text in _texts(unit)]
        now = {unit.content.name: unit for unit in units}
        gone = {name for unit in units for name, _ in unit.content.more}
        kept_sources = [one for one in old.sources if one.path not in now and one.path not in gone]
        kept_reports = [one for one in old.reports if one.source in {one.path for one in kept_sources}]
        files = _Files(plan.out, old, kept_reports)
        reports = _merged(_described(texts, kept_reports, files), merge=plan.merge_copies)
        done = Ingested(Account(), tuple(now))
        for text, report in zip(texts, reports, strict=True):
            if report.file:
                files.write(report.file, text.text)
        names = {id(text.report): report.id for text, report in zip(texts, reports, strict=True)}
        sources = [_source_row(unit, names) for unit in units]
        done.account = Account(
            sources=tuple(sorted((*kept_sources, *sources), key=lambda one: one.path)),
            reports=tuple(sorted((*kept_reports, *reports), key=lambda one: one.id)),
        )
        files.tidy(done.account)
        write_account(plan.out, done.account)
        done.left_alone = files.left_alone
    return done


def _read(plan: IngestPlan, on_done: Callable[[str], None]) -> Iterator[_Unit]:
    for content in contents(plan.sources, plan.max_bytes, plan.stdin):
        yield _unit(content, plan.max_bytes)
        on_done(content.name)


def _unit(content: Content, max_bytes: int) -> _Unit:
    if content.data is None:
        return _Unit(content, None, content.error)
    try:
        return _Unit(content, read_pages(((content.name, content.data), *content.more), max_bytes=max_bytes))
    except InputError as error:
        return _Unit(content, None, error)


def _put_together(units: list[_Unit], max_bytes: int) -> list[_Unit]:
    """Join the pages of a newspaper, of which one says where the other goes on; page after page."""
    while True:
        readable = [unit for unit in units if unit.reading]
        pairs = continuations([unit.reading.source for unit in readable if unit.reading])
        if not pairs:
            return units
        taken = {id(readable[after]) for after in pairs.values()}
        joined = {
            id(readable[before]): _unit(
                replace(
                    readable[before].content, more=(*readable[before].content.more, *readable[after].pages)
                ),
                max_bytes,
            )
            for before, after in pairs.items()
        }
        units = [joined.get(id(unit), unit) for unit in units if id(unit) not in taken]


def _texts(unit: _Unit) -> Iterator[_Text]:
    for report in unit.reading.reports if unit.reading else ():
        text, pieces = _kept(report)
        yield _Text(report, unit.content.name, text, pieces)


def _kept(report: Report) -> tuple[str, tuple[PieceRow, ...]]:
    """The text of a report without its holes, and where each run of it comes from."""
    spans: list[tuple[int, int]] = []
    at = report.start
    for hole in report.source.holes:
        if hole.end > report.start and hole.start < report.end:
            spans.append((at, max(at, hole.start)))
            at = max(at, hole.end)
    spans.append((at, report.end))
    parts: list[str] = []
    rows: list[PieceRow] = []
    length = 0
    for start, end in spans:
        for source, first, last, text in _pieces(report.source, start, end):
            rows.append(PieceRow(source=source, start=first, end=last, at=length))
            parts.append(text)
            length += len(text)
    return "".join(parts).rstrip("\n") + "\n", tuple(rows)


def _pieces(source: SourceText, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """A span of a source as runs of the files that it was put together from."""
    if not source.pieces:
        if start < end:
            yield source.name, start, end, source.text[start:end]
        return
    for piece in source.pieces:
        first, last = max(start, piece.at), min(end, piece.at + piece.end - piece.start)
        if first < last:
            shift = piece.start - piece.at
            yield piece.source, first + shift, last + shift, source.text[first:last]


class _Files:
    """The texts in the folder: whose they are, and which may be written.

    A file that is not as an ingest left it belongs to somebody: it is neither replaced nor removed.
    """

    def __init__(self, folder: Path, old: Account, kept: Sequence[IngestedReport]) -> None:
        self.folder = folder
        self.left_alone: list[Path] = []
        self._written = {one.file: one.sha256 for one in old.reports if one.file}
        self._kept = {one.file for one in kept} | {one.id for one in kept}
        self._taken: set[str] = set()

    def name(self, report_id: str, sha256: str) -> str:
        """A free name for a text, best the id of its report."""
        hashed = f"{report_id}-{sha256[:HASH_LENGTH]}"
        for name in chain((report_id, hashed), (f"{hashed}-{n}" for n in count(2))):
            if name in self._taken or name in self._kept:
                continue
            if not self._is_ours(f"{name}{TEXT}"):
                self.left_alone.append(self.folder / f"{name}{TEXT}")
                continue
            self._taken.add(name)
            return name
        raise AssertionError("names never run out")

    def _is_ours(self, file: str) -> bool:
        path = self.folder / file
        if not path.exists():
            return True
        return file in self._written and digest(path.read_bytes()) == self._written[file]

    def write(self, file: str, text: str) -> None:
        """Write a text; nothing where it is there already."""
        data = text.encode("utf-8", "replace")
        path = self.folder / file
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, [data])

    def tidy(self, account: Account) -> None:
        """Remove the texts of earlier ingests that no source gives any longer."""
        here = {one.file for one in account.reports}
        for file in self._written:
            if file not in here and (self.folder / file).exists():
                if self._is_ours(file):
                    (self.folder / file).unlink()
                else:
                    self.left_alone.append(self.folder / file)


def _described(
    texts: Sequence[_Text], kept: Sequence[IngestedReport], files: _Files
) -> list[tuple[IngestedReport, bool]]:
    """A row for each text, its copies named; and whether the whole report is there."""
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
            (
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
                        report.source.text[run.start : run.end][:_BEGINS] for run in suspicious_runs(report)
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
                report.completeness.complete,
            )
        )
    return rows


def _again(path: Path) -> Report | None:
    """The report of a text that an earlier ingest wrote."""
    try:
        reports = read_source(path.read_bytes(), path.name).reports
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


def _merged(rows: Sequence[tuple[IngestedReport, bool]], *, merge: bool) -> list[IngestedReport]:
    """On request, only the best of several copies: whole before broken, long before short, then by name."""
    reports = [row for row, _ in rows]
    if not merge:
        return reports
    best: dict[str, str] = {}
    known = {row.id: row for row in reports}
    for row in reports:
        group = [known[other] for other in (row.id, *(copy.id for copy in row.copies)) if other in known]
        best[row.id] = min(group, key=lambda one: (not one.complete, -one.characters, one.id)).id
    return [
        row if best[row.id] == row.id else row.model_copy(update={"file": None, "merged_into": best[row.id]})
        for row in reports
    ]


def _source_row(unit: _Unit, names: dict[int, str]) -> IngestedSource:
    content, reading = unit.content, unit.reading
    joined = tuple(name for name, _ in content.more)
    sha256 = content_digest(content.data, content.more) if content.data is not None else None
    if reading is None:
        assert unit.error is not None, "what was not read says why"
        return IngestedSource(
            path=content.name,
            joined=joined,
            sha256=sha256,
            status="failed",
            error=str(unit.error),
            hint=unit.error.hint,
        )
    return IngestedSource(
        path=content.name,
        joined=joined,
        sha256=sha256,
        format=reading.source.format,
        encoding=reading.source.encoding,
        status="kept" if reading.reports else "no_report",
        parts=tuple(sorted(_parts(reading, names), key=lambda one: (one.start, one.end))),
    )


def _parts(reading: Reading, names: dict[int, str]) -> Iterator[PartRow]:
    text, hints = reading.source.text, reading.source.hints
    for report in reading.reports:
        row = _part("report", text, report.start, report.end, KEPT, hints.page_at(report.start))
        yield row.model_copy(update={"report": names[id(report)]})
        for start, end, why in debris_lines(reading.source.readable, report.start, report.end):
            yield _part("unread", text, start, end, UNREAD.format(why=why), hints.page_at(start))
    for one in reading.leftovers:
        kind = "article" if one.kind == "article" else "between" if one.kind == "between" else "boilerplate"
        yield _part(kind, text, one.start, one.end, one.reason, hints.page_at(one.start))
    for dropped in hints.dropped:
        yield PartRow(
            kind="dropped",
            start=dropped.at,
            end=dropped.at,
            length=dropped.length,
            begins=dropped.text[:_BEGINS],
            reason=DROPPED[dropped.reason],
            page=dropped.page,
        )
    for hidden in hints.hidden:
        yield PartRow(
            kind="hidden",
            start=hidden.at,
            end=hidden.at,
            length=hidden.length,
            begins=hidden.text[:_BEGINS],
            reason=" / ".join(HIDDEN[hidden.way]),
        )


def _part(kind: str, text: str, start: int, end: int, reason: str, page: int | None) -> PartRow:
    begins = " ".join(text[start : min(end, start + _BEGINS)].split())
    ends = " ".join(text[max(start, end - _ENDS) : end].split()) if end - start > _BEGINS + _ENDS else ""
    return PartRow.model_validate(
        {
            "kind": kind,
            "start": start,
            "end": end,
            "length": end - start,
            "begins": begins,
            "ends": ends,
            "reason": reason,
            "page": page,
        }
    )
