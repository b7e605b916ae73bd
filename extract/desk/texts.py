"""The source text of a result, found again and held against the result before it is believed."""

from collections.abc import Iterator
from pathlib import Path

from extract.documents.decode import decode
from extract.errors import InputError
from extract.runs.sources import Source, read_source_bytes
from schemas.result import Result

TEXT_SUFFIX = ".txt"


def source_text(result: Result, folder: Path, max_bytes: int) -> str | None:
    """The decoded source of a result.

    Args:
        result: whose.
        folder: of results; a text that was saved beside the result goes first.
        max_bytes: a larger file is not read.

    Returns:
        None where the source is gone, or no longer the text that the spans point into.
    """
    for path in _candidates(result, folder):
        try:
            data = read_source_bytes(Source(path.as_posix(), path), max_bytes)
            text = decode(data, path.name, max_bytes).text
        except InputError:
            continue
        if fits(result, text):
            return text
    return None


def _candidates(result: Result, folder: Path) -> Iterator[Path]:
    source = Path(result.report.source)
    yield folder / f"{result.report.id}{TEXT_SUFFIX}"
    if result.report.source.startswith("uploads/"):
        from extract.desk.store import DESK_FOLDER

        yield folder / DESK_FOLDER / source
    yield source
    if not source.is_absolute():
        yield folder / source
        yield folder.parent / source


def fits(result: Result, text: str) -> bool:
    """Whether every quote and every number of a result stands in a text where the result says."""
    return (
        len(text) >= result.report.end
        and all(text[row.start : row.end] == row.text for row in result.ledger)
        and all(
            text[record.evidence.start : record.evidence.end] == record.evidence.quote
            for record in result.records
        )
    )
