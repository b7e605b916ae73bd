"""Uploads and what became of them."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import Response

from extract.desk import jobs as service
from extract.desk.access import Reviewer, TheDesk, Who
from extract.desk.desk import Desk
from extract.desk.model import Job, Role
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import go, show
from extract.errors import UploadError

router = APIRouter()
ACCEPTED = ".txt,.md,.markdown,.html,.htm,.xhtml,.shtml,.mht,.mhtml,.docx,.pdf,.zip"
"""What the browser offers of a folder; any other file may still be chosen."""


@dataclass(frozen=True, slots=True)
class JobsPage:
    """All uploads, newest first, and the form for the next.

    Attributes:
        jobs: the uploads.
        can_upload: whether the reader may send reports.
        engines: what can read them, the first unless another is chosen.
        model: the name of the language model; empty where none reads.
        failure: why the last upload was not taken; empty where it was.
        hint: what to do then.
    """

    template: ClassVar[str] = "jobs.html"
    jobs: tuple[Job, ...]
    can_upload: bool
    engines: tuple[str, ...]
    model: str
    failure: str = ""
    hint: str = ""
    accepted: ClassVar[str] = ACCEPTED


@router.get("/jobs")
def jobs(request: Request, desk: TheDesk, person: Who) -> Response:
    """All uploads."""
    return show(shell_for(request, desk, person), _page(desk, can_upload=person.role.covers(Role.REVIEWER)))


@router.post("/upload")
async def upload(request: Request, desk: TheDesk, person: Reviewer) -> Response:
    """Take reports in."""
    from fastapi.concurrency import run_in_threadpool
    from starlette.datastructures import UploadFile

    async with request.form() as form:
        files = [
            service.Upload(part.filename or "", await part.read())
            for part in form.getlist("files")
            if isinstance(part, UploadFile) and part.filename
        ]
        engine = str(form.get("engine", ""))
    send = partial(service.submit, desk.store, desk.settings, files, person, engine=engine)
    try:
        await run_in_threadpool(send)
    except UploadError as error:
        shell = await run_in_threadpool(shell_for, request, desk, person)
        page = _page(desk, can_upload=True, failure=str(error), hint=error.hint)
        return show(shell, page, status=error.status)
    return go("/jobs")


def _page(desk: Desk, *, can_upload: bool, failure: str = "", hint: str = "") -> JobsPage:
    model = desk.settings.model
    return JobsPage(
        service.jobs(desk.store),
        can_upload,
        desk.settings.engines,
        model.settings.model if model else "",
        failure,
        hint,
    )
