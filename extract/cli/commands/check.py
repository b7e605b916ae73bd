"""`extract check`: somebody's table of numbers held against a report, or against the reports of a folder."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract.cli.terminal import RowFormat
from extract.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.checks.reasons import Lang
    from extract.config import Settings
    from extract.documents.model import Report
    from extract.runs.checking import CheckedTable, Edition
    from extract.tables.facts_files import GivenTable

EXAMPLE = "Example: extract check out table.xlsx --output checked.xlsx"


def command(
    report: Annotated[
        str, typer.Argument(metavar="REPORT|OUT", help="A report, - for stdin, or a folder of results.")
    ],
    facts: Annotated[Path, typer.Argument(metavar="TABLE", help="One row a number: .jsonl, .csv or .xlsx.")],
    row_format: Annotated[
        RowFormat | None, typer.Option("--format", help="jsonl, or table (the default on a terminal).")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The table back, with a verdict beside each row: .xlsx or .csv.",
        ),
    ] = None,
    unclaimed: Annotated[
        bool, typer.Option("--unclaimed", help="Also list the numbers of the report that no row claims.")
    ] = False,
    lang: Annotated[
        Literal["en", "zh"] | None,
        typer.Option("--lang", help="Language of the words; by default that of the table's header."),
    ] = None,
) -> int:
    """Check a table against a report, or a folder of results.

    用报告原文核对一张数据表；也可用结果文件夹核对多地区的整张表（按地区和年份列找报告）。

    Prints a verdict for each number, with the number of its row as a spreadsheet shows it, and a summary.
    Columns: value, and as far as you have them indicator, unit, upper, kind, direction, modifier,
    period, record_type, start, end, text, quote; region and year (地区、年份) with a folder. A column for each
    indicator (2024年GDP增速（%）) will do as well. Titles may stand above the header. Rows without a span are
    looked for. Flags are no failure: the exit code stays 0.
    """
    import os

    from extract.cli.terminal import chosen, note, write_lines
    from extract.cli.views.check import print_checked, summary
    from extract.config import load_settings
    from extract.tables.facts_files import read_table
    from extract.tables.write import json_lines

    settings = load_settings(Path.cwd(), os.environ)
    if output is not None:
        _require_same_kind(facts, output)
        _require_other_file(facts, output)
    table = read_table(facts)
    code, checked = _checked(report, table, settings)
    words: Lang = lang or _language(table)
    if output is not None:
        _give_back(facts, output, table, checked, words)
    if output is None or row_format is not None:
        if chosen(row_format) is RowFormat.JSONL:
            write_lines(json_lines(checked.rows(unclaimed=unclaimed)))
        else:
            print_checked(checked, lang=words, unclaimed=unclaimed)
    note(summary(checked, words))
    return code


def _checked(report: str, table: "GivenTable", settings: "Settings") -> tuple[int, "CheckedTable"]:
    """The verdicts, and the exit code."""
    from extract.cli.terminal import read_input
    from extract.documents import read_source
    from extract.errors import NoReportError
    from extract.runs.checking import Edition, check_folder, check_source

    if Path(report).is_dir():
        from extract.cli.result_folder import ResultFolder

        folder = ResultFolder(Path(report))
        editions = [
            Edition(one.report.id, one.report.region, one.report.report_year) for one in folder.lean_results()
        ]
        _require_region(table, editions)
        texts = _Texts(Path(report), settings.max_bytes)
        return folder.exit_code, check_folder(editions, texts.reports, table.rows)
    data = read_input(report, settings.max_bytes)
    reports = read_source(data, report, max_bytes=settings.max_bytes).reports
    if not reports:
        raise NoReportError(Message("%(report)s holds no government work report.", report=report))
    return 0, check_source(reports, table.rows)


def _require_region(table: "GivenTable", editions: "Sequence[Edition]") -> None:
    from extract.errors import FactsFileError

    regions = {one.region for one in editions} - {None}
    if len(regions) > 1 and not any(row.region for row in table.rows):
        raise FactsFileError(
            Message(
                "The table has no column for the region, but the folder holds reports of several regions."
            ),
            hint=Message("Add a column named region or 地区, or check against one report."),
        )


class _Texts:
    """The reports of a folder of results, read again from their texts."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes

    def reports(self, report_id: str) -> "Sequence[Report]":
        """A report by its id; nothing where its text is gone."""
        from extract.desk.texts import source_text
        from extract.documents import read_text
        from extract.results.files import read_result

        result = read_result(self.folder / f"{report_id}.json")
        text = source_text(result, self.folder, self.max_bytes)
        if text is None:
            return ()
        found = read_text(text, result.report.source).reports
        return [one for one in found if one.start == result.report.start][:1] or found[:1]


def _language(table: "GivenTable") -> "Lang":
    """That of the header: Chinese where a region or an indicator is written so."""
    words = (text for row in table.rows for text in (row.region, row.column, row.fact.indicator))
    return "zh" if any(isinstance(text, str) and not text.isascii() for text in words) else "en"


def _require_same_kind(facts: Path, output: Path) -> None:
    from extract.errors import UsageError

    kind = facts.suffix.lower()
    if kind not in {".xlsx", ".csv", ".tsv", ".txt"} or output.suffix.lower() != kind:
        raise UsageError(
            Message("%(table)s cannot be written as %(output)s.", table=facts.name, output=output.name),
            hint=Message(
                "Only .xlsx and .csv tables can be written, in the format of the table: give the "
                "output the same suffix."
            ),
        )


def _give_back(facts: Path, output: Path, table: "GivenTable", checked: "CheckedTable", lang: "Lang") -> None:
    from extract.cli.table_output import put
    from extract.regular_files import read_regular
    from extract.runs.checking import notes_of
    from extract.tables.checked_sheet import csv_with, workbook_with

    notes = dict(notes_of(checked, lang))
    if facts.suffix.lower() == ".xlsx":
        data = workbook_with(read_regular(facts), table, notes, lang)
    else:
        data = csv_with(facts, table, notes, lang)
    put([data], output, binary=True)


def _require_other_file(facts: Path, output: Path) -> None:
    """What openpyxl does not know of a workbook would be lost from the only copy."""
    from extract.errors import UsageError

    if output.exists() and facts.exists() and output.samefile(facts):
        raise UsageError(
            Message("%(name)s is the table itself.", name=output.name),
            hint=Message("Give --output another name; the table stays as it is."),
        )
