"""The source beside an item."""

from dataclasses import replace
from decimal import Decimal

from extract.desk.model import Item, ItemRow, Kind, ReportRow, ReportText, Standing
from extract.desk.pages.language import language
from extract.desk.pages.source_view import item_marks, source_view
from schemas import Issue, Severity
from schemas.record import Span
from schemas.result import LedgerRow, SectionRow

TEXT = "前言。\n一、安排\n新建公园12个。" + "其余工作有序推进，街巷更整洁。\n" * 400
AT = TEXT.index("12个")
LINE = (TEXT.index("新建"), TEXT.index("新建") + 8)
NUMBER = LedgerRow(
    start=AT,
    end=AT + 3,
    text="12个",
    value=Decimal(12),
    upper=None,
    unit="个",
    kind="quantity",
    state="unclaimed",
)
REPORT = ReportText(
    row=ReportRow("r", "r.txt", "", None, None, "rules", complete=True, notes=(), has_text=True, counts={}),
    text=TEXT,
    start=0,
    end=len(TEXT),
    ledger=(NUMBER,),
    sections=(
        SectionRow(level=1, title="安排", role="plan_year", period=None, start=4, end=len(TEXT), parent=None),
    ),
    chunks=(),
    items=(),
)


def item(kind: Kind, issues: tuple[Issue, ...] = ()) -> Item:
    """An item on the first sentence of the plan."""
    row = ItemRow(
        key="k",
        kind=kind,
        standing=Standing.FLAGGED,
        report_id="r",
        region=None,
        report_year=None,
        record_type=None,
        indicator=None,
        period=None,
        text="12个",
        quote="",
        codes=(),
        severity=2,
        stakes=50,
        start=LINE[0],
        end=LINE[1],
        version=1,
        reviewer=None,
        updated_at=None,
        claimed_by=None,
        claimed_until=None,
    )
    number = NUMBER if kind is Kind.NUMBER else None
    return Item(row, None, None, number, None, issues, (), 0, (), needs_two=False)


def struck(found: Item) -> list[str]:
    """What is struck out in the text of an item."""
    return [TEXT[mark.start : mark.end] for mark in item_marks(found) if mark.style == "doubt"]


def test_of_an_open_number_the_number_alone_is_struck_out() -> None:
    """The sentence around it is evidence, and stays readable."""
    marks = item_marks(item(Kind.NUMBER))
    assert struck(item(Kind.NUMBER)) == ["12个"]
    assert [TEXT[mark.start : mark.end] for mark in marks if mark.style == "ev"] == ["新建公园12个。"]


def test_a_whole_sentence_in_doubt_is_underlined_instead() -> None:
    """An issue may speak of all of the quote."""
    spans = (Span(start=0, end=LINE[1] + 40), Span(start=AT, end=AT + 3))
    issue = Issue(code="x", severity=Severity.ERROR, message="", message_en="", spans=spans)
    assert struck(item(Kind.RECORD, (issue,))) == ["12个"]


def test_a_note_puts_nothing_in_doubt() -> None:
    """It is said, and no more."""
    issue = Issue(
        code="x", severity=Severity.NOTE, message="", message_en="", spans=(Span(start=AT, end=AT + 3),)
    )
    assert struck(item(Kind.RECORD, (issue,))) == []


def test_a_window_says_what_can_be_loaded_before_and_after_it() -> None:
    """Whole lines, to the ends of the report; numbers in it are marked."""
    source = source_view(REPORT, (4, 400), [], language("en"))
    assert source
    assert source.earlier == (0, 4)
    assert source.later
    assert source.later[0] == 400
    assert TEXT[source.later[1] - 1] == "\n"
    labels = [piece.label for line in source.paragraphs for piece in line.pieces if "n " in piece.styles]
    assert labels == ["unclaimed"]
    whole = source_view(REPORT, (0, len(TEXT)), [], language("en"))
    assert whole
    assert (whole.earlier, whole.later) == (None, None)


def test_an_endless_line_is_loaded_in_steps_too() -> None:
    """Up to the end of a sentence, not to the end of the report."""
    endless = replace(REPORT, text=TEXT.replace("\n", "　"))
    source = source_view(endless, (3_100, 3_200), [], language("en"))
    assert source
    assert source.earlier
    assert source.later
    assert 3_200 < source.later[1] < 3_200 + 4_001
    assert TEXT[source.later[1] - 1] == "。"
    assert source.earlier[0] < 100


def test_without_the_text_there_is_no_window() -> None:
    """The page then shows the quote."""
    assert source_view(replace(REPORT, text=None), (0, 5), [], language("zh")) is None
