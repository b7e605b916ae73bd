"""Finished answers on disk: kept, never thrown away, never loaded as code."""

import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import diskcache
import pytest

from extract.engines.llm.cache import AnswerCache, _alive
from extract.engines.llm.cache_check import verify
from extract.engines.llm.cache_disk import DATABASE
from extract.engines.llm.cache_rows import ANSWER
from extract.engines.llm.exchange import Usage
from extract.errors import CacheError, CacheFullError

KEY = "a" * 64


def filled(folder: Path) -> AnswerCache:
    cache = AnswerCache(folder)
    cache.put(KEY, '{"records":["云州"]}', Usage(1, 20, 3, 4), model="small", purpose="records")
    return cache


def planted(folder: Path, sql: str, *values: object) -> None:
    database = sqlite3.connect(folder / DATABASE)
    database.execute(sql, values)
    database.commit()
    database.close()


class Bomb:
    """What a planted pickle would do."""

    def __reduce__(self) -> tuple[object, ...]:
        return (exec, ("raise SystemExit('it ran')",))


def test_round_trip(tmp_path: Path) -> None:
    """What was put is got, by another opening too, with its cost."""
    filled(tmp_path).close()
    reply = AnswerCache(tmp_path).get(KEY)
    assert reply is not None
    assert (reply.text, reply.usage, reply.from_cache) == ('{"records":["云州"]}', Usage(1, 20, 3, 4), True)


def test_nothing_is_thrown_away(tmp_path: Path) -> None:
    """Whatever size it grows to, and whatever an older opener set."""
    diskcache.Cache(str(tmp_path / "other"), size_limit=1000).close()
    cache = AnswerCache(tmp_path)
    for n in range(300):
        cache.put(f"{n:064x}", "x" * 20_000, Usage(1), model="m", purpose="records")
    assert sum(cache.stats().answers.values()) == 300
    assert cache._rows.eviction_policy == "none"


def test_planted_pickle_never_runs(tmp_path: Path) -> None:
    """A pickled value is refused with a clear word, and found by `verify`."""
    filled(tmp_path).close()
    planted(
        tmp_path, "UPDATE Cache SET mode = 4, value = ? WHERE key = ?", pickle.dumps(Bomb()), ANSWER + KEY
    )
    with pytest.raises(CacheError, match="not loaded"):
        AnswerCache(tmp_path).get(KEY)
    assert "pickle" in " ".join(verify(tmp_path))


def test_planted_key_never_runs(tmp_path: Path) -> None:
    """Nor does a pickled key, when all rows are gone through."""
    filled(tmp_path).close()
    planted(tmp_path, "UPDATE Cache SET raw = 0, key = ? WHERE key = ?", pickle.dumps(Bomb()), ANSWER + KEY)
    with pytest.raises(CacheError, match="not loaded"):
        AnswerCache(tmp_path).stats()
    assert "pickle" in " ".join(verify(tmp_path))


def test_planted_file_is_not_read(tmp_path: Path) -> None:
    """A row cannot point to a file elsewhere."""
    filled(tmp_path).close()
    planted(tmp_path, "UPDATE Cache SET mode = 3, filename = '../../etc/passwd' WHERE key = ?", ANSWER + KEY)
    with pytest.raises(CacheError):
        AnswerCache(tmp_path).get(KEY)
    assert "points to a file" in " ".join(verify(tmp_path))


def test_verify_is_content_with_what_we_write(tmp_path: Path) -> None:
    """A cache of ours has no findings."""
    cache = filled(tmp_path)
    cache.leave("b" * 64, Usage(), 5)
    cache.remember_mode("http://x", "small", "tools")
    cache.close()
    assert verify(tmp_path) == []


def test_verify_sees_a_damaged_row(tmp_path: Path) -> None:
    """An answer that lost its usage is found."""
    filled(tmp_path).close()
    planted(tmp_path, "UPDATE Cache SET value = ? WHERE key = ?", '{"text":"x"}', ANSWER + KEY)
    assert "not a complete answer" in " ".join(verify(tmp_path))
    with pytest.raises(CacheError):
        AnswerCache(tmp_path).get(KEY)


def test_other_version_is_refused(tmp_path: Path) -> None:
    """A cache of another version is left as it is."""
    filled(tmp_path).close()
    planted(tmp_path, "UPDATE Cache SET value = '99' WHERE key = 'format'")
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(CacheError, match="version 99") as caught:
        AnswerCache(tmp_path)
    assert caught.value.exit_code == 2
    assert (tmp_path / DATABASE).read_bytes() == before


def test_another_programs_cache_is_refused(tmp_path: Path) -> None:
    """So is one that another program made, with its own disk."""
    with diskcache.Cache(str(tmp_path)) as other:
        other["x"] = object
    with pytest.raises(CacheError, match="unknown version"):
        AnswerCache(tmp_path)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_rubbish_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is no database gets a sentence, not a traceback."""
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(CacheError):
        AnswerCache(tmp_path)


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """The folder may be a file."""
    (tmp_path / "cache").write_text("x")
    with pytest.raises(CacheError):
        AnswerCache(tmp_path / "cache")


@pytest.mark.parametrize(
    "error", [sqlite3.OperationalError("database or disk is full"), OSError(28, "No space left on device")]
)
def test_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A full disk is an error of its own: free some space and go on."""
    cache = filled(tmp_path)

    def fail(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(cache._rows, "set", fail)
    with pytest.raises(CacheFullError) as caught:
        cache.put("b" * 64, "x", Usage(), model="m", purpose="records")
    assert caught.value.exit_code == 1
    assert cache.get(KEY) is not None


def test_really_full_disk(tmp_path: Path) -> None:
    """The same with a database that may not grow: what was there before is still there."""
    cache = filled(tmp_path)
    pages = cache._rows._sql("PRAGMA page_count").fetchone()[0]
    cache._rows._sql(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(CacheFullError):
        cache.put("b" * 64, "x" * 200_000, Usage(), model="m", purpose="records")
    assert cache.get(KEY) is not None


def test_requests_count_across_runs(tmp_path: Path) -> None:
    """Each request is counted in the moment it leaves, so that a killed run's requests are counted too."""
    cache = AnswerCache(tmp_path)
    assert cache.asked(KEY).spent == Usage()
    assert cache.leave(KEY, Usage(), 60) == Usage(1)
    assert cache.leave(KEY, Usage(1, 50, 5), 60) == Usage(2, 50, 5)
    assert cache.failed(KEY, Usage(1, 7, 1), too_long=True) == Usage(2, 57, 6)
    assert cache.asked(KEY).too_long
    assert AnswerCache(tmp_path).leave(KEY, Usage(), 60) == Usage(3, 57, 6)


def test_answer_ends_the_asking(tmp_path: Path) -> None:
    """With the answer the note about asking goes; `stats` counts what is left."""
    cache = AnswerCache(tmp_path)
    cache.leave(KEY, Usage(), 60)
    cache.leave("b" * 64, Usage(), 60)
    cache.put(KEY, "{}", Usage(1, 2, 3), model="small", purpose="records")
    stats = cache.stats()
    assert (stats.answers, stats.unfinished, stats.usage) == ({"small": 1}, 1, Usage(1, 2, 3))
    assert stats.in_vain == Usage(1)


def test_clear(tmp_path: Path) -> None:
    """All answers, or those of one model."""
    cache = filled(tmp_path)
    cache.put("b" * 64, "{}", Usage(), model="large", purpose="records")
    assert cache.clear("large") == 1
    assert cache.get(KEY) is not None
    assert cache.clear() == 1
    assert cache.get(KEY) is None
    cache.close()
    assert verify(tmp_path) == []


WRITER = """
import sys
from pathlib import Path
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.exchange import Usage
cache = AnswerCache(Path(sys.argv[1]))
for n in range(100):
    cache.put(f"{int(sys.argv[2]) * 1000 + n:064x}", "x" * 500, Usage(1), model="m", purpose="records")
"""


def test_processes_share(tmp_path: Path) -> None:
    """Four processes write at the same time; nothing is lost."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    root = Path(__file__).parents[3]
    running = [subprocess.Popen([*command, str(n)], cwd=root) for n in range(4)]
    assert [one.wait(120) for one in running] == [0, 0, 0, 0]
    assert AnswerCache(tmp_path).stats().answers == {"m": 400}


def test_who_still_runs_is_asked_without_a_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows signal 0 is a Ctrl-C."""
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("a signal was sent"))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    monkeypatch.setattr("psutil.pid_exists", lambda pid: pid != ended.pid)
    assert _alive(os.getpid())
    assert not _alive(ended.pid)
    assert not _alive("12")
