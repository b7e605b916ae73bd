"""What people decided comes out wherever something is made of results: by the commands as a user types them."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import extract
from extract.cli.entry import main
from extract.desk.decisions import Decision, undo
from extract.desk.ingest import Taking, sync
from extract.desk.model import Verdict
from extract.desk.place import default_url
from extract.desk.store import open_store
from extract.errors import UsageError
from tests.desk.conftest import ANN, NOW, run
from tests.desk.outlets import GROWTH, PLACES, PRICES, REPORT, SKILLED, engine_missed, record, review, say

Rows = list[dict[str, Any]]


@pytest.fixture
def unseen(results: Path) -> Path:
    """Results in which the engine has missed one goal."""
    engine_missed(results, PRICES)
    return results


@pytest.fixture(params=["sqlite", "postgresql"])
def reviewed_folder(request: pytest.FixtureRequest, unseen: Path) -> tuple[Path, list[str]]:
    """A reviewed folder, and the options by which commands find its store."""
    named = request.param == "postgresql"
    url = request.getfixturevalue("new_database") if named else default_url(unseen)
    opened = open_store(url)
    sync(opened, Taking(unseen, NOW))
    review(opened, unseen)
    opened.close()
    return unseen, ["--store", url] if named else []


@pytest.fixture
def folder(unseen: Path) -> Path:
    """The same, with the store beside the results."""
    opened = open_store(default_url(unseen))
    sync(opened, Taking(unseen, NOW))
    review(opened, unseen)
    opened.close()
    return unseen


@pytest.fixture
def rows(capfdbinary: pytest.CaptureFixture[bytes]):
    """Runs a command that makes a table; its rows."""

    def made(*arguments: object, code: int = 0) -> Rows:
        capfdbinary.readouterr()
        assert main([str(one) for one in arguments]) == code
        return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]

    return made


@pytest.fixture
def page(capfdbinary: pytest.CaptureFixture[bytes]):
    """Runs a command that makes a page or a picture; its text."""

    def made(*arguments: object) -> str:
        capfdbinary.readouterr()
        assert main([str(one) for one in arguments]) == 0
        return capfdbinary.readouterr().out.decode()

    return made


def target(rows: Rows, indicator: str, year: int = 2024, horizon: str = "annual") -> dict[str, Any]:
    """The row of the panel on a target of the reviewed report."""
    (one,) = [
        row
        for row in rows
        if row["report_id"] == REPORT
        and (row["indicator_id"], row["claim_type"], row["year"], row["horizon"])
        == (indicator, "target", year, horizon)
    ]
    return one


# panel


def test_the_panel_has_what_people_decided(reviewed_folder, rows) -> None:
    """A value, an indicator, a period; a record added, one rejected. With the store in the folder and elsewhere."""
    out, store = reviewed_folder
    panel = rows("panel", out, *store)
    growth = target(panel, "gdp_growth")
    assert (growth["value"], growth["state"], growth["reviewer"], growth["edited"]) == (
        "6.6",
        "corrected",
        "ann",
        True,
    )
    moved = target(panel, "trade_growth")
    assert (moved["value"], moved["indicator_raw"], moved["reviewer"]) == ("2", "进出口总额", "ben")
    later = target(panel, "pm25", 2026, "to_year")
    assert (later["value"], later["period"], later["state"]) == ("29", "2026", "corrected")
    added = target(panel, "cpi_growth")
    assert (added["status"], added["value"], added["state"]) == ("stated", "3", "approved")
    assert (added["reviewer"], added["edited"]) == ("ben", True)
    assert target(panel, "budget_revenue_growth")["status"] == "not_found"
    assert target(panel, "pm25")["status"] == "not_found"


def test_a_corrected_row_still_points_to_its_number_in_the_text(folder, rows) -> None:
    """The value is the person's, the evidence that of the text."""
    text = (folder.parent / "reports" / f"{REPORT}.txt").read_text(encoding="utf-8")
    growth = target(rows("panel", folder), "gdp_growth")
    assert text[growth["start"] : growth["end"]] == "6%"
    assert growth["quote"] in text


def test_as_read_is_what_the_engine_read(folder, rows) -> None:
    """Row by row what comes out where nobody opened a desk."""
    as_read = {
        name: rows(name, folder, "--as-read") for name in ("panel", "tracking", "livelihood", "export")
    }
    assert target(as_read["panel"], "gdp_growth")["value"] == "6"
    assert target(as_read["panel"], "cpi_growth")["status"] == "unread"
    (folder / ".desk").rename(folder.parent / "elsewhere")
    for name, before in as_read.items():
        assert rows(name, folder) == before, name


def test_several_processes_give_the_panel_that_one_gives(folder, rows, monkeypatch) -> None:
    """Each process gets the decisions on its reports."""
    from extract.runs import panel

    alone = rows("panel", folder, "--jobs", 1)
    monkeypatch.setattr(panel, "PART", 1)
    assert rows("panel", folder, "--jobs", 2) == alone
    assert target(alone, "gdp_growth")["value"] == "6.6"


def test_a_store_that_is_behind_the_results_still_counts(folder, rows) -> None:
    """A run after the last start of the desk moved the text; the evidence is where it is now."""
    source = folder.parent / "reports" / f"{REPORT}.txt"
    text = source.read_text(encoding="utf-8")
    title, line, rest = text.partition("\n")
    assert line
    source.write_text(f"{title}\n\n\n\n{rest}", encoding="utf-8")
    before = target(rows("panel", folder), "gdp_growth")
    run(source.parent, folder)
    growth = target(rows("panel", folder), "gdp_growth")
    assert (growth["value"], growth["state"]) == ("6.6", "corrected")
    assert growth["start"] == before["start"] + 3
    assert source.read_text(encoding="utf-8")[growth["start"] : growth["end"]] == "6%"


def test_what_was_taken_back_is_as_the_engine_read_it(folder, rows) -> None:
    """Nothing is kept but the events."""
    store = open_store(default_url(folder))
    from sqlalchemy import select

    from extract.desk.tables import ItemEntry

    identity = record(folder, GROWTH)["id"]
    with store.reading() as connection:
        key, version = connection.execute(
            select(ItemEntry.key, ItemEntry.version).where(ItemEntry.identity == identity)
        ).one()
    undo(store, key, version, ANN)
    store.close()
    growth = target(rows("panel", folder), "gdp_growth")
    assert (growth["value"], growth["state"], growth["reviewer"]) == ("6", "verified", None)


def test_a_figure_with_a_period_of_its_own_keeps_it(unseen, rows) -> None:
    """Only those that had the period of their record follow it."""
    path = unseen / f"{REPORT}.json"
    result = json.loads(path.read_bytes())
    (growth,) = [one for one in result["records"] if one["id"] == record(unseen, GROWTH)["id"]]
    other = growth["figures"][0] | {"period": "2020", "value": "1"}
    growth["figures"].append(other)
    path.write_text(json.dumps(result), encoding="utf-8")
    store = open_store(default_url(unseen))
    sync(store, Taking(unseen, NOW))
    say(store, growth["id"], Verdict.CORRECT, {"period": "2025"})
    store.close()
    facts = [row for row in rows("export", unseen) if row["record_id"] == growth["id"]]
    assert sorted(row["period"] for row in facts) == ["2020", "2025"]


# tracking


def test_tracking_holds_the_corrected_target_against_the_actual(reviewed_folder, rows) -> None:
    """And what was rejected is followed no longer."""
    out, store = reviewed_folder
    tracked = rows("tracking", out, *store)
    (growth,) = [row for row in tracked if row["indicator_id"] == "gdp_growth"]
    assert (growth["target"], growth["difference"], growth["reviewer"]) == ("6.6", "-0.3", "ann")
    assert (growth["target_edited"], growth["actual_edited"]) == (True, False)
    assert not any(row["indicator_id"] == "budget_revenue_growth" for row in tracked)


def test_projects_that_are_followed_up_have_what_people_decided(folder, rows) -> None:
    """Promises are corrected and rejected, too."""
    followed = {row["project"]: row for row in rows("tracking", folder, "--livelihood")}
    assert (followed[PLACES]["promised"], followed[PLACES]["reviewer"], followed[PLACES]["edited"]) == (
        "1550",
        "ann",
        True,
    )
    assert SKILLED not in followed
    assert SKILLED in {row["project"] for row in rows("tracking", folder, "--livelihood", "--as-read")}


# livelihood


def test_livelihood_has_what_people_decided(reviewed_folder, rows) -> None:
    """A corrected quantity, and no rejected project."""
    out, store = reviewed_folder
    listed = [row for row in rows("livelihood", out, *store) if row["report_id"] == REPORT]
    planned = {row["project"]: row for row in listed if row["status"] == "planned"}
    assert (planned[PLACES]["quantity"], planned[PLACES]["state"], planned[PLACES]["reviewer"]) == (
        "1550", "corrected", "ann",
    )  # fmt: skip
    assert SKILLED not in planned
    assert SKILLED in {row["project"] for row in rows("livelihood", out, "--as-read")}


# chart


def test_a_chart_draws_what_people_corrected_with_a_star(reviewed_folder, page) -> None:
    """And says what the star means."""
    out, store = reviewed_folder
    wish = ("chart", "tracking", out, "--indicator", "gdp_growth", "--format", "svg")
    drawn = page(*wish, *store)
    assert "6.6%左右*" in drawn
    assert "* 经人工更正或补录" in drawn
    as_read = page(*wish, "--as-read")
    assert "6%左右<" in as_read
    assert "*" not in "".join(re.findall(r"<text[^>]*>([^<]*)</text>", as_read))


@pytest.mark.parametrize("kind", ["regions", "livelihood"])
def test_the_other_charts_have_the_star_too(folder, page, kind) -> None:
    """In English as well."""
    drawn = page("chart", kind, folder, "--format", "svg", "--lang", "en", "--year", 2024)
    assert ("about 6.6%*" if kind == "regions" else "1,550个*") in drawn
    assert "* corrected or added by a reviewer" in drawn


# report


def test_the_page_shows_what_people_decided_and_marks_it(reviewed_folder, page) -> None:
    """Headline, tracking, charts, what is open."""
    out, store = reviewed_folder
    made = page("report", out, *store)
    assert re.search(r"6\.6%左右.{0,120}class=\"edited\"", made, re.DOTALL)
    assert "经人工更正或补录" in made
    assert "6.6%左右*" in made, "the chart"
    assert "个数字无人认领" not in made, "the number from which a record was added is open no longer"
    as_read = page("report", out, "--as-read")
    assert "6.6%左右" not in as_read
    assert "经人工更正或补录" not in as_read
    assert "1个数字无人认领" in as_read


# load


def test_load_gives_what_people_decided(reviewed_folder) -> None:
    """All its tables; without what was rejected."""
    out, store = reviewed_folder
    url = store[1] if store else None
    tables = extract.load(out, store=url)
    growth = pl.col("indicator_id") == "gdp_growth"
    (row,) = tables.panel.filter(growth, pl.col("claim_type") == "target", pl.col("year") == 2024).to_dicts()
    assert (row["value"], row["state"], row["reviewer"]) == (6.6, "corrected", "ann")
    assert tables.tracking.filter(growth)["target"].to_list() == [6.6]
    assert 1550.0 in tables.livelihood.filter(pl.col("project") == PLACES)["quantity"].to_list()
    assert SKILLED not in tables.projects["project"].to_list()
    for table in (tables.facts, tables.records):
        mine = table.filter(pl.col("record_id") == record(out, GROWTH)["id"])
        assert (mine["state"].to_list(), mine["reviewer"].to_list()) == (["corrected"], ["ann"])
        assert "rejected" not in table["state"].to_list()
        assert tables.columns("facts").height == tables.facts.width


def test_load_as_read_is_the_engine_s(folder) -> None:
    """`as_read=True` in Python is `--as-read` at the command line."""
    tables = extract.load(folder, as_read=True)
    growth = tables.panel.filter(pl.col("indicator_id") == "gdp_growth", pl.col("claim_type") == "target")
    assert 6.6 not in growth["value"].to_list()
    assert tables.facts["reviewer"].null_count() == tables.facts.height
    with pytest.raises(UsageError, match="as_read"):
        extract.load(folder, as_read=True, store="sqlite:///elsewhere.sqlite")


def test_load_gives_the_final_set(folder) -> None:
    """No flagged record in any table; a state that is none is refused."""
    whole, final = extract.load(folder), extract.load(folder, state="final")
    assert "flagged" in whole.facts["state"].to_list()
    for name in ("facts", "records", "panel", "tracking", "livelihood", "projects"):
        assert not {"flagged", "rejected"} & set(getattr(final, name)["state"].to_list()), name
    with pytest.raises(UsageError, match="approved"):
        extract.load(folder, state="approved")  # type: ignore[arg-type]


# export


def test_an_export_has_every_record_with_its_state(reviewed_folder, rows) -> None:
    """Corrections applied, rejected ones among them, and what the engine had said beside."""
    out, store = reviewed_folder
    facts = rows("export", out, *store)
    by_record = {row["record_id"]: row for row in facts}
    growth = by_record[record(out, GROWTH)["id"]]
    assert (growth["value"], growth["state"], growth["reviewer"]) == ("6.6", "corrected", "ann")
    assert json.loads(growth["changed"]) == {"figures.0.value": "6"}
    assert {row["state"] for row in facts} == {"verified", "flagged", "approved", "corrected", "rejected"}
    assert {row["record_id"] for row in rows("export", out, "--as-read")} < set(by_record)


def test_the_final_set_is_what_may_be_handed_on(reviewed_folder, rows) -> None:
    """What the checks verified and nobody rejected, and what people approved, corrected or added."""
    out, store = reviewed_folder
    every = rows("export", out, *store)
    final = rows("export", out, "--state", "final", *store)
    assert final == [row for row in every if row["state"] in {"verified", "approved", "corrected"}]
    assert {row["origin"] for row in final} == {"engine", "reviewer"}
    assert rows("export", out, "--state", "final", "--table", "records", *store)


def test_the_final_set_needs_no_review(results, rows) -> None:
    """Where nobody opened a desk it is what the checks verified; no store is made by asking."""
    final = rows("export", results, "--state", "final")
    assert {row["state"] for row in final} == {"verified"}
    assert {row["origin"] for row in final} == {"engine"}
    assert not (results / ".desk").exists()


@pytest.mark.parametrize(
    "command", [("panel",), ("tracking",), ("tracking", "--livelihood"), ("livelihood",)]
)
def test_every_table_can_be_of_the_final_set(folder, rows, command) -> None:
    """A row stands on a final record, or on none; what is left out is not said to be missing."""
    name, *more = command
    whole, final = rows(name, folder, *more), rows(name, folder, *more, "--state", "final")
    assert final == [row for row in whole if row["state"] in {None, "verified", "approved", "corrected"}]
    if name == "panel":
        assert len(final) < len(whole)
        assert not any(row["indicator_id"] == "urban_new_jobs" and row["year"] == 2023 for row in final)


def test_a_second_opinion_that_is_still_to_come_is_not_final(unseen, rows) -> None:
    """One of two reviewers has decided."""
    from extract.desk.doubled import set_double_share

    store = open_store(default_url(unseen))
    set_double_share(store, 1.0)
    sync(store, Taking(unseen, NOW))
    say(store, record(unseen, GROWTH)["id"], Verdict.APPROVE)
    store.close()
    final = {row["record_id"] for row in rows("export", unseen, "--state", "final")}
    assert record(unseen, GROWTH)["id"] not in final


def test_copies_can_be_merged_in_an_export_of_what_was_reviewed(folder, rows) -> None:
    """Both options hold together."""
    assert rows("export", folder, "--state", "final", "--merge-copies")


# the rest


def test_show_has_what_people_decided(folder, page) -> None:
    """Corrected records are marked, rejected ones are left out."""
    shown = page("show", folder / f"{REPORT}.json")
    assert "✎ corrected" in shown
    assert not re.search(rf"目标 +{SKILLED}", shown)
    as_read = page("show", folder / f"{REPORT}.json", "--as-read")
    assert "✎ corrected" not in as_read
    assert re.search(rf"目标 +{SKILLED}", as_read)
    assert "✎ corrected" in page("show", folder, "--type", "goal")


def test_unmatched_wordings_are_those_that_people_left(folder, rows) -> None:
    """A rejected record has none."""
    store = open_store(default_url(folder))
    say(store, record(folder, "参加境外展会")["id"], Verdict.REJECT)
    store.close()
    assert "参加境外展会" not in {row["wording"] for row in rows("indicators", "unmatched", folder)}
    assert "参加境外展会" in {row["wording"] for row in rows("indicators", "unmatched", folder, "--as-read")}


@pytest.mark.parametrize(
    "command",
    [("panel",), ("tracking",), ("livelihood",), ("chart", "tracking"), ("report",), ("export",), ("show",)],
)
def test_a_store_and_no_store_cannot_both_be_asked_for(folder, capfd, command) -> None:
    """Nor is a store that is none taken for one without decisions."""
    assert main([*command, str(folder), "--as-read", "--store", "sqlite:///desk.sqlite"]) == 2
    assert "--as-read" in capfd.readouterr().err
    assert main([*command, str(folder), "--store", "nothing"]) == 2
    assert "--store" in capfd.readouterr().err


def test_the_store_of_the_settings_is_asked(unseen, rows, monkeypatch) -> None:
    """As the desk asks it."""
    url = f"sqlite:///{unseen.parent}/team.sqlite"
    store = open_store(url)
    sync(store, Taking(unseen, NOW))
    review(store, unseen)
    store.close()
    assert target(rows("panel", unseen), "gdp_growth")["value"] == "6"
    monkeypatch.setenv("EXTRACT_DESK_STORE", url)
    assert target(rows("panel", unseen), "gdp_growth")["value"] == "6.6"
    assert extract.load(unseen).facts["reviewer"].null_count() < extract.load(unseen).facts.height


def test_a_part_in_which_a_person_found_nothing_is_not_unread(results, rows) -> None:
    """What the report does not state is `not_found` then, and no longer `failed`."""
    path = results / f"{REPORT}.json"
    result = json.loads(path.read_bytes())
    result["chunks"][0] |= {"status": "failed", "error": "timeout"}
    path.write_text(json.dumps(result), encoding="utf-8")
    assert target(rows("panel", results), "trade_growth")["status"] == "failed"
    store = open_store(default_url(results))
    sync(store, Taking(results, NOW))
    from sqlalchemy import select

    from extract.desk.decisions import decide
    from extract.desk.tables import ItemEntry

    with store.reading() as connection:
        key = connection.scalar(select(ItemEntry.key).where(ItemEntry.kind == "chunk"))
    decide(store, Decision(key, Verdict.NOT_A_FACT, 1), ANN, NOW)
    store.close()
    assert target(rows("panel", results), "trade_growth")["status"] == "not_found"


def test_who_has_no_store_pays_for_none(results) -> None:
    """Without a store its library is not even loaded."""
    import subprocess
    import sys

    code = (
        "import sys; from extract.cli.entry import main; assert main(['panel', sys.argv[1], '-o', 'p.csv']) == 0; "
        "import extract; extract.load(sys.argv[1]).panel; assert 'sqlalchemy' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(results)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_only_reports_of_which_somebody_spoke_are_read_again(folder, monkeypatch) -> None:
    """The others are read as they are without a store: with what is wanted of them alone."""
    from extract.results import lean

    seen: list[tuple[str, bool]] = []
    whole = lean.parse_lean

    def watched(data, name, wanted=None):
        seen.append((Path(name).stem, wanted is None))
        return whole(data, name, wanted)

    monkeypatch.setattr(lean, "parse_lean", watched)
    assert main(["panel", str(folder), "--jobs", "1", "--output", "panel.csv"]) == 0
    assert sorted(seen) == [(REPORT, False), (REPORT, True), ("yunzhou-2025", False)]
