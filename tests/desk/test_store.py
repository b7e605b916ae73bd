"""Stores that cannot be used are refused in a sentence."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from extract.desk.jobs import Upload, job, submit
from extract.desk.model import JobState, Person, Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.desk.tables import MetaEntry
from extract.desk.worker import Worker
from extract.errors import StoreError


@pytest.mark.parametrize(
    "url",
    [
        "desk.sqlite", "", "mysql://root@localhost/desk", "nonsense://x", "postgresql://nobody@127.0.0.1:1/none",
        "sqlite:////proc/nowhere/desk.sqlite",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_said(url: str) -> None:
    """With what to do, and nothing of a password."""
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.hint


def test_a_password_in_an_address_is_not_printed() -> None:
    """Errors end up in logs."""
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://li:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(refused.value)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Neither read nor written."""
    url = default_url(tmp_path)
    store = open_store(url)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE name = 'version'")
    store.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(url)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """And stays as it is."""
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at" * 40)
    with pytest.raises(StoreError):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"not a database")


def test_a_store_is_opened_again_with_what_is_in_it(tmp_path: Path) -> None:
    """Opening makes nothing anew."""
    for _ in range(2):
        store = open_store(default_url(tmp_path))
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM meta").scalar() == 1
        store.close()


def test_a_store_of_an_earlier_version_is_taken_over(any_store: Store, settings: DeskSettings) -> None:
    """With its jobs; a new program costs nobody's verdict."""
    person = Person("li", Role.REVIEWER)
    sent = submit(any_store, settings, [Upload("a.txt", b"text")], person)
    with any_store.writing() as connection:
        made_as_version_1(connection, sent.id)
    url = any_store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    again = open_store(url)
    kept = job(again, sent.id)
    assert (kept.engine, kept.total, kept.contents) == ("llm", 7, sent.contents)
    assert job(again, submit(again, settings, [Upload("b.txt", b"text")], person).id).engine == "rules"
    again.close()


def test_a_job_that_an_earlier_version_left_running_is_done(
    any_store: Store, settings: DeskSettings, small_report: str
) -> None:
    """It belonged to no folder and was held by nobody; its files say whose it is."""
    sent = submit(any_store, settings, [Upload("a.txt", small_report.encode())], Person("li", Role.REVIEWER))
    with any_store.writing() as connection:
        as_version_2(connection)
        connection.exec_driver_sql("UPDATE jobs SET state = 'running'")
    again = open_store(any_store.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))
    with closing(again):
        Worker(again, settings).turn()
        done = job(again, sent.id, settings.folder)
        assert (done.state, done.reports) == (JobState.DONE, ("a",))


def made_as_version_1(connection: Connection, job_id: str) -> None:
    """The store as version 1 had it."""
    as_version_2(connection)
    connection.exec_driver_sql("ALTER TABLE jobs DROP COLUMN engine")
    connection.exec_driver_sql("ALTER TABLE jobs DROP COLUMN documents")
    connection.exec_driver_sql("UPDATE meta SET value = '1' WHERE name = 'version'")
    for name, value in {"engine": "llm", "documents": "7"}.items():
        connection.execute(insert(MetaEntry).values(name=f"{name} of job {job_id}", value=value))


def as_version_2(connection: Connection) -> None:
    """Decisions were tied to hashes then, and nobody held a job."""
    for column in ("folder", "held_by", "held_until", "attempts", "pauses", "not_before"):
        connection.exec_driver_sql(f"ALTER TABLE jobs DROP COLUMN {column}")
    for table in ("items", "events"):
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME COLUMN grounds TO fingerprint")
    connection.exec_driver_sql("UPDATE meta SET value = '2' WHERE name = 'version'")
