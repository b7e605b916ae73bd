"""Uploads: kept safely, worked through, followed live, and resumed after a restart."""

import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from markupsafe import escape
from starlette.testclient import TestClient

from extract.desk import jobs
from extract.desk.ingest import Taking, sync
from extract.desk.job_queue import LONGEST_PAUSE, report, take_next
from extract.desk.jobs import Upload, check_name
from extract.desk.model import JobState
from extract.desk.reports import report_list
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.worker import Worker, only_one
from extract.errors import SlowFileError, StoreFullError, UploadError
from extract.results.store import opened
from extract.runs import apart
from tests.desk.conftest import ANN, HERE, Clock

TRICKS = [
    "../x.txt", "..", ".", "", "/etc/passwd", "a/b.txt", "a\\b.txt", "C:x.txt", "x\0.txt", "x\n.txt", ".hidden.txt",
    " x.txt", "x" * 200, "报" * 70, "a<b>.txt", "x\u202etxt.exe", "\ud800.txt",
    "nul.txt", "COM1", "report.",
]  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_that_is_more_than_a_name_is_refused(name: str) -> None:
    """Folders, drives, controls, hidden files, directions of writing, endless names."""
    with pytest.raises(UploadError):
        check_name(name)


def test_plain_names_are_taken() -> None:
    """In any script."""
    for name in ("临江市2024年政府工作报告.txt", "report (2).txt", "a.b.txt", "null.txt"):
        check_name(name)


def test_path_tricks_over_http_leave_nothing_behind(client: TestClient, results: Path) -> None:
    """Neither in the folder of uploads nor outside of it."""
    before = set(results.parent.rglob("*"))
    for name in ("../../evil.txt", "/tmp/evil.txt", "..%2fevil.txt\\..\\x"):
        answer = client.post("/api/reports", files=[("files", (name, b"text"))])
        assert answer.status_code in {400, 202}, answer.text
        assert not any(
            "evil" in path.name and path.parent == results.parent for path in results.parent.iterdir()
        )
    new = {path for path in results.parent.rglob("*") if path.is_file()} - before
    assert all((results / ".desk") in path.parents for path in new)


def test_a_link_in_the_place_of_an_upload_is_not_followed(
    settings: DeskSettings, store: Store, tmp_path: Path
) -> None:
    """What it points to stays as it is."""
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    upload = Upload("a.txt", b"theirs")
    kept = jobs._keep(settings.folder, upload)
    path = jobs.upload_path(settings.folder, kept)
    path.unlink()
    path.symlink_to(victim)
    with pytest.raises(UploadError):
        jobs.submit(store, settings, [upload], ANN)
    assert victim.read_text(encoding="utf-8") == "mine"


def test_an_upload_becomes_results_that_can_be_reviewed(
    settings: DeskSettings, store: Store, small_report: str
) -> None:
    """With its text, under its own name, and the results that were there stay."""
    job = jobs.submit(store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    assert job.state is JobState.QUEUED
    Worker(store, settings).turn()
    done = jobs.job(store, job.id)
    assert (done.state, done.done, done.reports) == (JobState.DONE, 1, ("linjiang",))
    rows = {row.id: row for row in report_list(store)}
    assert set(rows) == {"yunzhou-2024", "yunzhou-2025", "linjiang"}
    assert rows["linjiang"].has_text


def test_an_upload_is_worked_through_apart_and_a_bound_that_stops_it_is_said(
    settings: DeskSettings, store: Store, small_report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small it is; the desk itself reads none of it."""

    class Stopped:
        def ask(self, *_: object) -> bytes:
            raise SlowFileError("reading it takes longer than 60 seconds")

    monkeypatch.setattr(apart, "PROCESS", Stopped())
    job = jobs.submit(store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    Worker(store, settings).turn()
    done = jobs.job(store, job.id)
    assert done.state is JobState.FAILED
    assert "longer than 60 seconds\nRaise max_seconds in extract.toml" in done.problems[0]


def test_a_result_too_large_for_a_page_is_not_taken_in(results: Path, store: Store) -> None:
    """The others are; what to do is said."""
    synced = sync(store, Taking(results, 0.0, max_result_bytes=1_000))
    assert synced.gone == 0
    assert len(synced.problems) == len(report_list(store))
    assert all("more than the 0 MB" in one for one in synced.problems)


def test_what_cannot_be_read_is_said_without_where_it_is_kept(settings: DeskSettings, store: Store) -> None:
    """One bad file does not stop the others."""
    files = [Upload("bad.txt", b"\x00\x01" * 50), Upload("other.txt", "今天天气很好。".encode())]
    job = jobs.submit(store, settings, files, ANN)
    Worker(store, settings).turn()
    done = jobs.job(store, job.id)
    assert done.state is JobState.FAILED
    assert len(done.problems) == 2
    assert "bad.txt" in done.problems[0]
    assert "uploads/" not in "".join(done.problems)


def test_a_job_that_was_under_way_is_done_after_a_restart(
    settings: DeskSettings, store: Store, small_report: str
) -> None:
    """What is done of it is not done again, and nothing is lost."""
    files = [Upload(f"r{n}.txt", small_report.replace("临江", f"临{n}江").encode()) for n in range(3)]
    job = jobs.submit(store, settings, files, ANN)
    stopped = Worker(store, settings)
    stopped.stopping.set()
    stopped.turn()
    half = jobs.job(store, job.id)
    assert half.state is JobState.QUEUED
    take_next(store, settings.folder, "killed", 0.0)
    assert jobs.job(store, job.id).state is JobState.RUNNING  # as kill -9 leaves it
    Worker(store, settings).turn()
    done = jobs.job(store, job.id)
    assert (done.state, done.done) == (JobState.DONE, 3)
    assert set(done.reports) == {"r0", "r1", "r2"}


def test_a_job_waits_for_a_run_at_the_command_line(
    settings: DeskSettings, store: Store, small_report: str
) -> None:
    """Two never write into one folder. It looks again after a pause."""
    job = jobs.submit(store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    clock = Clock()
    worker = Worker(store, settings, clock)
    with opened(settings.folder):
        worker.turn()
        waiting = jobs.job(store, job.id)
        assert waiting.state is JobState.QUEUED
        assert "Another run" in waiting.problems[0]
    clock.now += LONGEST_PAUSE
    worker.turn()
    assert jobs.job(store, job.id).state is JobState.DONE


def test_only_one_desk_works_on_the_uploads_of_a_folder(results: Path) -> None:
    """The other one serves, until the first has ended."""
    with only_one(results) as second:
        with only_one(results) as first:
            assert (first.holds(), second.holds(), first.holds()) == (True, False, True)
        assert second.holds()


def test_uploads_are_worked_on_when_the_desk_that_worked_has_ended(
    settings: DeskSettings, store: Store, small_report: str
) -> None:
    """A desk that began while another one held the folder takes over from it."""
    job = jobs.submit(store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    worker, seen = Worker(store, settings), []

    def look() -> None:
        seen.append(jobs.job(store, job.id).state)

    with ExitStack() as open_desks:
        assert open_desks.enter_context(only_one(settings.folder)).holds()
        worker.stopping = Turns(look, look, open_desks.close, look)
        worker._run()
    assert seen == [JobState.QUEUED, JobState.QUEUED, JobState.DONE]


class Turns(threading.Event):
    """Stands in for the wait between two turns of a worker: what is done before each of them, then the end."""

    def __init__(self, *before: Callable[[], None]) -> None:
        super().__init__()
        self.before = list(before)

    def wait(self, _seconds: float | None = None) -> bool:
        """No time passes."""
        if not self.before:
            return True
        self.before.pop(0)()
        return False


def test_the_same_file_is_taken_twenty_at_a_time(
    settings: DeskSettings, store: Store, small_report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is in the middle of its writing while the others begin and end."""
    together = threading.Barrier(20)

    def write(file: BinaryIO, data: Iterable[bytes]) -> None:
        file.writelines(data)
        together.wait(60)

    monkeypatch.setattr(jobs, "write_atomically", partial(jobs.write_atomically, write=write))
    upload = Upload("linjiang.txt", small_report.encode())
    with ThreadPoolExecutor(20) as pool:
        kept = set(pool.map(lambda _: jobs._keep(settings.folder, upload), range(20)))
    assert len(kept) == 1
    assert jobs.upload_path(settings.folder, kept.pop()).read_bytes() == small_report.encode()


def test_limits_of_an_upload(settings: DeskSettings, store: Store) -> None:
    """Number, size, emptiness."""
    for files in ([], [Upload("a.txt", b"")], [Upload("a.txt", b"x")] * 51):
        with pytest.raises(UploadError):
            jobs.submit(store, settings, files, ANN)
    with pytest.raises(UploadError) as refused:
        jobs.submit(store, settings, [Upload("a.txt", b"x" * (settings.max_bytes + 1))], ANN)
    assert refused.value.status == 413


def test_an_upload_on_a_full_disk_is_said_and_not_queued(
    settings: DeskSettings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing partial is left in its place."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreFullError):
        jobs.submit(store, settings, [Upload("a.txt", b"text")], ANN)
    monkeypatch.undo()
    assert jobs.jobs(store) == ()
    assert [path for path in (settings.folder / ".desk" / "uploads").rglob("*") if path.is_file()] == []


def test_progress_is_followed_live_until_the_end(client: TestClient, small_report: str) -> None:
    """Each change of the job is an event; the last one says that it is over."""
    sent = client.post("/api/reports", files=[("files", ("linjiang.txt", small_report.encode()))]).json()
    worker = threading.Thread(target=client.app.state.desk.worker.turn)
    worker.start()
    body = client.get(f"/api/jobs/{sent['id']}/events").text
    worker.join()
    assert body.startswith("event: progress\ndata: {")
    assert '"reports":["linjiang"]' in body
    assert body.endswith("event: end\ndata: done\n\n")


def test_results_of_a_run_at_the_command_line_are_taken_in(
    settings: DeskSettings, store: Store, small_report: str
) -> None:
    """As soon as its manifest is there."""
    from tests.desk.conftest import run

    worker = Worker(store, settings)
    worker.turn()
    (settings.folder.parent / "reports" / "linjiang.txt").write_text(small_report, encoding="utf-8")
    run(settings.folder.parent / "reports", settings.folder)
    worker.turn()
    assert "linjiang" in {row.id for row in report_list(store)}


def test_progress_counts_the_documents_of_an_archive(
    client: TestClient, settings: DeskSettings, store: Store, small_report: str
) -> None:
    """So that no more is done than there is; before, while and after."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in "甲乙":
            archive.writestr(f"{name}.txt", small_report.replace("临江", f"临{name}江"))
    files = [Upload("two.zip", out.getvalue()), Upload("linjiang.txt", small_report.encode())]
    job = jobs.submit(store, settings, files, ANN)
    assert (job.done, job.total) == (0, 3)
    taken = take_next(store, settings.folder, "killed", 0.0)
    assert taken and report(store, taken, 2)
    assert [(one["done"], one["total"]) for one in client.get("/api/jobs").json()] == [(2, 3)]
    Worker(store, settings).turn()
    done = jobs.job(store, job.id)
    assert (done.state, done.done, done.total) == (JobState.DONE, 3, 3)


def test_the_page_names_the_kinds_and_says_apart_what_is_wrong_and_what_to_do(client: TestClient) -> None:
    """Of a file that is refused at once, and of one that could not be read."""
    page = client.get("/jobs", headers={"accept-language": "en"}).text
    assert 'accept=".txt,.md,' in page
    assert "DOCX and PDF; also in ZIP archives" in page
    english = {"origin": HERE, "accept-language": "en"}
    refused = client.post("/upload", files=[("files", ("a.txt", b""))], headers=english)
    assert "<p>a.txt is empty.</p><p" in refused.text
    client.post("/upload", files=[("files", ("bad.txt", b"\x00\x01" * 50))], headers={"origin": HERE})
    client.app.state.desk.worker.turn()
    (problem,) = client.get("/api/jobs").json()[0]["problems"]
    wrong, hint = problem.split("\n")
    listed = client.get("/jobs", headers={"accept-language": "en"}).text
    assert f'<p class="wrong">{escape(wrong)}</p><p class="small muted">{escape(hint)}</p>' in listed


def test_of_an_upload_one_file_at_a_time_is_in_memory(store: Store, settings, tmp_path) -> None:
    """However many it has; what a form has put on the disk stays there until it is kept."""
    size, files = 2_000_000, []
    settings = replace(settings, max_bytes=size)
    for number in range(12):
        path = tmp_path / f"sent{number}"
        path.write_bytes(bytes([65 + number]) * size)
        files.append(path.open("rb"))
    tracemalloc.start()
    sent = [jobs.FormFile(f"r{number}.txt", file, settings.max_bytes) for number, file in enumerate(files)]
    job = jobs.submit(store, settings, sent, ANN)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    for file in files:
        file.close()
    assert len(job.files) == 12
    assert most < 4 * size


def test_a_file_of_a_form_is_read_no_further_than_the_limit(store: Store, settings, tmp_path) -> None:
    """And refused for its size, as one that was read as a whole."""
    large = tmp_path / "large"
    large.write_bytes(b"x" * (settings.max_bytes + 10))
    with large.open("rb") as file:
        sent = jobs.FormFile("a.txt", file, settings.max_bytes)
        assert len(sent.data) == settings.max_bytes + 1
        with pytest.raises(jobs.UploadTooLargeError):
            jobs.submit(store, settings, [sent], ANN)


@pytest.mark.parametrize("path", ["/api/reports", "/upload"])
def test_of_a_thousand_files_no_more_are_opened_than_may_be_sent(client: TestClient, path: str) -> None:
    """Each would take its share of memory."""
    sent = [("files", (f"r{number}.txt", b"text")) for number in range(200)]
    answer = client.post(path, files=sent, headers={"Origin": HERE})
    assert answer.status_code == 400
    assert "51" in answer.text


def test_a_kept_upload_that_somebody_changed_is_kept_anew(
    store: Store, settings: DeskSettings, small_report: str
) -> None:
    """One of the same size, too: what is read has to be what was sent."""
    upload = Upload("linjiang.txt", small_report.encode())
    (name,) = jobs.submit(store, settings, [upload], ANN).contents
    path = jobs.upload_path(settings.folder, f"uploads/{name}")
    path.write_bytes(upload.data[::-1])
    jobs.submit(store, settings, [upload], ANN)
    assert path.read_bytes() == upload.data
