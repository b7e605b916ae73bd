"""An ingest: sources read, divided, put together and written as one text a report, with an account of it all.

sources → units (files that hold one report) → texts → files, and an account of each stretch of each source
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from extract.results.account import Account, IngestedReport, IngestedSource, read_account, write_account
from extract.results.store import opened
from extract.runs.ingest_copies import described, merged
from extract.runs.ingest_files import TextFiles
from extract.runs.ingest_sources import source_row
from extract.runs.ingest_texts import texts_of, units_of
from extract.runs.sources import Source


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest is asked to do.

    Attributes:
        sources: what to read, in order.
        out: the folder of texts.
        max_bytes: a larger source is refused.
        merge_copies: of the copies of one report write only the best.
        stdin: what standard input held.
    """

    sources: tuple[Source, ...]
    out: Path
    max_bytes: int
    merge_copies: bool = False
    stdin: bytes = b""


@dataclass(slots=True)
class Ingested:
    """What an ingest came to.

    Attributes:
        account: of the whole folder, as written.
        now: the paths of the sources of this ingest.
        left_alone: files that somebody else wrote or changed, where a text would have stood.
    """

    account: Account
    now: tuple[str, ...]
    left_alone: list[Path] = field(default_factory=list)

    @property
    def sources(self) -> tuple[IngestedSource, ...]:
        """Those of this ingest."""
        return tuple(one for one in self.account.sources if one.path in self.now)

    @property
    def reports(self) -> tuple[IngestedReport, ...]:
        """Those of this ingest."""
        return tuple(one for one in self.account.reports if one.source in self.now)


def ingest(plan: IngestPlan, on_done: Callable[[str], None]) -> Ingested:
    """Do an ingest.

    Args:
        plan: what to do.
        on_done: called with the name of each source that was read, for the progress bar.

    Returns:
        What it came to; sources that cannot be used are entries with an error, never exceptions.

    Raises:
        ResultsFolderError: the folder of texts cannot be used.
    """
    with opened(plan.out):
        old = read_account(plan.out) or Account()
        units = units_of(plan.sources, plan.max_bytes, plan.stdin, on_done)
        texts = [text for unit in units for text in texts_of(unit)]
        now = {unit.content.name: unit for unit in units}
        gone = {name for unit in units for name, _ in unit.content.more}
        kept_sources = [one for one in old.sources if one.path not in now and one.path not in gone]
        kept_reports = [one for one in old.reports if one.source in {one.path for one in kept_sources}]
        files = TextFiles(plan.out, old, kept_reports)
        reports = described(texts, kept_reports, files)
        if plan.merge_copies:
            reports = merged(reports)
        done = Ingested(Account(), tuple(now))
        for text, report in zip(texts, reports, strict=True):
            if report.file:
                files.write(report.file, text.text)
        names = {id(text.report): report.id for text, report in zip(texts, reports, strict=True)}
        sources = [source_row(unit, names) for unit in units]
        done.account = Account(
            sources=tuple(sorted((*kept_sources, *sources), key=lambda one: one.path)),
            reports=tuple(sorted((*kept_reports, *reports), key=lambda one: one.id)),
        )
        files.tidy(done.account)
        write_account(plan.out, done.account)
        done.left_alone = files.left_alone
    return done
