"""What is odd about a folder as a whole."""

import msgspec

from extract.messages import in_language
from extract.results.manifest import RunManifest
from extract.tables.observed import Observed

from .research_cases import report


def said(*results):
    observed = Observed()
    assert list(observed.passing(results)) == list(results)
    return list(observed.notes())


def test_a_plain_folder_is_not_odd():
    assert said(report(2023), report(2024)) == []


def test_two_reports_of_one_region_and_year_are_named():
    (note,) = said(report(2024, name="a"), report(2024, name="b"))
    assert "a, b" in note
    assert "临江市 2024" in note
    assert "临江市 2024 年有 2 份报告" in in_language(note, "zh")


def test_of_many_such_pairs_some_are_named_and_the_others_counted():
    """Thousands of results must not flood the terminal."""
    notes = said(*(report(year, name=f"{name}{year}") for year in range(2001, 2011) for name in "ab"))
    assert len(notes) == 4
    assert "7 more" in notes[-1]


def test_engines_that_are_mixed_are_named():
    one, other = report(2023), report(2024)
    asked = msgspec.structs.replace(other.manifest, engine="llm", model="m-1")
    (note,) = said(one, msgspec.structs.replace(other, manifest=asked))
    assert "llm m-1 (1), rules (1)" in note


def test_reports_without_region_or_year_are_named():
    lost = report(2024)
    nowhere = msgspec.structs.replace(lost.report, region=None, report_year=None)
    assert len(said(msgspec.structs.replace(lost, report=nowhere))) == 2


def test_a_half_copied_folder_and_failed_sources_are_named():
    manifest = RunManifest.model_validate(
        {
            "run": {"command": [], "engine": "rules", "package_version": "0", "started_at": "now"},
            "sources": [
                {
                    "path": "gone.txt",
                    "sha256": "0",
                    "status": "done",
                    "recipe": "r",
                    "reports": [{"id": "gone", "sha256": "0", "region": None, "report_year": None}],
                },
                {"path": "bad.txt", "sha256": None, "status": "failed", "recipe": "r"},
            ],
        }
    )
    observed = Observed()
    observed.see(report(2024))
    gone, bad = observed.absent(manifest)
    assert "gone" in gone
    assert "bad.txt" in bad
    assert list(observed.absent(manifest, there={"gone"})) == [bad]
    assert list(observed.absent(None)) == []


def test_tracking_says_why_it_is_empty():
    """It needs two years that follow each other."""
    from tests.tables.research_cases import report

    seen = Observed()
    for one in (report(2020), report(2023), report(2021, city="石桥市")):
        seen.see(one)
    said = seen.without_successor()
    assert "two consecutive years. The folder holds: 临江市 2020, 临江市 2023, 石桥市 2021." in said
    assert "连续两年" in in_language(said, "zh")
    seen.see(report(2022, city="石桥市"))
    assert not seen.without_successor()


def test_names_that_are_not_shown_are_counted_in_the_language_of_their_side():
    notes = said(*(report(year, name=f"a{year}", city="") for year in range(2001, 2006)))
    note = next(one for one in notes if "No region was found" in one)
    assert "2 more" in note
    assert "more" not in in_language(note, "zh")
    assert "2" in in_language(note, "zh")
