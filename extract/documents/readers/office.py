"""Documents of old office programs, made into DOCX by LibreOffice where it is installed."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.documents.readers.formats import Format
from extract.documents.readers.surroundings import WITHOUT_WINDOW, bare_environment, end_with_children
from extract.errors import DamagedFileError, OldFormatError, SlowFileError

KINDS = {
    Format.OLD_WORD: ("an old Word or WPS file (.doc, .wps)", ".doc"),
    Format.RTF: ("an RTF document", ".rtf"),
    Format.ODT: ("an OpenDocument text", ".odt"),
}
SECONDS = 45.0
_PROGRAMS = ("soffice", "libreoffice")
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


def to_docx(data: bytes, form: Format, program: str | None = None, seconds: float = SECONDS) -> bytes:
    """Convert a document to DOCX.

    Macros do not run: the program starts with a profile of its own, empty, in which they are off.

    Args:
        data: its bytes.
        form: one of `KINDS`.
        program: LibreOffice; None where there is none.
        seconds: of the clock.

    Raises:
        OldFormatError: there is no LibreOffice here.
        SlowFileError: it takes too long.
        DamagedFileError: LibreOffice cannot read it.
    """
    what, suffix = KINDS[form]
    if program is None:
        raise OldFormatError(f"{what}, which only LibreOffice can convert")
    with TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        options = [f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
        _run([program, *options, "--outdir", folder, str(source)], seconds)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise DamagedFileError(f"{what} that LibreOffice cannot read")
        return made.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run a program and all that it starts; its end is the end of all."""
    process = subprocess.Popen(  # noqa: S603 - a program that is installed, on a file of our own name
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=bare_environment(),
        start_new_session=True,
        creationflags=WITHOUT_WINDOW,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise SlowFileError(f"LibreOffice takes longer than {seconds:g} seconds to convert it") from error
    finally:
        if process.poll() is None:
            end_with_children(process)
