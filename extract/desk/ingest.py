"""Results taken into the store; after a re-run decisions are held against what the results say now."""

import json
import logging
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from extract.desk.carrying import left
from extract.desk.contents import Content, contents
from extract.desk.doubled import double_share, needs_two
from extract.desk.grounds import holds
from extract.desk.history import events_of
from extract.desk.matching import Known, match
from extract.desk.model import Kind, Standing
from extract.desk.naming import known_reports, own_id, place_of
from extract.desk.reports import read_report
from extract.desk.rows import Row, changed_at, joined_codes
from extract.desk.stakes import MOST
from extract.desk.standing import Past, Subject, stands
from extract.desk.store import Store
from extract.desk.tables import ItemEntry, ReportEntry
from extract.desk.texts import fits, source_text
from extract.errors import ExtractError, InputError, ResultsFolderError, StoreFullError, TooLargeError
from extract.file_names import without_surrogates
from extract.messages import Message
from extract.results.files import ForeignFileError, digest, parse, read_bytes, result_paths
from schemas.result import Result

LOG = logging.getLogger("extract.desk")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""As JSON spells it; a raw one is no JSON."""
WORST, BANDS = 3, 1_000
WHEN = frozenset({"updated_at", "by_change"})
MAKING = b"items 3\n"
"""Changes with how items are made of results, so that those of an older version are made again."""


@dataclass(slots=True)
class Synced:
    """What taking results in came to.

    Attributes:
        reports: how many were new or had changed.
        added, changed, gone: items that are new, say something else than before, or are there no longer.
        check_again: decisions that have to be looked at again.
        problems: result files that were not taken in, and why.
        renamed: of each report whose name another folder has in the store: its folder and name, and the new name.
        without_text: ids of reports whose source text is not at hand.
    """

    reports: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0
    check_again: int = 0
    problems: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Synced") -> None:
        """Count what taking in more came to."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(frozen=True, slots=True)
class Taking:
    """How results are taken in.

    Attributes:
        folder: of results.
        now: the time, in seconds since 1970.
        max_bytes: a larger source is not read for its text.
        max_result_bytes: a larger result is not taken in; a page of it would take too much memory.
    """

    folder: Path
    now: float
    max_bytes: int = 20_000_000
    max_result_bytes: int = 32_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One result as it is found.

    Attributes:
        report_id: its name in the store.
        data: of the file.
        text: of its source, where that is at hand.
    """

    report_id: str
    result: Result
    data: bytes
    text: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A result that was tried and not taken in.

    Attributes:
        digest: of what the file held then; it is tried again when it holds something else.
        problem: why.
    """

    digest: str
    problem: str


def sync(store: Store, taking: Taking, refused: dict[Path, Refused] | None = None) -> Synced:
    """Bring the store up to what a folder of results holds now.

    What has not changed is not touched. Each report is one transaction, and whatever is wrong with one is a problem
    of that one: it is told, what the store had of it stays, and the others go on.

    Args:
        store: to be brought up.
        taking: what is taken in, and how.
        refused: results that earlier calls could not take in, by file; they are told again, not tried again. This
            call adds to it and takes from it.

    Raises:
        ResultsFolderError: there is no such folder.
        StoreFullError: the store cannot take anything now; reports before it are in.
    """
    refused = {} if refused is None else refused
    synced = Synced()
    folder = place_of(taking.folder)
    had = known_reports(store)
    seen: set[str] = set()
    for path in _paths(taking.folder):
        name = own_id(path.stem, folder, had)
        try:
            _refuse_large(path, taking)
            data = read_bytes(path)
        except InputError as error:  # too large, gone since it was listed, or locked away
            synced.problems.append(str(error))
            seen.add(name)
            continue
        before = refused.get(path)
        if before and before.digest == _digest(data):
            synced.problems.append(before.problem)
            seen.add(name)
            continue
        try:
            seen.add(_take_up(store, taking, path, data, had, synced))
            refused.pop(path, None)
        except ForeignFileError:
            continue
        except (StoreFullError, MemoryError):
            raise  # of the database, the disk or this machine, whatever the report
        except Exception as error:
            if not _of_the_report(error):
                raise
            refused[path] = Refused(_digest(data), _problem(path, error))
            synced.problems.append(refused[path].problem)
            seen.add(name)
    lost = [one.id for one in had.values() if one.folder == folder and one.present and one.id not in seen]
    for report_id in lost:
        with store.writing() as connection:
            _lose(connection, report_id, taking, synced)
    if synced.reports:
        store.count_rows()
    return synced


def _of_the_report(error: Exception) -> bool:
    """Whether another report may well be taken in where this one was not."""
    return not isinstance(error, SQLAlchemyError) or isinstance(error, IntegrityError)


def _problem(path: Path, error: Exception) -> str:
    """Why a result was not taken in."""
    if isinstance(error, InputError | ResultsFolderError):
        return str(error)
    if not isinstance(error, ExtractError):
        LOG.error("%r was not taken in", str(path), exc_info=error)
    reason = (
        error
        if isinstance(error, ExtractError)
        else Message("this program met a fault of its own (%(kind)s)", kind=type(error).__name__)
    )
    return Message("%(path)s was not taken in: %(reason)s.", path=path, reason=str(reason).rstrip("."))


def _take_up(
    store: Store, taking: Taking, path: Path, data: bytes, had: Mapping[str, Row], synced: Synced
) -> str:
    """Take one file of results in where it has changed; `synced` is added to once it is in.

    Returns:
        The name of its report in the store.

    Raises:
        The errors of `parse`, of the store, and whatever else a result that nobody foresaw may bring about.
    """
    folder = place_of(taking.folder)
    report_id = own_id(path.stem, folder, had)
    known = had.get(report_id)
    if (
        known
        and known.present
        and known.folder == folder
        and known.has_text
        and known.digest == _digest(data)
    ):
        return report_id
    result = parse(data, str(path))
    if _NUL.search(data):
        raise InputError(
            Message("%(name)s holds a NUL character, which no text in a database may hold.", name=path),
            hint=Message("Run its source again with --fresh."),
        )
    report_id = own_id(result.report.id, folder, had)
    known = had.get(report_id)
    text = source_text(result, taking.folder, taking.max_bytes)
    if text is None and known and known.has_text:
        text = _kept_text(store, report_id, result)
    counted = Synced()
    if report_id != result.report.id and known is None:
        counted.renamed.append((without_surrogates(str(path)), report_id))
    if text is None:
        counted.without_text.append(report_id)
    if not (known and known.present and known.digest == _digest(data) and text is None):
        found = Found(report_id, result, data, text)
        try:
            _save(store, found, taking, counted)
        except IntegrityError:  # another desk on this store may have taken it in at the same moment
            _save(store, found, taking, counted)
    synced.add(counted)
    return report_id


def _save(store: Store, found: Found, taking: Taking, counted: Synced) -> None:
    """Take a result in as a whole, or count nothing."""
    fresh = Synced()
    with store.writing() as connection:
        take_in(connection, found, taking, fresh)
    counted.add(fresh)


def _paths(folder: Path) -> Sequence[Path]:
    """The result files; a folder that a first upload is still to fill has none."""
    if not folder.exists():
        return ()
    try:
        return result_paths(folder)
    except ResultsFolderError:
        if folder.is_dir():
            return ()
        raise


def _refuse_large(path: Path, taking: Taking) -> None:
    with suppress(OSError):  # reading it says what is wrong
        if (size := path.stat().st_size) > taking.max_result_bytes:
            raise TooLargeError(
                Message(
                    "%(path)s has %(number)s MB, more than the %(most)s MB that a desk shows.",
                    path=path,
                    number=f"{size / 1e6:,.0f}",
                    most=f"{taking.max_result_bytes / 1e6:,.0f}",
                ),
                hint=Message("Raise max_result in extract.toml, or split its source."),
            )


def _kept_text(store: Store, report_id: str, result: Result) -> str | None:
    """The text that the store has, where it is that of the same source."""
    with store.reading() as connection:
        kept = read_report(connection, report_id)
    same = kept.result.report.sha256 == result.report.sha256
    return kept.text if same and kept.text is not None and fits(result, kept.text) else None


def _digest(data: bytes) -> str:
    """By which a result is known that has been taken in as this version does it."""
    return digest(MAKING + data)


def take_in(connection: Connection, found: Found, taking: Taking, synced: Synced) -> None:
    """Take one result in, within a transaction; `synced` is added to."""
    _save_report(connection, found, taking)
    report_id = found.report_id
    rows = connection.execute(select(ItemEntry.__table__).where(ItemEntry.report_id == report_id)).mappings()
    had = {row["key"]: row for row in rows}
    share = double_share(connection)
    past = events_of(connection, report_id)
    known = [
        Known(kind=Kind(row["kind"]), decided=key in past, **{name: row[name] for name in COMPARED})
        for key, row in had.items()
    ]
    matched = match(report_id, known, contents(found.result, found.text))
    synced.reports += 1
    fresh = [
        _row(key, content, report_id, taking, needs_two(key, content.kind, share))
        | {"version": 1, "claimed_until": 0.0}
        for key, content in matched.new
    ]
    if fresh:
        connection.execute(insert(ItemEntry), fresh)
    synced.added += len(fresh)
    for key, content in matched.kept:
        doubled = had[key]["needs_two"] if key in past else needs_two(key, content.kind, share)
        row = _row(key, content, report_id, taking, doubled, past.get(key, ()))
        if all(had[key][name] == value for name, value in row.items() if name not in WHEN):
            continue
        said_else = not holds(had[key]["grounds"], content.grounds)
        reopened = row["standing"] == Standing.CHECK_AGAIN != had[key]["standing"]
        if not said_else and row["standing"] == had[key]["standing"]:
            row |= changed_at(had[key]["updated_at"])
        synced.changed += said_else
        synced.check_again += reopened
        connection.execute(
            update(ItemEntry).where(ItemEntry.key == key).values(**row, version=had[key]["version"] + 1)
        )
    _drop(connection, [had[key] for key in matched.gone], past, taking, synced)


COMPARED = (
    "key", "identity", "ordinal", "grounds", "record_type", "indicator", "period", "text", "quote", "codes", "start",
)  # fmt: skip


def _save_report(connection: Connection, found: Found, taking: Taking) -> None:
    result, text, data, report_id = found.result, found.text, found.data, found.report_id
    report, manifest = result.report, result.manifest
    row = {
        "id": report_id,
        "folder": place_of(taking.folder),
        "source": report.source,
        "title": report.title,
        "region": report.region,
        "report_year": report.report_year,
        "engine": " ".join(filter(None, (manifest.engine, manifest.model))),
        "complete": result.completeness.complete,
        "notes": json.dumps(result.completeness.notes),
        "digest": _digest(data),
        "result": zlib.compress(data),
        "text": None if text is None else zlib.compress(text.encode("utf-8", "surrogatepass")),
        "taken_in_at": taking.now,
        "present": True,
    }
    done = connection.execute(update(ReportEntry).where(ReportEntry.id == report_id).values(**row))
    if not done.rowcount:
        connection.execute(insert(ReportEntry).values(**row))


def _row(
    key: str,
    content: Content,
    report_id: str,
    taking: Taking,
    doubled: bool,  # noqa: FBT001 - a column
    past: Sequence[Past] = (),
) -> dict[str, object]:
    """The columns of an item."""
    where = stands(Subject(content.flagged, present=True, needs_two=doubled, grounds=content.grounds), past)
    columns = asdict(content)
    return columns | {
        "key": key,
        "report_id": report_id,
        "kind": content.kind.value,
        "codes": joined_codes(content.codes),
        "spans": json.dumps(content.spans),
        "present": True,
        "needs_two": doubled,
        "standing": where.standing.value,
        "current": left(content.kind, content.payload, where, past),
        "reviewer": where.reviewer,
        "by_severity": (WORST - content.severity) * BANDS + (MOST - content.stakes),
        "by_stakes": (MOST - content.stakes) * BANDS + (WORST - content.severity),
        **changed_at(taking.now),
    }


def _drop(
    connection: Connection,
    rows: Iterable[RowMapping],
    past: Mapping[str, Sequence[Past]],
    taking: Taking,
    synced: Synced,
) -> None:
    """Items that a run holds no longer: those that somebody spoke of stay, as gone."""
    forgotten: list[object] = []
    for row in rows:
        if row["key"] not in past:
            forgotten.append(row["key"])
        elif row["present"]:
            connection.execute(
                update(ItemEntry)
                .where(ItemEntry.key == row["key"])
                .values(
                    present=False,
                    standing=Standing.GONE.value,
                    current=None,
                    version=ItemEntry.version + 1,
                    **changed_at(taking.now),
                )
            )
            synced.gone += 1
    if forgotten:
        connection.execute(delete(ItemEntry).where(ItemEntry.key.in_(forgotten)))
    synced.gone += len(forgotten)


def _lose(connection: Connection, report_id: str, taking: Taking, synced: Synced) -> None:
    """A report that the folder holds no longer."""
    rows = connection.execute(select(ItemEntry.__table__).where(ItemEntry.report_id == report_id)).mappings()
    _drop(connection, list(rows), events_of(connection, report_id), taking, synced)
    connection.execute(update(ReportEntry).where(ReportEntry.id == report_id).values(present=False))
