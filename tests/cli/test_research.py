"""`extract panel`, `tracking`, `livelihood` and `indicators`."""

from pathlib import Path

import pytest

from .conftest import Invoke


@pytest.fixture
def out(invoke: Invoke, work: Path) -> Path:
    """A folder of results with one report in it."""
    assert invoke("run", "r.txt", "--out", "out", "-q").code == 0
    return work / "out"


def test_the_panel_has_the_columns_of_the_contract(invoke: Invoke, out: Path, small_report: str) -> None:
    ran = invoke("panel", out, "--stated")
    assert ran.code == 0
    contract = "region year indicator_id claim_type value upper unit modifier wording status quote start end report_id state"
    for row in ran.rows:
        assert set(contract.split()) <= set(row)
        assert small_report[row["start"] : row["end"]] in row["quote"]
    found = {(row["indicator_id"], row["claim_type"]): (row["year"], row["value"]) for row in ran.rows}
    assert found["gdp_growth", "target"] == (2024, "6")
    assert found["gdp_level", "actual"] == (2023, "183050000000")


def test_rows_for_what_is_not_stated_are_there_unless_left_out(invoke: Invoke, out: Path) -> None:
    whole, stated = invoke("panel", out).rows, invoke("panel", out, "--stated").rows
    assert {row["status"] for row in whole} == {"stated", "failed", "not_found"} - {"not_found", "failed"} | {
        row["status"] for row in whole
    }
    assert len(whole) > len(stated)
    assert [row for row in whole if row["status"] == "stated"] == stated


def test_an_own_catalogue_adds_its_indicator(invoke: Invoke, out: Path) -> None:
    Path("own.toml").write_text(
        '[[indicator]]\nid = "beds"\nzh = "新增养老床位"\nen = "Beds"\nmeasure = "level"\nunit = "张"\n'
        'sense = "higher"\nnames = ["养老床位"]\n',
        encoding="utf-8",
    )
    rows = invoke("panel", out, "--stated", "--indicators", "own.toml").rows
    assert [row["value"] for row in rows if row["indicator_id"] == "beds"] == ["800"]


def test_a_broken_catalogue_is_wrong_use(invoke: Invoke, out: Path) -> None:
    Path("own.toml").write_text("[[indicator]\n", encoding="utf-8")
    ran = invoke("panel", out, "--indicators", "own.toml")
    assert (ran.code, ran.out) == (2, "")
    assert "own.toml is not valid TOML" in ran.err


def test_tracking_and_livelihood_give_tables(invoke: Invoke, out: Path, small_report: str) -> None:
    Path("s.txt").write_text(
        small_report.replace("2024", "2025").replace("2023", "2024").replace("6.4%", "6.9%"), encoding="utf-8"
    )
    assert invoke("run", "s.txt", "--out", "out", "-q").code == 0
    rows = {row["indicator_id"]: row for row in invoke("tracking", out).rows}
    assert (rows["gdp_growth"]["target"], rows["gdp_growth"]["actual"]) == ("6", "6.9")
    assert (rows["gdp_growth"]["tolerance"], rows["gdp_growth"]["outcome"]) == ("0.5", "exceeded")
    wider = {row["indicator_id"]: row for row in invoke("tracking", out, "--points", "1").rows}
    assert wider["gdp_growth"]["outcome"] == "met"
    assert [row["project"] for row in invoke("tracking", out, "--livelihood").rows] == ["新增养老床位"]
    assert {row["project"] for row in invoke("livelihood", out).rows} >= {"新增养老床位", "新建学校"} - {
        "新建学校"
    }
    assert invoke("livelihood", out, "--listed").rows == []


def test_a_result_that_the_manifest_names_and_the_folder_lacks_is_a_failure(
    invoke: Invoke, out: Path
) -> None:
    next(path for path in out.glob("*.json") if path.name != "manifest.json").unlink()
    ran = invoke("panel", out)
    assert ran.code == 1
    assert "copied completely" in ran.err


def test_results_of_another_schema_are_named(invoke: Invoke, out: Path) -> None:
    path = next(path for path in out.glob("*.json") if path.name != "manifest.json")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"schema_version": 1', '"schema_version": 9', 1),
        encoding="utf-8",
    )
    ran = invoke("panel", out)
    assert ran.code == 2
    assert "version" in ran.err


def test_a_wording_is_explained(invoke: Invoke, work: Path) -> None:
    assert "urban_income_growth" in invoke("indicators", "match", "城镇常住居民人均可支配收入").out
    assert "not budget_revenue_growth" in invoke("indicators", "match", "财政收入").out
    assert (
        "of another region"
        in invoke("indicators", "match", "安吉县一般公共预算收入", "--region", "湖州市").out
    )
    assert "no indicator" in invoke("indicators", "match", "天气").out
    assert "urban_new_jobs" in invoke("indicators", "match", "城镇新增就业").out
    assert "no indicator" in invoke("indicators", "match", "城镇新增就业", "--unit", "%").out
    both = invoke("indicators", "match", "财政总收入").out
    names = [line.split()[0] for line in both.splitlines()]
    assert names == ["total_fiscal_revenue_growth", "total_fiscal_revenue_level"]
    level = invoke("indicators", "match", "财政总收入", "--kind", "level").out
    assert level.split()[0] == "total_fiscal_revenue_level"
    assert "urban_new_jobs" in invoke("indicators", "match", "城镇新增就业", "--unit", "人").out


def test_the_catalogue_and_what_it_lacks_are_tables(invoke: Invoke, out: Path) -> None:
    listed = invoke("indicators", "list").rows
    assert listed[0]["id"] == "gdp_growth"
    assert invoke("indicators", "unmatched", out).rows
    assert "[[indicator]]" in invoke("indicators", "file").out


def test_tracking_of_one_year_says_why_it_is_empty(invoke: Invoke, work: Path) -> None:
    """On stderr; that is no failure."""
    invoke("run", "r.txt", "--out", "out", "-q")
    ran = invoke("tracking", "out")
    assert (ran.code, ran.out) == (0, "")
    assert "two consecutive years" in ran.err
