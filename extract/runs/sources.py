"""From what the user named to the files that a run reads."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extract.documents.readers.archive import is_archive, unpack
from extract.documents.readers.bounds import Bounds
from extract.errors import (
    EmptyTextError,
    InputError,
    MissingFileError,
    TooLargeError,
    UnreadableFileError,
    UsageError,
)
from extract.messages import Message
from schemas.result import TEXT_SUFFIX

STDIN = "-"
STDIN_NAME = "stdin"
SUFFIXES = frozenset(
    (
        ".txt .md .markdown .html .htm .xhtml .shtml .mht .mhtml .docx .docm .pdf .zip .doc .wps .rtf .odt "
        ".ofd .uof .uot .caj .kdh .nh .epub .mobi .azw3 .rar .7z"
    ).split()
)
"""What is looked at in folders and archives; a file named by itself is looked at whatever its name.

Archives that cannot be unpacked are among them: what may hold reports is refused aloud, not passed over.
"""

_ABOUT_THE_FOLDER = frozenset({"readme", "changelog", "contributing", "license"})
_SAVED_WITH_A_PAGE = ("_files", ".files")  # beside a saved web page: its pictures, scripts and frames
GLOB_CHARACTERS = frozenset("*?[")
REPLACED = "\ufffd"
"""Stands in names for bytes that are no text."""


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
class Content:
    """What a source holds: one document, or one of those in an archive.

    Attributes:
        name: of the source; of a document in an archive `archive.zip/folder/name`.
        data: its bytes; None where they cannot be had.
        error: why they cannot.
        more: names and bytes of further documents that hold the rest of the same report.
    """

    name: str
    data: bytes | None
    error: InputError | None = None
    more: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Where a run looked for sources, as results and messages call the places.

    Attributes:
        below: folders that were looked through with all below them.
        beside: folders of files that were named one by one.
    """

    below: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Whether a source of this name would have been found, or its folder was looked at."""
        folders = [str(folder) for folder in PurePosixPath(name).parents]
        if name.startswith("../"):
            folders.remove(".")
        return not self.below.isdisjoint(folders) or (bool(folders) and folders[0] in self.beside)


@dataclass(frozen=True, slots=True)
class Found:
    """What the arguments of a run came to.

    Attributes:
        sources: in the order of the arguments, within a folder or a pattern by name; none twice.
        missing: one error for each path that is not there.
        looked: where they were looked for.
    """

    sources: tuple[Source, ...]
    missing: tuple[InputError, ...]
    looked: Looked = Looked()


def find_sources(arguments: Iterable[str], out: Path) -> Found:
    """Expand files, folders, patterns and `-`.

    Args:
        arguments: as given. A folder gives every document below it but hidden ones and Markdown; a pattern may
            hold `**`.
        out: the folder of results, which is never read from.

    Raises:
        UsageError: the arguments match no file at all.
    """
    sources: dict[str, Source] = {}
    missing: list[InputError] = []
    below, beside = set[str](), set[str]()
    for argument in arguments:
        if argument == STDIN:
            sources.setdefault(STDIN, Source(STDIN_NAME, None))
            continue
        path = Path(argument)
        if not path.exists() and not GLOB_CHARACTERS & set(argument):
            missing.append(MissingFileError(Message("%(path)s is not there.", path=_shown(path))))
            continue
        if path.is_dir():
            below.add(_shown(path))
        elif path.exists():
            beside.add(_shown(path.parent))
        elif (root := _root_of(path)).is_dir():
            below.add(_shown(root))
        for file in _files(path, argument, out.absolute()):
            sources.setdefault(os.path.realpath(file), Source(_shown(file), file))
    if not sources and not missing:
        raise UsageError(
            Message("No document matches %(arguments)s.", arguments=" ".join(arguments)),
            hint=Message(
                "In a folder, text, HTML, DOCX, PDF and ZIP files are read. Name other files one by one."
            ),
        )
    return Found(tuple(sources.values()), tuple(missing), Looked(frozenset(below), frozenset(beside)))


def _root_of(pattern: Path) -> Path:
    """The folder below which all that a pattern matches stands."""
    return next(folder for folder in pattern.parents if not GLOB_CHARACTERS & set(str(folder)))


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
        pages = {Path(name).stem for name in files if is_document(name)}
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and (here / name).absolute() != out
            and not _is_saved_with(name, pages)
        ]
        for name in files:
            # Markdown in a folder is mostly notes about it: named, or by a pattern, it is read.
            if is_document(name) and not _is_markdown(name) and (here / name).is_file():
                yield here / name


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive may hold a report, by its name alone."""
    path = PurePosixPath(name)
    if path.name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES:
        return False
    if path.name.endswith(TEXT_SUFFIX):  # of a folder of results
        return False
    return not (_is_markdown(name) and path.stem.lower() in _ABOUT_THE_FOLDER)


def _is_markdown(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown"))


def _is_saved_with(folder: str, pages: set[str]) -> bool:
    """Whether a folder was saved by a browser together with one of these pages."""
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in _SAVED_WITH_A_PAGE)


def _shown(path: Path) -> str:
    """A path as text; bytes of a file name that are no text become question marks."""
    try:
        return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # Windows takes half a character into a name
        return path.as_posix().encode("utf-8", "replace").decode("utf-8")


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
            raise UnreadableFileError(
                Message("%(name)s is not a file but a pipe or a device.", name=source.name)
            )
        try:
            with source.path.open("rb") as file:
                data = file.read(max_bytes + 1)
        except FileNotFoundError as error:
            raise MissingFileError(Message("%(path)s is not there.", path=source.name)) from error
        except OSError as error:
            raise UnreadableFileError(
                Message(
                    "%(path)s cannot be read: %(reason)s.",
                    path=source.name,
                    reason=error.strerror or error,
                )
            ) from error
    if len(data) > max_bytes:
        raise TooLargeError(
            Message("%(name)s is larger than %(number)s bytes.", name=source.name, number=f"{max_bytes:,}")
        )
    return data


def contents_of(source: Source, max_bytes: int, stdin: bytes = b"") -> Iterator[Content]:
    """The documents of a source: itself, or where it is an archive those in it.

    Args:
        source: what to read.
        max_bytes: a larger file is refused, in an archive, too.
        stdin: what standard input held, for the source that is standard input.
    """
    try:
        data = read_source_bytes(source, max_bytes, stdin)
    except InputError as error:
        yield Content(source.name, None, error)
        return
    if not is_archive(data):
        yield Content(source.name, data)
        return
    found = False
    for member in unpack(data, source.name, Bounds(bytes=max_bytes)):
        if member.error is not None:
            found = True
            yield Content(member.name, None, member.error)
        elif is_document(member.name):
            found = True
            yield Content(member.name, member.data)
    if not found:
        hint = Message("Text, Markdown, HTML, DOCX and PDF files in an archive are read.")
        yield Content(
            source.name,
            None,
            EmptyTextError(
                Message("There is no readable document in the archive %(name)s.", name=source.name), hint=hint
            ),
        )
