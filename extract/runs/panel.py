"""The panel of a folder of results, by several processes where the folder is large."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from extract.indicators.catalogue import Catalogue, load_catalogue
from extract.results.files import Skipped
from extract.results.lean import LeanResult, read_files, regions
from extract.runs.workers import mapped
from extract.tables.panel import panel_rows
from extract.tables.research import PANEL
from extract.tables.table import Cells

PART = 200
"""Results that a process reads at a time, and the fewest that are worth a second process."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some regions of a folder.

    Attributes:
        paths: of the results, grouped by region.
        catalogue: a file with a user's own indicators.
        missing: also rows for what a report does not state.
    """

    paths: tuple[Path, ...]
    catalogue: Path | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The panel of some regions.

    Attributes:
        rows: their cells.
        heads: the results without records.
        skipped: files that gave no result.
    """

    rows: list[Cells]
    heads: list[LeanResult]
    skipped: list[Skipped]


def panel_parts(
    paths: Sequence[Path], catalogue: Path | None, *, missing: bool, processes: int
) -> Iterator[Part]:
    """The panel of result files, part by part, in the order of `extract.tables.panel.panel_rows`.

    Args:
        paths: of the results.
        catalogue: a file with a user's own indicators.
        missing: also rows for what a report does not state.
        processes: how many work at the same time; only one where there are few results.

    Raises:
        CatalogueError: the catalogue cannot be used.
        WorkerLostError: a process ended before its work did.
    """
    _catalogue.cache_clear()  # the file may have changed since
    _catalogue(catalogue)  # what is wrong with it is said before any process starts
    tasks = (Task(part, catalogue, missing) for part in _parts(paths))
    yield from mapped(tasks, processes if len(paths) > PART else 1, make_part)


def make_part(task: Task) -> Part:
    """The panel of the regions of a task."""
    part = Part([], [], [])

    def results() -> Iterator[LeanResult]:
        for item in read_files(task.paths):
            if isinstance(item, Skipped):
                part.skipped.append(item)
            else:
                part.heads.append(msgspec.structs.replace(item, records=()))
                yield item

    gc.disable()  # there is nothing to collect, and a tenth of the time would go into looking for it
    try:
        rows = panel_rows(results(), _catalogue(task.catalogue), missing=task.missing)
        part.rows.extend(map(PANEL.cells, rows))
    finally:
        gc.enable()
    return part


def _parts(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Whole regions, together about as many results as a part has."""
    part: list[Path] = []
    for region in regions(paths):
        part += region
        if len(part) >= PART:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


@lru_cache(maxsize=1)
def _catalogue(own: Path | None) -> Catalogue:
    return load_catalogue(own)
