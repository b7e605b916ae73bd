"""`DIR/ingest.json`: what every source of an ingest came to, part by part, and which texts were written.

It accumulates, as the manifest of a run does, and holds no times: the same sources give the same bytes.
"""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from extract.messages import Message, from_json
from extract.plain_name import PlainName
from extract.results.files import read_saved, write_atomically
from schemas.record import Frozen
from schemas.result import PieceRow

ACCOUNT_NAME = "ingest.json"

PartKind = Literal["report", "article", "boilerplate", "between", "unread", "hidden", "dropped", "by_script"]
Status = Literal["kept", "no_report", "failed"]


class PartRow(Frozen):
    """One part of a source and what became of it, in the order of the text."""

    kind: PartKind
    start: int = Field(ge=0, description="Span in the decoded text; empty for what never was in it.")
    end: int = Field(ge=0)
    length: int = Field(ge=0, description="Characters.")
    begins: str = Field(description="Its first words.")
    ends: str = Field(default="", description="Its last words, where it is longer.")
    reason: str = Field(description="Why it was kept, left out or moved, in Chinese / English.")
    report: str | None = Field(default=None, description="The report that it became.")
    page: int | None = Field(default=None, description="The page on which it stands, where there are pages.")
    numbers: int = Field(
        default=0, description="How many numbers it holds that say something, where it was left out."
    )


class IngestedSource(Frozen):
    """One source: a file, or several that hold one report."""

    path: str
    joined: tuple[str, ...] = Field(default=(), description="Further files of the same report, in order.")
    sha256: str | None
    format: str | None = None
    encoding: str | None = None
    status: Status
    error: str | None = None
    hint: str | None = None
    error_parts: dict[str, Any] | None = Field(
        default=None, description="Template and values of the error, to say it in another language."
    )
    hint_parts: dict[str, Any] | None = Field(default=None, description="The same of the hint.")
    parts: tuple[PartRow, ...] = ()

    def sentences(self) -> tuple[str, str]:
        """Error and hint, which can be said in another language."""
        return from_json(self.error or "", self.error_parts), from_json(self.hint or "", self.hint_parts)


class NumberDifference(Frozen):
    """A number in which a copy differs: `a` in this text, `b` in the copy; null where one has none."""

    what: str
    a: str | None
    b: str | None
    context: str


class CopyRow(Frozen):
    """Another text of the same report."""

    id: str
    share: str = Field(description="How much of the wording of the shorter one stands in the other, 0 to 1.")
    differences: int
    numbers: tuple[NumberDifference, ...]


class IngestedReport(Frozen):
    """One text that was written, or merged into another one on request."""

    id: PlainName
    file: PlainName | None = Field(description="Beside this account; null where it was merged.")
    sha256: str = Field(description="Of the text as written.")
    source: str
    title: str
    region: str | None
    level: str | None
    report_year: int | None
    characters: int
    complete: bool
    notes: tuple[str, ...]
    pieces: tuple[PieceRow, ...] = Field(description="Where the text comes from.")
    suspicious: tuple[str, ...] = Field(default=(), description="What does not read like a report.")
    copies: tuple[CopyRow, ...] = ()
    merged_into: str | None = None


class Account(Frozen):
    """The whole file."""

    account_version: Literal[1] = 1
    sources: tuple[IngestedSource, ...] = ()
    reports: tuple[IngestedReport, ...] = ()


def read_account(folder: Path) -> Account | None:
    """The account of a folder; None where there is none yet.

    Raises:
        ResultsFolderError: the file is no account that this version can read. It is never overwritten.
    """
    return read_saved(folder / ACCOUNT_NAME, Account, Message("account"))


def write_account(folder: Path, account: Account) -> None:
    """Save the account.

    Raises:
        ResultsFolderError: it cannot be written; the old one is as it was.
    """
    write_atomically(folder / ACCOUNT_NAME, [account.model_dump_json(indent=2).encode(), b"\n"])
