"""What people approved, as tables: corrections applied, who decided, what the engine had said."""

import csv
import io
import json
from pathlib import Path

import pytest

from extract.cli.entry import main
from extract.desk.bulk import bulk
from extract.desk.decisions import Decision, decide
from extract.desk.exports import reviewed_bytes
from extract.desk.filters import parse_filter
from extract.desk.listing import queue
from extract.desk.model import Verdict
from extract.desk.reviewed import reviewed
from extract.desk.store import Store
from extract.tables.formats import FileFormat
from tests.desk.conftest import ANN, CLEO, NOW

VERIFIED = parse_filter([("state", "verified"), ("report", "yunzhou-2024"), ("type", "goal")])


def exported(capfdbinary: pytest.CaptureFixture[bytes], out: Path, *states: str) -> list[dict]:
    """What the command prints."""
    arguments = ["export", str(out), *(part for state in states for part in ("--state", state))]
    assert main(arguments) == 0
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


@pytest.fixture
def decided(store: Store) -> list:
    """One approved, one corrected, one rejected."""
    rows = queue(store, VERIFIED, ANN).rows
    decide(store, Decision(rows[0].key, Verdict.APPROVE, 1, "看过原文"), ANN, NOW)
    changes = {"indicator": "=HYPERLINK(1)", "figures": [{"value": "12.5"}]}
    decide(store, Decision(rows[1].key, Verdict.CORRECT, 1, "按附件", changes), ANN, NOW)
    decide(store, Decision(rows[2].key, Verdict.REJECT, 1), ANN, NOW)
    return list(rows)


def test_approved_gives_what_was_approved_and_what_was_corrected(decided, results, capfdbinary) -> None:
    """As corrected, with the engine's value beside it; rejected and untouched records are not in it."""
    rows = exported(capfdbinary, results, "approved")
    assert {(row["record_type"], row["state"], row["verdict"]) for row in rows} == {
        ("goal", "approved", "approve"),
        ("goal", "corrected", "correct"),
    }
    corrected = next(row for row in rows if row["state"] == "corrected")
    assert (corrected["value"], corrected["reviewer"]) == ("12.5", "ann")
    assert "figures.0.value" in json.loads(corrected["changed"])
    assert next(row for row in rows if row["state"] == "approved")["why"] == "看过原文"


@pytest.mark.parametrize("at_once", [False, True], ids=["one", "bulk"])
def test_what_is_approved_after_a_correction_is_the_correction(
    *, at_once: bool, store: Store, results, capfdbinary
) -> None:
    """The export gives the value that the reviewer saw when they approved it, and says what the engine had read."""
    row = queue(store, VERIFIED, ANN).rows[0]
    decide(store, Decision(row.key, Verdict.CORRECT, 1, "", {"indicator": "甲"}), ANN, NOW)
    if at_once:
        bulk(store, parse_filter([("state", "corrected")]), Verdict.APPROVE, 1, CLEO, now=NOW)
    else:
        decide(store, Decision(row.key, Verdict.APPROVE, 2), CLEO, NOW)
    (only,) = exported(capfdbinary, results, "approved")
    assert (only["indicator"], only["state"], only["reviewer"]) == ("甲", "approved", "cleo")
    assert json.loads(only["changed"]) == {"indicator": row.indicator}


def test_other_states_are_exported_by_their_names(decided, results, capfdbinary) -> None:
    """Corrected alone, rejected alone; with an engine's state the untouched ones come as well."""
    assert {row["state"] for row in exported(capfdbinary, results, "corrected")} == {"corrected"}
    assert {row["state"] for row in exported(capfdbinary, results, "rejected")} == {"rejected"}
    assert {row["state"] for row in exported(capfdbinary, results, "approved", "flagged")} == {
        "approved", "corrected", "flagged",
    }  # fmt: skip


def test_the_engine_s_own_output_stays_as_it_was(results, store, capfdbinary) -> None:
    """Its files byte by byte, and the export as read row by row."""
    files = {path.name: path.read_bytes() for path in results.glob("*.json")}
    assert main(["export", str(results), "--as-read"]) == 0
    before = capfdbinary.readouterr().out
    row = queue(store, VERIFIED, ANN).rows[0]
    decide(store, Decision(row.key, Verdict.CORRECT, 1, "", {"indicator": "甲"}), ANN)
    exported(capfdbinary, results, "approved")
    assert main(["export", str(results), "--as-read"]) == 0
    assert capfdbinary.readouterr().out == before
    assert {path.name: path.read_bytes() for path in results.glob("*.json")} == files


def test_a_decision_whose_evidence_changed_is_not_exported(decided, store, results, capfdbinary) -> None:
    """The export looks at the results as they are now, not as they were decided."""
    from tests.desk.conftest import run

    quote = decided[0].quote
    path = results.parent / "reports" / "yunzhou-2024.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(quote, quote.replace(decided[0].text, "999%")), encoding="utf-8")
    run(results.parent / "reports", results)
    rows = exported(capfdbinary, results, "approved")
    assert not any(row["verdict"] == "approve" and row["indicator"] == decided[0].indicator for row in rows)


def test_cells_of_the_export_are_inert(decided, store) -> None:
    """A reviewer's words are no formula."""
    lines = b"".join(reviewed_bytes(reviewed(store), "records", FileFormat.CSV, ["approved"], bom=True))
    assert lines.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    assert [row["indicator"] for row in rows if row["state"] == "corrected"] == ["'=HYPERLINK(1)"]


def test_without_a_review_there_is_nothing_approved(results, capfd) -> None:
    """And it is said what to do; no store is made by asking."""
    assert main(["export", str(results), "--state", "approved"]) == 2
    assert "extract desk" in capfd.readouterr().err
    assert not (results / ".desk").exists()


def test_the_button_gives_the_same_as_the_command(decided, client, results, capfdbinary) -> None:
    """One function behind both."""
    printed = exported(capfdbinary, results, "approved")
    answer = client.get("/api/export?format=jsonl&table=facts")
    assert [json.loads(line) for line in answer.text.splitlines()] == printed
    assert "attachment" in answer.headers["content-disposition"]


def test_the_desk_offers_the_final_set_and_gives_the_same_as_the_command(
    decided, client, results, capfdbinary
) -> None:
    """A button of the queue, the API behind it, and `--state final`."""
    page = client.get("/queue").text
    assert "state=final" in page
    assert "交付用" in client.get("/queue", headers={"accept-language": "zh"}).text
    printed = exported(capfdbinary, results, "final")
    answer = client.get("/api/export?format=jsonl&table=facts&state=final")
    assert [json.loads(line) for line in answer.text.splitlines()] == printed
    assert "final-facts.jsonl" in answer.headers["content-disposition"]
    assert {row["state"] for row in printed} == {"verified", "approved", "corrected"}
