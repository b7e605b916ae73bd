"""Facts tables as people make them: JSON lines, CSV and XLSX."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from extract.checks import ABSENT
from extract.errors import FactsFileError
from extract.tables import facts_files
from extract.tables.facts_files import read_facts


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(tmp_path: Path, *rows: tuple[object, ...], sheet: str = "Sheet", **formats: str) -> Path:
    """A workbook; `formats` gives number formats by cell."""
    book = openpyxl.Workbook()
    page = book.create_sheet(sheet)
    if sheet != "facts":
        del book["Sheet"]
        page.title = sheet
    for row in rows:
        page.append(row)
    for cell, number_format in formats.items():
        page[cell].number_format = number_format
    path = tmp_path / "facts.xlsx"
    book.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(FactsFileError) as caught:
        read_facts(path)
    assert caught.value.hint
    return str(caught.value)


def test_json_lines_with_the_keys_of_the_contract(tmp_path):
    """Each key arrives; null is None, a missing key is ABSENT; other keys do not matter."""
    row = {
        "report_id": "r", "indicator": "生产总值", "value": "537030000000", "upper": None, "unit": "元",
        "kind": "level", "direction": None, "period": "2023", "record_type": "achievement", "start": 3, "end": 12,
        "surface": "5370.3亿元",
    }  # fmt: skip
    (fact,) = read_facts(write(tmp_path, "facts.jsonl", json.dumps(row) + "\n\n"))
    assert (fact.n, fact.value, fact.upper, fact.unit) == (0, Decimal(537030000000), None, "元")
    assert (fact.kind, fact.direction, fact.modifier) == ("level", None, ABSENT)
    assert (fact.start, fact.end, fact.text, fact.quote) == (3, 12, "5370.3亿元", None)


def test_an_array_of_objects_will_do(tmp_path):
    """A .json file with one list."""
    facts = read_facts(write(tmp_path, "facts.json", '[{"value": 1}, {"value": 2.50}]'))
    assert [fact.value for fact in facts] == [Decimal(1), Decimal("2.50")]


CSV = "指标,数值,单位,年份,方向\n生产总值,5370.3,亿元,2023年,增长\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding_and_with_any_delimiter(tmp_path, delimiter, encoding):
    """What Excel writes, in Chinese headings and with scaled units."""
    path = write(tmp_path, "facts.csv", CSV.replace(",", delimiter).encode(encoding))
    (fact,) = read_facts(path)
    assert (fact.indicator, fact.value, fact.unit) == ("生产总值", Decimal(537030000000), "元")
    assert (fact.period, fact.direction) == ("2023年", "increase")


def test_empty_cells_say_that_there_is_none(tmp_path):
    """A column that is there but empty is None, one that is not there is ABSENT."""
    (fact,) = read_facts(write(tmp_path, "facts.csv", "value,unit\n7,\n"))
    assert (fact.unit, fact.direction) == (None, ABSENT)


def test_excels_remark_on_the_delimiter_is_no_header(tmp_path):
    """sep=; stands in the first line."""
    (fact,) = read_facts(write(tmp_path, "facts.csv", "sep=;\r\nvalue;unit\r\n7;%\r\n"))
    assert (fact.value, fact.unit) == (Decimal(7), "%")


def test_quoted_cells_may_hold_delimiters_and_breaks(tmp_path):
    """A cell such as 1,234 stands in quotation marks."""
    (fact,) = read_facts(write(tmp_path, "facts.csv", 'value,quote\n"1,234","第一行\n第二行"\n'))
    assert (fact.value, fact.quote) == (Decimal(1234), "第一行\n第二行")


def test_lines_may_end_as_on_old_macintoshes(tmp_path):
    """With a carriage return alone."""
    facts = read_facts(write(tmp_path, "facts.csv", "value,unit\r7,%\r8,%\r"))
    assert [fact.value for fact in facts] == [Decimal(7), Decimal(8)]


def test_workbooks_with_typed_cells(tmp_path):
    """Numbers, percentages, dates and blank rows as a spreadsheet has them."""
    path = workbook(
        tmp_path,
        ("指标", "数值", "单位", "时期"),
        ("生产总值", 5370.3, "亿元", 2023),
        (None, None, None, None),
        ("增速", 0.079, None, date(2023, 12, 31)),
        B4="0.0%",
    )
    level, change = read_facts(path)
    assert (level.value, level.unit, level.period) == (Decimal(537030000000), "元", "2023")
    assert (change.n, change.value, change.unit, change.period) == (1, Decimal("7.9"), "%", "2023")


def test_the_sheet_named_facts_is_read(tmp_path):
    """Whatever other sheets there are."""
    path = workbook(tmp_path, ("value",), (7,), sheet="facts")
    assert [fact.value for fact in read_facts(path)] == [Decimal(7)]


def test_wrong_columns_are_named_with_those_expected(tmp_path):
    """The message says what was found and what is wanted."""
    message = refused(write(tmp_path, "facts.csv", "名称,金额\n甲,1\n"))
    assert "名称, 金额" in message
    assert "`value` or `text`" in message
    assert "indicator" in message


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("facts.jsonl", '{"value": 1}\n{"value": \n', "line 2"),
        ("facts.jsonl", '{"value": 1}\n[1]\n', "line 2"),
        ("facts.jsonl", '{"value": 1}\n{"value": true}\n', "line 2: value is True"),
        ("facts.jsonl", '{"value": NaN}', "line 1"),
        ("facts.jsonl", '{"value": 1' + "0" * 5000 + "}", "line 1"),
        ("facts.jsonl", '{"value": "1e999999999"}', "line 1"),
        ("facts.jsonl", "[" * 100_000, "line 1"),
        ("facts.csv", "value\n七\n不少\n", "line 3: value is '不少', not a number"),
        ("facts.csv", "value,unit\n5,370.3,元\n", "line 2: 3 cells, but 2 columns"),
        ("facts.csv", "value,modifier\n5,maybe\n", "line 2: modifier is 'maybe'; it must be one of exact"),
        ("facts.csv", "value,start,end\n5,9,3\n", "line 2: the span 9-3 is empty"),
        ("facts.csv", "value,start\n5,0.5\n", "line 2: start is '0.5'"),
        ("facts.csv", "value,indicator\n,甲\n", "line 2: there is no value"),
        ("facts.csv", "value," + "x" * 200_000 + "\n5,6\n", "line 1: field larger than"),
        ("facts.csv", "", "empty"),
        ("facts.csv", b"\xff\xff\xff\xff", "neither UTF-8 nor GB18030"),
        ("facts.pdf", "value\n1\n", ".pdf"),
        ("facts.xlsx", "value\n1\n", "not a workbook"),
    ],
)
def test_what_cannot_be_understood_is_named_by_its_line(tmp_path, name, content, said):
    """One sentence with file, line and reason; never a traceback."""
    message = refused(write(tmp_path, name, content))
    assert said in message
    assert name in message


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    """And a folder is no file."""
    assert "no such file" in refused(tmp_path / "nothing.csv")
    assert "no such file" in refused(tmp_path)


def test_a_header_without_rows_is_an_empty_table(tmp_path):
    """Nothing to check is no fault."""
    assert read_facts(write(tmp_path, "facts.csv", "value,unit\n")) == []


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    """The bound is on rows, too."""
    monkeypatch.setattr(facts_files, "MAX_ROWS", 2)
    assert "more than 2 rows" in refused(write(tmp_path, "facts.csv", "value\n1\n2\n3\n"))


def test_too_large_files_are_refused_before_they_are_read(tmp_path, monkeypatch):
    """The size on the disk is looked at first."""
    monkeypatch.setattr(facts_files, "MAX_BYTES", 10)
    assert "larger than 10 bytes" in refused(write(tmp_path, "facts.csv", "value\n" + "1\n" * 10))


def test_zip_bombs_are_refused_by_their_directory(tmp_path):
    """A workbook that unpacks to far more than it weighs is not unpacked."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    assert "unpacks to 30000000 bytes" in refused(path)


def test_document_types_in_a_workbook_are_refused(tmp_path):
    """Entities that grow on parsing have no place in a spreadsheet."""
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "document type" in refused(path)


def test_a_damaged_workbook_is_said_to_be_damaged(tmp_path):
    """An archive that is none of Excel's."""
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "not a workbook" in refused(path)


def test_a_table_on_a_later_sheet_is_found(tmp_path):
    """A first sheet of remarks does not hide the table."""
    book = openpyxl.Workbook()
    book.active.append(["说明", "本表由云州市整理"])
    book.create_sheet("数据").append(["指标", "数值"])
    book["数据"].append(["地区生产总值", 6])
    book.save(tmp_path / "facts.xlsx")
    assert [fact.value for fact in read_facts(tmp_path / "facts.xlsx")] == [6]


def test_a_blank_workbook_is_an_empty_table(tmp_path):
    """Said as what it is, not as a table without facts."""
    openpyxl.Workbook().save(tmp_path / "facts.xlsx")
    assert "empty" in refused(tmp_path / "facts.xlsx")


@pytest.mark.parametrize("name", ["facts.csv", "facts.xlsx"])
def test_two_columns_of_one_name_are_refused(tmp_path, name):
    """Which of them counts, nobody can say."""
    rows = [("value", "unit", "Value "), ("6", "%", "7")]
    path = workbook(tmp_path, *rows) if name.endswith("xlsx") else None
    path = path or write(tmp_path, name, "\n".join(",".join(row) for row in rows))
    assert "two columns are named 'value'" in refused(path)


def test_a_json_line_without_a_number_is_refused(tmp_path):
    """It shifts no later fact: facts are counted by their lines."""
    path = write(tmp_path, "facts.jsonl", '{"value": null}\n{"value": 6}\n')
    assert "line 1" in refused(path)
