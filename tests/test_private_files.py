"""What holds passwords, texts, answers and costs is for its owner alone."""

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from extract.desk import jobs
from extract.desk.ingest import Taking, sync
from extract.desk.jobs import Upload
from extract.desk.model import Person, Role
from extract.desk.settings import DeskSettings
from extract.desk.store import copy_path, default_url, open_store
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.cache_check import verify
from extract.engines.llm.exchange import Usage
from extract.errors import CacheError, ResultsFolderError, SettingsError, StoreError
from extract.private_files import tighten
from extract.results.files import write_atomically
from extract.runs.events import EventLog
from extract.runs.spending import SpendingJournal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes")
SOMEBODY_ELSE = 12_345


@pytest.fixture(autouse=True)
def generous_umask():
    """Everybody may read and write whatever is made without care."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> set[tuple[str, int]]:
    """Of a folder and all in it: file or folder, and its mode; locks hold nothing."""
    paths = [folder, *(path for path in folder.rglob("*") if not path.name.startswith(".lock"))]
    return {("folder" if path.is_dir() else "file", mode(path)) for path in paths}


PRIVATE = {("folder", 0o700), ("file", 0o600)}


def test_the_store_of_a_desk_and_its_uploads_are_for_their_owner_alone(tmp_path: Path) -> None:
    """The database, its log, and what people sent in; the folder of results stays under the umask."""
    out = tmp_path / "out"
    store = open_store(default_url(out))
    sync(store, Taking(out, 0.0))
    settings = DeskSettings(out, default_url(out))
    jobs.submit(store, settings, [Upload("a.txt", "报告".encode())], Person("ann", Role.REVIEWER))
    names = {path.name for path in (out / ".desk").iterdir()}
    assert {"desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm", "uploads"} <= names
    assert modes(out / ".desk") == PRIVATE
    assert mode(out) == 0o777
    store.close()


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """As an earlier version made it; copies of it, too."""
    open_store(default_url(tmp_path)).close()
    database = tmp_path / ".desk" / "desk.sqlite"
    copy_path(database, "1").touch()
    for path in (database.parent, database, copy_path(database, "1")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    store = open_store(default_url(tmp_path))
    assert store.loose == ()
    assert modes(database.parent) == PRIVATE
    store.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_store_of_somebody_else_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    """Root in a container on a volume of another account; it still works."""
    open_store(default_url(tmp_path)).close()
    database = tmp_path / ".desk" / "desk.sqlite"
    os.chown(database, SOMEBODY_ELSE, SOMEBODY_ELSE)
    database.chmod(0o644)
    store = open_store(default_url(tmp_path))
    assert store.loose == (database,)
    assert mode(database) == 0o644
    store.close()


def test_a_link_to_nothing_is_not_followed(tmp_path: Path) -> None:
    """By the store, the cache, the journal, the log, or a table: whoever set it wants a file made elsewhere."""
    elsewhere = tmp_path / "elsewhere"
    for name in ("desk.sqlite", "cache.db", "spending.jsonl", "log", "table.csv"):
        (tmp_path / name).symlink_to(elsewhere)
    with pytest.raises(StoreError, match="a link to a place where there is nothing"):
        open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    with pytest.raises(CacheError, match="a link to a place where there is nothing"):
        AnswerCache(tmp_path)
    with pytest.raises(ResultsFolderError, match="a link to a place where there is nothing"):
        SpendingJournal(tmp_path).sent()
    with pytest.raises(SettingsError, match="a link to a place where there is nothing"):
        EventLog(tmp_path / "log")
    with pytest.raises(ResultsFolderError, match="a link to a place where there is nothing"):
        write_atomically(tmp_path / "table.csv", [b"1"])
    assert not elsewhere.exists()


def test_cache_journal_and_log_are_for_their_owner_alone(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "cache")
    cache.put("a", "{}", Usage(1), model="m", purpose="p")
    assert modes(tmp_path / "cache") == PRIVATE
    cache.close()
    (tmp_path / "spending.jsonl").touch(0o666)
    journal = SpendingJournal(tmp_path)
    journal.sent()
    journal.close()
    with EventLog(tmp_path / "log") as log:
        log("sent")
    assert (mode(tmp_path / "spending.jsonl"), mode(tmp_path / "log")) == (0o600, 0o600)


def test_a_log_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """Somebody may have opened it to a collector of logs."""
    (tmp_path / "log").touch(0o640)
    EventLog(tmp_path / "log").close()
    assert mode(tmp_path / "log") == 0o640


def test_results_stay_under_the_umask(tmp_path: Path) -> None:
    """An analyst shares them."""
    os.umask(0o027)
    write_atomically(tmp_path / "a.json", [b"{}"])
    assert mode(tmp_path / "a.json") == 0o640


@pytest.mark.parametrize("part", ["", "cache.db"])
def test_a_cache_that_others_can_write_to_is_refused(tmp_path: Path, part: str) -> None:
    """Unless it is trusted by name; the way out stands in the hint."""
    folder = tmp_path / "cache"
    AnswerCache(folder).close()
    (folder / part).chmod(mode(folder / part) | 0o022)
    with pytest.raises(CacheError, match="Other accounts can write to") as refused:
        AnswerCache(folder)
    assert f"EXTRACT_TRUST_CACHE={folder}" in refused.value.hint
    assert any("Other accounts can write to" in said for said in verify(folder))
    AnswerCache(folder, trusted=str(folder)).close()
    assert verify(folder, str(folder)) == []


def test_a_cache_that_others_could_only_read_is_closed_to_them(tmp_path: Path) -> None:
    """As an earlier version made it under the usual umask."""
    AnswerCache(tmp_path / "cache").close()
    (tmp_path / "cache").chmod(0o755)
    (tmp_path / "cache" / "cache.db").chmod(0o644)
    AnswerCache(tmp_path / "cache").close()
    assert modes(tmp_path / "cache") == PRIVATE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("part", ["", "cache.db"])
def test_a_cache_of_somebody_else_is_refused_unless_it_is_trusted(tmp_path: Path, part: str) -> None:
    """A volume of a container belongs to another account as a rule."""
    folder = tmp_path / "cache"
    AnswerCache(folder).close()
    os.chown(folder / part, SOMEBODY_ELSE, SOMEBODY_ELSE)
    with pytest.raises(CacheError, match="belongs to another account"):
        AnswerCache(folder)
    with pytest.raises(CacheError):
        AnswerCache(folder, trusted=str(tmp_path))
    AnswerCache(folder, trusted=str(folder)).close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER forge AFTER INSERT ON Cache BEGIN UPDATE Cache SET value = '{}'; END",
        "CREATE VIEW answers AS SELECT * FROM Cache",
        "CREATE TABLE more (a)",
        "DROP TRIGGER Settings_count_insert",
    ],
)
def test_verify_sees_what_this_program_never_makes(tmp_path: Path, statement: str) -> None:
    """Triggers, views and tables; a trigger of diskcache with another text as well."""
    AnswerCache(tmp_path).close()
    assert verify(tmp_path) == []
    with closing(sqlite3.connect(tmp_path / "cache.db")) as database:
        database.execute(statement)
        if statement.startswith("DROP"):
            database.execute(
                "CREATE TRIGGER Settings_count_insert AFTER INSERT ON Cache BEGIN DELETE FROM Cache; END"
            )
        database.commit()
    assert ["which this program never makes" in said for said in verify(tmp_path)] == [True]


def test_a_store_with_a_trigger_of_somebody_else_is_not_opened(tmp_path: Path) -> None:
    """It would change decisions while they are saved; under a name of ours as well."""
    open_store(default_url(tmp_path)).close()
    database = tmp_path / ".desk" / "desk.sqlite"
    for statements in (
        ["DROP TRIGGER events_never_delete", "CREATE TRIGGER events_never_delete AFTER INSERT ON events BEGIN SELECT 1; END"],
        ["CREATE TRIGGER forge AFTER INSERT ON users BEGIN UPDATE users SET role = 'administrator'; END"],
    ):  # fmt: skip
        open_database = sqlite3.connect(database)
        with closing(open_database), open_database:
            for statement in statements:
                open_database.execute(statement)
        with pytest.raises(StoreError, match="which this program never makes"):
            open_store(default_url(tmp_path))
        with closing(sqlite3.connect(database)) as again:
            again.execute(f"DROP TRIGGER {statements[-1].split()[2]}")
            again.commit()
    open_store(default_url(tmp_path)).close()


def test_what_is_private_already_is_left_alone(tmp_path: Path) -> None:
    """A stricter mode stays."""
    (tmp_path / "a").touch(0o400)
    assert tighten(tmp_path / "a")
    assert mode(tmp_path / "a") == 0o400
