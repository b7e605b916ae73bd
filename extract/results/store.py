"""The folder of results as one run sees it: which file belongs to which source."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from extract.errors import InputError, ResultsFolderError
from extract.file_names import LONGEST_BYTES, folded, is_plain
from extract.messages import Message
from extract.regular_files import read_regular
from extract.results.files import (
    MANIFEST_NAME,
    SUFFIX,
    TEMPORARY_SUFFIX,
    Rendered,
    digest,
    is_temporary,
    parse,
    read_result,
    refuse_newer,
    rendered,
    replace_file,
    write_atomically,
)
from extract.results.manifest import SavedReport, SourceEntry
from schemas.result import TEXT_SUFFIX, text_file_of

LOCK_NAME = ".lock"
SUPERSEDED = "superseded"
HASH_LENGTH = 8
ROOM = HASH_LENGTH + 1 + len("-9999") + len(TEXT_SUFFIX)


@dataclass(frozen=True, slots=True)
class Owner:
    """What a result was made from: the path of its source, and the hash of its bytes."""

    source: str
    sha256: str


FOREIGN = Owner("", "")
"""Whose a file is that is no result, or none that can be read."""


class Store:
    """Saves results so that no source ever overwrites another's, or a file that is not ours.

    Sources of the same bytes and the same name are one: a copy in another folder, or the same file by another
    path, has the result of the first.

    Args:
        folder: the folder of results, which has to be there.
        entries: the sources that the manifest knows, by path.
    """

    def __init__(self, folder: Path, entries: Mapping[str, SourceEntry]) -> None:
        self.folder = folder
        self._owners = {
            saved.id: Owner(path, entry.sha256 or "")
            for path, entry in entries.items()
            for saved in entry.reports
        }
        self._texts = {saved.id: saved.text_sha256 for entry in entries.values() for saved in entry.reports}
        self._spelt = {folded(report_id): report_id for report_id in self._owners}
        self._saved: dict[str, SavedReport] = {}

    def path(self, report_id: str) -> Path:
        """Where the result of a report is.

        Raises:
            ResultsFolderError: its id leads out of the folder.
        """
        if not is_plain(report_id):
            raise ResultsFolderError(
                Message("%(id)s cannot be used as the name of a result file.", id=repr(report_id)),
                hint=Message("Rename the source file."),
            )
        return self.folder / f"{report_id}{SUFFIX}"

    def text_path(self, report_id: str) -> Path:
        """Where the decoded text of a report is, whose source is no text."""
        return self.folder / text_file_of(report_id)

    def intact(self, saved: SavedReport) -> bool:
        """Whether a result file is there just as it was saved, and the decoded text where there is one."""
        try:
            if digest(read_regular(self.path(saved.id))) != saved.sha256:
                return False
            text = saved.text_sha256
            return text is None or digest(read_regular(self.text_path(saved.id))) == text
        except OSError:
            return False

    def save(self, result: Rendered) -> SavedReport:
        """Save a result under its report's id.

        Where that name belongs to another source, the id gets the first letters of this source's hash. Where it
        belongs to a copy that this run has saved already, nothing is written.

        Raises:
            ResultsFolderError: the folder refuses.
        """
        mine = Owner(result.source, result.source_sha256)
        for report_id in _names(result):
            owner = self._owner(report_id) or mine
            copy = self._saved.get(self._spelling(report_id))
            if copy and mine.source != owner.source and mine.sha256 == owner.sha256:
                return copy
            if mine.source == owner.source or mine.sha256 == owner.sha256:
                break
        if result.text is None:
            self._texts.pop(report_id, None)
        saved = self.replace(result if report_id == result.id else _renamed(result, report_id))
        self._owners[report_id] = mine
        self._spelt.setdefault(folded(report_id), report_id)
        return saved

    def replace(self, result: Rendered) -> SavedReport:
        """Save a result in place of the one of the same id, whose source it shares.

        Raises:
            ResultsFolderError: the folder refuses, or a newer version of this program wrote the one that is there.
        """
        self._refuse_what_is_no_file(result)
        refuse_newer(self.path(result.id))
        if result.text is not None:
            write_atomically(self.text_path(result.id), [result.text])
            self._texts[result.id] = digest(result.text)
        write_atomically(self.path(result.id), [result.data])
        self._saved[result.id] = SavedReport(
            id=result.id,
            sha256=digest(result.data),
            text_sha256=self._texts.get(result.id),
            region=result.region,
            report_year=result.report_year,
        )
        return self._saved[result.id]

    def _refuse_what_is_no_file(self, result: Rendered) -> None:
        for path in (self.path(result.id), self.text_path(result.id)):
            if path.is_symlink() or (path.exists() and not path.is_file()):
                raise ResultsFolderError(
                    Message("%(path)s is not a file, so no result can be saved there.", path=path),
                    hint=Message("Move it away, or use another folder with --out."),
                )

    def _owner(self, report_id: str) -> Owner | None:
        """Whose a name is; None where it is free. A file outside the manifest is asked.

        A name that differs in capitals alone is the same file on Windows and macOS, and so it is no other here.
        """
        owner = self._owners.get(self._spelling(report_id))
        if owner is None and self.path(report_id).exists():
            try:
                report = read_result(self.path(report_id)).report
            except InputError:
                return FOREIGN
            return Owner(report.source, report.sha256)
        return owner

    def remove(self, saved: SavedReport) -> bool:
        """Delete a result, and the decoded text beside it, if they are just as they were saved.

        Returns:
            Whether it is gone now; one that somebody changed stays.

        Raises:
            ResultsFolderError: the folder refuses.
        """
        path = self.path(saved.id)
        if path.exists() and not self.intact(saved):
            return False
        try:
            path.unlink(missing_ok=True)
            if saved.text_sha256 is not None:
                self.text_path(saved.id).unlink(missing_ok=True)
        except OSError as error:
            raise ResultsFolderError(
                Message("%(path)s cannot be removed: %(reason)s.", path=path, reason=error.strerror or error)
            ) from error
        self._owners.pop(saved.id, None)
        self._texts.pop(saved.id, None)
        return True

    def _spelling(self, report_id: str) -> str:
        """A name as it is known, or else as that of another report that differs in capitals alone."""
        if report_id in self._owners:
            return report_id
        return self._spelt.get(folded(report_id), report_id)

    def set_aside(self, report_id: str) -> Path | None:
        """Take a result that its source gives no longer out of the tables, without deleting it.

        What was set aside under that name before stays there too; the new one is numbered.

        Returns:
            Its new path; None where it was already gone.

        Raises:
            ResultsFolderError: the folder refuses.
        """
        self._owners.pop(report_id, None)
        if self._spelt.get(folded(report_id)) == report_id:
            del self._spelt[folded(report_id)]
        old, aside = self.path(report_id), self.folder / SUPERSEDED
        names = chain([report_id], (f"{report_id}-{n}" for n in count(2)))
        new = next(path for name in names if not os.path.lexists(path := aside / f"{name}{SUFFIX}"))
        if not old.exists():
            return None
        text = self.text_path(report_id)
        if aside.is_symlink():
            raise ResultsFolderError(
                Message("%(path)s is a link, so no result is moved there.", path=aside),
                hint=Message("Put a folder in its place."),
            )
        try:
            new.parent.mkdir(exist_ok=True)
            if self._texts.pop(report_id, None) and text.exists():
                replace_file(text, aside / text_file_of(new.stem))
            replace_file(old, new)
        except OSError as error:
            raise ResultsFolderError(
                Message(
                    "%(old)s cannot be moved to %(new)s: %(reason)s.",
                    old=old,
                    new=new,
                    reason=error.strerror,
                )
            ) from error
        return new


def _names(result: Rendered) -> Iterator[str]:
    """The names that a result may have, best first."""
    if f"{result.id}{SUFFIX}" != MANIFEST_NAME:
        yield result.id
    hashed = f"{_short(result.id)}-{result.source_sha256[:HASH_LENGTH]}"
    yield hashed
    yield from (f"{hashed}-{n}" for n in count(2))


def _short(report_id: str) -> str:
    """As much of an id as leaves room in a file name for what may be put behind it."""
    return report_id.encode()[: LONGEST_BYTES - ROOM].decode("utf-8", "ignore")


def _renamed(result: Rendered, report_id: str) -> Rendered:
    whole = parse(result.data, result.id)
    names = {"id": report_id, "text_file": None if result.text is None else text_file_of(report_id)}
    report = whole.report.model_copy(update=names)
    return replace(rendered(whole.model_copy(update={"report": report})), text=result.text)


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Make the folder of results where it is not there, and keep other runs out of it.

    Raises:
        ResultsFolderError: it cannot be made or written to, or another run is at work in it.
    """
    lock = lock_of(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise ResultsFolderError(
            Message("Another run is using %(folder)s.", folder=folder),
            hint=Message("Wait until it has finished, or use another folder."),
        ) from error
    except OSError as error:
        raise ResultsFolderError(
            Message(
                "%(folder)s cannot be used as a folder of results: %(reason)s.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    try:
        for left_behind in folder.glob(f".*{TEMPORARY_SUFFIX}"):  # by a run that was killed
            if is_temporary(left_behind.name):
                with suppress(OSError):
                    left_behind.unlink()
        yield
    finally:
        lock.release()


def lock_of(folder: Path) -> BaseFileLock:
    """The lock of a folder, not yet taken; the system lets go of it when its process ends, however that ends."""
    return FileLock(folder / LOCK_NAME, thread_local=False)
