"""What all commands share about the terminal."""

import codecs
import os
import re
import sys
from collections.abc import Container, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from extract.messages import BOTH, CHINESE, ENGLISH, Message, in_language, one_side

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

READABLE = "extract.readable"
"""How output is encoded where the terminal has not every letter: signs as the nearest that it has."""
_NEAREST = {
    "⟨": "〈<", "⟩": "〉>", "⟦": "〖[", "⟧": "〗]", "✓": "√+", "✗": "×x", "✎": "*", "⚑": "※!", "⏎": "|", "∅": "-",
    "→": ">", "↑": "+", "↓": "-", "≥": ">", "≤": "<", "≈": "~", "–": "-", "—": "-", "─": "-", "…": ".", "·": "-",
    "“": '"', "”": '"', "’": "'",
}  # fmt: skip
"""Signs of the output, each with others to take its place, the best first (code page 936 has no ⟨, ✓, ⚑)."""


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    """For `codecs`: the nearest sign that can be encoded, else an escape."""
    assert isinstance(error, UnicodeEncodeError)
    shown = []
    for character in error.object[error.start : error.end]:
        for nearest in _NEAREST.get(character, ""):
            if _has(nearest, error.encoding):
                shown.append(nearest)
                break
        else:
            shown.append(character.encode("ascii", "backslashreplace").decode("ascii"))
    return "".join(shown), error.end


def _has(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


codecs.register_error(READABLE, _readable)

_language: str | None = None


class RowFormat(StrEnum):
    """How rows are printed."""

    JSONL = "jsonl"
    TABLE = "table"


def safe(text: str) -> str:
    """Text that does nothing to a terminal; characters that would are shown as escapes."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def speak(chosen: str | None) -> None:
    """Set the language of all that is printed: `zh`, `en`, `both`, or None for that of the user's locale."""
    global _language  # noqa: PLW0603 - one terminal, one reader
    _language = chosen


def language() -> str:
    """The language in which things are printed: `zh`, `en` or `both`."""
    from extract.config import language_of

    chosen = _language or language_of(os.environ, _interface())
    return ENGLISH if chosen == BOTH and not _writes_chinese() else chosen


def _writes_chinese() -> bool:
    """Whether the terminal has Chinese letters at all."""
    try:
        "中".encode(sys.stdout.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _interface() -> int | None:
    """The language of the windows of Windows; None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes

    return int(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def say(template: str, /, **values: object) -> str:
    """A message in the user's language; `%(name)s` stands for a value, which may be a message itself."""
    return told(Message(template, **values))


def told(message: str) -> str:
    """A message in the user's language, or any other text as it is."""
    return in_language(message, language())


def heading(word: str) -> str:
    """A word that heads a column or a line: in one language, Chinese only for those who read Chinese."""
    return in_language(word, CHINESE if language() == CHINESE else ENGLISH)


def colon() -> str:
    """A colon behind a heading."""
    return "：" if language() == CHINESE else ": "


def told_apart(message: str) -> list[str]:
    """A message in the user's language, in a line of its own for each where both are shown."""
    languages = (ENGLISH, CHINESE) if language() == BOTH else (language(),)
    return list(dict.fromkeys(in_language(message, one) for one in languages))


def side(text: str) -> str:
    """Of a text `中文 / English` the user's side."""
    return one_side(text, language())


def complain(message: str, hint: str = "") -> None:
    """One sentence on stderr, and what to do about it."""
    _to_stderr(heading("error"), told(message))
    if hint:
        _to_stderr(heading("hint"), told(hint))


def note(message: str) -> None:
    """Something worth knowing that is no error, on stderr."""
    _to_stderr(heading("note"), told(message))


def _to_stderr(kind: str, message: str) -> None:
    line = safe(" ".join(message.split()))
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(f"{kind}{colon()}{line}\n".encode(encoding, READABLE).decode(encoding))


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
