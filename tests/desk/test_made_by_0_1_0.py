"""A folder and a store that version 0.1.0 made open here, and what people decided there stands."""

import json
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, insert, select

import extract
from extract.desk.accounts.preferences import preferences_of
from extract.desk.accounts.users import every_user
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.jobs import jobs
from extract.desk.model import Standing, Verdict
from extract.desk.reviewed import reviewed
from extract.desk.store import Store, copy_path, default_url, open_store
from extract.desk.tables import Base
from extract.desk.upgrades import STEPS, STORE_VERSION
from tests.desk.conftest import ANN, CLEO, NOW, run
from tests.desk.test_store import as_version_2

MADE = Path(__file__).parent / "made_by_0_1_0"
LEAST = 0.95
OPEN = {"check_again", "disagreed", "second_review", "gone", "verified", "flagged"}
Json = dict[str, Any]


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as 0.1.0 left it."""
    with tarfile.open(MADE / "folder.tar.xz") as packed:
        safely = (
            {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        )  # not in Python 3.11.2 of Debian 12
        packed.extractall(tmp_path, **safely)  # noqa: S202 - an archive of our own
    monkeypatch.chdir(tmp_path)
    return tmp_path / "out"


@pytest.fixture
def store(results: Path) -> Iterator[Store]:
    """Its store, opened by this version."""
    opened = open_store(default_url(results))
    yield opened
    opened.close()


def decided() -> list[Json]:
    """What people had decided with 0.1.0."""
    lines = (MADE / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def database(results: Path) -> Path:
    return results / ".desk" / "desk.sqlite"


def test_every_decision_stands_on_unchanged_results(store: Store, results: Path) -> None:
    """Each under its own name, with what was corrected and added; what was to be checked again still is."""
    synced = sync(store, Taking(results, NOW + 10**6))
    assert (synced.problems, synced.added, synced.gone, synced.check_again) == ([], 0, 0, 0)
    for line in decided():
        seen = item(store, line["item"], CLEO)
        assert seen.row.standing == line["standing"], line
        events = [f"{one.reviewer} {one.verdict.value}" for one in seen.history]
        assert (events or seen.hidden) == line["events"]
        if line["standing"] in {"approved", "corrected", "added"}:
            assert seen.current is not None and seen.current.indicator == line["indicator"]
            figures = [[str(one.value), one.unit, one.period] for one in seen.current.figures]
            assert (seen.current.type, seen.current.period, figures) == (
                line["type"],
                line.get("period"),
                line["figures"],
            )


def test_all_else_of_the_store_is_there(store: Store) -> None:
    """Users, preferences, jobs."""
    assert [user.name for user in every_user(store)] == ["ann", "ben", "cleo"]
    assert preferences_of(store, ANN).language == "zh"
    assert [one.engine for one in jobs(store)] == ["rules"]


def test_a_copy_as_it_was_stays_beside_the_store(results: Path) -> None:
    """Made once, before the first upgrade; opening again makes none."""
    kept = copy_path(database(results), "2")
    assert kept.name == "desk.version-2.sqlite" and not kept.exists()
    before = rows_of(database(results))
    open_store(default_url(results)).close()
    assert rows_of(kept) == before and rows_of(database(results)) != before
    kept.unlink()
    open_store(default_url(results)).close()
    assert not kept.exists()


def rows_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_every_version_before_this_one_has_a_step(store: Store) -> None:
    """One a version; events are guarded again after the last."""
    assert sorted(STEPS) == list(range(1, STORE_VERSION))
    with store.reading() as connection, pytest.raises(Exception, match="never changed"):
        connection.exec_driver_sql("UPDATE events SET why = 'x'")


KILLED = """
import os, signal, sys
from extract.desk import upgrades
from extract.desk.store import open_store
number = int(sys.argv[2])
step = upgrades.STEPS[number]
def dies(connection):
    step(connection)
    os.kill(os.getpid(), signal.SIGKILL)
upgrades.STEPS = {**upgrades.STEPS, number: dies}
open_store(sys.argv[1])
"""


@pytest.mark.parametrize("step", [2, 3])
def test_a_kill_amid_an_upgrade_leaves_the_old_store(results: Path, step: int) -> None:
    """Whole, with its copy; the next start does it all."""
    before = rows_of(database(results))
    program = [sys.executable, "-c", KILLED, default_url(results), str(step)]
    died = subprocess.run(program, check=False, cwd=Path(extract.__file__).parents[1])
    assert died.returncode == -signal.SIGKILL
    assert rows_of(database(results)) == before == rows_of(copy_path(database(results), "2"))
    opened = open_store(default_url(results))
    sync(opened, Taking(results, NOW + 10**6))
    assert all(item(opened, line["item"], CLEO).row.standing == line["standing"] for line in decided())
    opened.close()


def test_postgresql_is_upgraded_as_well(new_database: str, results: Path) -> None:
    """The same rows, the same decisions."""
    made_in_postgresql(new_database, database(results))
    opened = open_store(new_database)
    sync(opened, Taking(results, NOW + 10**6))
    assert all(item(opened, line["item"], CLEO).row.standing == line["standing"] for line in decided())
    with pytest.raises(Exception, match="never changed"), opened.writing() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    opened.close()


def made_in_postgresql(url: str, path: Path) -> None:
    """The store of 0.1.0 as it would be in PostgreSQL."""
    target = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with target.begin() as connection:
        Base.metadata.create_all(connection)
        for table in ("items", "events"):
            connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN grounds TYPE VARCHAR(32)")
        as_version_2(connection)
        there = MetaData()
        there.reflect(connection)
        with closing(sqlite3.connect(path)) as old:
            old.row_factory = sqlite3.Row
            for table in there.sorted_tables:
                boolean = {column.name for column in table.columns if str(column.type) == "BOOLEAN"}
                rows = [
                    {name: bool(value) if name in boolean else value for name, value in dict(row).items()}
                    for row in old.execute(str(select(table)))
                ]
                if rows:
                    connection.execute(insert(table), rows)
    target.dispose()


def as_later(result: Json) -> Json:
    """A result as a later program may give it: other ids, order, wording and fields, evidence cut otherwise."""
    for place, record in enumerate(reversed(result["records"])):
        record["id"] = f"r{place:04d}"
        record["indicator"] = f"{record['indicator']}总量" if place % 3 else record["indicator"]
        record["category"] = "其他"
        for figure in record["figures"]:
            figure |= {"modifier": "about" if place % 5 == 0 else figure["modifier"], "confidence": "unsure"}
        for issue in record["issues"]:
            issue |= {"message": f"请看：{issue['message']}", "message_en": "Please look."}
        if place % 4 == 0 and record["figures"]:
            cut_otherwise(record)
    ids = {record["id"]: n for n, record in enumerate(result["records"])}
    result["records"] = sorted(result["records"], key=lambda record: ids[record["id"]] % 7)
    for row in result["ledger"]:
        row["record_id"] = None
    for issue in result["issues"]:
        issue |= {"message": f"再看一遍：{issue['message']}", "severity": "warning"}
    result["manifest"]["package_version"] = "9.9.9"
    return result


def cut_otherwise(record: Json) -> None:
    """Quote no more than from the first number to the last."""
    start = min(figure["start"] for figure in record["figures"])
    end = max(figure["end"] for figure in record["figures"])
    evidence = record["evidence"]
    quote = evidence["quote"][start - evidence["start"] : end - evidence["start"]]
    record["evidence"] = evidence | {"start": start, "end": end, "quote": quote}


def change(results: Path, how: Callable[[Json], Json]) -> None:
    for path in results.glob("yunzhou-*.json"):
        changed = how(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")


def test_decisions_stand_when_a_later_program_words_and_names_things_otherwise(
    store: Store, results: Path
) -> None:
    """Of all but those that were to be checked again at least 95%; what a person wrote is what stands."""
    change(results, as_later)
    synced = sync(store, Taking(results, NOW + 10**6))
    assert synced.problems == []
    said = [line for line in decided() if line["standing"] not in {"check_again", "gone"}]
    stands = [line for line in said if kept(store, line)]
    assert len(stands) >= LEAST * len(said), [line for line in said if line not in stands]
    assert len(said) > 300


def kept(store: Store, line: Json) -> bool:
    """Whether a decision stands, and with it what a person wrote."""
    seen = item(store, line["item"], CLEO)
    if seen.row.standing != line["standing"] or line["standing"] not in {"approved", "corrected", "added"}:
        return seen.row.standing == line["standing"]
    assert seen.current is not None
    figures = [[str(one.value), one.unit, one.period] for one in seen.current.figures]
    return (seen.current.indicator, figures) == (line["indicator"], line["figures"])


def test_what_a_person_approved_has_its_places_as_they_are_now(store: Store, results: Path) -> None:
    """And in every export the records of the people are those of the results, each once."""
    change(results, as_later)
    sync(store, Taking(results, NOW + 10**6))
    for one in reviewed(store):
        path = results.parent / one.result.report.source
        text = path.read_text(encoding="utf-8")
        assert len({record.id for record in one.result.records}) == len(one.result.records)
        for record in one.result.records:
            assert text[record.evidence.start : record.evidence.end] == record.evidence.quote
            assert all(text[one.start : one.end] == one.text for one in record.figures)


def test_decisions_stand_when_the_rules_of_this_version_read_the_reports_again(
    store: Store, results: Path
) -> None:
    """At least 95% of those of which value, unit, period and sentence are the same."""
    before = {path.name: sayings(path) for path in results.glob("yunzhou-*.json")}
    records_then = {
        (path.stem, record["id"]): saying(record)
        for path in results.glob("yunzhou-*.json")
        for record in json.loads(path.read_text(encoding="utf-8"))["records"]
    }
    run(results.parent / "reports", results)
    now = {path.name: sayings(path) for path in results.glob("yunzhou-*.json")}
    sync(store, Taking(results, NOW + 10**6))
    same = [
        line
        for line in decided()
        if line.get("record")
        and line["standing"] not in OPEN
        and records_then.get((line["report"], line["record"])) in now[f"{line['report']}.json"]
    ]
    stands = [line for line in same if item(store, line["item"], CLEO).row.standing == line["standing"]]
    assert before.keys() == now.keys() and len(same) > 200
    assert len(stands) >= LEAST * len(same), [line for line in same if line not in stands]


def sayings(path: Path) -> set[str]:
    return {saying(record) for record in json.loads(path.read_text(encoding="utf-8"))["records"]}


def saying(record: Json) -> str:
    """Value, unit, period and sentence."""
    figures = sorted(
        [one["value"], one["upper"] or "", one["unit"] or "", one["period"] or ""]
        for one in record["figures"]
    )
    return json.dumps([record["type"], record["period"], record["evidence"]["quote"], figures])


def test_a_value_that_a_later_program_reads_otherwise_is_checked_again(store: Store, results: Path) -> None:
    """And nothing else; what changed is said."""

    def otherwise(result: Json) -> Json:
        result["records"][20]["figures"][0]["value"] = "4711"
        return result

    sync(store, Taking(results, NOW + 10**6))
    (line,) = [
        line for line in decided()
        if line["report"] == "yunzhou-2025" and line.get("record") == record_at(results, "yunzhou-2025", 20)
    ]  # fmt: skip
    change(results, otherwise)
    sync(store, Taking(results, NOW + 10**6 + 1))
    seen = item(store, line["item"], CLEO)
    assert seen.row.standing is Standing.CHECK_AGAIN
    assert [one.name for one in seen.changed] == ["figures"] and "4711" in seen.changed[0].now
    assert seen.history[0].verdict is not Verdict.SKIP
    others = [one for one in decided() if one["item"] != line["item"] and one["report"] == "yunzhou-2025"]
    assert sum(item(store, one["item"], CLEO).row.standing != one["standing"] for one in others) == 0


def record_at(results: Path, report: str, place: int) -> str:
    result = json.loads((results / f"{report}.json").read_text(encoding="utf-8"))
    return str(result["records"][place]["id"])
