"""`extract check` with the tables that people have."""

import csv
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.tables.research_cases import text_of

from .conftest import Invoke

GOALS = (
    "今年经济社会发展的主要预期目标是：地区生产总值增长5.5%，一般公共预算收入增长4%，固定资产投资增长6%左右。"
)
DONE = "全年地区生产总值达到2105.6亿元、增长5.2%，一般公共预算收入增长3.1%，固定资产投资下降1.4%。"


@pytest.fixture
def out(invoke: Invoke, work: Path) -> Path:
    """Results of two cities, one with two years."""
    (work / "r.txt").unlink()
    for year, city in ((2024, "临江市"), (2025, "临江市"), (2025, "石桥市")):
        (work / f"{city}{year}.txt").write_text(text_of(year, DONE, GOALS, city=city), encoding="utf-8")
    assert invoke("run", *sorted(work.glob("*.txt")), "--out", "out", "-q").code == 0
    return work / "out"


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook with a title over all columns, a blank row, and these rows."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "核对"
    page.append(("2024年各市主要指标",))
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    page["A1"].font = Font(bold=True, size=16)
    page.append(())
    for row in rows:
        page.append(row)
    page.column_dimensions["B"].width = 33
    book.save(path)
    return path


LONG = (
    ("地区", "年份", "指标", "数值", "类型"),
    ("临江", 2024, "GDP增速", "5.2%", "实际"),
    ("石桥市", 2024, "地区生产总值", "2105.6亿元", None),
    ("石桥", 2025, "地区生产总值增速", "5.9%", "目标"),
    ("云州市", 2024, "GDP增速", "5.2%", None),
)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_table_of_many_regions_is_held_against_a_folder(
    invoke: Invoke, work: Path, out: Path, kind: str
) -> None:
    """Each row against the report of its region and year; the rows as the spreadsheet numbers them."""
    path = work / f"t.{kind}"
    if kind == "xlsx":
        sheet(path, *LONG)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("2024年各市主要指标", "", "", "", ""), (), *LONG])
    ran = invoke("check", out, path)
    assert ran.code == 0
    assert [(row["fact"], row["row"], row["verdict"]) for row in ran.rows] == [
        (0, 4, "verified"), (1, 5, "verified"), (2, 6, "flagged"), (3, 7, "no_report"),
    ]  # fmt: skip
    assert [row.get("report_id") for row in ran.rows] == ["临江市2025", "石桥市2025", "石桥市2025", None]
    assert (ran.rows[2]["reasons"], ran.rows[2]["says"]) == (["digits_differ"], "5.5%")
    assert ran.rows[3]["reasons"] == ["no_report"]
    assert "共核对4个数字：2个一致，1个不一致，1个没有对应的报告" in ran.err


def test_the_right_value_is_named_in_words(invoke: Invoke, work: Path, out: Path) -> None:
    """In the language that is asked for."""
    path = sheet(work / "t.xlsx", *LONG)
    assert "报告中为5.5%" in invoke("check", out, path, "--format", "table").out
    assert "the report says 5.5%" in invoke("check", out, path, "--format", "table", "--lang", "en").out


def test_the_right_value_is_named_where_the_wrong_one_stands_elsewhere(
    invoke: Invoke, work: Path, out: Path
) -> None:
    """4% is that of revenue; the growth of the economy was planned at 5.5%."""
    path = sheet(work / "t.xlsx", LONG[0], ("临江市", 2025, "地区生产总值", "4%", "目标"))
    (row,) = invoke("check", out, path).rows
    assert (row["verdict"], row["says"]) == ("flagged", "5.5%")


def test_the_sheet_comes_back_with_a_verdict_beside_each_row(invoke: Invoke, work: Path, out: Path) -> None:
    """All of it as it was: title, merged cells, widths, fonts, formulas; verdicts behind its last column."""
    path = sheet(work / "t.xlsx", (*LONG[0], "备注"), *((*row, "=1+1") for row in LONG[1:]))
    ran = invoke("check", out, path, "--output", "checked.xlsx")
    assert (ran.code, ran.out) == (0, "")
    page = openpyxl.load_workbook(work / "checked.xlsx")["核对"]
    assert "A1:F1" in [str(one) for one in page.merged_cells.ranges]
    assert (page["A1"].font.size, page.column_dimensions["B"].width) == (16, 33)
    assert (page["D4"].value, page["F5"].value) == ("5.2%", "=1+1")
    assert [page.cell(3, n).value for n in range(7, 11)] == ["核对结果", "说明", "报告中的数值", "报告"]
    assert [page.cell(n, 7).value for n in range(4, 8)] == ["一致", "一致", "不一致", "没有报告"]
    assert (page["H6"].value, page["I6"].value, page["J6"].value) == ("报告中为5.5%", "5.5%", "石桥市2025")
    assert "没有这个地区" in page["H7"].value


def test_a_csv_comes_back_as_csv_with_inert_cells(invoke: Invoke, work: Path, out: Path) -> None:
    """A formula that somebody left in a table does nothing; signed numbers stay."""
    (work / "t.csv").write_text(
        '地区,年份,指标,数值,备注\n临江市,2024,固定资产投资,-1.4%,"=HYPERLINK(""http://x"")"\n',
        encoding="utf-8",
    )
    assert invoke("check", out, "t.csv", "--output", "c.csv").code == 0
    data = (work / "c.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(data.decode("utf-8-sig").splitlines())
    assert header[5:] == ["核对结果", "说明", "报告中的数值", "报告"]
    assert row[3:5] == ["-1.4%", '\'=HYPERLINK("http://x")']


def test_a_column_for_each_indicator_will_do(invoke: Invoke, work: Path, out: Path) -> None:
    """With year, unit, target or actual in its header; each verdict names its column."""
    head = ("地区", "2024年GDP增速（%）", "地区生产总值（亿元）", "2025年一般公共预算收入增速目标")
    path = sheet(work / "t.xlsx", head, ("临江", 5.2, 2105.6, 4), ("石桥", 5.3, 2105.6, 4.5))
    rows = invoke("check", out, path).rows
    assert [(row["row"], row["column"], row["verdict"]) for row in rows] == [
        (4, head[1], "verified"), (4, head[2], "verified"), (4, head[3], "verified"),
        (5, head[1], "flagged"), (5, head[2], "verified"), (5, head[3], "flagged"),
    ]  # fmt: skip
    assert [row["says"] for row in rows if "says" in row] == ["5.2%", "4%"]
    invoke("check", out, path, "-o", "checked.xlsx")
    page = openpyxl.load_workbook(work / "checked.xlsx").active
    assert page["E5"].value == "不一致"
    assert "2024年GDP增速（%）：报告中为5.2%" in page["F5"].value


def test_values_as_people_write_them(invoke: Invoke, work: Path, out: Path) -> None:
    """With unit, as text, under one line with the unit, and as a cell that shows a percentage."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ("指标", "数值", "单位", "年份", "地区"),
        ("GDP增速", 0.052, None, 2024, "石桥市"),
        ("一般公共预算收入增速", "3.1", "%", "2024年", "石桥市"),
        ("地区生产总值", "2,105.6", "亿元", 2024, None),
        ("注：数据来自政府工作报告",),
    ):
        page.append(row)
    page["B2"].number_format = "0.0%"
    book.save(work / "t.xlsx")
    rows = invoke("check", out, "t.xlsx").rows
    assert [(row["row"], row["verdict"]) for row in rows] == [(n, "verified") for n in (2, 3, 4)]
    (work / "t.csv").write_text(
        "各市情况\n单位：亿元\n\n地区,指标,数值,年份\n石桥市,地区生产总值,2105.6,2024\n", encoding="gb18030"
    )
    (row,) = invoke("check", out, "t.csv").rows
    assert (row["row"], row["verdict"], row["found"]["unit"]) == (5, "verified", "元")


def test_unclaimed_numbers_are_listed_on_request(invoke: Invoke, work: Path, out: Path) -> None:
    """Only then; their count is told always."""
    path = sheet(work / "t.xlsx", *LONG)
    assert not [row for row in invoke("check", out, path).rows if "unclaimed" in row]
    assert [row for row in invoke("check", out, path, "--unclaimed").rows if row.get("unclaimed")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("t.csv",), "no column for the region"),
        (("t.csv", "--output", "c.xlsx"), "cannot be written as c.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said(
    invoke: Invoke, work: Path, out: Path, arguments: tuple[str, ...], said: str
) -> None:
    """With what to do about it."""
    (work / "t.csv").write_text("指标,数值\nGDP增速,5.2%\n", encoding="utf-8")
    ran = invoke("check", out, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "hint" in ran.err


def test_a_name_of_several_regions_and_a_text_that_is_gone_are_told_apart(
    invoke: Invoke, work: Path, out: Path
) -> None:
    """Neither is a fault of the row."""
    (work / "石桥市2025.txt").unlink()
    path = sheet(work / "t.xlsx", LONG[0], ("石桥市", 2024, "GDP增速", "5.2%", None))
    (row,) = invoke("check", out, path).rows
    assert (row["verdict"], row["reasons"]) == ("no_report", ["no_text"])


def test_the_year_in_the_header_of_a_number_counts_more_than_that_of_the_row(
    invoke: Invoke, work: Path, out: Path
) -> None:
    """A row of the reports of 2025 has their targets and, under a header that says so, the results of 2024."""
    path = sheet(
        work / "t.xlsx",
        ("地区", "年份", "GDP增速目标（%）", "2024年地区生产总值（亿元）", "2024年GDP增速（%）"),
        ("临江", 2025, 5.5, 2105.6, 5.2),
        ("石桥", 2025, 5.5, 2105.6, 5.9),
    )
    ran = invoke("check", out, path)
    assert [(row["row"], row["verdict"], row["reasons"]) for row in ran.rows] == [
        (4, "verified", []), (4, "verified", []), (4, "verified", []),
        (5, "verified", []), (5, "verified", []), (5, "flagged", ["digits_differ"]),
    ]  # fmt: skip
    assert ran.rows[-1]["says"] == "5.2%"


def test_the_table_itself_is_not_written_over(invoke: Invoke, work: Path, out: Path) -> None:
    """What openpyxl does not know of it would be lost for good."""
    path = sheet(work / "t.xlsx", *LONG)
    before = path.read_bytes()
    ran = invoke("check", out, path, "--output", work / "." / "t.xlsx")
    assert ran.code == 2
    assert "t.xlsx" in ran.err
    assert path.read_bytes() == before


def test_the_number_itself_is_named_and_not_the_mark_that_it_passed(invoke: Invoke, work: Path) -> None:
    """突破2100亿元，达到2105.6亿元: it is 2105.6."""
    done = DONE.replace("达到", "突破2100亿元，达到")
    (work / "r.txt").write_text(text_of(2025, done, GOALS, city="临江市"), encoding="utf-8")
    path = sheet(work / "t.xlsx", LONG[0], ("临江", 2024, "地区生产总值", "2150.6亿元", "实际"))
    (row,) = invoke("check", "r.txt", path).rows
    assert (row["verdict"], row["says"]) == ("flagged", "2105.6亿元")
    assert "报告中为2105.6亿元 —" in invoke("check", "r.txt", path, "--format", "table").out


def test_what_is_wrong_with_another_number_is_not_told(invoke: Invoke, work: Path, out: Path) -> None:
    """5.2% is the result of the year before; the target is 5.5%, and that is all there is to say."""
    path = sheet(work / "t.xlsx", LONG[0], ("石桥", 2025, "GDP增速", "5.2%", "目标"))
    (row,) = invoke("check", out, path).rows
    assert row["reasons"] == ["period_differs", "type_differs"]
    assert "报告中为5.5%" in invoke("check", out, path, "--format", "table").out
    assert "时期不同" not in invoke("check", out, path, "--format", "table").out


def test_a_number_of_another_unit_and_indicator_is_no_place_of_a_fact(invoke: Invoke, work: Path) -> None:
    """两个 is not the 2% of consumer prices, of which the report says nothing."""
    goals = GOALS + "建设两个产业园区。"
    (work / "r.txt").write_text(text_of(2025, DONE, goals, city="临江市"), encoding="utf-8")
    path = sheet(work / "t.xlsx", LONG[0], ("临江", 2025, "居民消费价格涨幅", "2%", "目标"))
    (row,) = invoke("check", "r.txt", path).rows
    assert (row["reasons"], row["found"]) == (["number_not_in_quote"], {})
