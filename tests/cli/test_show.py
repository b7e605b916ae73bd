"""`extract show`: a report to read."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from rich.text import Text

from extract.claims.model import Exclusion
from extract.cli.terminal import safe
from extract.cli.views.figures import amount
from extract.cli.views.words import CODES
from extract.cli.views.wrapping import NO_LINE_START, wrapped
from extract.results.files import read_result, render
from schemas import Figure
from schemas.result import Result

from .conftest import Invoke

FOLDER = Path(__file__).parent
GOLDEN = FOLDER / "shown.golden.txt"


@pytest.fixture(scope="module")
def result() -> Result:
    """One result as it was saved once, so that no change of the rules changes it.

    Its first record is flagged and one of its numbers is open.
    """
    return read_result(FOLDER / "shown.json")


@pytest.fixture
def shown(work: Path, result: Result) -> Path:
    """A folder of results with that one in it."""
    out = work / "out"
    out.mkdir()
    (out / "r.json").write_bytes(render(result))
    return out


def test_the_view_is_as_it_was(invoke: Invoke, shown: Path) -> None:
    """Every blank of it. Where a change is wanted, write the new output into the golden file."""
    ran = invoke("show", shown / "r.json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == GOLDEN.read_text(encoding="utf-8")


def test_a_result_needs_nothing_but_its_file(invoke: Invoke, shown: Path, work: Path) -> None:
    """The source may be gone."""
    before = invoke("show", shown / "r.json").out
    (work / "r.txt").unlink()
    assert invoke("show", shown / "r.json").out == before
    assert invoke("show", shown).out == before


def test_a_report_is_read_on_the_spot(invoke: Invoke, work: Path) -> None:
    """Nothing is written."""
    ran = invoke("show", "r.txt")
    assert ran.code == 0
    assert "⟨1830.5亿元⟩" in ran.out
    assert [path.name for path in work.iterdir()] == ["r.txt"]


def test_one_type_or_only_flags_can_be_asked_for(invoke: Invoke, shown: Path) -> None:
    """The counts at the end say what was left out."""
    goals = invoke("show", shown, "--type", "goal").out
    assert "成绩  " not in goals
    flags = invoke("show", shown, "--flagged").out
    assert "conflict_in_report" in flags
    assert "1 shown" in flags
    ran = invoke("show", shown, "--type", "gaol")
    assert ran.code == 2
    assert "achievement, goal, livelihood_project" in ran.err


def test_several_results_give_an_overview(invoke: Invoke, shown: Path, result: Result) -> None:
    """Unless something of all of them is asked for."""
    other = result.model_copy(update={"report": result.report.model_copy(update={"id": "s"})})
    (shown / "s.json").write_bytes(render(other))
    overview = invoke("show", shown).out.splitlines()
    assert [line.split()[0] for line in overview[:3]] == ["report", "r", "s"]
    assert invoke("show", shown, "--flagged").out.count("conflict_in_report") == 2


def test_colours_mark_numbers_where_there_are_any(
    invoke: Invoke, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal style replaces the brackets; NO_COLOR and --no-color keep weight and underline only."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = invoke("show", shown).out
    assert "⟨" not in coloured
    assert "\x1b[1;4;33m1830.5亿元\x1b[0m" in coloured
    plain = invoke("show", shown, "--no-color").out
    assert "\x1b[1;4m1830.5亿元\x1b[0m" in plain
    assert ";33m" not in plain


def test_no_line_is_cut_where_there_is_no_terminal(
    invoke: Invoke, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However narrow the window behind the pipe."""
    before = invoke("show", shown).out
    monkeypatch.setenv("COLUMNS", "30")
    assert invoke("show", shown).out == before


@pytest.mark.parametrize(
    "poison", ["\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\u202e", "\u200b", "\r", "\x08"]
)
def test_text_does_nothing_to_the_terminal(invoke: Invoke, shown: Path, result: Result, poison: str) -> None:
    """Neither in the title, nor in a quote, nor in an indicator."""
    first = result.records[0]
    evil = first.model_copy(
        update={
            "indicator": f"指标{poison}",
            "evidence": first.evidence.model_copy(
                update={"quote": first.evidence.quote + poison, "section": poison}
            ),
            "issues": (first.issues[0].model_copy(update={"message": poison}),),
        }
    )
    report = result.report.model_copy(update={"title": poison, "source": poison, "region": poison})
    odd = result.model_copy(update={"records": (evil, *result.records[1:]), "report": report})
    (shown / "r.json").write_bytes(render(odd))
    for arguments in (("show", shown / "r.json"), ("show", shown)):
        ran = invoke(*arguments)
        assert ran.code == 0
        assert poison not in ran.out


def test_markup_in_a_report_is_text(invoke: Invoke, shown: Path, result: Result) -> None:
    """Square brackets are common in Chinese documents, and mean nothing to us."""
    report = result.report.model_copy(update={"title": "[bold]标题[/bold] [link=x]y[/link] :smile:"})
    (shown / "r.json").write_bytes(render(result.model_copy(update={"report": report})))
    assert "[bold]标题[/bold] [link=x]y[/link] :smile:" in invoke("show", shown).out


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [("{}", 1, "not a result of this program"), ("{", 1, "not valid JSON"), (None, 1, "is not there")],
)
def test_what_cannot_be_shown_is_said(
    invoke: Invoke, work: Path, content: str | None, code: int, says: str
) -> None:
    """By its name."""
    if content is not None:
        (work / "x.json").write_text(content, encoding="utf-8")
    ran = invoke("show", "x.json")
    assert ran.code == code
    assert "x.json" in ran.err
    assert says in ran.err


def test_a_newer_result_is_wrong_use(invoke: Invoke, shown: Path, result: Result) -> None:
    """With the way out."""
    content = json.loads(render(result)) | {"schema_version": 99}
    (shown / "r.json").write_text(json.dumps(content), encoding="utf-8")
    ran = invoke("show", shown / "r.json")
    assert ran.code == 2
    assert "newer version" in ran.err


def test_safe_text_keeps_what_can_be_read() -> None:
    """Chinese, full-width signs and line ends stay."""
    assert safe("政府，１２%\n\t“好”") == "政府，１２%\n\t“好”"
    assert safe("a\x1b[0m\ud800") == "a\\x1b[0m\\ud800"


def test_lines_break_as_a_typesetter_breaks_them() -> None:
    """No closing mark at the start of a line, no cut inside a number, and nothing lost."""
    text = Text("全市地区生产总值达到2638.9亿元，增长6.3%，好于年初预期；规上工业增加值增长8.4%。")
    for width in range(8, 60):
        lines = [line.plain for line in wrapped(text, width)]
        assert "".join(lines) == text.plain
        assert all(line[0] not in NO_LINE_START for line in lines)
        assert not any(
            one[-1] in "0123456789." and other[0] in "0123456789." for one, other in pairwise(lines)
        )
        assert all(Text(line).cell_len <= width for line in lines)


@pytest.mark.parametrize(
    ("change", "shows"),
    [
        ({}, ""),
        ({"value": "253200000000", "text": "2532亿元", "unit": "元"}, "253,200,000,000 元"),
        ({"modifier": "at_least"}, "≥"),
        ({"value": "1", "upper": "2", "modifier": "range", "text": "1~2家"}, "1–2 家"),
        ({"kind": "change", "direction": "decrease", "value": "2.10", "unit": "%", "text": "2.1%"}, "↓"),
        ({"value": "1234.5", "text": "一千二百三十四点五家"}, "1,234.5 家"),
    ],
)
def test_an_amount_shows_only_what_the_text_does_not(change: dict[str, str], shows: str) -> None:
    """Direction, hedge, and the value where scale changed it."""
    base = {"value": "12", "unit": "家", "kind": "level", "text": "12 家", "start": 0, "end": 3}
    assert amount(Figure.model_validate(base | change)) == shows


def test_each_reason_of_the_ledger_has_a_name() -> None:
    """A code that has none is shown as it is, in English to those who read Chinese."""
    assert {reason.value for reason in Exclusion} <= set(CODES)
