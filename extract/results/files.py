"""Result files: rendered, written as a whole or not at all, and read back with validation."""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from extract.documents.storable import storable
from extract.errors import ExtractError, InputError, MissingFileError, ResultsFolderError, UnreadableFileError
from extract.file_names import is_plain
from extract.messages import Message
from extract.private_files import refuse_dangling
from extract.regular_files import read_regular
from schemas.result import SCHEMA_VERSION, TEXT_SUFFIX, Result

MANIFEST_NAME = "manifest.json"
SUFFIX = ".json"
TEMPORARY_SUFFIX = ".part"
SHARED = 0o666
"""Results are for whoever the umask lets read them; what is private says so."""
TEMPORARY_NAME = 40
"""So much of the name of a file has the temporary one that is to take its place."""

_TEMPORARY = re.compile(r"\.(.+?)\.\d+(?:[-.]\w+)?" + re.escape(TEMPORARY_SUFFIX))
_VERSION = re.compile(rb'"schema_version"\s*:\s*(\d{1,9})')
_HELD_BY_A_READER = frozenset({5, 32, 33})  # access denied, sharing violation, lock violation
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.6)
_HEAD = 4096  # bytes of a result in which its version stands: it is the first key

_Saved = TypeVar("_Saved", bound=BaseModel)
Write = Callable[[BinaryIO, Iterable[bytes]], None]


def write_and_sync(file: BinaryIO, data: Iterable[bytes]) -> None:
    """Write all of `data` and see it onto the disk."""
    file.writelines(data)
    file.flush()
    os.fsync(file.fileno())


def write_atomically(
    path: Path, data: Iterable[bytes], *, write: Write = write_and_sync, mode: int = SHARED
) -> None:
    """Put `data` at `path`; whoever looks finds the old file or the whole new one, never a part.

    Args:
        path: the target; its folder has to be there.
        data: the content, in pieces.
        write: what writes to the open temporary file; tests hand in one that fails.
        mode: who may read and write the file, within the umask.

    Raises:
        ResultsFolderError: the disk or the folder refuses, or the target is a link to nothing; it is as it was.
    """
    try:
        refuse_dangling(path)
    except OSError as error:
        raise ResultsFolderError(
            Message("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror),
            hint=Message("Remove the link."),
        ) from error
    path = path.resolve()  # a link stays a link
    if path.exists() and not path.is_file():
        _write_straight(path, data, write)
        return
    # A name of its own for each writing: threads of one process may write the same file.
    mark = f"{os.getpid()}-{token_hex(4)}"
    temporary = path.with_name(f".{path.name[:TEMPORARY_NAME]}.{mark}{TEMPORARY_SUFFIX}")
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            write(file, data)
        replace_file(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ResultsFolderError(
                Message("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror or error)
            ) from error
        raise


def is_temporary(name: str) -> bool:
    """Whether a name is one that `write_atomically` gives to a file of a folder of results for a moment."""
    found = _TEMPORARY.fullmatch(name)
    return found is not None and (len(found[1]) == TEMPORARY_NAME or found[1].endswith((SUFFIX, TEXT_SUFFIX)))


def replace_file(old: Path, new: Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Put a file in the place of another.

    Windows refuses that while somebody reads one of the two, a scanner of viruses for example; a moment later it
    does not.

    Raises:
        OSError: it is refused, on Windows for two seconds.
    """
    for pause in _PAUSES:
        try:
            old.replace(new)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_A_READER:
                raise
            sleep(pause)
        else:
            return
    old.replace(new)


def _write_straight(path: Path, data: Iterable[bytes], write: Write) -> None:
    """Write into a pipe or a device, which cannot be replaced."""
    try:
        with path.open("wb") as file:
            if write is write_and_sync:
                file.writelines(data)
            else:
                write(file, data)
    except OSError as error:
        raise ResultsFolderError(
            Message("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror or error)
        ) from error


@dataclass(frozen=True, slots=True)
class Rendered:
    """A result as it goes to disk; plain data, so that it can cross processes.

    Attributes:
        id: of the report.
        source, source_sha256: where the report came from.
        region, report_year: which report it is.
        data: the JSON.
        text: the decoded text that is saved beside it; None where the source is text, or the text is there.
    """

    id: str
    source: str
    source_sha256: str
    region: str | None
    report_year: int | None
    data: bytes
    text: bytes | None = None


def rendered(result: Result, text: str | None = None) -> Rendered:
    """A result made ready for the disk, with the decoded text that belongs to it."""
    report = result.report
    return Rendered(
        report.id,
        report.source,
        report.sha256,
        report.region,
        report.report_year,
        render(result),
        None if text is None else text.encode("utf-8", "surrogatepass"),
    )


def render(result: Result) -> bytes:
    """A result as JSON: UTF-8, indented by two, keys in the order of the schema, a newline at the end.

    The same result gives the same bytes. What no store takes, and a model or a caller of the API may have brought
    in, is replaced character for character.
    """
    try:
        text = result.model_dump_json(indent=2)
        data = text.encode("utf-8")
    except (PydanticSerializationError, UnicodeEncodeError):  # lone surrogates
        data = b""
    if data and b"\\u0000" not in data:
        return data + b"\n"
    kept = Result.model_validate(_all_storable(result.model_dump(mode="python")))
    return kept.model_dump_json(indent=2).encode("utf-8") + b"\n"


def _all_storable(value: Any) -> Any:
    """What a result holds, with every text in it as stores take it."""
    match value:
        case str():
            return storable(str(value))
        case dict():
            return {_all_storable(name): _all_storable(one) for name, one in value.items()}
        case list() | tuple():
            return [_all_storable(one) for one in value]
        case _:
            return value


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes, name: str) -> Result:
    """A result from its JSON.

    Args:
        data: the content of a result file.
        name: how messages call it.

    Raises:
        ResultsFolderError: a newer version of this program wrote it.
        InputError: it is no result, or a damaged one.
    """
    try:
        result = Result.model_validate_json(data)
    except ValidationError as error:
        raise _what_is_wrong(data, name, error) from error
    refuse_names_that_lead_away(name, result.report.id, result.report.text_file)
    return result


def refuse_names_that_lead_away(where: str, *names: str | None) -> None:
    """See that names which a result gives are plain ones, before they become a part of a path.

    Raises:
        InputError: one is not, so that somebody has tampered with the result.
    """
    for name in names:
        if name is not None and not is_plain(name):
            raise InputError(
                Message(
                    "%(where)s names %(name)s, which is no plain file name.", where=where, name=repr(name)
                ),
                hint=Message("Run its source again with --fresh."),
            )


def _what_is_wrong(data: bytes, name: str, error: ValidationError) -> ExtractError:
    """Why JSON is no result: not JSON at all, somebody else's, of another version, or damaged."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return InputError(
            Message("%(name)s is not valid JSON.", name=name),
            hint=Message("Run its source again with --fresh, or move the file away."),
        )
    version = content.get("schema_version") if isinstance(content, dict) else None
    if not isinstance(version, int) or "report" not in content:
        return ForeignFileError(
            Message("%(name)s is not a result of this program, so it was ignored.", name=name)
        )
    if version > SCHEMA_VERSION:
        return _newer(name, version)
    if version < SCHEMA_VERSION:
        return InputError(
            Message(
                "%(name)s was written by an older version of this program (schema %(version)s; this "
                "version reads schema %(known)s).",
                name=name,
                version=version,
                known=SCHEMA_VERSION,
            ),
            hint=Message("Run its source again with --fresh."),
        )
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "the top"
    return InputError(
        Message(
            "%(name)s is a damaged result (%(where)s: %(reason)s).",
            name=name,
            where=where,
            reason=first["msg"].lower(),
        ),
        hint=Message("Run its source again with --fresh."),
    )


def _newer(name: str, version: int) -> ResultsFolderError:
    return ResultsFolderError(
        Message(
            "%(name)s was written by a newer version of this program (schema %(version)s; this "
            "version reads schemas up to %(known)s).",
            name=name,
            version=version,
            known=SCHEMA_VERSION,
        ),
        hint=Message("Update this program, or run the sources again with another --out folder."),
    )


def refuse_newer(path: Path) -> None:
    """See that a file which is about to be replaced is no result of a newer version of this program.

    Raises:
        ResultsFolderError: it is one; it holds more than this version could put in its place.
    """
    try:
        head = _VERSION.search(read_regular(path, _HEAD))
    except OSError:
        return  # nothing that could be lost
    if head and int(head[1]) > SCHEMA_VERSION:
        raise _newer(str(path), int(head[1]))


class ForeignFileError(InputError):
    """A JSON file that somebody else put into the folder of results."""


def read_saved(path: Path, model: type[_Saved], what: str) -> _Saved | None:
    """What this program saved about a folder; None where there is nothing yet.

    Args:
        path: of the file.
        model: what it holds.
        what: its name, for people.

    Raises:
        ResultsFolderError: the file is none that this version can read. It is never overwritten.
    """
    if not path.exists():
        return None
    try:
        return model.model_validate_json(read_bytes(path))
    except ValidationError as error:
        raise ResultsFolderError(
            Message("%(path)s is not a %(what)s that this version can read.", path=path, what=what),
            hint=Message("Use another folder with --out, or move that file away."),
        ) from error


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        MissingFileError: there is none.
        UnreadableFileError: it cannot be read.
    """
    try:
        return read_regular(path)
    except FileNotFoundError as error:
        raise MissingFileError(Message("%(path)s is not there.", path=path)) from error
    except OSError as error:
        raise UnreadableFileError(
            Message("%(path)s cannot be read: %(reason)s.", path=path, reason=error.strerror or error)
        ) from error


def read_result(path: Path) -> Result:
    """The result in a file; errors as in `read_bytes` and `parse`."""
    return parse(read_bytes(path), str(path))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A JSON file of the folder that gave no result.

    Attributes:
        error: why.
        damaged: whether it ought to have given one.
    """

    error: InputError
    damaged: bool


def result_paths(folder: Path) -> list[Path]:
    """The JSON files of a folder of results, in the order of their report ids, without the manifest.

    Raises:
        ResultsFolderError: there is no such folder, or it holds neither results nor a manifest.
    """
    if not folder.is_dir():
        raise ResultsFolderError(
            Message("%(folder)s is not a folder of results.", folder=folder),
            hint=Message("Make one with: extract run SOURCES --out FOLDER"),
        )
    files = [path for path in folder.glob(f"*{SUFFIX}") if path.is_file() and not path.name.startswith(".")]
    if not files:
        raise ResultsFolderError(
            Message("There are no results in %(folder)s.", folder=folder),
            hint=Message(
                "Name the --out folder of a run, or make one with: extract run SOURCES --out FOLDER"
            ),
        )
    return sorted((path for path in files if path.name != MANIFEST_NAME), key=lambda path: path.stem)


def read_results(folder: Path) -> Iterator[Result | Skipped]:
    """Every result of a folder, one at a time, and what was skipped.

    Raises:
        ResultsFolderError: there is no such folder, or a newer version of this program wrote into it.
    """
    for path in result_paths(folder):
        try:
            yield read_result(path)
        except ForeignFileError as error:
            yield Skipped(error, damaged=False)
        except InputError as error:
            yield Skipped(error, damaged=True)
