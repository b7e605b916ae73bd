"""Documents of old office programs: converted where LibreOffice can, and what is missing named where it cannot."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from extract.documents.readers import office
from extract.documents.readers.confinement import confined
from extract.documents.readers.formats import Format
from extract.errors import DamagedFileError, OldFormatError, SlowFileError

from .made import docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PACKAGE = "libreoffice-writer"


def program(folder, script, *files):
    """A LibreOffice that does as a script says, with these files beside it."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    for name in files:
        (folder / name).touch()
    return str(path)


def converting(made):
    return (
        'while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n'
        f'cp {made} "$out/$(basename "${{1%.*}}").docx"'
    )


def test_without_libreoffice_the_way_out_is_named():
    with pytest.raises(OldFormatError, match="not installed") as told:
        office.to_docx(OLE, Format.OLD_WORD, None)
    assert PACKAGE in told.value.hint
    assert "DOCX" in told.value.hint


def test_files_are_converted_where_libreoffice_is(tmp_path):
    made = tmp_path / "made.docx"
    made.write_bytes(docx("临江市政府工作报告"))
    path = program(tmp_path, converting(made), "soffice.bin", "libswlo.so")
    assert office.to_docx(OLE, Format.OLD_WORD, path) == made.read_bytes()


def test_libreoffice_without_writer_is_not_even_started(tmp_path):
    """It would say that the file cannot be loaded, as it does of a damaged one."""
    path = program(tmp_path, f"touch {tmp_path}/started", "soffice.bin", "libsclo.so")
    with pytest.raises(OldFormatError, match=PACKAGE) as told:
        office.to_docx(OLE, Format.RTF, path)
    assert "damaged" not in str(told.value) + told.value.hint
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("code", [0, 1])
@pytest.mark.parametrize(
    "said", ["Error: no export filter for a.docx found, aborting.", "Error: source file could not be loaded"]
)
def test_a_conversion_that_fails_for_want_of_a_filter_names_the_package(tmp_path, said, code):
    """So LibreOffice with nothing but Calc says, and ends with 0; its files may lie where we do not look."""
    path = program(tmp_path, f"echo '{said}' >&2; exit {code}")
    with pytest.raises(OldFormatError, match=PACKAGE) as told:
        office.to_docx(OLE, Format.OLD_WORD, path)
    assert PACKAGE in told.value.hint


def test_a_file_that_writer_cannot_load_is_damaged(tmp_path):
    path = program(tmp_path, "echo 'Error: source file could not be loaded' >&2", "libswlo.so")
    with pytest.raises(DamagedFileError, match="LibreOffice cannot read") as told:
        office.to_docx(OLE, Format.OLD_WORD, path)
    assert PACKAGE not in told.value.hint


def test_a_converter_that_makes_nothing_and_says_nothing_leaves_a_sentence(tmp_path):
    with pytest.raises(DamagedFileError, match="LibreOffice cannot read") as told:
        office.to_docx(OLE, Format.OLD_WORD, program(tmp_path, "exit 1"))
    assert PACKAGE in told.value.hint


def test_writer_is_looked_for_beside_the_program_that_a_link_leads_to(tmp_path):
    home = tmp_path / "program"
    home.mkdir()
    program(home, "", "soffice.bin", "libswlo.so")
    link = tmp_path / "soffice"
    link.symlink_to(home / "soffice")
    assert office.has_writer.__wrapped__(str(link)) is True
    (home / "libswlo.so").unlink()
    assert office.has_writer.__wrapped__(str(link)) is False
    (home / "soffice.bin").unlink()
    assert office.has_writer.__wrapped__(str(link)) is None


def ended(pid):
    """Whether a process ends within some seconds."""
    try:
        process = psutil.Process(pid)
        process.wait(20)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return process.status() == psutil.STATUS_ZOMBIE
    return True


def left_behind(folder, end):
    """A LibreOffice that starts a program, which would go on for ten minutes, and ends as a script says."""
    return program(
        folder, f'sleep 600 & echo $! > "$HOME/../pid.part"; mv "$HOME/../pid.part" "$HOME/../pid"; {end}'
    )


@pytest.fixture
def pid(tmp_path, monkeypatch):
    """Where the number of the program stands that is left behind, once it is there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(office, "confined", lambda command, folder: confined(command, str(tmp_path)))
    return tmp_path / "pid"


@pytest.mark.parametrize(
    ("end", "error"),
    [("exit 1", DamagedFileError), ("kill -9 $$", DamagedFileError), ("wait", SlowFileError)],
)
def test_what_libreoffice_has_started_ends_with_it(tmp_path, pid, end, error):
    """However it ends: by itself, killed, or for taking too long."""
    with pytest.raises(error):
        office.to_docx(OLE, Format.RTF, left_behind(tmp_path, end), seconds=5)
    assert ended(int(pid.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process hears of the end of another")
def test_libreoffice_ends_with_the_process_that_has_it_convert(tmp_path, pid):
    """Even where that is killed."""
    script = (
        "from extract.documents.readers import confinement, office\n"
        f"office.confined = lambda command, _: confinement.confined(command, {str(tmp_path)!r})\n"
        f"office.to_docx(b'', office.Format.RTF, {left_behind(tmp_path, 'wait')!r}, seconds=600)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", script], env=environment) as converting_process:
        while not pid.exists():
            assert converting_process.poll() is None
            time.sleep(0.02)
        converting_process.kill()
    assert ended(int(pid.read_text()))
