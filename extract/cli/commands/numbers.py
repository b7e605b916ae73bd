"""`extract numbers`: every number of a text, read by rule."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from typing import Annotated

import typer

from extract.cli.terminal import RowFormat
from extract.messages import Message

EXAMPLE = "Example: echo '生产总值增长7.9%左右' | extract numbers - --format jsonl"


def command(
    file: Annotated[str | None, typer.Argument(metavar="FILE|-", help="A text file, or - for stdin.")] = None,
    row_format: Annotated[
        RowFormat | None, typer.Option("--format", help="jsonl, or table (the default on a terminal).")
    ] = None,
    batch: Annotated[
        bool,
        typer.Option("--batch", help='Read {"id","text"} lines from stdin, write {"id","mentions"} lines.'),
    ] = False,
) -> int:
    """Find every number of a text.

    找出文本中的每个数字：换算后的数值、单位、类别、升降和限定。

    Spans are code-point indices into the decoded text.
    """
    import os
    from pathlib import Path

    from extract.cli.batch import numbers_batch
    from extract.cli.number_rows import number_rows
    from extract.cli.terminal import chosen, read_input, write_lines
    from extract.config import load_settings
    from extract.errors import UsageError
    from extract.tables.write import json_lines

    if batch:
        if file not in (None, "-"):
            raise UsageError(
                Message("--batch reads standard input and takes no FILE."),
                hint=Message("Use: extract numbers --batch < %(file)s", file=file),
            )
        return numbers_batch()
    if file is None:
        raise UsageError(
            Message("Missing argument 'FILE|-'."),
            hint=Message("Name a text file, - for stdin, or use --batch."),
        )
    settings = load_settings(Path.cwd(), os.environ)
    rows = number_rows(read_input(file, settings.max_bytes), file, settings.max_bytes)
    if chosen(row_format) is RowFormat.JSONL:
        write_lines(json_lines(rows))
    else:
        from extract.cli.views.rows import print_rows

        print_rows(rows, ("start", "end", "text", "value", "upper", "unit", "kind", "direction", "modifier"))
    return 0
