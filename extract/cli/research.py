"""What the commands that make research tables share: results by region, the catalogue, and what is odd."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.result_folder import ResultFolder
from extract.cli.terminal import complain, note
from extract.messages import Message
from extract.results.decided import AS_READ, Decisions

if TYPE_CHECKING:
    from extract.results.lean import LeanResult
    from extract.runs.panel import Order


def available_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class RegionalResults:
    """The results of a folder by region and year, and what is odd about them.

    They can be read more than once.

    Args:
        out: the folder.
        decisions: what people decided on the results.

    Attributes:
        folder: being read.
    """

    def __init__(self, out: Path, decisions: Decisions = AS_READ) -> None:
        from extract.tables.observed import Observed

        self.folder = ResultFolder(out, decisions=decisions)
        self._observed = Observed()

    def __iter__(self) -> Iterator["LeanResult"]:
        from extract.tables.observed import Observed

        self._observed = Observed()
        return self._observed.passing(self.folder.lean_results(by_region=True))

    def panel(self, order: "Order", processes: int) -> Iterator[bytes]:
        """The panel in pieces, as `extract.tables.formats.prepared` gives them; arguments and errors as in
        `extract.runs.panel.panel_parts`.
        """
        from extract.results.files import result_paths
        from extract.runs.panel import panel_parts

        paths = result_paths(self.folder.folder)
        for part in panel_parts(paths, order, processes, self.folder.decisions):
            for skipped in part.skipped:
                self.folder.skip(skipped)
            for head in part.heads:
                self._observed.see(head)
            yield from part.pieces

    def oddities(self) -> list[str]:
        """A sentence for each thing that is odd, after the results were read."""
        return list(self._observed.notes())

    def without_successor(self) -> str:
        """Why nothing can be tracked, after the results were read; empty where some report has a next one."""
        return self._observed.without_successor()

    def conclude(self) -> int:
        """Say on stderr what is odd, after the results were read; returns the exit code.

        Raises:
            ResultsFolderError: the manifest of the folder cannot be read.
        """
        from extract.results.files import result_paths
        from extract.results.manifest import read_manifest

        for oddity in self.oddities():
            note(oddity)
        code = self.folder.exit_code
        there = {path.stem for path in result_paths(self.folder.folder)}
        for loss in self._observed.absent(read_manifest(self.folder.folder), there):
            complain(loss, Message("Run the sources again: extract run SOURCES --out FOLDER"))
            code = 1
        return code
