"""`extract check`: somebody's table of numbers held against the report."""

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.terminal import RowFormat

EXAMPLE = "Example: extract check report.txt facts.csv --format table"


def command(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report as text, or - for stdin.")],
    facts: Annotated[Path, typer.Argument(metavar="FACTS", help="One row a number: .jsonl, .csv or .xlsx.")],
    row_format: Annotated[
        RowFormat | None, typer.Option("--format", help="jsonl, or table (the default on a terminal).")
    ] = None,
) -> int:
    """Check a table of numbers against the report.

    用报告原文核对一张数据表。

    Prints a verdict for each row, then the numbers of the report that no row claims.
    Columns: value, and as far as you have them indicator, unit, upper, kind, direction, modifier,
    period, record_type, start, end, text, quote. Rows without a span are looked for. Flags are no
    failure: the exit code stays 0.
    """
    import os

    from extract.checks import audit
    from extract.cli.terminal import chosen, read_input, write_lines
    from extract.config import load_settings
    from extract.documents import read_source
    from extract.errors import NoReportError
    from extract.pipeline import bear_witness
    from extract.tables.facts_files import read_facts
    from extract.tables.write import json_lines

    settings = load_settings(Path.cwd(), os.environ)
    given = read_facts(facts)
    data = read_input(report, settings.max_bytes)
    reports = read_source(data, report, max_bytes=settings.max_bytes).reports
    if not reports:
        raise NoReportError(f"{report} holds no government work report to check against.")
    audited = audit([(one, bear_witness(one)) for one in reports], given)
    if chosen(row_format) is RowFormat.JSONL:
        write_lines(json_lines(audited.rows()))
    else:
        from extract.cli.views.check import print_audit

        print_audit(audited)
    return 0
