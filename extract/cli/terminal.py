"""What all commands share about the terminal."""

import re
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 200
UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""Characters that steer a terminal or hide text: C0 and C1 controls, direction marks, zero-width ones."""


class RowFormat(StrEnum):
    """How rows are printed."""

    JSONL = "jsonl"
    TABLE = "table"


def safe(text: str) -> str:
    """Text that does nothing to a terminal; characters that would are shown as escapes."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


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
    """Standard output for people. Where it is no terminal nothing is cut to a terminal's width."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    return Console(width=width, no_color=None if color else True, highlight=False, markup=False, emoji=False)


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
