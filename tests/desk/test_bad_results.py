"""Whatever is wrong with one result is a problem of that report: never of the others, of a job, or of the next start."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from extract.desk import ingest, jobs
from extract.desk.ingest import Refused, Taking, sync
from extract.desk.jobs import Upload
from extract.desk.model import JobState
from extract.desk.overview import overview
from extract.desk.reports import report, report_list
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.desk.worker import Worker
from extract.errors import MissingFileError, StoreFullError, UnstorableError
from extract.results.files import MANIFEST_NAME
from tests.desk.conftest import ANN, NOW

BAD, GOOD = "yunzhou-2024", "yunzhou-2025"
HUGE = 10**30


def spoilt(results: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A result with one thing in it that a hand or a model put there; the good one has changed as well."""
    path = results / f"{BAD}.json"
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    good = results / f"{GOOD}.json"
    content = json.loads(good.read_bytes())
    content["report"]["title"] = "云州市的报告"
    good.write_text(json.dumps(content), encoding="utf-8")
    return path


def strings(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of one text of each kind in a result."""
    if isinstance(value, str):
        yield at
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from strings(one, (*at, name))
    elif isinstance(value, list) and value:
        yield from strings(value[0], (*at, 0))


def put(content: Any, at: tuple[Any, ...], value: Any) -> None:
    for name in at[:-1]:
        content = content[name]
    content[at[-1]] = value


ODD: dict[str, Callable[[dict[str, Any]], None]] = {
    "a NUL in an indicator": lambda r: put(r, ("records", 0, "indicator"), "生产\0总值"),
    "half a character": lambda r: put(r, ("records", 0, "indicator"), "生产\ud800总值"),
    "a place beyond any text": lambda r: put(r, ("records", 0, "evidence", "start"), HUGE),
    "a year beyond any calendar": lambda r: put(r, ("report", "report_year"), HUGE),
    "an amount beyond any number": lambda r: put(r, ("records", 0, "figures", 0, "value"), "1e999999999"),
    "a text of another type": lambda r: put(r, ("records", 0, "indicator"), [[[]]]),
    "a newer version": lambda r: put(r, ("schema_version",), 99),
}
ON_POSTGRESQL: dict[str, Callable[[dict[str, Any]], None]] = {
    "a region longer than its column": lambda r: put(r, ("report", "region"), "州" * 101),
    "codes longer than an index takes": lambda r: r["records"][0]["issues"].extend(
        {"code": f"code_{n * 7919:x}_{n}", "severity": "note", "message": "无", "message_en": "", "spans": []}
        for n in range(2_000)
    ),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_one_odd_result_is_told_and_the_others_go_on(
    any_store: Store, results: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """What the store had of it stays; the desk starts again."""
    before = {row.id: row for row in report_list(any_store)}
    spoilt(results, change)
    for _ in range(2):  # the second is the next start
        synced = sync(any_store, Taking(results, NOW + 1))
        assert len(synced.problems) == 1 and f"{BAD}.json" in synced.problems[0]
    rows = {row.id: row for row in report_list(any_store)}
    assert rows[BAD] == before[BAD]
    assert rows[GOOD].title == "云州市的报告"
    assert report(any_store, BAD).items and overview(any_store).reports


@pytest.mark.parametrize("change", ON_POSTGRESQL.values(), ids=ON_POSTGRESQL)
def test_what_postgresql_alone_refuses_is_told_as_well(
    new_database: str, results: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """A column has a length, and a row of an index."""
    store = open_store(new_database)
    spoilt(results, change)
    synced = sync(store, Taking(results, NOW))
    assert len(synced.problems) == 1 and "cannot be stored" in synced.problems[0]
    assert [row.id for row in report_list(store)] == [GOOD]
    store.close()


def test_a_nul_in_any_text_of_a_result_is_a_problem_of_that_result(any_store: Store, results: Path) -> None:
    """Each field of text in turn."""
    whole = (results / f"{BAD}.json").read_bytes()
    places = list(strings(json.loads(whole)))
    assert len(places) > 30
    for at in places:
        (results / f"{BAD}.json").write_bytes(whole)
        spoilt(results, lambda content, at=at: put(content, at, "云\0州"))  # type: ignore[misc]
        synced = sync(any_store, Taking(results, NOW + 1))
        assert len(synced.problems) == 1, at
        assert {row.id for row in report_list(any_store)} == {BAD, GOOD}


def test_a_backslash_before_such_letters_is_no_nul(any_store: Store, results: Path) -> None:
    spoilt(results, lambda content: put(content, ("records", 0, "indicator"), "路径\\u0000"))
    assert sync(any_store, Taking(results, NOW + 1)).problems == []


def test_what_was_refused_is_not_tried_again_until_it_changes(
    store: Store, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk looks at the folder again and again; a result that takes long to fail is tried once."""
    whole = (results / f"{BAD}.json").read_bytes()
    path = spoilt(results, ODD["a place beyond any text"])
    refused: dict[Path, Refused] = {}
    first = sync(store, Taking(results, NOW), refused)
    assert set(refused) == {path}
    with monkeypatch.context() as patched:
        patched.delattr(ingest, "parse")  # whatever is tried now fails otherwise
        assert sync(store, Taking(results, NOW), refused).problems == first.problems
    path.write_bytes(whole)
    assert sync(store, Taking(results, NOW), refused).problems == []
    assert refused == {}


@pytest.mark.parametrize("fault", [RecursionError, ZeroDivisionError, OverflowError, KeyError])
def test_a_fault_of_our_own_in_one_report_is_told(
    store: Store, results: Path, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    spoilt(results, lambda content: put(content, ("report", "title"), "另一份"))
    contents = ingest.contents

    def failing(result: Any, text: Any) -> Any:
        if result.report.id == BAD:
            raise fault("within")
        return contents(result, text)

    monkeypatch.setattr(ingest, "contents", failing)
    synced = sync(store, Taking(results, NOW))
    assert len(synced.problems) == 1 and f"{BAD}.json" in synced.problems[0]
    assert synced.reports == 1
    assert {row.title for row in report_list(store)} >= {"云州市的报告"}


def test_a_file_that_vanishes_while_the_folder_is_looked_at_is_told(
    store: Store, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very first one, too; the report stays until the folder is looked at again."""
    read_bytes = ingest.read_bytes

    def reading(path: Path) -> bytes:
        if path.stem == BAD:
            raise MissingFileError(f"{path} is not there.")
        return read_bytes(path)

    monkeypatch.setattr(ingest, "read_bytes", reading)
    synced = sync(store, Taking(results, NOW))
    assert [f"{BAD}.json is not there" in said for said in synced.problems] == [True]
    assert {row.id for row in report_list(store)} == {BAD, GOOD}


def test_where_the_database_is_away_no_report_is_to_blame(
    any_store: Store, results: Path, settings: DeskSettings
) -> None:
    """The call fails, nothing is marked, and the worker tries again at its next turn."""
    spoilt(results, lambda content: put(content, ("report", "title"), "另一份"))
    (results / MANIFEST_NAME).touch()
    worker = Worker(any_store, settings)
    away = True

    def execute(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if away and statement.startswith("UPDATE reports"):
            raise OperationalError(statement, {}, Exception("server closed the connection"))

    event.listen(any_store.engine, "before_cursor_execute", execute)
    with pytest.raises(StoreFullError):
        worker.turn()
    assert worker._refused == {}
    away = False
    worker.turn()
    assert {row.title for row in report_list(any_store)} == {"另一份", "云州市的报告"}


def test_an_upload_with_a_nul_is_taken_in_and_later_ones_too(
    any_store: Store, settings: DeskSettings
) -> None:
    """It is cleaned when it is read; the account of what was left out names it. The desk starts again."""
    text = Path("reports/yunzhou-2024.txt").read_text(encoding="utf-8").replace("云州", "澜州")
    bad = text.replace("地区生产总值", "地区\0生产总值")
    job = jobs.submit(any_store, settings, [Upload("lanzhou-a.txt", bad.encode())], ANN)
    worker = Worker(any_store, settings)
    worker.turn()
    done = jobs.job(any_store, job.id)
    assert (done.state, done.problems, done.reports) == (JobState.DONE, (), ("lanzhou-a",))
    saved = json.loads((settings.folder / "lanzhou-a.json").read_bytes())
    places = bad.count("\0")
    assert [(one["reason"], one["characters"]) for one in saved["left_out"]] == [("unstorable", places)]
    assert report(any_store, "lanzhou-a").row.has_text
    job = jobs.submit(any_store, settings, [Upload("lanzhou-b.txt", text.encode())], ANN)
    worker.turn()
    assert jobs.job(any_store, job.id).state is JobState.DONE
    assert Worker(any_store, settings).sync().problems == []


def test_a_job_whose_result_is_not_taken_in_ends_and_says_so(
    any_store: Store, settings: DeskSettings, small_report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the path of the folder; a later upload is worked on."""

    def failing(*_: Any) -> Any:
        raise UnstorableError("A text cannot be stored.")

    job = jobs.submit(any_store, settings, [Upload("linjiang.txt", small_report.encode())], ANN)
    worker = Worker(any_store, settings)
    with monkeypatch.context() as patched:
        patched.setattr(ingest, "contents", failing)
        worker.turn()
    done = jobs.job(any_store, job.id)
    assert done.state is JobState.FAILED
    assert done.problems == ("linjiang.json was not taken in: A text cannot be stored.",)
    later = jobs.submit(
        any_store, settings, [Upload("b.txt", small_report.replace("临江", "临海").encode())], ANN
    )
    worker.turn()
    assert jobs.job(any_store, later.id).state is JobState.DONE


def test_a_desk_starts_on_a_folder_with_a_result_that_no_store_takes(results: Path) -> None:
    spoilt(results, ODD["a NUL in an indicator"])
    store = open_store(default_url(results))
    worker = Worker(store, DeskSettings(results, default_url(results)))
    assert len(worker.sync().problems) == 1
    store.close()
