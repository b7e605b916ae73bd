"""The results of a folder, with a word on stderr for each file that gives none."""

from collections.abc import Iterator
from pathlib import Path

from extract.cli.terminal import complain, note
from extract.results.files import Skipped, read_results
from extract.results.merged import superfluous
from schemas.result import Result


class ResultFolder:
    """A folder of results being read.

    Args:
        folder: where they are.
        merge_copies: of the copies of one report read only the best.

    Attributes:
        exit_code: 1 once a damaged result was met, else 0; a foreign file is no failure.
    """

    def __init__(self, folder: Path, *, merge_copies: bool = False) -> None:
        self.folder = folder
        self.exit_code = 0
        self._merged = superfluous(folder) if merge_copies else {}

    def results(self) -> Iterator[Result]:
        """Every result, one at a time, in the order of the report ids.

        Raises:
            ResultsFolderError: there is no such folder, or a newer version wrote into it.
        """
        for item in read_results(self.folder):
            if not isinstance(item, Skipped):
                if kept := self._merged.get(item.report.id):
                    note(f"{item.report.id} is a copy of {kept}, which stands for both.")
                else:
                    yield item
            elif item.damaged:
                complain(str(item.error), item.error.hint)
                self.exit_code = item.error.exit_code
            else:
                note(str(item.error))
