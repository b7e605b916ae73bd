"""How `folder.tar.xz` and `decisions.jsonl` beside this file were made: by version 0.1.0 of this program.

    git worktree add ../old 0.1.0        (the commit in which extract/__init__.py says 0.1.0)
    cd ../old && python make.py FOLDER   (this file, with the packages of that version)

The folder holds `reports/` (the sample reports, a little changed), `out/` (their results by the rules) and
`out/.desk/desk.sqlite` (the store). It is never made again by a later version: it shows what people have who
have worked with 0.1.0. `decisions.jsonl` lists what was decided, to be read by people.

The results hold two things that the rules alone do not give and that a language model does: numbers that no record
claims, and a part that was not read.
"""

import json
import shutil
import sqlite3
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import extract
from extract.desk.accounts.preferences import Preferences, save_preferences
from extract.desk.accounts.tokens import add_token
from extract.desk.accounts.users import add_user
from extract.desk.bulk import bulk, bulk_count, undo_bulk
from extract.desk.decisions import Decision, decide, undo
from extract.desk.doubled import set_double_share
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.jobs import Upload, submit
from extract.desk.listing import queue
from extract.desk.model import Item, Kind, Person, Role, Standing, Verdict
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.results.files import read_result
from extract.runs.run import Plan, run_sources
from extract.runs.sources import Source

START = 1_760_000_000.0
ANN, BEN = Person("ann", Role.REVIEWER), Person("ben", Role.REVIEWER)
CLEO = Person("cleo", Role.ADMINISTRATOR)
EARLIER = {
    "yunzhou-2025.txt": {"433家": "431家", "61807元": "61790元", "实施重大科技攻关项目34项": "加强科技攻关"},
    "yunzhou-2024.txt": {"2486.3亿元": "2480.3亿元", "4.8万人": "4.7万人"},
}
"""What the first edition of the reports said instead."""
LATER_ONLY = {"yunzhou-2025.txt": ("一是", "一\U000e0061\U000e0062是")}
SECOND_LOOKS = 0.08


class Clock:
    """One decision a minute."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        """The next minute."""
        self.now += 60
        return self.now


def main(folder: Path) -> None:
    """Make the folder and pack it."""
    assert extract.__version__ == "0.1.0"
    reports, out, clock = folder / "reports", folder / "out", Clock()
    reports.mkdir(parents=True)
    write(reports, EARLIER)
    run(reports, out)
    store = open_store(default_url(out))
    sync(store, Taking(out, clock()))
    people(store, clock)
    first_round(store, clock)
    write(reports, {})
    run(reports, out)
    leave_open(out)
    sync(store, Taking(out, clock()))
    set_double_share(store, SECOND_LOOKS)
    second_round(store, clock)
    settings = DeskSettings(out, default_url(out), watch=False, processes=1)
    submit(store, settings, [Upload("later.txt", "云州市政府工作报告".encode())], ANN, clock())
    listed = list(decided(store))
    store.close()
    with sqlite3.connect(out / ".desk" / "desk.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    (folder / "decisions.jsonl").write_text("".join(f"{line}\n" for line in listed), encoding="utf-8")
    with tarfile.open(folder / "folder.tar.xz", "w:xz") as packed:
        for part in ("reports", "out"):
            packed.add(folder / part, part)


def write(reports: Path, instead: dict[str, dict[str, str]]) -> None:
    """The sample reports, in an earlier or the later edition."""
    for path in sorted(Path("examples").glob("yunzhou-*.txt")):
        text = path.read_text(encoding="utf-8")
        for now, before in instead.get(path.name, {}).items():
            assert text.count(now) >= 1, now
            text = text.replace(now, before)
        if not instead and path.name in LATER_ONLY:
            text = text.replace(*LATER_ONLY[path.name], 1)
        (reports / path.name).write_text(text, encoding="utf-8")
    if not instead:
        shutil.copy(reports / "yunzhou-2024.txt", reports / "yunzhou-2024-copy.txt")


def run(reports: Path, out: Path) -> None:
    """The rules on all reports."""
    sources = tuple(Source(f"reports/{path.name}", path) for path in sorted(reports.glob("*.txt")))
    run_sources(Plan(sources, out, "rules", 1, 20_000_000), lambda _: None)


def leave_open(out: Path) -> None:
    """Take every fifteenth record away, so that its numbers are claimed by none; leave one part unread."""
    for name in ("yunzhou-2024", "yunzhou-2025"):
        path = out / f"{name}.json"
        result = read_result(path)
        away = {record.id for record in result.records[7::15]}
        ledger = tuple(
            row.model_copy(update={"state": "unclaimed", "record_id": None}) if row.record_id in away else row
            for row in result.ledger
        )
        unread = result.chunks[3].model_copy(update={"status": "failed", "error": "timeout"})
        changed = result.model_copy(
            update={
                "records": tuple(record for record in result.records if record.id not in away),
                "ledger": ledger,
                "chunks": (*result.chunks[:3], unread, *result.chunks[4:]),
            }
        )
        path.write_text(changed.model_dump_json(), encoding="utf-8")


def people(store: Store, clock: Clock) -> None:
    """Who works at the desk, and how they like it."""
    for person in (CLEO, ANN, BEN):
        add_user(store, person.name, f"a long password of {person.name}", person.role, clock())
    save_preferences(store, ANN, Preferences(language="zh"))
    add_token(store, b"x" * 32, "ann", "notebook", Role.REVIEWER, now=clock())


def first_round(store: Store, clock: Clock) -> None:
    """Decisions on the first edition; some of what they were made on is changed later."""
    changed = ("431家", "61790元", "4.7万人", "2480.3亿元")
    for row in rows(store, [("state", "any"), ("kind", "record"), ("kind", "contradiction")]):
        if not any(text in row.quote for text in changed) and "科技攻关" not in row.quote:
            continue
        number = int(row.key[:6], 16) % 3
        if number == 0:
            correct(store, row.key, {"indicator": f"{row.indicator}（全市）"}, clock, "更清楚")
        elif number == 1:
            decide(store, Decision(row.key, Verdict.APPROVE, row.version), ANN, clock())
        else:
            decide(store, Decision(row.key, Verdict.REJECT, row.version, "不是一项"), ANN, clock())


def second_round(store: Store, clock: Clock) -> None:
    """Every kind of decision; nothing of what has to be checked again, which stays open."""
    records = rows(
        store, [("state", "verified"), ("state", "flagged"), ("kind", "record"), ("kind", "contradiction")]
    )
    for place, row in enumerate(records):
        if row.report_id == "yunzhou-2024-copy":
            continue
        one_record(store, row.key, place, clock)
    for place, row in enumerate(rows(store, [("state", "flagged"), ("kind", "number")])):
        if place % 3 == 0:
            changes = {"indicator": f"补录指标{place}", "period": "2024"}
            decide(store, Decision(row.key, Verdict.ADD, row.version, "引擎漏读", changes), ANN, clock())
        elif place % 3 == 1:
            decide(store, Decision(row.key, Verdict.NOT_A_FACT, row.version), BEN, clock())
    for row in rows(store, [("state", "flagged"), ("kind", "chunk")])[:1]:
        decide(store, Decision(row.key, Verdict.NOT_A_FACT, row.version, "没有数字"), ANN, clock())
    for row in rows(store, [("state", "any"), ("kind", "report_issue")])[:-1]:
        decide(store, Decision(row.key, Verdict.ACKNOWLEDGE, row.version), BEN, clock())
    copy = parse_filter([("report", "yunzhou-2024-copy"), ("type", "goal"), ("state", "verified")])
    bulk(store, copy, Verdict.APPROVE, bulk_count(store, copy, Verdict.APPROVE, ANN), ANN, now=clock())
    copy = parse_filter(
        [("report", "yunzhou-2024-copy"), ("type", "livelihood_project"), ("state", "verified")]
    )
    done = bulk(store, copy, Verdict.REJECT, bulk_count(store, copy, Verdict.REJECT, BEN), BEN, now=clock())
    undo_bulk(store, done.batch, BEN, clock())


def one_record(store: Store, key: str, place: int, clock: Clock) -> None:
    """What is said of the n-th record."""
    turn = place % 12
    seen = item(store, key, ANN, clock())
    record, version = seen.record, seen.row.version
    assert record is not None
    if turn == 0:
        decide(store, Decision(key, Verdict.REJECT, version, "重复"), BEN, clock())
    elif turn == 1:
        correct(store, key, {"indicator": f"{record.indicator}（更正）"}, clock)
    elif turn == 2 and record.figures:
        figures: list[dict[str, str]] = [{} for _ in record.figures]
        figures[0] = {"value": str(record.figures[0].value + 1), "unit": "个"}
        correct(store, key, {"figures": figures}, clock, "原文印错")
    elif turn == 3:
        correct(store, key, {"period": "2019-2021", "category": "其他"}, clock)
    elif turn == 4:
        decide(store, Decision(key, Verdict.APPROVE, version), ANN, clock())
        undo(store, key, item(store, key, ANN).row.version, ANN, now=clock())
    elif turn == 5:
        correct(store, key, {"type": "goal" if record.type != "goal" else "achievement"}, clock)
        decide(store, Decision(key, Verdict.APPROVE, item(store, key, ANN).row.version), BEN, clock())
    elif turn == 6:
        decide(store, Decision(key, Verdict.SKIP, version), ANN, clock())
    elif turn < 11:
        decide(store, Decision(key, Verdict.APPROVE, version), ANN, clock())
    if seen.needs_two and place % 2 and turn not in {4, 5, 6, 11}:
        again = item(store, key, BEN)
        decide(store, Decision(key, Verdict.APPROVE, again.row.version), BEN if turn else ANN, clock())


def correct(store: Store, key: str, changes: dict[str, object], clock: Clock, why: str = "") -> None:
    """A correction by ann."""
    version = item(store, key, ANN).row.version
    decide(store, Decision(key, Verdict.CORRECT, version, why, changes), ANN, clock())


def rows(store: Store, pairs: list[tuple[str, str]]) -> list:
    """Everything that a filter holds, in the order of the text."""
    first = queue(store, parse_filter(pairs), CLEO)
    found = list(first.rows)
    for page in range(2, first.pages + 1):
        found += queue(store, parse_filter([*pairs, ("page", str(page))]), CLEO).rows
    return sorted(
        {row.key: row for row in found}.values(), key=lambda row: (row.report_id, row.start, row.key)
    )


def decided(store: Store) -> Iterator[str]:
    """What was decided, a line each."""
    for row in rows(store, [("state", "any")]):
        seen: Item = item(store, row.key, CLEO)
        events = [f"{one.reviewer} {one.verdict.value}" for one in seen.history]
        if not events and not seen.hidden:
            continue
        said = seen.current if seen.row.standing not in {Standing.REJECTED, Standing.NOT_A_FACT} else None
        line = {
            "item": row.key,
            "report": row.report_id,
            "kind": row.kind.value,
            "standing": row.standing.value,
            "events": events or seen.hidden,
            "record": seen.record.id if seen.record else None,
            "start": seen.number.start if seen.number else row.start,
            "codes": list(row.codes) if row.kind is Kind.REPORT_ISSUE else None,
            "indicator": said.indicator if said else None,
            "type": said.type if said else None,
            "period": said.period if said else None,
            "figures": [[str(one.value), one.unit, one.period] for one in said.figures] if said else None,
        }
        yield json.dumps(
            {name: value for name, value in line.items() if value is not None}, ensure_ascii=False
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
