"""The results of a folder, with a word on stderr for each file that gives none."""

from collections.abc import Iterator
from pathlib import Path

from extract.cli.terminal import complain, note
from extract.results.files import Skipped, read_results
from schemas.result import Result


class ResultFolder:
    """A folder of results being read.

    Attributes:
        exit_code: 1 once a damaged result was met, else 0; a foreign file is no failure.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exit_code = 0

    def results(self) -> Iterator[Result]:
        """Every result, one at a time, in the order of the report ids.

        Raises:
            ResultsFolderError: there is no such folder, or a newer version wrote into it.
        """
        for item in read_results(self.folder):
            if not isinstance(item, Skipped):
                yield item
            elif item.damaged:
                complain(str(item.error), item.error.hint)
                self.exit_code = item.error.exit_code
            else:
                note(str(item.error))
