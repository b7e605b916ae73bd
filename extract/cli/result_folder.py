"""The results of a folder, with a word on stderr for each file that gives none."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extract.cli.terminal import complain, note
from extract.messages import Message
from extract.results.decided import AS_READ, Decisions, decided_result, without_rejected
from extract.results.files import Skipped, read_results
from extract.results.lean import LeanResult, read_lean
from extract.results.merged import superfluous
from schemas.result import Result

if TYPE_CHECKING:
    from extract.errors import InputError

Read = TypeVar("Read", Result, LeanResult)


class ResultFolder:
    """A folder of results being read; what is skipped is said once, however often it is read.

    Args:
        folder: where they are.
        merge_copies: of the copies of one report read only the best.
        decisions: what people decided on the results.

    Attributes:
        exit_code: 1 once a damaged result was met, else 0; a foreign file is no failure.
        skipped: why files gave no result.
    """

    def __init__(self, folder: Path, *, merge_copies: bool = False, decisions: Decisions = AS_READ) -> None:
        self.folder = folder
        self.decisions = decisions
        self.exit_code = 0
        self.skipped: list[InputError] = []
        self._merged = superfluous(folder) if merge_copies else {}

    def results(self) -> Iterator[Result]:
        """Every result, one at a time, in the order of the report ids, without what people rejected.

        Raises:
            ResultsFolderError: there is no such folder, or a newer version wrote into it.
        """
        for result in self._without_skipped(read_results(self.folder)):
            yield without_rejected(decided_result(result, self.decisions))

    def lean_results(self, *, by_region: bool = False) -> Iterator[LeanResult]:
        """Every result as tables need it, one at a time; arguments and errors as in `read_lean`.

        Records that people rejected are in it, and say so.
        """
        read = read_lean(self.folder, by_region=by_region, decisions=self.decisions)
        yield from self._without_skipped(read)

    def skip(self, skipped: Skipped) -> None:
        """Say why a file gave no result, unless it was said before."""
        error = skipped.error
        if str(error) in map(str, self.skipped):
            return
        self.skipped.append(error)
        if skipped.damaged:
            complain(str(error), error.hint)
            self.exit_code = error.exit_code
        else:
            note(str(error))

    def _without_skipped(self, items: Iterable[Read | Skipped]) -> Iterator[Read]:
        for item in items:
            if isinstance(item, Skipped):
                self.skip(item)
            elif kept := self._merged.get(item.report.id):
                note(Message("%(id)s is a copy of %(kept)s and was left out.", id=item.report.id, kept=kept))
            else:
                yield item
