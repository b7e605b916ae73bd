"""`extract chart` and `extract report`."""

from pathlib import Path

import pytest

from .conftest import Invoke


@pytest.fixture
def out(invoke: Invoke, work: Path, examples: Path) -> Path:
    """Results of the sample reports."""
    assert invoke("run", examples, "--out", "out", "-q").code == 0
    return work / "out"


@pytest.mark.parametrize("kind", ["tracking", "livelihood"])
def test_a_chart_is_what_its_name_says(invoke: Invoke, out: Path, work: Path, kind) -> None:
    """By the suffix; standard output stays empty."""
    ran = invoke("chart", kind, out, "--output", "c.svg")
    assert (ran.code, ran.out) == (0, "")
    assert "云州市" in (work / "c.svg").read_text(encoding="utf-8")


def test_a_chart_goes_to_standard_output_as_svg(invoke: Invoke, out: Path) -> None:
    """In either language."""
    ran = invoke("chart", "regions", out, "--format", "svg", "--lang", "en", "--claim", "target")
    assert ran.code == 0
    assert ran.out.startswith("<svg")
    assert "GDP growth" in ran.out


def test_an_indicator_that_is_not_there_is_wrong_use(invoke: Invoke, out: Path) -> None:
    """The hint names those that are."""
    ran = invoke("chart", "regions", out, "--indicator", "海洋渔业捕捞量")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no indicator 海洋渔业捕捞量" in ran.err
    assert "gdp_growth" in ran.err


def test_the_page_is_one_file(invoke: Invoke, work: Path) -> None:
    """What is skipped is said on stderr and on the page."""
    invoke("run", "r.txt", "--out", "out", "-q")
    out = work / "out"
    (out / "torn.json").write_text("{")
    ran = invoke("report", out, "--output", "page.html")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("torn.json is not valid JSON") == 1
    page = (work / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "torn.json is not valid JSON" in page


@pytest.mark.parametrize("command", [("chart", "tracking"), ("report",)])
def test_a_folder_without_results_is_wrong_use(invoke: Invoke, work: Path, command) -> None:
    """As for every command."""
    assert invoke(*command, "no").code == 2


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.dta", "t.csv"])
def test_a_table_is_what_its_name_says(invoke: Invoke, out: Path, work: Path, name) -> None:
    """And another format where that is asked for."""
    assert invoke("export", out, "--output", name).code == 0
    starts = {"t.xlsx": b"PK", "t.parquet": b"PAR1", "t.dta": b"<stata_dta>", "t.csv": b"report_id,"}
    assert (work / name).read_bytes().startswith(starts[name])
    assert invoke("export", out, "--output", name, "--format", "jsonl").code == 0
    assert (work / name).read_bytes().startswith(b'{"report_id":')


def test_a_dash_is_standard_output(invoke: Invoke, out: Path) -> None:
    """As everywhere."""
    assert invoke("export", out, "--output", "-").out == invoke("export", out).out != ""


def test_a_chart_is_not_written_under_the_name_of_another_kind_of_file(
    invoke: Invoke, out: Path, work: Path
) -> None:
    """A page named .jpg opens nowhere."""
    ran = invoke("chart", "regions", out, "--output", "c.jpg")
    assert (ran.code, (work / "c.jpg").exists()) == (2, False)
    assert ".png" in ran.err


def test_whose_chart_it_is_is_said_where_there_are_several_regions(
    invoke: Invoke, out: Path, work: Path, examples: Path
) -> None:
    """None is silently preferred."""
    text = (examples / "yunzhou-2025.txt").read_text(encoding="utf-8").replace("云州", "临江")
    (work / "linjiang-2025.txt").write_text(text, encoding="utf-8")
    alone = invoke("chart", "tracking", out, "--output", "c.svg")
    assert "--region" not in alone.err
    assert invoke("run", "linjiang-2025.txt", "--out", "out", "-q").code == 0
    assert "--region" in invoke("chart", "tracking", out, "--output", "c.svg").err
    assert "--region" not in invoke("chart", "tracking", out, "--region", "云州市", "--output", "c.svg").err
