"""From what the user named to the files that a run reads."""

# ruff: noqa: PTH100, PTH113, PTH114, PTH118, PTH122, PTH206 - strings, for there may be a hundred thousand of them

import errno
import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator
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
from extract.file_names import shown
from extract.messages import Message
from extract.regular_files import ChangedError, NotRegularError, read_regular
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
_FOLDER, _FILE = "folder", "file"
TOLD_EVERY = 1000
"""So many sources are found before the search says so."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read.

    Attributes:
        name: how results and messages call it: the path as given, with forward slashes, as `shown` writes it.
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


def find_sources(
    arguments: Iterable[str], out: Path, on_found: Callable[[int], None] = lambda _number: None
) -> Found:
    """Expand files, folders, patterns and `-`.

    Args:
        arguments: as given. A folder gives every document below it but hidden ones and Markdown; a pattern may
            hold `**`.
        out: the folder of results, which is never read from.
        on_found: called with the number of sources now and then, so that a long search can be seen.

    Raises:
        UsageError: the arguments match no file at all.
    """
    arguments = tuple(arguments)
    sources: dict[str, Source] = {}
    missing: list[InputError] = []
    below, beside = set[str](), set[str]()
    real = _RealPaths()
    out = out.absolute()
    for argument in arguments:
        if argument == STDIN:
            sources.setdefault(STDIN, Source(STDIN_NAME, None))
            continue
        path = Path(argument)
        try:
            kind = _kind(path)
        except OSError as error:
            missing.append(_refused(shown(path), error))
            continue
        if kind is None and not GLOB_CHARACTERS & set(argument):
            missing.append(MissingFileError(Message("%(path)s is not there.", path=shown(path))))
            continue
        if kind == _FOLDER:
            below.add(shown(path))
        elif kind == _FILE:
            beside.add(shown(path.parent))
        elif (root := _root_of(path)).is_dir():
            below.add(shown(root))
        for file, is_link in _files(path, argument, kind, out, missing):
            sources.setdefault(real.of(file, is_link=is_link), Source(shown(Path(file)), Path(file)))
            if len(sources) % TOLD_EVERY == 0:
                on_found(len(sources))
    if not sources and not missing:
        raise UsageError(
            Message("No document matches %(arguments)s.", arguments=" ".join(arguments)),
            hint=Message(
                "In a folder, text, HTML, DOCX, PDF and ZIP files are read. Name other files one by one."
            ),
        )
    return Found(tuple(sources.values()), tuple(missing), Looked(frozenset(below), frozenset(beside)))


def _kind(path: Path) -> str | None:
    """What stands at a path; None where nothing does.

    Raises:
        OSError: it cannot be told, for the path is too long or a folder on the way may not be looked into.
    """
    try:
        return _FOLDER if stat.S_ISDIR(path.stat().st_mode) else _FILE
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        if GLOB_CHARACTERS & set(str(path)) and error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
            return None
        raise


def _refused(path: str, error: OSError) -> UnreadableFileError:
    return UnreadableFileError(
        Message("%(path)s cannot be read: %(reason)s.", path=path, reason=error.strerror or error)
    )


class _RealPaths:
    """By which two paths of one file are known; a folder is resolved once for all its files."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def of(self, file: str, *, is_link: bool) -> str:
        """The path of a file without links, as a system that takes `A` for `a` takes it."""
        folder, name = os.path.split(file)
        if is_link or name in {"", os.curdir, os.pardir}:
            return os.path.normcase(os.path.realpath(file))
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder or os.curdir)
        return os.path.normcase(os.path.join(self._folders[folder], name))


def _root_of(pattern: Path) -> Path:
    """The folder below which all that a pattern matches stands."""
    return next(folder for folder in pattern.parents if not GLOB_CHARACTERS & set(str(folder)))


def _files(
    path: Path, argument: str, kind: str | None, out: Path, missing: list[InputError]
) -> Iterable[tuple[str, bool]]:
    """The files that an argument stands for, in order, and whether they may be links.

    Folders that cannot be looked through are added to `missing`.
    """
    if kind == _FOLDER:
        return sorted(_below(str(path), os.path.abspath(out), missing), key=lambda one: one[0].split(os.sep))
    if kind == _FILE:
        return [(str(path), path.is_symlink())]
    inside_out = os.path.join(os.path.abspath(out), "")
    matches = (str(Path(match)) for match in glob.iglob(argument, recursive=True))  # noqa: PTH207 - absolute ones too
    files = [
        one for one in matches if os.path.isfile(one) and not os.path.abspath(one).startswith(inside_out)
    ]
    return [(one, os.path.islink(one)) for one in sorted(files, key=lambda one: one.split(os.sep))]


def _below(root: str, out: str, missing: list[InputError]) -> Iterator[tuple[str, bool]]:
    """The documents below a folder. What the listing says of a file is not asked again, for there may be many."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            missing.append(_refused(shown(Path(folder)), error))
            continue
        before = "" if folder == os.curdir else os.path.join(folder, "")
        inside = [one for one in entries if one.is_dir(follow_symlinks=False)]
        documents = [one for one in entries if is_document(one.name)]
        pages = {os.path.splitext(one.name)[0] for one in documents} if inside else set()
        folders += [
            before + one.name
            for one in inside
            if not one.name.startswith(".")
            and os.path.abspath(before + one.name) != out
            and not _is_saved_with(one.name, pages)
        ]
        for one in documents:
            # Markdown in a folder is mostly notes about it: named, or by a pattern, it is read.
            if not _is_markdown(one.name) and one.is_file():
                yield before + one.name, one.is_symlink()


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive may hold a report, by its name alone."""
    name = name.rpartition("/")[2]
    stem, suffix = os.path.splitext(name)
    if name.startswith((".", "~$")) or suffix.lower() not in SUFFIXES:
        return False
    if name.endswith(TEXT_SUFFIX):  # of a folder of results
        return False
    return not (_is_markdown(name) and stem.lower() in _ABOUT_THE_FOLDER)


def _is_markdown(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown"))


def _is_saved_with(folder: str, pages: set[str]) -> bool:
    """Whether a folder was saved by a browser together with one of these pages."""
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in _SAVED_WITH_A_PAGE)


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
        try:
            data = read_regular(source.path, max_bytes + 1)
        except FileNotFoundError as error:
            raise MissingFileError(Message("%(path)s is not there.", path=source.name)) from error
        except NotRegularError as error:
            raise UnreadableFileError(
                Message("%(name)s is not a file but a pipe or a device.", name=source.name),
                hint=Message("Hand it over as standard input: extract run - < FILE"),
            ) from error
        except ChangedError as error:
            raise UnreadableFileError(
                Message("%(name)s is being changed by another program.", name=source.name),
                hint=error.hint,
            ) from error
        except OSError as error:
            raise _refused(source.name, error) from error
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
