"""Uploads and what became of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import time
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from extract.desk import job_queue
from extract.desk import jobs as service
from extract.desk.access import Reviewer, TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.api.forms import JobId
from extract.desk.desk import Desk
from extract.desk.model import Job, JobState, Person, Role
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import go, show
from extract.desk.reports import copies_in
from extract.errors import JobEndedError, UploadError
from schemas import Issue

router = APIRouter(route_class=Admitting)
ACCEPTED = ".txt,.md,.markdown,.html,.htm,.xhtml,.shtml,.mht,.mhtml,.docx,.pdf,.zip"
"""What the browser offers of a folder; any other file may still be chosen."""


@dataclass(frozen=True, slots=True)
class JobsPage:
    """All uploads, newest first, and the form for the next.

    Attributes:
        jobs: the uploads.
        can_upload: whether the reader may send reports.
        engines: what can read them, the first unless another is chosen.
        copies: what the checks say of reports that are copies, by report.
        again: uploads of which every file had been sent in before, for the same engine.
        can_cancel: uploads that the reader may cancel.
        model: the name of the language model; empty where none reads.
        failure: why the last upload was not taken; empty where it was.
        hint: what to do then.
    """

    template: ClassVar[str] = "jobs.html"
    jobs: tuple[Job, ...]
    can_upload: bool
    engines: tuple[str, ...]
    model: str
    copies: Mapping[str, Issue]
    again: frozenset[str]
    can_cancel: frozenset[str]
    failure: str = ""
    hint: str = ""
    accepted: ClassVar[str] = ACCEPTED


@router.get("/jobs")
def jobs(request: Request, desk: TheDesk, person: Who) -> Response:
    """All uploads."""
    return show(shell_for(request, desk, person), _page(desk, person))


@router.post("/jobs/{job_id}/cancel")
def cancel(job_id: JobId, desk: TheDesk, person: Reviewer) -> Response:
    """Cancel an upload; one that has ended in the meantime is shown as it is."""
    with suppress(JobEndedError):
        job_queue.cancel(desk.store, job_id, person, time(), desk.settings.folder)
    return go("/jobs")


@router.post("/upload")
async def upload(request: Request, desk: TheDesk, person: Reviewer) -> Response:
    """Take reports in."""
    from starlette.datastructures import UploadFile

    async with request.form(max_files=desk.settings.max_files + 1) as form:
        files = [
            service.FormFile(part.filename, part.file, desk.settings.max_bytes)
            for part in form.getlist("files")
            if isinstance(part, UploadFile) and part.filename
        ]
        engine = str(form.get("engine", ""))
        send = partial(service.submit, desk.store, desk.settings, files, person, engine=engine)
        return await _sent(request, desk, person, send)


async def _sent(request: Request, desk: Desk, person: Person, send: Callable[[], Job]) -> Response:
    """What is answered to an upload; `send` hands it in."""
    try:
        await run_in_threadpool(send)
    except UploadError as error:
        shell = await run_in_threadpool(shell_for, request, desk, person)
        told = shell.language.told
        page = await run_in_threadpool(
            partial(_page, desk, person, failure=told(str(error)), hint=told(error.hint))
        )
        return show(shell, page, status=error.status)
    return go("/jobs")


def _page(desk: Desk, person: Person, *, failure: str = "", hint: str = "") -> JobsPage:
    model, jobs = desk.settings.model, service.jobs(desk.store, desk.settings.folder)
    with desk.store.reading() as connection:
        copies = copies_in(connection)
    return JobsPage(
        jobs,
        person.role.covers(Role.REVIEWER),
        desk.settings.engines,
        model.settings.model if model else "",
        copies,
        _sent_again(jobs),
        frozenset(
            job.id for job in jobs if not job.state.ended and job_queue.may_cancel(person, job.created_by)
        ),
        failure,
        hint,
    )


def _sent_again(jobs: Sequence[Job]) -> frozenset[str]:
    """Uploads that brought nothing new; the newest comes first."""
    seen: set[tuple[str, str]] = set()
    again = set()
    for job in reversed(jobs):
        these = {(name, job.engine) for name in job.contents}
        if job.state is JobState.DONE and these <= seen:
            again.add(job.id)
        seen |= these
    return frozenset(again)
