"""Results as tables read them."""

import json
from pathlib import Path

import msgspec
import pytest

from extract.engines.rules import RulesEngine
from extract.errors import InputError, ResultsFolderError
from extract.pipeline import process_source
from extract.results.files import Skipped, render
from extract.results.lean import lean, parse_lean, read_lean
from schemas.result import Result


@pytest.fixture(scope="module")
def result(small_report: str) -> Result:
    (found,) = process_source(small_report.encode(), "linjiang.txt", RulesEngine()).results
    return found


def saved(folder: Path, result: Result, report_id: str, region: str | None, year: int) -> None:
    report = result.report.model_copy(update={"id": report_id, "region": region, "report_year": year})
    (folder / f"{report_id}.json").write_bytes(render(result.model_copy(update={"report": report})))


def test_every_field_says_the_same_as_in_the_result(result):
    """What is read quickly is a part of what is read with every check."""

    def same(short: object, whole: object) -> None:
        if isinstance(short, tuple):
            for one, other in zip(short, whole, strict=True):
                same(one, other)
        elif hasattr(short, "__struct_fields__"):
            for name in set(short.__struct_fields__) - {"reviewer", "edited"}:  # they are no part of a result
                same(getattr(short, name), getattr(whole, name))
        else:
            assert short == whole

    same(lean(result), result)
    assert lean(result).records


@pytest.mark.parametrize("away", ["../victim", "/victim", "..\\victim", "C:victim", "nul"])
def test_an_id_that_leads_elsewhere_is_refused(result: Result, away: str) -> None:
    """As where a result is read with every check."""
    content = json.loads(render(result))
    content["report"]["id"] = away
    with pytest.raises(InputError, match="no plain file name"):
        parse_lean(json.dumps(content).encode(), "r.json")


def test_a_folder_is_read_by_region_and_year_on_request(result, tmp_path: Path):
    """Else by the ids, as everywhere."""
    for report_id, region, year in (
        ("a", "云州市", 2025),
        ("b", "一江市", 2024),
        ("c", "云州市", 2024),
        ("d", None, 2024),
    ):
        saved(tmp_path, result, report_id, region, year)
    assert [one.report.id for one in read_lean(tmp_path)] == ["a", "b", "c", "d"]
    assert [one.report.id for one in read_lean(tmp_path, by_region=True)] == ["d", "b", "c", "a"]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"report": 7}'])
def test_what_is_no_result_is_skipped_with_a_reason(result, tmp_path: Path, text):
    saved(tmp_path, result, "a", "云州市", 2025)
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    first, second = sorted(read_lean(tmp_path, by_region=True), key=lambda one: isinstance(one, Skipped))
    assert first.report.id == "a"
    assert "b.json" in str(second.error)


def test_a_damaged_result_is_no_result(result):
    content = json.loads(render(result))
    content["records"][0]["evidence"]["start"] = "x"
    with pytest.raises(InputError, match="damaged"):
        parse_lean(json.dumps(content).encode(), "r.json")


def test_a_result_of_a_newer_version_stops_everything(result):
    """Tables of half the results would mislead."""
    content = json.loads(render(result)) | {"schema_version": 99}
    with pytest.raises(ResultsFolderError, match="newer version"):
        parse_lean(json.dumps(content).encode(), "r.json")


def test_records_that_are_not_wanted_are_passed_over(result):
    """What is read of a result is the same as without them; the region of the report is asked with each."""
    data = render(result)
    whole = parse_lean(data, "r.json")
    asked: list[tuple[str, str | None]] = []

    def wanted(indicator: str, region: str | None) -> bool:
        asked.append((indicator, region))
        return indicator == whole.records[0].indicator

    found = parse_lean(data, "r.json", wanted)
    assert asked == [(record.indicator, whole.report.region) for record in whole.records]
    expected = tuple(one for one in whole.records if one.indicator == whole.records[0].indicator)
    assert 0 < len(expected) < len(whole.records)
    assert found == msgspec.structs.replace(whole, records=expected)
