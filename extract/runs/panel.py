"""The panel of a folder of results, by several processes where the folder is large.

    files → tasks → parts → one file
            (some hundred results each; a process makes of them what goes into the file)

A process has the reports of a region and year together, which the panel joins. Where these are too many for one, each
joins some of them, and what they come to is joined here.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import msgspec

from extract.indicators.catalogue import Catalogue, load_catalogue
from extract.results.decided import AS_READ, Decisions
from extract.results.files import Skipped
from extract.results.lean import LeanResult, Placed, placed, read_files
from extract.runs.workers import mapped
from extract.tables.formats import FileFormat, prepared
from extract.tables.panel import in_order, joined, panel_rows, reader_of
from extract.tables.panel_copies import Together
from extract.tables.research import PANEL
from extract.tables.rows import PanelRow
from extract.tables.states import in_states

PART = 200
"""Results that a process reads at a time, and the fewest that are worth a second process."""

Edition = tuple[str, int]
"""Region and year of a report."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the panel is wanted.

    Attributes:
        catalogue: a file with a user's own indicators.
        missing: also rows for what a report does not state.
        file_format: what its rows are made ready for.
        states: only rows that stand on a record in one of these, and those that stand on none; None for all.
    """

    catalogue: Path | None
    missing: bool
    file_format: FileFormat
    states: frozenset[str] | None = None

    def pieces(self, rows: Iterable[PanelRow]) -> Iterator[bytes]:
        """The rows that are wanted, made ready."""
        kept = rows if self.states is None else in_states(rows, self.states)
        return prepared(PANEL, kept, self.file_format)


@dataclass(frozen=True, slots=True)
class Task:
    """Some results of a folder.

    Attributes:
        paths: by region and year.
        order: how the panel is wanted.
        decisions: of people, on these results.
        edition: of all of them, where there are more such reports than these; None where the paths hold whole
            editions.
    """

    paths: tuple[Path, ...]
    order: Order
    decisions: Decisions = field(default_factory=dict)
    edition: Edition | None = None


@dataclass(slots=True)
class Part:
    """What became of a task.

    Attributes:
        edition: as in the task.
        pieces: rows as `extract.tables.formats.prepared` gives them.
        together: what the reports state together, where there are more of their edition.
        heads: the results without records.
        skipped: files that gave no result.
    """

    edition: Edition | None
    pieces: Iterable[bytes] = ()
    together: Together = field(default_factory=Together)
    heads: list[LeanResult] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def panel_parts(
    paths: Sequence[Path], order: Order, processes: int, decisions: Decisions = AS_READ
) -> Iterator[Part]:
    """The panel of result files, part by part, in the order of `extract.tables.panel.panel_rows`.

    Args:
        paths: of the results.
        order: how the panel is wanted.
        processes: how many work at the same time; only one where there are few results.
        decisions: what people decided on the results.

    Raises:
        CatalogueError: the catalogue cannot be used.
        WorkerLostError: a process ended before its work did.
    """
    _catalogue.cache_clear()  # the file may have changed since
    catalogue = _catalogue(order.catalogue)  # what is wrong with it is said before any process starts
    made = mapped(_tasks(paths, order, decisions), processes if len(paths) > PART else 1, make_part)
    for edition, parts in groupby(made, key=lambda part: part.edition):
        if edition is None:
            yield from parts
            continue
        together = Together()
        for part in parts:
            together.append(part.together)
            yield part
        yield Part(edition, order.pieces(in_order(together, catalogue)))


def make_part(task: Task) -> Part:
    """The panel of the results of a task."""
    part, order = Part(task.edition), task.order
    catalogue = _catalogue(order.catalogue)
    gc.disable()  # there is nothing to collect, and a tenth of the time would go into looking for it
    try:
        if task.edition is None:
            rows = panel_rows(_results(task, part), catalogue, missing=order.missing)
            pieces = order.pieces(rows)
            part.pieces = [b"".join(pieces)] if order.file_format.is_text else list(pieces)
        else:
            part.together.append(joined(_results(task, part), catalogue, missing=order.missing))
    finally:
        gc.enable()
    return part


def _results(task: Task, part: Part) -> Iterator[LeanResult]:
    """The results of a task, with the records that can be in a panel; their heads, and what is no result, go into
    the part.
    """
    wanted = reader_of(_catalogue(task.order.catalogue)).wanted
    for item in read_files(task.paths, wanted, task.decisions):
        if isinstance(item, Skipped):
            part.skipped.append(item)
        else:
            part.heads.append(msgspec.structs.replace(item, records=(), chunks=(), sections=()))
            yield item


def _tasks(paths: Sequence[Path], order: Order, decisions: Decisions) -> Iterator[Task]:
    """Whole editions, together about as many results as a part has, and parts of larger ones."""
    waiting: list[Placed] = []

    def task(some: Sequence[Placed], edition: Edition | None = None) -> Task:
        theirs = {one.report_id: decisions[one.report_id] for one in some if one.report_id in decisions}
        return Task(tuple(one.path for one in some), order, theirs, edition)

    for edition, group in groupby(placed(paths), key=lambda one: (one.region, one.year)):
        same = list(group)
        large = len(same) > PART
        if not large:
            waiting += same
        if waiting and (large or len(waiting) >= PART):
            yield task(waiting)
            waiting = []
        for first in range(0, len(same) if large else 0, PART):
            joint = edition if edition[0] else None  # reports without a region are not joined
            yield task(same[first : first + PART], joint)
    if waiting:
        yield task(waiting)


@lru_cache(maxsize=1)
def _catalogue(own: Path | None) -> Catalogue:
    return load_catalogue(own)
