"""The queue of jobs: leases, attempts, pauses, folders, and who may cancel."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column, create_engine, literal, select
from sqlalchemy.types import Double, String
from starlette.testclient import TestClient

from extract.desk import job_queue, jobs
from extract.desk.app import create_app
from extract.desk.job_queue import (
    LEASE_SECONDS,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    MOST_PAUSES,
    Progress,
    Taken,
    cancel,
    finish,
    give_back,
    pause_after,
    put_off,
    renew,
    report,
    take_next,
)
from extract.desk.jobs import Upload
from extract.desk.lease_columns import free_for
from extract.desk.model import Job, JobState, Person
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.worker import Worker
from extract.errors import ForbiddenError, JobEndedError, NotFoundError
from extract.leases import Lease
from tests.desk.conftest import ANN, BEN, CLEO, HERE, NOW, VIEWER, Clock

DEAD = NOW + LEASE_SECONDS
"""When a lease of `NOW` has run out."""


def sent(store: Store, settings: DeskSettings, person: Person = ANN, name: str = "a.txt") -> Job:
    """An upload that waits; `b.txt` was sent after `a.txt`."""
    at = NOW - 100 + ord(name[0])
    return jobs.submit(store, settings, [Upload(name, name.encode())], person, at)


def taken_by(holder: str, store: Store, settings: DeskSettings, now: float = NOW) -> Taken:
    """A job that is begun."""
    taken = take_next(store, settings.folder, holder, now)
    assert taken
    return taken


EMPTY = create_engine("sqlite://")
TIMES = st.floats(0, 10_000)


@given(st.sampled_from([None, "ann", "ben"]), TIMES, TIMES, st.floats(0, 4_000))
def test_the_store_decides_about_leases_as_the_rules_do(
    holder: str | None, until: float, now: float, longest: float
) -> None:
    """In SQL and in Python alike."""
    row = select(literal(holder, String).label("holder"), literal(until, Double).label("until")).subquery()
    where = free_for("ann", row.c.holder, row.c.until, now, longest)
    with EMPTY.connect() as connection:
        found = connection.execute(select(column("until")).select_from(row).where(where)).first()
    assert (found is not None) == Lease(holder, until).is_free_for("ann", now, longest)


def test_a_job_is_held_as_long_as_its_lease_is_renewed(any_store: Store, settings: DeskSettings) -> None:
    """Nobody else takes it; when the heart stops, somebody does, at any turn."""
    sent(any_store, settings)
    first = taken_by("first", any_store, settings)
    assert take_next(any_store, settings.folder, "second", DEAD - 1) is None
    assert renew(any_store, first, DEAD - 1)
    assert take_next(any_store, settings.folder, "second", DEAD + 1) is None
    second = take_next(any_store, settings.folder, "second", DEAD + LEASE_SECONDS)
    assert second and (second.id, second.attempts) == (first.id, 2)


def test_a_lease_that_ran_out_while_the_store_was_away_is_held_on(
    any_store: Store, settings: DeskSettings
) -> None:
    """Where nobody has taken the job meanwhile, nothing is lost."""
    job = sent(any_store, settings)
    first = taken_by("first", any_store, settings)
    assert renew(any_store, first, DEAD + 1_000)
    assert take_next(any_store, settings.folder, "second", DEAD + 1_001) is None
    assert finish(any_store, first, JobState.DONE, Progress(1), DEAD + 1_002)
    assert jobs.job(any_store, job.id).state is JobState.DONE


def test_who_lost_the_lease_writes_nothing_over_the_new_holder(
    any_store: Store, settings: DeskSettings
) -> None:
    """Neither progress nor an end, nor a longer lease."""
    job = sent(any_store, settings)
    first = taken_by("first", any_store, settings)
    second = taken_by("second", any_store, settings, DEAD)
    assert report(any_store, second, 1)
    before = jobs.job(any_store, job.id)
    theirs = Progress(7, ["theirs"], ["theirs"])
    assert not renew(any_store, first, DEAD)
    assert not report(any_store, first, 7)
    assert not finish(any_store, first, JobState.FAILED, theirs, DEAD)
    assert not give_back(any_store, first, theirs)
    assert not put_off(any_store, first, theirs, DEAD)
    assert not job_queue.keep_of_cancelled(any_store, first, theirs)
    assert jobs.job(any_store, job.id) == before
    assert finish(any_store, second, JobState.DONE, Progress(1), DEAD)


def test_a_clock_that_is_put_back_holds_no_job_back(store: Store, settings: DeskSettings) -> None:
    """Neither one that a dead desk held nor one that waits."""
    sent(store, settings)
    ahead = taken_by("dead", store, settings, NOW + 86_400)
    again = taken_by("second", store, settings)
    assert again.id == ahead.id
    put_off(store, again, Progress(0), NOW + 86_400)
    assert take_next(store, settings.folder, "second", NOW)


def test_a_job_that_killed_its_desk_three_times_has_failed(any_store: Store, settings: DeskSettings) -> None:
    """It says so and is not begun again; the next one is."""
    bad, good = sent(any_store, settings), sent(any_store, settings, name="b.txt")
    now = NOW
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert taken_by(f"desk {attempt}", any_store, settings, now).attempts == attempt
        now += LEASE_SECONDS
        assert jobs.job(any_store, bad.id).state is JobState.RUNNING
    assert taken_by("desk 4", any_store, settings, now).id == good.id
    failed = jobs.job(any_store, bad.id)
    assert (failed.state, failed.finished_at is not None) == (JobState.FAILED, True)
    assert "ended 3 times while it read this upload" in failed.problems[0]
    assert "one by one" in failed.problems[0]


def test_what_stops_in_good_order_is_held_against_no_job(store: Store, settings: DeskSettings) -> None:
    """However often the desk is started anew."""
    sent(store, settings)
    for _ in range(2 * MOST_ATTEMPTS):
        taken = taken_by("desk", store, settings)
        assert taken.attempts == 1
        assert give_back(store, taken, Progress(1))
    for _ in range(2 * MOST_ATTEMPTS):
        taken = taken_by("desk", store, settings, NOW)
        assert put_off(store, taken, Progress(1), NOW - LONGEST_PAUSE)
    assert taken_by("desk", store, settings).attempts == 1


def test_the_pauses_of_a_job_grow_and_end() -> None:
    """From a second to a minute, for an hour in all."""
    pauses = [pause_after(n) for n in range(MOST_PAUSES)]
    assert pauses[:3] == [1, 2, 4] and pauses == sorted(pauses) and pauses[-1] == LONGEST_PAUSE
    assert 3_000 < sum(pauses) < 4_000


def test_a_job_that_waits_does_not_keep_others_waiting(store: Store, settings: DeskSettings) -> None:
    """It has its time; they have theirs."""
    first, second = sent(store, settings), sent(store, settings, name="b.txt")
    assert put_off(store, taken_by("desk", store, settings), Progress(0), NOW)
    assert taken_by("desk", store, settings).id == second.id
    assert take_next(store, settings.folder, "desk", NOW) is None
    assert taken_by("desk", store, settings, NOW + pause_after(0)).id == first.id


@pytest.fixture
def other(settings: DeskSettings) -> DeskSettings:
    """A desk with another folder and the same store."""
    folder = settings.folder.parent / "elsewhere"
    folder.mkdir()
    return replace(settings, folder=folder)


def test_two_desks_with_two_folders_on_one_store_keep_their_jobs_apart(
    any_store: Store, settings: DeskSettings, other: DeskSettings, small_report: str
) -> None:
    """Neither does the other's, nor begins again what the other is running, nor lists or cancels it."""
    here = jobs.submit(any_store, settings, [Upload("here.txt", small_report.encode())], ANN)
    there = jobs.submit(any_store, other, [Upload("there.txt", small_report.encode())], ANN)
    running = taken_by("other desk", any_store, other, 0.0)
    assert running.id == there.id
    for _ in range(3):
        Worker(any_store, settings).turn()
    assert jobs.job(any_store, here.id).state is JobState.DONE
    assert jobs.job(any_store, there.id).state is JobState.RUNNING
    assert [one.id for one in jobs.jobs(any_store, settings.folder)] == [here.id]
    with TestClient(create_app(settings, any_store), base_url=HERE) as client:
        assert [one["id"] for one in client.get("/api/jobs").json()] == [here.id]
        for address in (f"/api/jobs/{there.id}", f"/api/jobs/{there.id}/events"):
            assert client.get(address).status_code == 404
        assert client.post(f"/api/jobs/{there.id}/cancel").status_code == 404
        assert "there.txt" not in client.get("/jobs").text
    Worker(any_store, other).turn()
    assert jobs.job(any_store, there.id).state is JobState.DONE


def test_two_desks_on_one_folder_share_its_jobs(store: Store, settings: DeskSettings) -> None:
    """By whatever path they know it."""
    job = sent(store, settings)
    link = settings.folder.parent / "link"
    link.symlink_to(settings.folder)
    taken = take_next(store, link, "second", NOW)
    assert taken and taken.id == job.id


def test_jobs_move_with_their_folder(store: Store, settings: DeskSettings, small_report: str) -> None:
    """And those of an earlier version come to the folder that has their files."""
    job = jobs.submit(store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE jobs SET folder = ''")
    assert job_queue.adopt(store, settings.folder / "reports") == 0
    assert job_queue.adopt(store, settings.folder) == 1
    store.close()
    moved = settings.folder.parent / "moved"
    shutil.move(settings.folder, moved)
    here = replace(settings, folder=moved, store_url=f"sqlite:///{moved}/.desk/desk.sqlite")
    with TestClient(create_app(here), base_url=HERE) as client:
        assert [one["id"] for one in client.get("/api/jobs").json()] == [job.id]
        client.app.state.desk.worker.turn()
        assert client.get(f"/api/jobs/{job.id}").json()["state"] == "done"


def test_a_folder_that_is_still_there_keeps_its_jobs(
    store: Store, settings: DeskSettings, other: DeskSettings
) -> None:
    """A copy of it has the files, too, and takes none."""
    sent(store, settings)
    shutil.copytree(settings.folder / ".desk" / "uploads", other.folder / ".desk" / "uploads")
    assert job_queue.adopt(store, other.folder) == 0


@pytest.mark.parametrize("begun", [False, True])
def test_an_upload_is_cancelled_by_its_sender_or_an_administrator(
    any_store: Store,
    settings: DeskSettings,
    begun: bool,  # noqa: FBT001 - a case
) -> None:
    """Waiting or running; by nobody else. Once more changes nothing."""
    for who in (ANN, CLEO):
        job = sent(any_store, settings)
        if begun:
            taken_by("desk", any_store, settings)
        for stranger in (BEN, VIEWER, replace(VIEWER, name=ANN.name)):
            with pytest.raises(ForbiddenError):
                cancel(any_store, job.id, stranger, NOW)
        cancel(any_store, job.id, who, NOW)
        cancelled = jobs.job(any_store, job.id)
        assert (cancelled.state, cancelled.finished_at is not None) == (JobState.CANCELLED, True)
        cancel(any_store, job.id, who, NOW + 1)
        assert jobs.job(any_store, job.id) == cancelled
        assert take_next(any_store, settings.folder, "desk", DEAD + 1) is None


def test_what_has_ended_is_not_cancelled(store: Store, settings: DeskSettings) -> None:
    """And what is not there neither."""
    job = sent(store, settings)
    assert finish(store, taken_by("desk", store, settings), JobState.DONE, Progress(1), NOW)
    with pytest.raises(JobEndedError):
        cancel(store, job.id, ANN, NOW)
    with pytest.raises(NotFoundError):
        cancel(store, "0" * 16, ANN, NOW)
    assert jobs.job(store, job.id).state is JobState.DONE


def reports_named(small_report: str, number: int) -> list[Upload]:
    """Several reports of one upload."""
    return [Upload(f"r{n}.txt", small_report.replace("临江", f"临{n}江").encode()) for n in range(number)]


def test_a_job_that_is_cancelled_while_it_runs_stops_and_keeps_what_is_saved(
    store: Store, settings: DeskSettings, small_report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its next report; the desk goes on with the next upload."""
    job = jobs.submit(store, settings, reports_named(small_report, 4), ANN)
    after = jobs.submit(store, settings, [Upload("after.txt", small_report.encode())], ANN)
    say = job_queue.report

    def cancelled_at_the_second(store: Store, taken: Taken, done: int) -> bool:
        if taken.id == job.id and done == 2:
            cancel(store, job.id, CLEO, NOW)
        return say(store, taken, done)

    monkeypatch.setattr("extract.desk.job_queue.report", cancelled_at_the_second)
    worker = Worker(store, settings)
    worker.turn()
    cancelled = jobs.job(store, job.id)
    assert (cancelled.state, cancelled.done, cancelled.total) == (JobState.CANCELLED, 2, 4)
    assert cancelled.reports == ("r0", "r1") and cancelled.problems == ()
    assert {path.stem for path in settings.folder.glob("r?.json")} == {"r0", "r1"}
    worker.turn()
    assert jobs.job(store, after.id).state is JobState.DONE
    assert jobs.job(store, job.id) == cancelled


def test_a_desk_that_lost_its_job_stops_at_the_next_report(
    store: Store, settings: DeskSettings, small_report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves to the other desk what it writes."""
    job = jobs.submit(store, settings, reports_named(small_report, 4), ANN)
    say, clock = job_queue.report, Clock()

    def taken_at_the_second(store: Store, taken: Taken, done: int) -> bool:
        if done == 2:
            assert take_next(store, settings.folder, "other", clock.now + LEASE_SECONDS)
        return say(store, taken, done)

    monkeypatch.setattr("extract.desk.job_queue.report", taken_at_the_second)
    Worker(store, settings, clock).turn()
    other = jobs.job(store, job.id)
    assert (other.state, other.done, other.reports) == (JobState.RUNNING, 0, ())
    assert len(list(settings.folder.glob("r?.json"))) == 2


def test_cancelling_in_the_page_and_in_the_api(
    client: TestClient, store: Store, settings: DeskSettings
) -> None:
    """The page offers it as long as there is something to cancel."""
    first, second = sent(store, settings), sent(store, settings, name="b.txt")
    english = {"origin": HERE, "accept-language": "en"}
    page = client.get("/jobs", headers=english).text
    assert page.count("/cancel") == 2 and "Cancel the upload of a.txt" in page
    assert "cancelled" in client.post(f"/jobs/{first.id}/cancel", headers=english).text
    assert client.post(f"/jobs/{first.id}/cancel", headers=english).status_code == 200
    answer = client.post(f"/api/jobs/{second.id}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert client.get("/jobs", headers=english).text.count("/cancel") == 0
    events = client.get(f"/api/jobs/{second.id}/events").text
    assert events.endswith("event: end\ndata: cancelled\n\n")
    third = sent(store, settings, name="c.txt")
    assert finish(store, taken_by("desk", store, settings), JobState.DONE, Progress(1), NOW)
    refused = client.post(f"/api/jobs/{third.id}/cancel")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "job_ended")
    assert client.post("/jobs/../cancel", headers=english).status_code == 404
