"""From what the user named to the files that a run reads."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError, MissingFileError, TooLargeError, UnreadableFileError, UsageError

STDIN = "-"
STDIN_NAME = "stdin"
TEXT_SUFFIX = ".txt"
GLOB_CHARACTERS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read.

    Attributes:
        name: how results and messages call it: the path as given, with forward slashes.
        path: the file; None for standard input.
    """

    name: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the arguments of a run came to.

    Attributes:
        sources: in the order of the arguments, within a folder or a pattern by name; none twice.
        missing: one error for each path that is not there.
    """

    sources: tuple[Source, ...]
    missing: tuple[InputError, ...]


def find_sources(arguments: Iterable[str], out: Path) -> Found:
    """Expand files, folders, patterns and `-`.

    Args:
        arguments: as given. A folder gives every `*.txt` below it but hidden ones; a pattern may hold `**`.
        out: the folder of results, which is never read from.

    Raises:
        UsageError: the arguments match no file at all.
    """
    sources: dict[str, Source] = {}
    missing: list[InputError] = []
    for argument in arguments:
        if argument == STDIN:
            sources.setdefault(STDIN, Source(STDIN_NAME, None))
            continue
        path = Path(argument)
        if not path.exists() and not GLOB_CHARACTERS & set(argument):
            missing.append(MissingFileError(f"{_shown(path)} is not there."))
            continue
        for file in _files(path, argument, out.absolute()):
            sources.setdefault(os.path.realpath(file), Source(_shown(file), file))
    if not sources and not missing:
        raise UsageError(
            f"No text file matches {' '.join(arguments)}.",
            hint=f"In folders only *{TEXT_SUFFIX} files are read; name others one by one.",
        )
    return Found(tuple(sources.values()), tuple(missing))


def _files(path: Path, argument: str, out: Path) -> list[Path]:
    if path.is_dir():
        return sorted(_below(path, out))
    if path.exists():
        return [path]
    matches = (Path(match) for match in glob.glob(argument, recursive=True))  # noqa: PTH207 - absolute patterns too
    return sorted(match for match in matches if match.is_file() and out not in match.absolute().parents)


def _below(folder: Path, out: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        here = Path(where)
        folders[:] = [
            name for name in folders if not name.startswith(".") and (here / name).absolute() != out
        ]
        for name in files:
            if name.endswith(TEXT_SUFFIX) and not name.startswith(".") and (here / name).is_file():
                yield here / name


def _shown(path: Path) -> str:
    """A path as text; bytes of a file name that are no text become question marks."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def read_source_bytes(source: Source, max_bytes: int, stdin: bytes = b"") -> bytes:
    """The bytes of a source.

    Args:
        source: what to read.
        max_bytes: a larger file is refused without reading all of it.
        stdin: what standard input held, for the source that is standard input.

    Raises:
        InputError: it is gone, unreadable or too large.
    """
    if source.path is None:
        data = stdin
    else:
        if source.path.exists() and not (source.path.is_file() or source.path.is_dir()):
            raise UnreadableFileError(f"{source.name} is no file but a pipe or a device.")
        try:
            with source.path.open("rb") as file:
                data = file.read(max_bytes + 1)
        except FileNotFoundError as error:
            raise MissingFileError(f"{source.name} is not there.") from error
        except OSError as error:
            raise UnreadableFileError(f"{source.name} cannot be read: {error.strerror or error}.") from error
    if len(data) > max_bytes:
        raise TooLargeError(f"{source.name} is larger than {max_bytes:,} bytes.")
    return data
