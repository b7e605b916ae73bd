"""ZIP archives: looked at before they are unpacked, and unpacked into memory only, never onto the disk.

What an archive says about its own sizes is checked before anything is read and holds while it is: a member
that turns out larger than it says ends in an error, not in memory.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count

from extract.documents.readers.bounds import FREE_RATIO_BYTES, Bounds
from extract.documents.readers.formats import Format, format_of
from extract.errors import (
    BinaryFileError,
    DamagedFileError,
    EncryptedFileError,
    InputError,
    TooLargeError,
    UnsafeArchiveError,
)
from extract.file_names import shown
from extract.messages import Message

_ENCRYPTED = 0x1
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How ordinary archives pack. Others ask for memory as they like, or are not to be had everywhere."""
_UTF8 = 0x800
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\x00-\x1f\x7f]")
_FURNITURE = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^/]*$|Thumbs\.db$|desktop\.ini$|~\$)")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, KeyError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive.

    Attributes:
        name: the archive's name, a slash, and its name in there.
        data: its bytes; empty where it cannot be had.
        error: why it cannot be had.
    """

    name: str
    data: bytes = b""
    error: InputError | None = None


def is_archive(data: bytes) -> bool:
    """Whether some bytes are a ZIP archive and no document that merely is stored as one."""
    return format_of(data, "") is Format.ZIP


def unpack(data: bytes, name: str, bounds: Bounds | None = None) -> Iterator[Member]:
    """The files of an archive and of the archives in it, one at a time.

    Args:
        data: the archive.
        name: how messages and members call it.
        bounds: what it may take.

    Yields:
        Each file, by name; folders and what file managers leave behind are no files. One that cannot be had
        is a member with an error, and so is the archive itself where nothing of it can be.
    """
    yield from _Unpacking(bounds or Bounds()).archive(data, name, depth=1)


class _Unpacking:
    """One unpacking; counts what all archives within it take together."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._left = bounds.unpacked_bytes
        self._entries = bounds.entries

    def archive(self, data: bytes, name: str, depth: int) -> Iterator[Member]:
        left = replace(self._bounds, unpacked_bytes=self._left, entries=self._entries)
        try:
            archive = opened(data, left)
        except InputError as error:
            yield Member(name, error=type(error)(f"{name}: {error}", hint=error.hint))
            return
        with archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            self._entries -= len(files)
            self._left -= sum(info.file_size for info in files)
            names = _Names(_printable(name_of(info)) for info in files)
            for info in sorted(files, key=name_of):
                if _leads_out(info) or not _FURNITURE.search(name_of(info)):
                    path = f"{name}/{names.own(_printable(name_of(info)))}"
                    yield from self._member(archive, info, path, depth)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, depth: int
    ) -> Iterator[Member]:
        try:
            _refuse(info)
            content = read_member(archive, info, self._bounds)
        except InputError as error:
            yield Member(
                path,
                error=type(error)(Message("%(name)s: %(error)s", name=path, error=error), hint=error.hint),
            )
            return
        if not is_archive(content):
            yield Member(path, content)
        elif depth >= self._bounds.depth:
            yield Member(
                path,
                error=UnsafeArchiveError(
                    Message(
                        "%(path)s: archives are nested more than %(depth)s deep",
                        path=path,
                        depth=self._bounds.depth,
                    )
                ),
            )
        else:
            yield from self.archive(content, path, depth + 1)


def opened(data: bytes, bounds: Bounds) -> zipfile.ZipFile:
    """A ZIP archive whose own account of itself keeps within the bounds.

    Raises:
        DamagedFileError: it is none, or a broken one.
        UnsafeArchiveError: it says that it becomes too much.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise DamagedFileError(Message("the archive is damaged")) from error
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if len(infos) > bounds.entries:
        raise UnsafeArchiveError(
            Message("the archive holds more than %(number)s files", number=f"{bounds.entries:,}")
        )
    if total > bounds.unpacked_bytes:
        raise UnsafeArchiveError(
            Message(
                "the archive unpacks to %(total)s bytes, more than the %(most)s allowed",
                total=f"{total:,}",
                most=f"{bounds.unpacked_bytes:,}",
            )
        )
    if total > max(FREE_RATIO_BYTES, bounds.ratio * len(data)):
        raise UnsafeArchiveError(
            Message("the archive unpacks to more than %(ratio)s times its size", ratio=bounds.ratio)
        )
    return archive


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds) -> bytes:
    """The bytes of one file of an archive.

    Raises:
        TooLargeError: they are more than one file may be.
        EncryptedFileError: they need a password.
        BinaryFileError: they are packed in a way that is not read.
        DamagedFileError: they are not what the archive says.
    """
    if info.file_size > bounds.bytes:
        raise TooLargeError(
            Message(
                "%(size)s bytes, more than the %(most)s allowed",
                size=f"{info.file_size:,}",
                most=f"{bounds.bytes:,}",
            )
        )
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFileError(Message("needs a password"))
    if info.compress_type not in _PACKED:
        raise BinaryFileError(
            Message("compressed by a method that is not supported"),
            hint=Message("Unpack it, or pack it again as an ordinary ZIP."),
        )
    try:
        with archive.open(info) as file:
            content = file.read(info.file_size + 1)
    except _BROKEN as error:
        raise DamagedFileError(Message("damaged in the archive")) from error
    except RuntimeError as error:  # so zipfile says that a password is missing
        raise EncryptedFileError(Message("needs a password")) from error
    if len(content) != info.file_size:
        raise DamagedFileError(Message("its size is not the one given in the archive"))
    return content


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; without a mark for UTF-8 it is GB18030, as Chinese systems pack."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _refuse(info: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnsafeArchiveError(Message("a link that points elsewhere, not a file"))
    if _leads_out(info):
        raise UnsafeArchiveError(Message("its name leads out of the archive"))


def _leads_out(info: zipfile.ZipInfo) -> bool:
    names = (name_of(info), info.orig_filename)
    return any(_OUTSIDE.search(name.replace("\\", "/")) for name in names)


def _printable(name: str) -> str:
    return shown(name.replace("\\", "/"))


class _Names:
    """Names of an archive, each for one file: another one of the same name, in another encoding perhaps, is numbered."""

    def __init__(self, names: Iterable[str]) -> None:
        self._of_others = set(names)
        self._given: set[str] = set()

    def own(self, name: str) -> str:
        stem, dot, suffix = name.rpartition(".")
        numbered = (f"{stem}~{number}.{suffix}" if dot else f"{name}~{number}" for number in count(2))
        free = (one for one in numbered if one not in self._of_others and one not in self._given)
        mine = name if name not in self._given else next(free)
        self._given.add(mine)
        return mine
