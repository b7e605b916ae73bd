"""The folder of results as one run sees it: which file belongs to which source."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from extract.errors import InputError, ResultsFolderError
from extract.results.files import (
    MANIFEST_NAME,
    SUFFIX,
    TEMPORARY_SUFFIX,
    Rendered,
    digest,
    parse,
    read_result,
    rendered,
    write_atomically,
)
from extract.results.manifest import SavedReport, SourceEntry

LOCK_NAME = ".lock"
SUPERSEDED = "superseded"
HASH_LENGTH = 8


class Store:
    """Saves results so that no source ever overwrites another's, or a file that is not ours.

    Args:
        folder: the folder of results, which has to be there.
        entries: the sources that the manifest knows, by path.
    """

    def __init__(self, folder: Path, entries: Mapping[str, SourceEntry]) -> None:
        self.folder = folder
        self._owners = {saved.id: path for path, entry in entries.items() for saved in entry.reports}

    def path(self, report_id: str) -> Path:
        """Where the result of a report is."""
        return self.folder / f"{report_id}{SUFFIX}"

    def intact(self, saved: SavedReport) -> bool:
        """Whether a result file is there just as it was saved."""
        try:
            return digest(self.path(saved.id).read_bytes()) == saved.sha256
        except OSError:
            return False

    def save(self, result: Rendered) -> SavedReport:
        """Save a result under its report's id.

        Where that name belongs to another source, the id gets the first letters of this source's hash.

        Raises:
            ResultsFolderError: the folder refuses.
        """
        if not self._may_write(result.id, result.source):
            result = _renamed(result, f"{result.id}-{result.source_sha256[:HASH_LENGTH]}")
            if not self._may_write(result.id, result.source):
                raise ResultsFolderError(
                    f"{self.path(result.id)} belongs to another source than {result.source}.",
                    hint="Name another folder with --out.",
                )
        write_atomically(self.path(result.id), result.data)
        self._owners[result.id] = result.source
        return SavedReport(
            id=result.id, sha256=digest(result.data), region=result.region, report_year=result.report_year
        )

    def _may_write(self, report_id: str, source: str) -> bool:
        """A name is free, or this source's own; a file outside the manifest is asked whose it is."""
        if f"{report_id}{SUFFIX}" == MANIFEST_NAME or Path(report_id).name != report_id:
            return False
        owner = self._owners.get(report_id)
        if owner is None and self.path(report_id).exists():
            try:
                owner = read_result(self.path(report_id)).report.source
            except InputError:
                return False
        return owner in (None, source)

    def set_aside(self, report_id: str) -> Path | None:
        """Take a result that its source gives no longer out of the tables, without deleting it.

        Returns:
            Its new path; None where it was already gone.

        Raises:
            ResultsFolderError: the folder refuses.
        """
        self._owners.pop(report_id, None)
        old, new = self.path(report_id), self.folder / SUPERSEDED / f"{report_id}{SUFFIX}"
        if not old.exists():
            return None
        try:
            new.parent.mkdir(exist_ok=True)
            old.replace(new)
        except OSError as error:
            raise ResultsFolderError(f"{old} cannot be moved to {new}: {error.strerror}.") from error
        return new


def _renamed(result: Rendered, report_id: str) -> Rendered:
    whole = parse(result.data, result.id)
    return rendered(whole.model_copy(update={"report": whole.report.model_copy(update={"id": report_id})}))


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Make the folder of results where it is not there, and keep other runs out of it.

    Raises:
        ResultsFolderError: it cannot be made or written to, or another run is at work in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK_NAME).open("ab")
    except OSError as error:
        raise ResultsFolderError(
            f"{folder} cannot be used as a folder of results: {error.strerror or error}."
        ) from error
    with lock:
        _lock(lock.fileno(), folder)
        for left_behind in folder.glob(f".*{SUFFIX}.*{TEMPORARY_SUFFIX}"):  # by a run that was killed
            left_behind.unlink(missing_ok=True)
        yield


def _lock(descriptor: int, folder: Path) -> None:
    if os.name != "posix":  # elsewhere two runs into one folder are the user's own care
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ResultsFolderError(
            f"Another run is writing into {folder}.", hint="Wait until it is done, or name another folder."
        ) from error
