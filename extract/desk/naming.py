"""What the store calls the reports of a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select

from extract.desk.rows import Row
from extract.desk.store import Store
from extract.desk.tables import ReportEntry
from extract.file_names import path_of, without_surrogates
from extract.results.files import digest

APART = 6


def place_of(folder: Path) -> str:
    """What the store calls a folder: its path as text that every database takes."""
    return without_surrogates(str(folder.resolve()))


def folder_at(place: str) -> Path:
    """The folder that the store calls so."""
    return Path(path_of(place))


def names_in_store(store: Store, folder: Path, report_ids: Iterable[str]) -> list[str]:
    """What the store calls reports of a folder."""
    had, place = known_reports(store), place_of(folder)
    return sorted({own_id(report_id, place, had) for report_id in report_ids})


def known_reports(store: Store) -> dict[str, Row]:
    """Every report of the store by its name there."""
    with store.reading() as connection:
        rows = connection.execute(
            select(
                ReportEntry.id,
                ReportEntry.digest,
                ReportEntry.folder,
                ReportEntry.present,
                ReportEntry.text.is_not(None).label("has_text"),
            )
        )
        return {row.id: row for row in rows}


def own_id(report_id: str, folder: str, had: Mapping[str, Row]) -> str:
    """What a report of a folder is called in the store: by its own name, unless that is another folder's report's.

    A report that is no longer in its folder has moved, and its decisions move with it.
    """
    apart = report_id + _mark(folder)
    known = had.get(report_id)
    taken = (
        known is not None
        and known.folder != folder
        and (folder_at(known.folder) / f"{report_id}.json").exists()
    )
    return apart if taken or apart in had else report_id


def name_in_folder(report_id: str, folder: str) -> str:
    """What a report of the store is called in its folder: the other way round."""
    return report_id.removesuffix(_mark(folder))


def _mark(folder: str) -> str:
    """What tells the reports of a folder from those of the same names in others."""
    return f"@{digest(folder.encode('utf-8', 'surrogateescape'))[:APART]}"
