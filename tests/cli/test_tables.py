"""`extract export`, `extract schema`, `extract numbers`, `extract check` and `extract eval`."""

import csv
import io
import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from schemas.result import Result

from .conftest import Invoke

FACT = [
    "report_id",
    "source",
    "record_id",
    "record_type",
    "indicator",
    "value",
    "upper",
    "unit",
    "kind",
    "direction",
    "modifier",
    "period",
    "start",
    "end",
    "text",
    "quote",
    "state",
]


@pytest.fixture
def out(invoke: Invoke, work: Path) -> Path:
    """A folder of results with one report in it."""
    assert invoke("run", "r.txt", "--out", "out", "-q").code == 0
    return work / "out"


def test_facts_come_as_json_lines_in_the_order_of_the_contract(
    invoke: Invoke, out: Path, small_report: str
) -> None:
    """Spans point into the source."""
    rows = invoke("export", out).rows
    assert rows
    for row in rows:
        assert list(row)[: len(FACT)] == FACT
        assert small_report[row["start"] : row["end"]] == row["text"]


def test_csv_and_json_lines_say_the_same(invoke: Invoke, out: Path) -> None:
    """With a mark for Excel where it is asked for."""
    rows = invoke("export", out).rows
    text = invoke("export", out, "--format", "csv", "--bom").out
    assert text.startswith("\ufeff")
    read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["value"] for row in read] == [row["value"] for row in rows]
    assert list(read[0])[: len(FACT)] == FACT


def test_a_table_can_go_to_a_file(invoke: Invoke, out: Path, work: Path) -> None:
    """The same bytes, whole or not at all."""
    ran = invoke("export", out, "--table", "records", "--output", "records.jsonl")
    assert (ran.code, ran.out) == (0, "")
    assert (work / "records.jsonl").read_text(encoding="utf-8") == invoke(
        "export", out, "--table", "records"
    ).out


def test_only_one_state_can_be_asked_for(invoke: Invoke, out: Path) -> None:
    """Nothing is flagged in a clean report."""
    assert invoke("export", out, "--state", "rejected").out == ""
    assert {row["state"] for row in invoke("export", out, "--state", "verified").rows} <= {"verified"}


def test_a_missing_folder_is_wrong_use(invoke: Invoke, work: Path) -> None:
    """For every command that reads one."""
    (work / "gold").mkdir()
    (work / "gold/r.jsonl").write_text("")
    for arguments in (("export", "no"), ("eval", "no", "--gold", "gold")):
        ran = invoke(*arguments)
        assert ran.code == 2
        assert "no is not a folder of results" in ran.err


def test_foreign_files_are_named_and_damaged_ones_fail(invoke: Invoke, out: Path) -> None:
    """The table of the others is still written."""
    rows = invoke("export", out).rows
    (out / "package.json").write_text("{}")
    ran = invoke("export", out)
    assert (ran.code, ran.rows) == (0, rows)
    assert ran.err.startswith("note: ")
    assert "package.json" in ran.err
    (out / "torn.json").write_text("{")
    ran = invoke("export", out)
    assert (ran.code, ran.rows) == (1, rows)
    assert "torn.json is not valid JSON" in ran.err


@pytest.mark.parametrize("what", ["result", "record", "fact", "mention"])
def test_a_schema_is_json_schema(invoke: Invoke, what: str) -> None:
    """With a dialect, so that validators know how to read it."""
    schema = json.loads(invoke("schema", "--what", what).out)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_the_schema_of_results_is_the_default_and_that_of_facts_has_its_keys(invoke: Invoke) -> None:
    """Both are made from what is really written."""
    result = json.loads(invoke("schema").out)
    assert set(TypeAdapter(Result).json_schema(mode="serialization")["properties"]) == set(
        result["properties"]
    )
    fact = json.loads(invoke("schema", "--what", "fact").out)
    assert list(fact["properties"])[: len(FACT)] == FACT


def test_numbers_of_standard_input_have_source_spans(invoke: Invoke) -> None:
    """JSON lines where it is no terminal."""
    text = "生产总值增长７.9％左右，投资484 亿元，见G60。"
    rows = invoke("numbers", "-", stdin=text.encode()).rows
    assert [row["text"] for row in rows] == ["７.9％", "484 亿元", "G60"]
    assert [row["value"] for row in rows] == ["7.9", "48400000000", None]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert list(rows[0]) == [
        "start",
        "end",
        "text",
        "value",
        "upper",
        "unit",
        "kind",
        "direction",
        "modifier",
    ]


def test_a_number_across_a_page_break_is_one_number(invoke: Invoke, work: Path) -> None:
    """Its text is that of the source, break included."""
    text = "居民收入稳步提高，物价总体平稳，城镇居民人均可支配收入达到58\n\n640元，增长5.1%。\n"
    (work / "t.txt").write_text(text, encoding="utf-8")
    row = invoke("numbers", "t.txt").rows[0]
    assert (row["value"], row["text"]) == ("58640", "58\n\n640元")


def test_a_table_of_numbers_is_aligned(invoke: Invoke) -> None:
    """For people."""
    out = invoke("numbers", "-", "--format", "table", stdin="增长7.9%，投资484亿元".encode()).out.splitlines()
    assert out[0].split() == [
        "start",
        "end",
        "text",
        "value",
        "upper",
        "unit",
        "kind",
        "direction",
        "modifier",
    ]
    assert "48400000000" in out[2]


def test_batch_takes_no_file(invoke: Invoke) -> None:
    """It would be silently passed over; - is standard input, and may be said."""
    ran = invoke("numbers", "lines.jsonl", "--batch", stdin=b"")
    assert (ran.code, ran.out) == (2, "")
    assert "--batch reads standard input and takes no FILE" in ran.err
    assert invoke("numbers", "-", "--batch", stdin=b"").code == 0


def test_batch_answers_each_line(invoke: Invoke) -> None:
    """A bad line is answered with its error, and the exit code says that there was one."""
    ran = invoke("numbers", "--batch", stdin='{"id": 7, "text": "增长7.9%"}\n'.encode())
    assert (ran.code, ran.rows[0]["id"], ran.rows[0]["mentions"][0]["value"]) == (0, 7, "7.9")
    ran = invoke("numbers", "--batch", stdin='nonsense\n{"id": 8, "text": "增长7%"}\n'.encode())
    assert ran.code == 1
    assert "error" in ran.rows[0]
    assert ran.rows[1]["id"] == 8


@pytest.mark.parametrize("stdin", [b"", b"\xff\xfe\xff", b"\x89PNG\r\n\x1a\n\x00\x01"])
def test_numbers_of_no_text_is_one_sentence(invoke: Invoke, stdin: bytes) -> None:
    """Exit code 1."""
    ran = invoke("numbers", "-", stdin=stdin)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: ")


def test_our_own_facts_are_verified(invoke: Invoke, out: Path, work: Path) -> None:
    """And nothing is left unclaimed; flags would be no failure."""
    (work / "facts.jsonl").write_text(invoke("export", out).out, encoding="utf-8")
    ran = invoke("check", "r.txt", "facts.jsonl")
    assert ran.code == 0
    assert {row["verdict"] for row in ran.rows} == {"verified"}


def test_a_wrong_digit_is_flagged_and_a_missing_number_listed(invoke: Invoke, out: Path, work: Path) -> None:
    """By the keys of the contract."""
    rows = invoke("export", out).rows
    first, _dropped, *others = rows
    first["value"] = "183950000000"
    (work / "facts.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in (first, *others)), encoding="utf-8"
    )
    ran = invoke("check", "r.txt", "facts.jsonl", "--unclaimed", "--format", "jsonl")
    assert ran.code == 0
    verdict = ran.rows[0]
    assert (verdict["fact"], verdict["verdict"], verdict["reasons"]) == (0, "flagged", ["digits_differ"])
    assert verdict["found"]["value"] == "183050000000"
    (unclaimed,) = [row for row in ran.rows if row.get("unclaimed")]
    assert unclaimed["text"] == rows[1]["text"]
    ran = invoke("check", "r.txt", "facts.jsonl", "--format", "table")
    assert "digits_differ" in ran.out
    assert "1个不一致" in ran.err


def test_facts_with_wrong_columns_are_wrong_use(invoke: Invoke, work: Path) -> None:
    """The sentence names what was found."""
    (work / "facts.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    ran = invoke("check", "r.txt", "facts.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "foo" in ran.err


@pytest.mark.parametrize("name", ["gone.csv", "gone.txt"])
def test_missing_files_to_check_are_named(invoke: Invoke, work: Path, name: str) -> None:
    """Report or facts, whichever it is."""
    (work / "facts.csv").write_text("value\n1\n", encoding="utf-8")
    arguments = ("r.txt", name) if name.endswith("csv") else (name, "facts.csv")
    ran = invoke("check", *arguments)
    assert ran.code in (1, 2)
    assert name in ran.err
    assert "Traceback" not in ran.err


def test_scores_of_the_sample_reports_are_printed(invoke: Invoke, work: Path, examples: Path) -> None:
    """Per report and in total, with errors where they are asked for."""
    gold = examples.parent / "tests/gold"
    invoke("run", examples, "r.txt", "--out", "out", "-q")
    ran = invoke("eval", "out", "--gold", gold, "--errors", "1")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()[1:4]] == ["yunzhou-2024", "yunzhou-2025", "all"]
    assert "There is no gold file for r" in ran.err
    scores = json.loads(invoke("eval", "out", "--gold", gold, "--json").out)
    assert list(scores) == ["yunzhou-2024", "yunzhou-2025", "all"]
    assert scores["all"]["gold"] == scores["yunzhou-2024"]["gold"] + scores["yunzhou-2025"]["gold"]
    assert scores["all"]["detection"]["f1"] > 0.9
