"""The page on a run: everything in it, every number linked, nothing that runs."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extract.cli.research import RegionalResults
from extract.engines.rules import RulesEngine
from extract.indicators.catalogue import load_catalogue
from extract.page.build import Builder
from extract.page.model import Page
from extract.page.render import render
from extract.pipeline import process_source
from extract.results.files import render as result_json
from extract.tables.research import Research
from schemas import State

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def page_of(folder: Path) -> Page:
    """The page about a folder of results."""
    results = RegionalResults(folder)
    builder = Builder()
    for result in results.folder.results():
        builder.add(result)
    research = Research(lambda: results, load_catalogue())
    return builder.page(research, None, results.folder.skipped, results.oddities)


@pytest.fixture(scope="module")
def page(tmp_path_factory, examples: Path) -> Page:
    """Of the two sample reports, compared as a run does."""
    out = tmp_path_factory.mktemp("page") / "out"
    from extract.cli import main

    assert main(["run", str(examples), "--out", str(out), "-q"]) == 0
    return page_of(out)


@pytest.fixture(scope="module")
def html(page: Page) -> str:
    return render(page, "zh")


class Tags(HTMLParser):
    """What a browser would meet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Remember a tag."""
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "xlink:href"):
                self.links.append(value)


def test_it_says_what_was_read_and_how_much_of_it_holds(page):
    assert [report.id for report in page.reports] == ["yunzhou-2024", "yunzhou-2025"]
    assert page.numbers == 553
    assert page.unclaimed == 0
    assert page.flagged == len(page.flags) == 4
    assert {reason.code for flag in page.flags for reason in flag.reasons} >= {
        "conflict_in_report",
        "conflict_between_reports",
    }


def test_headline_figures_stand_by_year_with_their_hedges(page):
    newest = page.headlines[0]
    growth = [name.en for name in newest.indicators].index("GDP growth")
    assert newest.year == 2025
    assert [(one.label.zh, one.tone) for one in newest.rows[0].cells[growth]] == [
        ("5.5%以上", "target"),
        ("6.3%", "actual"),
    ]


def test_targets_stand_beside_actuals(page):
    growth = next(row for row in page.tracked if row.indicator.en == "GDP growth")
    assert (growth.target.label.en, growth.actual.label.en, growth.difference.en, growth.outcome) == (
        "about 6%",
        "6.3%",
        "+0.3 points",
        "met",
    )


def test_every_link_leads_to_a_place_on_the_page_and_every_number_has_one(page, html):
    """Those of the charts, too; an id stands once."""
    tags = Tags(html)
    assert len(tags.ids) == len(set(tags.ids))
    assert tags.links
    assert {link.removeprefix("#") for link in tags.links} <= set(tags.ids)
    numbers = [one for table in page.headlines for row in table.rows for cell in row.cells for one in cell]
    assert all(number.anchor for number in numbers if not number.wordless)


def test_a_number_leads_to_itself_in_its_sentence(page, html):
    growth = next(row for row in page.tracked if row.indicator.en == "GDP growth")
    assert re.search(rf'生产总值增长<mark id="{growth.target.anchor}">6%</mark>左右', html)


def test_nothing_runs_and_nothing_is_loaded(html):
    tags = Tags(html)
    assert not tags.names & {"script", "link", "img", "iframe", "object", "embed", "image", "base"}
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert "default-src 'none'" in html
    assert not re.search(r"url\((?!#)", html)
    assert all(link.startswith("#") for link in tags.links)


def test_both_languages_are_there_and_either_can_come_first(page, html):
    assert 'id="lang-zh" checked' in html
    assert "What was read, and how complete" in html
    assert 'id="lang-en" checked' in render(page, "en")


def test_what_a_report_says_is_text(small_report, tmp_path: Path):
    """Stored script in any field of a result stays text."""
    (result,) = process_source(small_report.encode(), "r.txt", RulesEngine()).results
    report = result.report.model_copy(update={"title": EVIL, "region": EVIL, "source": EVIL})
    records = tuple(
        record.model_copy(
            update={
                "indicator": EVIL + record.indicator,
                "state": State.FLAGGED,
                "evidence": record.evidence.model_copy(update={"quote": EVIL, "section": EVIL}),
            }
        )
        for record in result.records
    )
    completeness = result.completeness.model_copy(update={"notes": (EVIL,)})
    evil = result.model_copy(update={"report": report, "records": records, "completeness": completeness})
    (tmp_path / "r.json").write_bytes(result_json(evil))
    tags = Tags(render(page_of(tmp_path), "zh"))
    assert not tags.names & {"script", "img"}
    assert "onerror" not in tags.attributes


def test_a_damaged_result_and_copies_of_a_report_are_named(small_report, tmp_path: Path):
    (result,) = process_source(small_report.encode(), "r.txt", RulesEngine()).results
    for name in ("a", "b"):
        copy = result.model_copy(update={"report": result.report.model_copy(update={"id": name})})
        (tmp_path / f"{name}.json").write_bytes(result_json(copy))
    (tmp_path / "torn.json").write_text("{")
    said = " ".join(gap.what.en for gap in page_of(tmp_path).gaps)
    assert "torn.json is not valid JSON" in said
    assert "2 reports of 临江市 2024: a, b" in said


def test_a_headline_figure_whose_indicator_is_in_doubt_says_so(tmp_path):
    """One number for two indicators is no flag, but nobody should overlook it."""
    text = (
        "2026年临江省政府工作报告\n——2026年1月22日在临江省第十三届人民代表大会第四次会议上\n各位代表：\n"
        "现在，我代表省人民政府，向大会报告工作，请予审议。\n一、2025年工作回顾\n"
        "生产总值增长5%，社会消费品零售总额、固定资产投资均增长4%。\n二、2026年工作安排\n做好各项工作。\n"
    )
    out = tmp_path / "out"
    out.mkdir()
    (result,) = process_source(text.encode(), "r.txt", RulesEngine()).results
    (out / "r.json").write_bytes(result_json(result))
    page = page_of(out)
    assert (page.flagged, page.doubtful) == (0, 2)
    html = render(page, "zh")
    assert 'title="一个数字属于几个指标 / one number for several indicators"' in html
    assert "指标存疑" in html
