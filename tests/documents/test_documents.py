"""Files to reports, all of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents import _ids, read_source, read_text
from extract.documents.model import Role
from extract.errors import EmptyTextError
from tests.documents.builders import HEAD, PROSE, WHOLE
from tests.steps import steps


def test_a_report_is_read_with_all_its_parts():
    """Head, sections, sentences, chunks; offsets lead into the file."""
    reading = read_source(f"下载\n{WHOLE}".encode(), "in/云州 2024.txt")
    (report,) = reading.reports
    assert report.id == "云州-2024"
    assert (report.meta.region, report.meta.report_year) == ("云州市", 2024)
    assert (report.meta.review_period, report.meta.plan_period) == ("2023", "2024")
    assert report.meta.delivered_on == "2024-01-16"
    last = report.sentences[-1]
    start, end = report.clean.source_span(last.start, last.end)
    assert reading.source.text[start:end].endswith("努力奋斗！")
    assert [item.kind for item in reading.leftovers] == ["boilerplate"]


def test_a_text_without_a_report_gives_none():
    """The route says so; here it is no error."""
    reading = read_text("今天天气很好，适合出游。", "a.txt")
    assert reading.reports == ()
    assert len(reading.leftovers) == 1


def test_several_reports_have_ids_of_region_and_year():
    """Unique also when both are the same."""
    other = WHOLE.replace("云州", "临江")
    reading = read_text(WHOLE + other + WHOLE, "page.txt")
    assert [item.id for item in reading.reports] == [
        "page-云州市-2024",
        "page-临江市-2024",
        "page-云州市-2024-2",
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\..\\c.txt", "\x00.txt", "..", "", "长" * 300, "报告\ud800.txt", "CON"]
)
def test_ids_are_safe_as_file_names(name):
    """No path, no control, no more than eighty characters."""
    (report,) = read_text(WHOLE, name).reports
    assert re.fullmatch(r"[0-9A-Za-z\u3400-\u9fff_-]{1,80}", report.id)


def test_the_same_text_gives_the_same_reading():
    """Content is identity."""
    first, second = (read_text(WHOLE, "a.txt").reports[0] for _ in range(2))
    assert (first.sections, first.sentences, first.chunks) == (
        second.sections,
        second.sentences,
        second.chunks,
    )


def test_encodings_make_no_difference():
    """UTF-8 with and without a mark, GB18030."""
    readings = [
        read_source(WHOLE.encode(encoding), "a.txt") for encoding in ("utf-8", "utf-8-sig", "gb18030")
    ]
    assert len({reading.reports[0].clean.text for reading in readings}) == 1


@given(st.text(max_size=200))
def test_any_text_is_read_or_called_empty(text):
    """Inside a report or by itself."""
    assert len(read_text(HEAD + text + WHOLE[len(HEAD) :], "a").reports) >= 1
    try:
        read_text(text, "a")
    except EmptyTextError:
        assert not any(char.isalnum() for char in text)


UNITS = [
    "1",
    "1 ",
    "　",
    "（",
    "“",
    "一、",
    "（一）",
    "，",
    "。",
    "各位代表：",
    "我代表政府",
    "1\n",
    "政府工作报告\n",
    "一、\n",
    "《",
    "1,",
    "\x00",
]


@pytest.mark.parametrize("unit", UNITS, ids=[repr(unit) for unit in UNITS])
def test_adversarial_runs_are_read_whole(unit):
    """A square in their length would not come to an end here; `make bench` measures the growth."""
    middle = WHOLE.index("二、2024")
    (report,) = read_text(WHOLE[:middle] + unit * (40_000 // len(unit)) + WHOLE[middle:], "a.txt").reports
    assert report.sentences[-1].end <= len(report.clean.text) == len(report.clean.offsets)
    assert Role.REVIEW_YEAR in {section.role for section in report.sections}


def test_a_report_of_five_megabytes_and_a_million_digits_are_read():
    """No bound but the one of the settings."""
    middle = WHOLE.index("二、2024")
    long = WHOLE[:middle] + f"{PROSE}\n" * (5_000_000 // len(PROSE.encode())) + WHOLE[middle:]
    for text in (long, WHOLE[:middle] + "9" * 1_000_000 + "\n" + WHOLE[middle:]):
        (report,) = read_text(text, "a.txt").reports
        assert report.completeness.has_plan


def test_two_thousand_reports_of_one_source_have_two_thousand_ids():
    """The numbers go up; none is tried again from the first."""
    reports = read_text("各位代表：我代表市人民政府向大会报告工作。\n" * 2000, "a.txt").reports
    assert [report.id for report in reports] == ["a", *(f"a-{n}" for n in range(2, 2001))]
    assert steps(lambda: _ids("a", reports)) < 10 * steps(lambda: _ids("a", reports[:250]))
