"""Digests of reports on disk, so that a thousand of them take no memory."""

import pickle
import tempfile

from extract.checks.between import Digest


class Spool:
    """Digests by report id, in a file without a name that only this process can open.

    Nothing is ever unpickled that this process has not pickled itself.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        self._places: dict[str, int] = {}

    def put(self, report_id: str, digest: Digest) -> None:
        """Keep a digest, in place of an older one of that report."""
        self._places[report_id] = self._file.seek(0, 2)
        pickle.dump(digest, self._file)

    def get(self, report_id: str) -> Digest | None:
        """The digest of a report; None where none was put."""
        if report_id not in self._places:
            return None
        self._file.seek(self._places[report_id])
        kept: Digest = pickle.load(self._file)  # noqa: S301 - its own pickles
        return kept

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
