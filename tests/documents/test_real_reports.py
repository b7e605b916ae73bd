"""Real reports, where the folder beside the repository holds them: what must hold on any text."""

import json
import re
from bisect import bisect_left
from itertools import pairwise

import pytest

from extract.documents import read_source
from extract.documents.model import Role

NAMES = [
    "anhui-2026",
    "beijing-2026",
    "guangdong-2026",
    "huzhou-2020",
    "jiaxing-2020",
    "jiaxing-2024",
    "portal-page",
    "xizang-2026",
]


@pytest.fixture(scope="module")
def readings(shared):
    """Every real report, read."""
    return {
        name: read_source((shared / "reports" / f"{name}.txt").read_bytes(), f"{name}.txt") for name in NAMES
    }


METADATA = {
    "anhui-2026": ("安徽省", "province", 2026, "2025", "2026"),
    "beijing-2026": ("北京市", "province", 2026, "2025", "2026"),
    "guangdong-2026": ("广东省", "province", 2026, "2025", "2026"),
    "xizang-2026": ("西藏自治区", "province", 2026, "2025", "2026"),
    "huzhou-2020": ("湖州市", "prefecture", 2020, "2019", "2020"),
    "jiaxing-2020": ("嘉兴市", "prefecture", 2020, "2019", "2020"),
    "jiaxing-2024": ("嘉兴市", "prefecture", 2024, "2023", None),
}


@pytest.mark.parametrize("name", METADATA)
def test_metadata_is_read_from_the_text(readings, name):
    """Region, level, years and periods."""
    (report,) = readings[name].reports
    meta = report.meta
    found = (meta.region, meta.level, meta.report_year, meta.review_period, meta.plan_period)
    assert found == METADATA[name]


def test_a_web_page_of_reports_and_articles_is_divided(readings):
    """Three reports, three articles, and the furniture of the page."""
    reading = readings["portal-page"]
    found = [(item.meta.region, item.meta.report_year) for item in reading.reports]
    assert found == [("湖州市", 2020), ("宁波市", 2020), ("宁波市", 2019)]
    assert [item.kind for item in reading.leftovers] == ["article"] * 3 + ["boilerplate"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "jiaxing-2024"])
def test_whole_reports_are_complete(readings, name):
    """A review, a plan, and a proper end."""
    assert all(item.completeness.complete for item in readings[name].reports)


def test_a_report_that_breaks_off_says_so(readings):
    """It has a review and no plan."""
    (report,) = readings["jiaxing-2024"].reports
    assert report.completeness.has_review
    assert not report.completeness.has_plan
    assert report.completeness.notes


@pytest.mark.parametrize("name", NAMES)
def test_offsets_lead_back_and_nothing_but_blanks_and_debris_is_left_out(readings, name):
    """Offsets rise; what the clean text leaves out between two characters of a paragraph is short."""
    for report in readings[name].reports:
        offsets = list(report.clean.offsets)
        assert all(before < after for before, after in pairwise(offsets))
        for sentence in report.sentences:
            start, end = report.clean.source_span(sentence.start, sentence.end)
            assert end - start <= (sentence.end - sentence.start) * 1.5 + 40


@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_has_a_role(readings, name):
    """Only the root and glossaries are of no role."""
    for report in readings[name].reports:
        others = [item.title for item in report.sections[1:] if item.role is Role.OTHER and item.level == 1]
        assert all(re.search("附件|解释", title) for title in others)


@pytest.mark.parametrize("name", ["huzhou-2020", "jiaxing-2020"])
def test_every_gold_number_stands_whole_in_one_sentence_of_its_period(shared, readings, name):
    """The clean text has its surface without blanks, no heading holds it, and its section has its period."""
    (report,) = readings[name].reports
    offsets = list(report.clean.offsets)
    facts = [
        json.loads(line)
        for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for fact in facts:
        start, end = bisect_left(offsets, fact["start"]), bisect_left(offsets, fact["end"])
        assert report.clean.text[start:end] == re.sub(r"\s", "", fact["surface"])
        (home,) = [item for item in report.sentences if item.start <= start and end <= item.end]
        assert not home.heading
        assert report.sections[home.section].period == fact["period"]
