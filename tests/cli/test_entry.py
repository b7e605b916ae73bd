"""Where the program starts: help, version, errors, exit codes."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract import __version__
from extract.cli import entry
from extract.cli.app import app

from .conftest import Invoke

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "demo",
    "run",
    "show",
    "numbers",
    "check",
    "diff",
    "ingest",
    "export",
    "panel",
    "tracking",
    "livelihood",
    "chart",
    "report",
    "schema",
    "eval",
    "doctor",
)
HEAVY = (
    "babel",
    "pydantic",
    "orjson",
    "openpyxl",
    "rich",
    "lxml",
    "docx",
    "trafilatura",
    "extract.pipeline",
    "multiprocessing",
)


def imported_by(code: str) -> set[str]:
    """The modules that a piece of code imports, in a process of its own."""
    program = f"import sys\n{code}\nsys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=ROOT,
        input=b"",
        env={**os.environ},
    )
    return set(done.stderr.decode().split())


def test_help_imports_nothing_heavy() -> None:
    """So that it is there at once."""
    modules = imported_by("from extract.cli import main\nmain(['--help'])")
    assert "typer" in modules
    assert modules.isdisjoint(HEAVY)


def test_batch_imports_no_command_line_at_all() -> None:
    """A pipe of texts does not wait for typer."""
    modules = imported_by("from extract.cli import main\nmain(['numbers', '--batch'])")
    assert "extract.numbers.batch" in modules
    assert modules.isdisjoint({"typer", "pydantic", "rich", "openpyxl"})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(invoke: Invoke, command: str) -> None:
    """In English with a line of Chinese."""
    ran = invoke(command, "--help")
    assert ran.code == 0
    assert "Example: " in ran.out
    assert f"extract {command}" in ran.out.split("Example: ")[1]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in ran.out)


def test_help_names_every_command(invoke: Invoke) -> None:
    """None is cut short."""
    ran = invoke("--help")
    assert all(f"\n  {command} " in ran.out for command in COMMANDS)
    assert "..." not in ran.out.split("Commands:")[1]
    assert {command.name for command in app.registered_commands} == set(COMMANDS)


def test_without_arguments_there_is_help(invoke: Invoke) -> None:
    """And no complaint."""
    assert invoke() == invoke("--help")


def test_version(invoke: Invoke) -> None:
    """One line, for scripts."""
    ran = invoke("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"extract {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rnu",), "No such command 'rnu'"),
        (("run",), "Missing argument"),
        (("run", "x", "--jobs", "0"), "--jobs"),
        (("run", "x", "--job", "2"), "No such option"),
        (("export", "x", "--format", "xml"), "'xml' is not one of"),
        (("numbers",), "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence_and_a_hint(invoke: Invoke, arguments: tuple[str, ...], says: str) -> None:
    """Exit code 2, nothing on standard output."""
    ran = invoke(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first.startswith("error: ")
    assert says in first
    assert second.startswith("hint: ")


def test_a_fault_of_the_program_shows_no_traceback(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """But says where to go; the traceback is for --debug."""

    def broken(_arguments: list[str]) -> int:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(entry, "_command", broken)
    ran = invoke("run", "x")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "ZeroDivisionError: boom" in ran.err
    assert "--debug" in ran.err
    with pytest.raises(ZeroDivisionError):
        invoke("run", "x", "--debug")


def test_an_interrupt_has_its_own_exit_code(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, as shells expect."""

    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "_command", interrupted)
    assert invoke("run", "x").code == 130


def test_a_reader_that_has_seen_enough_is_no_error(small_report: str) -> None:
    """`extract numbers - | head -1` ends in peace."""
    text = (small_report * 300).encode()
    program = (
        "import sys; from extract.cli import main; sys.exit(main(['numbers', '-', '--format', 'jsonl']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(text)
    process.stdin.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (0, b"")


def test_settings_of_the_environment_are_checked(
    invoke: Invoke, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong configuration is exit code 2."""
    monkeypatch.setenv("EXTRACT_JOBS", "many")
    ran = invoke("run", work / "r.txt")
    assert ran.code == 2
    assert "EXTRACT_JOBS" in ran.err


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_a_terminal_without_chinese_gets_escapes_not_a_fault(work: Path, encoding: str) -> None:
    """Data for programs is UTF-8 wherever it goes."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    for arguments, read in (
        (("show", "r.txt"), encoding),
        (("numbers", "r.txt", "--format", "jsonl"), "utf-8"),
    ):
        command = [sys.executable, "-m", "extract.cli", *arguments]
        done = subprocess.run(command, capture_output=True, check=False, cwd=work, env=environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "1830.5" in done.stdout.decode(read)


@pytest.mark.parametrize(
    ("encoding", "marked"), [("gbk", "〈1830.5亿元〉"), ("ascii", "<1830.5\\u4ebf\\u5143>")]
)
def test_signs_that_a_terminal_has_not_are_shown_as_the_nearest(
    work: Path, encoding: str, marked: str
) -> None:
    """Code page 936 of Windows has no ⟨ and no ✓."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "extract.cli", "show", "r.txt"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=work, env=environment)
    assert marked in done.stdout.decode(encoding)
    assert b"\\u27e8" not in done.stdout


def test_a_closed_pipe_is_known_as_windows_says_it() -> None:
    """A file of a bad name gives the same number, and is named."""
    assert entry._is_closed_pipe(OSError(errno.EINVAL, "Invalid argument"))
    assert not entry._is_closed_pipe(OSError(errno.EINVAL, "Invalid argument", "a?b.txt"))
