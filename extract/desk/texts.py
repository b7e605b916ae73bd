"""The source text of a result, found again and held against the result before it is believed."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extract.documents.decode import decode
from extract.documents.storable import storable
from extract.errors import InputError
from extract.file_names import path_of
from extract.runs.sources import Source, contents_of, read_source_bytes
from schemas.result import Result

TEXT_SUFFIX = ".txt"
UPLOADED = "uploads/"


def source_text(result: Result, folder: Path, max_bytes: int) -> str | None:
    """The decoded source of a result.

    Args:
        result: whose.
        folder: of results; a text that was saved beside the result goes first.
        max_bytes: a larger file is not read.

    Returns:
        None where the source is gone, or no longer the text that the spans point into.
    """
    return next((text for text in _candidates(result, folder, max_bytes) if fits(result, text)), None)


def _candidates(result: Result, folder: Path, max_bytes: int) -> Iterator[str]:
    """Texts that may be the source, the likeliest first; those that cannot be read are passed over."""
    report = result.report
    if report.text_file:
        # A result names files beside itself, nothing else on this machine.
        yield from _saved(folder / Path(report.text_file).name, max_bytes)
    yield from _decoded(folder / f"{report.id}{TEXT_SUFFIX}", max_bytes)
    bases = tuple(_bases(report.source, folder))
    for base in bases:
        yield from _decoded(base / path_of(report.source), max_bytes)
    for base in bases:
        yield from _in_archive(report.source, base, max_bytes)


def _bases(source: str, folder: Path) -> Iterator[Path]:
    """The folders that the path of a source may start from.

    A run is started from some folder above its results as a rule, and the desk from any other.
    """
    if source.startswith(UPLOADED):
        from extract.desk.store import DESK_FOLDER

        yield folder / DESK_FOLDER
    yield Path()
    if not PurePosixPath(source).is_absolute():
        here = folder.resolve()
        yield from (here, *here.parents)


def _saved(path: Path, max_bytes: int) -> Iterator[str]:
    """A text as it was saved beside its result: the very characters, whatever they look like."""
    try:
        data = read_source_bytes(Source(path.as_posix(), path), max_bytes)
        yield storable(data.decode("utf-8", "surrogatepass"))
    except (InputError, UnicodeDecodeError):
        return


def _decoded(path: Path, max_bytes: int) -> Iterator[str]:
    """A text file as a run decodes it."""
    try:
        data = read_source_bytes(Source(path.as_posix(), path), max_bytes)
        text = decode(data, path.name, max_bytes).text
    except (InputError, ValueError):
        return
    yield text


def _in_archive(source: str, base: Path, max_bytes: int) -> Iterator[str]:
    """A text file of an archive, whose path goes on within it: `archive.zip/folder/name`."""
    for above in PurePosixPath(source).parents:
        path = base / path_of(above.as_posix())
        if not _is_file(path):
            continue
        for member in contents_of(Source(above.as_posix(), path), max_bytes):
            if member.name == source and member.data is not None:
                try:
                    yield decode(member.data, member.name, max_bytes).text
                except InputError:
                    continue
        return


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


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
