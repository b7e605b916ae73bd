"""Documents of old office programs, made into DOCX by LibreOffice where it is installed."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from extract.documents.readers.confinement import confined
from extract.documents.readers.formats import Format
from extract.documents.readers.surroundings import WITHOUT_WINDOW, bare_environment, end_with_children
from extract.errors import DamagedFileError, OldFormatError, SlowFileError
from extract.messages import Message

KINDS = {
    Format.OLD_WORD: (Message("an old Word or WPS file (.doc, .wps)"), ".doc"),
    Format.RTF: (Message("an RTF document"), ".rtf"),
    Format.ODT: (Message("an OpenDocument text"), ".odt"),
}
SECONDS = 45.0
_PROGRAMS = ("soffice", "libreoffice")
_WRITER = ("libswlo.so", "libswlo.dylib", "swlo.dll")
_ANY_PART = ("soffice.bin", "libsclo.so", "libsclo.dylib", "sclo.dll", "libmergedlo.so", "mergedlo.dll")
"""Files of LibreOffice beside its program, or beside the folder of it: of Writer, and of any part."""
_BESIDE = (".", "../Frameworks", "../lib")
_NO_FILTER = re.compile(rb"no (?:export|import) filter", re.IGNORECASE)
_NOT_LOADED = re.compile(rb"source file could not be loaded", re.IGNORECASE)
"""So LibreOffice 7.4 says of a damaged file, and of every document where Writer is missing."""
_MOST_SAID = 4_000
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
%s</oor:items>
"""
_SET = """<item oor:path="/org.openoffice.%s"><prop oor:name="%s" oor:op="fuse"><value>%s</value></prop></item>
"""
_CLOSED = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
"""Of LibreOffice's settings: no macro runs, and nothing is taken from where a document links to, on the network or on
this machine. It passes over what its version does not know (`officecfg/registry/schema` of its source names them).
"""
INSTALL_WRITER = Message(
    "Install the package libreoffice-writer (Debian, Ubuntu: apt-get install "
    "libreoffice-writer-nogui), or save the file as DOCX with Word or WPS."
)
_MAYBE_WRITER = Message(
    "Open it and save it as DOCX. If other such files fail too, LibreOffice lacks its "
    "Writer: install the package libreoffice-writer."
)
_INSTALLED = (  # where it is on systems that put no such program on the path
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
    r"%ProgramFiles(x86)%\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


@cache
def converter() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    names = (*_PROGRAMS, *(os.path.expandvars(path) for path in _INSTALLED))
    return next((found for name in names if (found := shutil.which(name))), None)


@cache
def has_writer(program: str) -> bool | None:
    """Whether the LibreOffice of a program holds Writer, which reads documents; None where its files do not say."""
    home = Path(program).resolve().parent
    folders = [home / beside for beside in _BESIDE]
    if any((folder / name).is_file() for folder in folders for name in _WRITER):
        return True
    return False if any((folder / name).is_file() for folder in folders for name in _ANY_PART) else None


def to_docx(data: bytes, form: Format, program: str | None = None, seconds: float = SECONDS) -> bytes:
    """Convert a document to DOCX.

    Macros do not run and links are not followed: the program starts with a profile of its own, in which both are off,
    and where the kernel offers that it has neither the network nor files of people.

    Args:
        data: its bytes.
        form: one of `KINDS`.
        program: LibreOffice; None where there is none.
        seconds: of the clock.

    Raises:
        OldFormatError: there is no LibreOffice here, or it lacks Writer.
        SlowFileError: it takes too long.
        DamagedFileError: LibreOffice cannot read it.
    """
    what, suffix = KINDS[form]
    if program is None:
        raise OldFormatError(
            Message("%(what)s, which only LibreOffice can convert; it is not installed", what=what)
        )
    if has_writer(program) is False:
        raise _without_writer(what)
    with TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        _close(profile)
        options = [
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
        ]
        with Path(folder, "said").open("w+b") as output:
            command = [program, *options, "--outdir", folder, str(source)]
            _run(confined(command, folder), folder, seconds, output)
            output.seek(0)
            said = output.read(_MOST_SAID)
        made = source.with_suffix(".docx")
        if made.is_file():
            return made.read_bytes()
        if _NO_FILTER.search(said):
            raise _without_writer(what)
        if _NOT_LOADED.search(said) and not has_writer(program):
            raise OldFormatError(
                Message(
                    "%(what)s, which LibreOffice could not load: the package libreoffice-writer may be "
                    "missing",
                    what=what,
                ),
                hint=INSTALL_WRITER,
            )
        hint = None if has_writer(program) else _MAYBE_WRITER
        raise DamagedFileError(Message("%(what)s that LibreOffice cannot read", what=what), hint=hint)


def _close(profile: Path) -> None:
    """Write a profile of LibreOffice that lets no document reach for anything."""
    settings = "".join(_SET % setting for setting in _CLOSED)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE % settings, encoding="utf-8")


def _without_writer(what: str) -> OldFormatError:
    return OldFormatError(
        Message(
            "%(what)s, which only the Writer of LibreOffice can convert: the package "
            "libreoffice-writer is not installed",
            what=what,
        ),
        hint=INSTALL_WRITER,
    )


def _run(command: list[str], folder: str, seconds: float, output: BinaryIO) -> None:
    """Run a program and all that it starts, at home in a folder; its end is the end of all. What it says goes into `output`."""
    process = subprocess.Popen(  # noqa: S603 - a program that is installed, on a file of our own name
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=bare_environment(HOME=folder, TMPDIR=folder),
        start_new_session=True,
        creationflags=WITHOUT_WINDOW,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise SlowFileError(
            Message("LibreOffice takes longer than %(seconds)s seconds to convert it", seconds=f"{seconds:g}")
        ) from error
    finally:
        end_with_children(process)  # even where it has ended by itself: what it started may go on
