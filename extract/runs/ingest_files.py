"""The texts that an ingest writes into its folder."""

from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

from extract.file_names import folded
from extract.regular_files import read_regular
from extract.results.account import Account, IngestedReport
from extract.results.files import digest, write_atomically
from extract.results.store import HASH_LENGTH

TEXT = ".txt"


class TextFiles:
    """The texts in the folder: whose they are, and which may be written.

    A file that is not as an ingest left it belongs to somebody: it is neither replaced nor removed.
    """

    def __init__(self, folder: Path, old: Account, kept: Sequence[IngestedReport]) -> None:
        self.folder = folder
        self.left_alone: list[Path] = []
        self._written = {one.file: one.sha256 for one in old.reports if one.file}
        self._kept = {folded(name) for one in kept for name in (one.file, one.id) if name}
        self._taken: set[str] = set()

    def name(self, report_id: str, sha256: str) -> str:
        """A free name for a text, best the id of its report."""
        hashed = f"{report_id}-{sha256[:HASH_LENGTH]}"
        for name in chain((report_id, hashed), (f"{hashed}-{n}" for n in count(2))):
            if folded(name) in self._taken | self._kept:
                continue
            if not self._is_ours(f"{name}{TEXT}"):
                self.left_alone.append(self.folder / f"{name}{TEXT}")
                continue
            self._taken.add(folded(name))
            return name
        raise AssertionError("names never run out")

    def _is_ours(self, file: str) -> bool:
        path = self.folder / file
        if not path.exists():
            return True
        return file in self._written and digest(read_regular(path)) == self._written[file]

    def write(self, file: str, text: str) -> None:
        """Write a text; nothing where it is there already."""
        data = text.encode("utf-8", "replace")
        path = self.folder / file
        if not path.exists() or read_regular(path) != data:
            write_atomically(path, [data])

    def tidy(self, account: Account) -> None:
        """Remove the texts of earlier ingests that no source gives any longer."""
        here = {one.file for one in account.reports}
        for file in self._written:
            if file not in here and (self.folder / file).exists():
                if self._is_ours(file):
                    (self.folder / file).unlink()
                else:
                    self.left_alone.append(self.folder / file)
