"""The tables of a folder of results as data frames, for notebooks.

import extract, polars as pl

out = extract.load("out/")
out.panel.filter(pl.col("indicator_id") == "gdp_growth")
out.columns("panel")     # what its columns mean
"""

import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from extract.errors import UsageError
from extract.indicators.catalogue import load_catalogue
from extract.messages import Message
from extract.results.decided import AS_READ, Decisions
from extract.results.files import Skipped
from extract.results.lean import LeanResult, read_lean
from extract.tables.facts import FACTS, facts
from extract.tables.frames import frame, meanings
from extract.tables.records import RECORDS, record_rows
from extract.tables.research import LIVELIHOOD, PANEL, PROJECTS, TRACKING, Research
from extract.tables.review import Row, reviewed_by, with_review_columns, with_reviews
from extract.tables.states import in_states
from extract.tables.table import Table
from schemas.record import State

REVIEWED_FACTS, REVIEWED_RECORDS = with_review_columns(FACTS), with_review_columns(RECORDS)
TABLES: dict[str, Table[Any]] = {
    table.name: table for table in (REVIEWED_FACTS, REVIEWED_RECORDS, PANEL, TRACKING, LIVELIHOOD, PROJECTS)
}


class Tables:
    """Tables as polars data frames. Every column is described by `columns`.

    Numbers are doubles, which keep all decimals of up to 15 digits as printed; `extract export` gives the decimals
    themselves. An empty cell is null.

    Args:
        folder: of results.
        catalogue: a file with indicators of the user's own.
        decisions: what people decided on the results; what they rejected is in no table.
        states: only rows that stand on a record in one of these, and those that stand on none; None for all.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Path | None = None,
        *,
        decisions: Decisions = AS_READ,
        states: frozenset[str] | None = None,
    ) -> None:
        self._folder = folder
        self._decisions = decisions
        self._states = states or frozenset(State) - {State.REJECTED}
        self._warned: set[str] = set()
        self._research = Research(lambda: self._results(by_region=True), load_catalogue(catalogue))
        next(self._results(), None)  # a folder that cannot be read is said at once

    @cached_property
    def facts(self) -> pl.DataFrame:
        """One row per figure of a record, with its place in the text."""
        return frame(REVIEWED_FACTS, self._reviewed(facts(self._results())))

    @cached_property
    def records(self) -> pl.DataFrame:
        """One row per goal, achievement or livelihood project."""
        return frame(REVIEWED_RECORDS, self._reviewed(record_rows(self._results())))

    @cached_property
    def panel(self) -> pl.DataFrame:
        """One row per region, year, indicator, horizon, and target or actual."""
        return frame(PANEL, in_states(self._research.panel, self._states))

    @cached_property
    def tracking(self) -> pl.DataFrame:
        """Each target beside the actual that the next report gives, with the outcome."""
        return frame(TRACKING, in_states(self._research.tracking, self._states))

    @cached_property
    def livelihood(self) -> pl.DataFrame:
        """One row per livelihood project (民生实事) and quantity."""
        return frame(LIVELIHOOD, in_states(self._research.livelihood, self._states))

    @cached_property
    def projects(self) -> pl.DataFrame:
        """Each promised livelihood project beside what the next report says of it."""
        return frame(PROJECTS, in_states(self._research.projects, self._states))

    @staticmethod
    def columns(table: str) -> pl.DataFrame:
        """What the columns of a table are called and mean, in both languages.

        Args:
            table: facts, records, panel, tracking, livelihood or projects.

        Raises:
            UsageError: there is no such table.
        """
        if table not in TABLES:
            raise UsageError(
                Message("Unknown table: %(table)s.", table=repr(table)),
                hint=Message("Choose one of: %(names)s.", names=", ".join(TABLES)),
            )
        return meanings(TABLES[table])

    def __repr__(self) -> str:
        return f"Tables of {self._folder}: {', '.join(TABLES)}; .columns(name) says what their columns mean"

    def _reviewed(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Facts or records with who decided on them, without what people rejected."""
        kept = (row for row in rows if row["state"] in self._states)
        return with_reviews(kept, reviewed_by(self._decisions))

    def _results(self, *, by_region: bool = False) -> Iterator[LeanResult]:
        for item in read_lean(self._folder, by_region=by_region, decisions=self._decisions):
            if not isinstance(item, Skipped):
                yield item
            elif item.damaged and str(item.error) not in self._warned:
                self._warned.add(str(item.error))
                warnings.warn(f"{item.error} {item.error.hint}", stacklevel=2)
