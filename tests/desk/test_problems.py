"""What went wrong is told to everybody without where the desk keeps its things."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import pytest
from starlette.testclient import TestClient

from extract.desk import jobs, working
from extract.desk.jobs import Upload
from extract.desk.model import JobState
from extract.desk.problems import kept, problem, restored, without_paths
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.worker import Worker
from extract.documents.readers.isolation import BoundedProcess
from extract.errors import ResultsFolderError, StoreFullError
from extract.messages import CHINESE, Message, in_language
from extract.results.store import opened
from extract.runs import apart
from tests.desk.conftest import ANN, CLEO, HERE, Clock

SECRET = "/srv/geheim/out of sight"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (Message("%(path)s cannot be written.", path=Path(f"{SECRET}/a.json")), "a.json cannot be written."),
        (Message("%(path)s cannot be written.", path=f"{SECRET}/a b.json"), "a b.json cannot be written."),
        (Message("In %(path)s.", path=PureWindowsPath(r"C:\geheim\out of\a.json")), "In a.json."),
        (Message("In %(path)s.", path=r"C:\geheim\out of\a.json"), "In a.json."),
        (Message("In %(path)s.", path=r"\\geheim\out of\a.json"), "In a.json."),
        (Message("%(error)s.", error=OSError(28, "Full", f"{SECRET}/a.json")), "[Errno 28] Full: 'a.json'."),
        (
            Message("%(error)s.", error=OSError(18, "Other disk", f"{SECRET}/a", None, f"{SECRET}/b")),
            "[Errno 18] Other disk: 'a' -> 'b'.",
        ),
        (
            Message("Not saved: %(error)s", error=Message("%(path)s is full.", path=f"{SECRET}/a.json")),
            "Not saved: a.json is full.",
        ),
        (Message("%(error)s.", error='server on "/geheim/run/.s.PGSQL.1" died'), 'server on ".s.PGSQL.1" died.'),
        (Message("%(error)s.", error="cannot open /geheim/x.db, or so"), "cannot open x.db, or so."),
        (Message("%(name)s is empty.", name="uploads/0123456789abcdef/a.zip/b.txt"), "a.zip/b.txt is empty."),
        (Message("At %(url)s.", url="http://127.0.0.1:8000/v1/chat"), "At http://127.0.0.1:8000/v1/chat."),
        (Message("%(value)s %(unit)s", value=3, unit="km/h"), "3 km/h"),
        (Message("%(name)s, 中文 / English", name="a.txt"), "a.txt, 中文 / English"),
        ("FileNotFoundError: '/geheim/x.txt'", "FileNotFoundError: 'x.txt'"),
        ("", ""),
    ],
)  # fmt: skip
def test_of_a_path_the_name_is_left(message: str, shown: str) -> None:
    """Wherever it stands in a value; addresses, units and slashes stay."""
    assert without_paths(message) == shown


def test_a_problem_is_kept_so_that_it_can_be_said_in_chinese() -> None:
    """What happened and what to do, each on its line; one of an earlier version stays as it was."""
    full = Message("%(name)s is empty.", name=f"{SECRET}/a.txt")
    made = problem(full, Message("Choose one or more reports."))
    (again, old) = restored(json.loads(json.dumps(kept([made, "old\nhint"]))))
    assert (again, old) == ("a.txt is empty.\nChoose one or more reports.", "old\nhint")
    wrong, hint = in_language(again, CHINESE).split("\n")
    assert wrong.startswith("a.txt") and "empty" not in wrong and "Choose" not in hint


def said(client: TestClient) -> str:
    """All that the page and the API say of uploads, in both languages."""
    pages = [client.get("/jobs", headers={"accept-language": one}).text for one in ("en", "zh")]
    found = client.get("/api/jobs").json()
    single = [client.get(f"/api/jobs/{one['id']}").text for one in found]
    return "\n".join([*pages, json.dumps(found), *single])


def test_a_run_that_fails_names_no_folder(
    client: TestClient,
    store: Store,
    settings: DeskSettings,
    small_report: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another run, a disk that refuses, a fault of this program, a file that cannot be read."""
    upload, folder = Upload("linjiang.txt", small_report.encode()), settings.folder
    worker = Worker(store, settings, Clock())
    jobs.submit(store, settings, [upload], ANN)
    with opened(folder):
        worker.turn()
    assert "Another run is using" in said(client)

    failures: list[Exception] = [
        ResultsFolderError(Message("%(path)s cannot be used.", path=folder / "x.json")),
        ValueError(f"odd: {folder}/deep/er.json and more"),
        PermissionError(13, "Permission denied", str(folder / "y.json")),
        OSError(28, "No space left on device", str(folder / "z.json")),
        StoreFullError(Message("%(error)s", error=f"unable to open {folder}/.desk/desk.sqlite")),
    ]
    for failure in failures:
        job = jobs.submit(store, settings, [upload], ANN)

        def fails(*_: object, failure: Exception = failure) -> object:
            raise failure

        with monkeypatch.context() as patched:
            patched.setattr(working, "run_sources", fails)
            with suppress(ValueError, PermissionError):
                worker.turn()
        assert jobs.job(store, job.id).problems

    missing = jobs.submit(store, settings, [Upload("lost.txt", b"lost")], ANN)
    jobs.upload_path(folder, f"uploads/{missing.contents[0]}").unlink()
    damaged = jobs.submit(store, settings, [Upload("a.docx", b"PK\x03\x04" + b"\0" * 90)], ANN)
    for _ in range(4):
        worker.turn()
    for one in (missing, damaged):
        assert jobs.job(store, one.id).state is JobState.FAILED
    everything = said(client)
    assert "lost.txt is not there" in everything
    for part in (str(folder), folder.parent.name + "/", "uploads/", ".desk"):
        assert part not in everything.replace("/upload", "")


@pytest.fixture
def _fault_in_the_reading_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    faulty = BoundedProcess("tests.desk.faulty_worker")
    monkeypatch.setattr(apart, "PROCESS", faulty)
    yield
    faulty.close()


@pytest.mark.usefixtures("_fault_in_the_reading_process")
def test_a_fault_while_a_file_is_read_is_named_by_the_file_alone(
    client: TestClient, store: Store, settings: DeskSettings, caplog: pytest.LogCaptureFixture
) -> None:
    """What the fault says stands in the log."""
    jobs.submit(store, settings, [Upload("linjiang.txt", f"at {SECRET}/inner.dat with blanks".encode())], ANN)
    Worker(store, settings).turn()
    (one,) = client.get("/api/jobs").json()[0]["problems"]
    assert one.startswith("linjiang.txt caused an error in this program.\n")
    assert "geheim" not in said(client) and "inner.dat" not in said(client)
    assert f"RuntimeError: at {SECRET}/inner.dat with blanks" in caplog.text


def test_what_a_request_meets_names_no_folder(
    client: TestClient, settings: DeskSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upload that the disk does not take, results that are damaged."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(settings.folder / "a.part"))

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        sending = [("files", ("a.txt", b"text"))]
        answers = [client.post("/api/reports", files=sending)]
        answers += [client.post("/upload", files=sending, headers={"origin": HERE})]
    assert [one.status_code for one in answers] == [507, 507]
    (settings.folder / "broken.json").write_text('{"schema_version": 1, "rep', encoding="utf-8")
    answers.append(client.post("/api/sync"))
    assert "broken.json" in answers[-1].text
    for answer in answers:
        assert (
            str(settings.folder) not in answer.text and settings.folder.parent.name + "/" not in answer.text
        )


def test_the_page_says_in_chinese_what_went_wrong(
    client: TestClient, store: Store, settings: DeskSettings
) -> None:
    """As it says all else."""
    jobs.submit(store, settings, [Upload("坏.txt", b"\x00\x01" * 50)], CLEO)
    Worker(store, settings).turn()
    page = client.get("/jobs", headers={"accept-language": "zh"}).text
    assert "坏.txt" in page and "control characters" not in page
