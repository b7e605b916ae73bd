"""Uploads that a language model reads, against an endpoint on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest
from starlette.testclient import TestClient

from extract.config import Settings
from extract.desk import jobs, working
from extract.desk.app import create_app
from extract.desk.job_queue import cancel
from extract.desk.jobs import Upload
from extract.desk.model import JobState
from extract.desk.reports import report_list
from extract.desk.settings import DeskSettings, Model
from extract.desk.store import Store
from extract.desk.worker import Worker
from extract.engines.llm.money import Limits
from extract.errors import UploadError
from extract.leases import Heartbeat
from extract.results.files import read_result
from tests.desk.conftest import ANN, HERE
from tests.endpoint.faults import FAULTS, error, good, question_of
from tests.endpoint.server import KEY, Endpoint, served
from tests.runs.asked_cases import answers_to


@pytest.fixture
def endpoint(small_report: str) -> Endpoint:
    """Answers well, until a test says otherwise."""
    table = answers_to(small_report)
    return Endpoint(lambda body: good(table.get(question_of(body), '{"records":[]}'), body))


@pytest.fixture
def asking(settings: DeskSettings, endpoint: Endpoint, tmp_path: Path) -> Iterator[DeskSettings]:
    """A desk that has a model."""
    with served(endpoint) as url:
        model = Settings(
            model="loopback", base_url=url, mode="json_schema", cache=str(tmp_path / "cache"), attempts=1
        )
        yield replace(settings, model=Model(model, KEY))


def send(store: Store, settings: DeskSettings, text: str, **more: Any) -> Any:
    """Upload a report and have it read."""
    job = jobs.submit(store, settings, [Upload("linjiang.txt", text.encode())], ANN, **more)
    Worker(store, settings).turn()
    return jobs.job(store, job.id)


def test_the_model_reads_what_is_uploaded(
    store: Store, asking: DeskSettings, endpoint: Endpoint, small_report: str
) -> None:
    """The records of the result are its own, and the job says who read."""
    done = send(store, asking, small_report)
    assert (done.state, done.engine, done.reports) == (JobState.DONE, "llm", ("linjiang",))
    result = read_result(asking.folder / "linjiang.json")
    assert (result.manifest.engine, result.manifest.model) == ("llm", "loopback")
    assert result.records and endpoint.requests
    assert {row.id: row.engine for row in report_list(store)}["linjiang"] == "llm loopback"


def test_the_rules_read_where_that_is_asked_for(
    store: Store, asking: DeskSettings, endpoint: Endpoint, small_report: str
) -> None:
    """No question is sent."""
    done = send(store, asking, small_report, engine="rules")
    assert (done.state, done.engine, endpoint.requests) == (JobState.DONE, "rules", 0)
    assert read_result(asking.folder / "linjiang.json").manifest.engine == "rules"


def test_faults_of_the_endpoint_are_shown_in_the_job(
    store: Store, asking: DeskSettings, endpoint: Endpoint, small_report: str
) -> None:
    """Parts that failed, and a key that is not taken: what happened and what to do; never the key."""
    endpoint.behave = lambda body: FAULTS["malformed"]("", body)
    done = send(store, asking, small_report)
    assert "parts failed" in done.problems[0] and "Upload it again" in done.problems[0]
    endpoint.behave = lambda body: error(401, "bad key")
    done = send(store, asking, small_report.replace("临江", "望江"))
    assert done.state is JobState.FAILED
    assert "OPENAI_API_KEY" in done.problems[0] and len(done.problems) == 1
    assert "sk-a-secret" not in "".join(done.problems) + repr(asking)


def test_a_limit_stops_the_job_and_says_so(store: Store, asking: DeskSettings, small_report: str) -> None:
    """What one upload may take is told with the desk."""
    assert asking.model
    poor = replace(asking, model=replace(asking.model, limits=Limits(None, 10)))
    done = send(store, poor, small_report)
    assert done.state is JobState.FAILED
    assert "--max-tokens" in done.problems[0]


def test_a_desk_without_a_model_refuses_and_fails_what_waited_for_one(
    store: Store, settings: DeskSettings, asking: DeskSettings, small_report: str
) -> None:
    """An upload is never read by something else than was asked for."""
    with pytest.raises(UploadError, match="not available here"):
        jobs.submit(store, settings, [Upload("a.txt", b"x")], ANN, engine="llm")
    waiting = jobs.submit(store, asking, [Upload("linjiang.txt", small_report.encode())], ANN)
    Worker(store, settings).turn()
    done = jobs.job(store, waiting.id)
    assert done.state is JobState.FAILED
    assert "--engine llm" in done.problems[0]


def test_the_page_and_the_interface_offer_what_there_is(
    store: Store, settings: DeskSettings, asking: DeskSettings, small_report: str
) -> None:
    """The model first; without one how to get it."""
    files = [("files", ("linjiang.txt", small_report.encode()))]
    with TestClient(create_app(asking, store), base_url=HERE) as client:
        page = client.get("/jobs", headers={"accept-language": "en"}).text
        assert page.index('<option value="llm">language model (loopback)') < page.index('value="rules"')
        assert client.post("/api/reports", files=files).json()["engine"] == "llm"
        assert client.post("/api/reports", files=files, data={"engine": "rules"}).json()["engine"] == "rules"
        assert client.post("/api/reports", files=files, data={"engine": "x"}).status_code == 422
        sent = client.post("/upload", files=files, data={"engine": "rules"}, headers={"origin": HERE})
        assert sent.status_code == 200 and jobs.jobs(store)[0].engine == "rules"
    with TestClient(create_app(settings, store), base_url=HERE) as client:
        page = client.get("/jobs", headers={"accept-language": "en"}).text
        assert "--engine llm" in page and '<select id="engine"' not in page
        assert client.post("/api/reports", files=files, data={"engine": "llm"}).status_code == 400


def test_an_upload_that_is_cancelled_pays_for_no_further_answer(
    store: Store, asking: DeskSettings, endpoint: Endpoint, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as the heartbeat notices; the answers that are under way are taken."""
    hearts: list[Heartbeat] = []

    class Seen(Heartbeat):
        def __enter__(self) -> Self:
            hearts.append(self)
            return super().__enter__()

    monkeypatch.setattr(working, "Heartbeat", Seen)
    asked: list[int] = []
    one = replace(asking.model.settings, concurrency=1) if asking.model else None
    assert asking.model and one
    slow = replace(asking, model=replace(asking.model, settings=one))
    job = jobs.submit(store, slow, [Upload("long.txt", (examples / "yunzhou-2024.txt").read_bytes())], ANN)
    answer = endpoint.behave

    def cancelled(body: dict[str, Any]) -> Any:
        if len(asked) == 1:
            cancel(store, job.id, ANN, 0.0)
            hearts[0].beat()
        asked.append(1)
        return answer(body)

    endpoint.behave = cancelled
    Worker(store, slow).turn()
    done = jobs.job(store, job.id)
    assert (done.state, done.problems) == (JobState.CANCELLED, ())
    assert len(asked) == 2
