"""How every command that makes a table writes it: options, and where the bytes go."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from extract.messages import Message
from extract.tables.formats import FileFormat

if TYPE_CHECKING:
    from extract.tables.table import Table

Row = TypeVar("Row")
STDOUT = "-"

FormatOption = Annotated[
    FileFormat | None,
    typer.Option("--format", help="What to write; by the name of the file, else JSON lines."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="A file; - is standard output, the default."),
]
BomOption = Annotated[
    bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, without which Excel shows mojibake.")
]
LangOption = Annotated[
    Literal["en", "zh"], typer.Option("--lang", help="Language of column names, sheets and labels.")
]
CatalogueOption = Annotated[
    Path | None,
    typer.Option(
        "--indicators", metavar="FILE", help="A catalogue of your own (TOML), beside the built-in one."
    ),
]

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URL", help="The store of the review desk, where it is not in OUT."),
]
AsReadOption = Annotated[
    bool,
    typer.Option(
        "--as-read", help="As the engine read it: leave out what people decided at the review desk."
    ),
]
FinalOption = Annotated[
    Literal["final"] | None,
    typer.Option(
        "--state",
        help="final: only rows that stand on records of the final set, which the checks verified and nobody rejected, or "
        "which people approved, corrected or added.",
    ),
]


def put_table(
    table: "Table[Row]",
    rows: Iterable[Row],
    *,
    file_format: FileFormat | None,
    output: Path | None,
    bom: bool,
    lang: str,
) -> None:
    """Write a table where it is asked for.

    Args:
        table: what the rows are.
        rows: read once.
        file_format: None for what the name of the output says, else JSON lines.
        output: a file, or None or `-` for standard output.
        bom: CSV begins with a byte-order mark.
        lang: `zh` for Chinese column names.

    Raises:
        UsageError: the file cannot be written, or its format is nothing for a terminal.
    """
    from extract.tables.formats import prepared

    chosen = chosen_format(file_format, output)
    put_pieces(table, prepared(table, rows, chosen), file_format=chosen, output=output, bom=bom, lang=lang)


def chosen_format(file_format: FileFormat | None, output: Path | None) -> FileFormat:
    """The kind of file that is asked for, else what the name of the output says, else JSON lines.

    Raises:
        UsageError: the name says something that no table is written as.
    """
    from extract.tables.formats import format_of

    target = _target(output)
    return file_format or (format_of(target) if target else FileFormat.JSONL)


def put_pieces(
    table: "Table[Row]",
    pieces: Iterable[bytes],
    *,
    file_format: FileFormat,
    output: Path | None,
    bom: bool,
    lang: str,
) -> None:
    """Write a table of which `extract.tables.formats.prepared` gave the pieces; arguments and errors as in
    `put_table`.
    """
    from extract.tables.formats import whole

    data = whole(table, pieces, file_format, bom=bom, chinese=lang == "zh")
    put(data, _target(output), binary=not file_format.is_text)


def _target(output: Path | None) -> Path | None:
    """The file; None for standard output."""
    return None if output is None or str(output) == STDOUT else output


def put(pieces: Iterable[bytes], target: Path | None, *, binary: bool) -> None:
    """Write a file as a whole or not at all, or put it on standard output.

    Raises:
        UsageError: the file cannot be written, or bytes would go to a terminal.
    """
    from extract.cli.terminal import write_lines
    from extract.errors import ResultsFolderError, UsageError
    from extract.results.files import write_atomically

    if target is None:
        if binary and sys.stdout.isatty():
            raise UsageError(
                Message("A file of this kind cannot be shown on a terminal."),
                hint=Message("Name a file with --output, or send it to another program."),
            )
        write_lines(pieces)
        return
    try:
        write_atomically(target, pieces)
    except ResultsFolderError as error:
        if not isinstance(error.__cause__, OSError):  # what was to be written could not be read
            raise
        raise UsageError(str(error), hint=Message("Use another file with --output.")) from error
