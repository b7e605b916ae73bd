"""What all commands share about the terminal."""

import re
import sys
from collections.abc import Container, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDE = 10_000
"""Where output goes to a file or a pipe no line is broken."""
UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
"""Characters that steer a terminal or hide text: C0 and C1 controls, direction marks, zero-width ones, tags."""


class RowFormat(StrEnum):
    """How rows are printed."""

    JSONL = "jsonl"
    TABLE = "table"


def safe(text: str) -> str:
    """Text that does nothing to a terminal; characters that would are shown as escapes."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def plural(count: int, noun: str) -> str:
    """`1 report`, `2 reports`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def complain(message: str, hint: str = "") -> None:
    """One sentence on stderr, and what to do about it."""
    _to_stderr("error", message)
    if hint:
        _to_stderr("hint", hint)


def note(message: str) -> None:
    """Something worth knowing that is no error, on stderr."""
    _to_stderr("note", message)


def _to_stderr(kind: str, message: str) -> None:
    line = safe(" ".join(message.split()))
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(f"{kind}: {line}\n".encode(encoding, "backslashreplace").decode(encoding))


def console(*, color: bool = True) -> "Console":
    """Standard output for people."""
    from rich.console import Console

    out = Console(no_color=None if color else True, highlight=False, markup=False, emoji=False)
    if not out.is_terminal:
        out.width = WIDE
    return out


def print_table(out: "Console", table: "Table") -> None:
    """Print a table; in a file or a pipe without the blanks that pad its last column."""
    if out.is_terminal:
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    out.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def plain_table(*columns: str, right: Container[str] = ()) -> "Table":
    """A table without lines; the columns named in `right` are set to the right."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def chosen(row_format: RowFormat | None) -> RowFormat:
    """The format asked for; without one, a table for people and JSON lines for programs."""
    if row_format is not None:
        return row_format
    return RowFormat.TABLE if sys.stdout.isatty() else RowFormat.JSONL


def write_lines(lines: Iterable[bytes]) -> None:
    """Put bytes on standard output as they are, whatever its encoding."""
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def read_input(name: str, max_bytes: int) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        InputError: the file is missing, unreadable or too large.
    """
    from extract.runs.sources import STDIN, STDIN_NAME, Source, read_source_bytes

    if name == STDIN:
        stdin = sys.stdin.buffer.read(max_bytes + 1)
        return read_source_bytes(Source(STDIN_NAME, None), max_bytes, stdin)
    return read_source_bytes(Source(name, Path(name)), max_bytes)
