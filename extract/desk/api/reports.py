"""Reports and uploads."""

import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from time import time
from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import TypeAdapter
from sqlalchemy import select

from extract.desk import job_queue, jobs, reports
from extract.desk.access import Administrator, Reviewer, TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.api.forms import JobId, ReportId, problems
from extract.desk.desk import Desk
from extract.desk.ingest import Synced
from extract.desk.jobs import FormFile
from extract.desk.model import Job, ReportRow, ReportText
from extract.desk.problems import without_paths
from extract.desk.tables import ReportEntry
from extract.errors import NotFoundError, UploadError
from extract.messages import Message
from schemas.result import Result

router = APIRouter(tags=["reports"], responses=problems(), route_class=Admitting)
LOOK_SECONDS = 0.3
LONGEST_LOOK = 3600.0
JOB = TypeAdapter(Job)


@router.get("/reports")
def read_reports(at: TheDesk, _: Who) -> tuple[ReportRow, ...]:
    """Every report with its counts."""
    return reports.report_list(at.store)


@router.post("/reports", status_code=202)
def send_reports(
    files: Annotated[list[UploadFile], File(description="One or more reports.")],
    at: TheDesk,
    person: Reviewer,
    engine: Annotated[
        Literal["", "rules", "llm"],
        Form(description="What reads them; without it the first that the desk has."),
    ] = "",
) -> Job:
    """Send reports in; follow the job to see what becomes of them."""
    return jobs.submit(at.store, at.settings, uploads(files, at), person, engine=engine)


def uploads(files: Sequence[UploadFile], at: Desk) -> list[FormFile]:
    """What a form sent, to be read no further than the limit.

    Raises:
        UploadError: too many files.
    """
    if len(files) > at.settings.max_files:
        raise UploadError(
            Message(
                "%(number)s files were sent, but only %(most)s are allowed at once.",
                number=len(files),
                most=at.settings.max_files,
            )
        )
    return [FormFile(one.filename or "", one.file, at.settings.max_bytes) for one in files]


@router.get("/reports/{report_id}", responses=problems(404))
def read_report(report_id: ReportId, at: TheDesk, _: Who) -> ReportText:
    """A report with its text, ledger, headings and items."""
    return reports.report(at.store, report_id)


@router.get("/reports/{report_id}/result", response_model=Result, responses=problems(404))
def download_result(report_id: ReportId, at: TheDesk, _: Who) -> Response:
    """The engine's own result, as its file has it."""
    with at.store.reading() as connection:
        data = connection.scalar(select(ReportEntry.result).where(ReportEntry.id == report_id))
    if data is None:
        raise NotFoundError(Message("There is no report %(id)s.", id=report_id[:80]))
    return Response(
        zlib.decompress(data),
        media_type="application/json",
        headers={"content-disposition": 'attachment; filename="result.json"'},
    )


@router.post("/sync")
def take_in_results(at: TheDesk, _: Administrator) -> Synced:
    """Take in what the folder of results holds now, without waiting for the desk to notice."""
    synced = at.worker.sync()
    return replace(
        synced,
        problems=[without_paths(one) for one in synced.problems],
        renamed=[(without_paths(path), name) for path, name in synced.renamed],
    )


@router.get("/jobs")
def read_jobs(at: TheDesk, _: Who) -> tuple[Job, ...]:
    """The latest uploads, newest first."""
    return jobs.jobs(at.store, at.settings.folder)


@router.get("/jobs/{job_id}", responses=problems(404))
def read_job(job_id: JobId, at: TheDesk, _: Who) -> Job:
    """One upload."""
    return jobs.job(at.store, job_id, at.settings.folder)


@router.post("/jobs/{job_id}/cancel", responses=problems(404, 409))
def cancel_job(job_id: JobId, at: TheDesk, person: Reviewer) -> Job:
    """Cancel an upload that waits or runs; what was read of it stays. For its sender and administrators."""
    job_queue.cancel(at.store, job_id, person, time(), at.settings.folder)
    return jobs.job(at.store, job_id)


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses=problems(404) | {200: {"content": {"text/event-stream": {}}}},
)
def follow_job(job_id: JobId, request: Request, at: TheDesk, _: Who) -> StreamingResponse:
    """One upload, live: an event `progress` with the job whenever it changes, and `end` when it is done."""
    begun = jobs.job(at.store, job_id, at.settings.folder)
    return StreamingResponse(_progress(begun, request, at), media_type="text/event-stream")


async def _progress(job: Job, request: Request, at: Desk) -> AsyncIterator[bytes]:
    sent: Job | None = None
    with anyio.move_on_after(LONGEST_LOOK):
        while True:
            if job != sent:
                yield format_sse_event(event="progress", data_str=JOB.dump_json(job).decode())
                sent = job
            if job.state.ended or at.worker.stopping.is_set() or await request.is_disconnected():
                break
            await anyio.sleep(LOOK_SECONDS)
            job = await anyio.to_thread.run_sync(jobs.job, at.store, job.id)
    yield format_sse_event(event="end", data_str=job.state.value)
