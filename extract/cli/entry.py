"""Where the program starts, and the one place where errors become words and exit codes.

0 all well    1 some reports failed    2 wrong use or configuration    130 interrupted
"""

import errno
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from extract.messages import Message

INTERRUPTED = 130
FAULT = 1
DEBUG = "--debug"
LANG = "--lang"
LANGUAGES = frozenset({"zh", "en"})
WITH_TABLES = frozenset(
    {"check", "export", "panel", "tracking", "livelihood", "chart", "report", "indicators"}
)
"""Commands with a `--lang` of their own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the command line without the program's name; None for that of this process.

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    given = [argument for argument in given if argument != DEBUG]
    try:
        given, language = _language(given)
        if given[:1] == ["numbers"] and set(given[1:]) == {"--batch"}:
            from extract.cli.batch import numbers_batch  # no typer: this starts in a tenth of a second

            return numbers_batch()
        from extract.cli.terminal import speak

        speak(language)
        return _command(given or ["--help"])
    except KeyboardInterrupt:
        from extract.cli.terminal import say

        words = say("interrupted")
        sys.stderr.write(f"{words}\n")
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough, as `| head` does
        _close_stdout()
        return 0
    except Exception as error:
        if _is_closed_pipe(error):
            _close_stdout()
            return 0
        if debug:
            raise
        return _say(error)


def _language(given: list[str]) -> tuple[list[str], str | None]:
    """The arguments, and what `--lang` says among them.

    It may stand before or behind the command. Commands that make tables have an option of that name, for the names
    of columns; behind these it is left to them, and counts for all that they say, too.
    """
    at = next((at for at, one in enumerate(given) if one == LANG or one.startswith(f"{LANG}=")), None)
    if at is None or "--" in given[:at]:
        return given, None
    _, _, value = given[at].partition("=")
    taken = 1 if value else 2
    value = value or next(iter(given[at + 1 : at + 2]), "")
    if value not in LANGUAGES:
        return given, None
    if WITH_TABLES.isdisjoint(given[:at]):
        given = given[:at] + given[at + taken :]
    return given, value


def _is_closed_pipe(error: Exception) -> bool:
    """Whether the reader of standard output has gone, as Windows says it: no file is named in such an error."""
    return isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None


def _command(arguments: list[str]) -> int:
    from extract.cli.app import app
    from extract.cli.terminal import READABLE

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors=READABLE)  # where the terminal knows no Chinese
    try:
        code = app(arguments, prog_name="extract", standalone_mode=False)
    except SystemExit as end:  # so typer ends after a completion, or when the reader of a pipe has gone
        if end.code in (0, None):
            return 0
        raise BrokenPipeError from end
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _say(error: Exception) -> int:
    """One or two lines on stderr, never a traceback."""
    import typer

    from extract.cli.terminal import complain
    from extract.cli.usage import usage_message
    from extract.errors import ExtractError

    if isinstance(error, ExtractError):
        complain(str(error), error.hint)
        return error.exit_code
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "extract"
        complain(usage_message(error.format_message()), Message("See: %(command)s --help", command=command))
        return error.exit_code
    complain(
        Message(
            "An unexpected error occurred (%(kind)s: %(error)s).", kind=type(error).__name__, error=error
        ),
        Message("Please report it, with the command and its output with --debug."),
    )
    return FAULT


def _close_stdout() -> None:
    """Keep the interpreter from flushing into the closed pipe at its end."""
    import os

    sys.stdout = sys.__stdout__
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
