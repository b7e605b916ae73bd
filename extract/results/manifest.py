"""`OUT/manifest.json`: what every source of a folder of results became, and how.

It accumulates: a run replaces the entries of its own sources and leaves the others as they are. It is what
makes running again the same as resuming.
"""

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any, Literal

from pydantic import Field

from extract.messages import Message, from_json
from extract.plain_name import PlainName
from extract.results.files import MANIFEST_NAME, read_saved, write_atomically
from schemas.record import Frozen

Status = Literal["done", "failed", "no_report"]


class SavedReport(Frozen):
    """One result file."""

    id: PlainName
    sha256: str = Field(description="Of the result file, so that a damaged one is seen.")
    text_sha256: str | None = Field(
        default=None, description="Of the decoded text beside it; null where there is none."
    )
    region: str | None
    report_year: int | None
    contradicted: bool = Field(
        default=False, description="Whether another report of the region says otherwise."
    )
    same_as: tuple[str, ...] = Field(
        default=(), description="Reports of the folder that are this one, from other sources."
    )


class SourceError(Frozen):
    """Why a source gave nothing."""

    code: str
    message: str = Field(description="In English.")
    hint: str = Field(description="In English.")
    message_parts: dict[str, Any] | None = Field(
        default=None, description="Template and values of the message, to say it in another language."
    )
    hint_parts: dict[str, Any] | None = Field(default=None, description="The same of the hint.")

    def sentences(self) -> tuple[str, str]:
        """Message and hint, which can be said in another language."""
        return from_json(self.message, self.message_parts), from_json(self.hint, self.hint_parts)


class LeftoverEntry(Frozen):
    """A part of the source that is no report; the span points into the decoded source."""

    kind: str
    title: str
    reason: str
    start: int
    end: int
    numbers: int = Field(default=0, description="How many numbers its sentences hold.")


class SourceEntry(Frozen):
    """One source and what became of it."""

    path: str
    sha256: str | None = Field(description="Of the source; null where it could not be read.")
    joined: tuple[str, ...] = Field(
        default=(), description="Further files that hold the rest of the same report, in reading order."
    )
    status: Status
    recipe: str = Field(
        description="Engine, model, versions and program text; another recipe is another result."
    )
    reports: tuple[SavedReport, ...] = ()
    error: SourceError | None = None
    leftovers: tuple[LeftoverEntry, ...] = ()


class RunEntry(Frozen):
    """The latest run. The only place that holds times."""

    command: tuple[str, ...]
    engine: str
    package_version: str
    started_at: str
    finished_at: str | None = None
    interrupted: bool = False
    model: str | None = None
    usage: dict[str, int] = Field(
        default_factory=dict, description="Requests and tokens of this run; answers from the cache are free."
    )
    cost: str | None = Field(default=None, description="Of this run, with its currency; null without prices.")


class RunManifest(Frozen):
    """The whole file."""

    manifest_version: Literal[1] = 1
    run: RunEntry
    compared: bool = Field(
        default=False, description="Whether reports of one region were held against each other."
    )
    usage: dict[str, int] = Field(
        default_factory=dict, description="Requests and tokens of all runs into this folder, killed ones too."
    )
    sources: tuple[SourceEntry, ...] = ()


def read_manifest(folder: Path) -> RunManifest | None:
    """The manifest of a folder of results; None where there is none yet.

    Raises:
        ResultsFolderError: the file is not a manifest that this version can read. It is never overwritten.
    """
    return read_saved(folder / MANIFEST_NAME, RunManifest, Message("manifest"))


def write_manifest(folder: Path, manifest: RunManifest) -> None:
    """Save the manifest, sources in the order of their paths.

    Raises:
        ResultsFolderError: it cannot be written; the old one is as it was.
    """
    write_atomically(folder / MANIFEST_NAME, _pieces(manifest))


def _pieces(manifest: RunManifest) -> Iterator[bytes]:
    """The JSON of a manifest, an entry at a time, so that thousands of them are never in memory as text."""
    shell = manifest.model_copy(update={"sources": ()}).model_dump_json(indent=2)
    head, _, tail = shell.rpartition("[]")
    yield f"{head}[".encode()
    separator, close = "\n", ""
    for entry in sorted(manifest.sources, key=lambda one: one.path):
        yield f"{separator}{indent(entry.model_dump_json(indent=2), '    ')}".encode()
        separator, close = ",\n", "\n  "
    yield f"{close}]{tail}\n".encode()
