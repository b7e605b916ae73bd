"""Uploads: reports that somebody sends in, kept on the disk and queued as jobs (`job_queue`)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex
from time import time
from typing import BinaryIO

from sqlalchemy import insert, select

from extract.desk.job_queue import no_job
from extract.desk.model import Job, JobState, Person, Role
from extract.desk.naming import place_of
from extract.desk.problems import restored
from extract.desk.rows import Row, moment
from extract.desk.settings import DeskSettings
from extract.desk.store import DESK_FOLDER, Store
from extract.desk.tables import JobEntry
from extract.errors import ForbiddenError, ResultsFolderError, StoreFullError, UploadError
from extract.file_names import names_a_device
from extract.messages import Message
from extract.private_files import FILE, make_folder
from extract.regular_files import read_regular
from extract.results.files import write_atomically
from extract.runs.sources import Source, contents_of

UPLOADS = "uploads"
LONGEST_NAME_BYTES = 180
HASH_LENGTH = 16
MOST_LISTED = 200
_BAD_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was sent in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file of a form, left where the form has put it until it is asked for: an upload is larger than memory.

    Attributes:
        name: as sent.
        file: its content.
        most: bytes that are read of it.
    """

    name: str
    file: BinaryIO
    most: int

    @property
    def data(self) -> bytes:
        """Its content, and a byte more than the most where it is larger."""
        self.file.seek(0)
        return self.file.read(self.most + 1)


def submit(
    store: Store,
    settings: DeskSettings,
    files: Sequence[Upload | FormFile],
    person: Person,
    now: float | None = None,
    *,
    engine: str = "",
) -> Job:
    """Keep files and queue the work on them. When this returns, a restart loses nothing.

    Args:
        store: the store.
        settings: of the desk: folder and limits.
        files: what was sent.
        person: who sent it.
        now: seconds since 1970.
        engine: what is to read them; empty for the first that the desk has.

    Raises:
        ForbiddenError: a viewer sends nothing.
        UploadError: an engine that the desk has not; no file, too many, one too large or empty, or a name that is
            no plain file name.
        StoreFullError: the disk does not take it.
    """
    if not person.role.covers(Role.REVIEWER):
        raise ForbiddenError(Message("%(name)s may view reports but not upload them.", name=person.name))
    engine = engine or settings.engines[0]
    if engine not in settings.engines:
        raise UploadError(
            Message("The engine %(engine)s is not available here.", engine=repr(engine[:20])),
            hint=Message(
                "Choose %(engines)s. To use a model, start the desk with --engine llm.",
                engines=" or ".join(settings.engines),
            ),
        )
    _check_files(files, settings)
    kept = [_keep(settings.folder, one) for one in files]
    row = {
        "id": token_hex(8),
        "state": JobState.QUEUED.value,
        "created_by": person.name,
        "created_at": time() if now is None else now,
        "files": json.dumps(list(dict.fromkeys(kept))),
        "engine": engine,
        "folder": place_of(settings.folder),
        "documents": sum(_documents(settings, name) for name in dict.fromkeys(kept)),
        "done": 0,
        "reports": "[]",
        "problems": "[]",
    }
    with store.writing() as connection:
        connection.execute(insert(JobEntry).values(**row))
    return job(store, str(row["id"]))


def _check_files(files: Sequence[Upload | FormFile], settings: DeskSettings) -> None:
    if not files:
        raise UploadError(Message("No file was sent."), hint=Message("Choose one or more reports."))
    if len(files) > settings.max_files:
        raise UploadError(
            Message(
                "%(number)s files are too many; at most %(most)s can be sent at once.",
                number=len(files),
                most=settings.max_files,
            )
        )
    for one in files:
        check_name(one.name)
        size = len(one.data)
        if not size:
            raise UploadError(Message("%(name)s is empty.", name=one.name))
        if size > settings.max_bytes:
            raise UploadTooLargeError(
                Message(
                    "%(name)s is larger than %(number)s bytes.",
                    name=one.name,
                    number=f"{settings.max_bytes:,}",
                )
            )


class UploadTooLargeError(UploadError):
    """A file beyond the limit."""

    status = 413
    code = "too_large"


def check_name(name: str) -> None:
    """Refuse a name that is more than the name of a file.

    Raises:
        UploadError: it holds a folder, a drive, controls, or begins or ends with a dot; it is a device of Windows;
            or it is too long or empty.
    """
    plain = (
        name and not _BAD_IN_NAMES.search(name) and name == name.strip() and PurePosixPath(name).name == name
    )
    plain = plain and not name.endswith(".") and not names_a_device(name)
    if not plain or name.startswith(".") or len(name.encode("utf-8")) > LONGEST_NAME_BYTES:
        raise UploadError(
            Message("A file name is not allowed."), hint=Message("Use plain names such as yunzhou-2025.txt.")
        )


def _keep(folder: Path, one: Upload | FormFile) -> str:
    """Save a file under the hash of its content, so that no name ever replaces another's content.

    Returns:
        Its name as results and the manifest call it.
    """
    data = one.data
    name = f"{UPLOADS}/{sha256(data).hexdigest()[:HASH_LENGTH]}/{one.name}"
    path = upload_path(folder, name)
    try:
        for place in (folder / DESK_FOLDER, folder / DESK_FOLDER / UPLOADS, path.parent):
            make_folder(place)
        if path.is_symlink() or path.parent.is_symlink():
            raise UploadError(
                Message("%(name)s cannot be saved: there is a link in its place.", name=one.name)
            )
        if not (path.is_file() and read_regular(path) == data):
            write_atomically(path, [data], mode=FILE)
    except (OSError, ResultsFolderError) as error:
        raise StoreFullError(
            Message("%(name)s could not be saved: %(error)s", name=one.name, error=error)
        ) from error
    return name


def _documents(settings: DeskSettings, name: str) -> int:
    """How many documents the work on a kept file goes through: of an archive those in it."""
    source = Source(name, upload_path(settings.folder, name))
    return sum(1 for _ in contents_of(source, settings.max_bytes))


def upload_path(folder: Path, name: str) -> Path:
    """Where a kept file is."""
    return folder / DESK_FOLDER / name


def job(store: Store, job_id: str, folder: Path | None = None) -> Job:
    """One job.

    Args:
        store: the store.
        job_id: of the job.
        folder: whose jobs there are; None for those of all folders.

    Raises:
        NotFoundError: there is none.
    """
    with store.reading() as connection:
        row = connection.execute(select(JobEntry.__table__).where(JobEntry.id == job_id)).first()
    if row is None or (folder is not None and row.folder != place_of(folder)):
        raise no_job(job_id)
    return _job(row)


def jobs(store: Store, folder: Path | None = None) -> tuple[Job, ...]:
    """The latest jobs of a folder, or of all, newest first."""
    latest = select(JobEntry.__table__).order_by(JobEntry.created_at.desc(), JobEntry.id).limit(MOST_LISTED)
    if folder is not None:
        latest = latest.where(JobEntry.folder == place_of(folder))
    with store.reading() as connection:
        rows = connection.execute(latest).all()
    return tuple(_job(row) for row in rows)


def _job(row: Row) -> Job:
    files = json.loads(row.files)
    total = max(row.documents or len(files), row.done)
    return Job(
        id=row.id,
        state=JobState(row.state),
        created_by=row.created_by,
        created_at=moment(row.created_at),  # type: ignore[arg-type]  # never null in the store
        started_at=moment(row.started_at),
        finished_at=moment(row.finished_at),
        files=tuple(PurePosixPath(name).name for name in files),
        contents=tuple(name.removeprefix(f"{UPLOADS}/") for name in files),
        engine=row.engine,
        done=row.done,
        total=row.done if row.state == JobState.DONE.value else total,
        reports=tuple(json.loads(row.reports)),
        problems=restored(json.loads(row.problems)),
    )
