"""`extract demo`: the main job on the sample reports, without anything to prepare."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.messages import Message

EXAMPLE = "Example: extract demo --out out/demo"

EXAMPLES = Path(__file__).parents[3] / "examples"
"""They lie beside the package in a checkout; an installed package does not hold them."""


def command(
    out: Annotated[
        str, typer.Option("--out", metavar="PATH", help="Folder of results; made where it is not there.")
    ] = "out/demo",
) -> int:
    """Read the sample reports and say where the results are.

    读取示例报告并给出结果，用来试一试本程序。
    """
    from extract.cli.commands import run
    from extract.errors import UsageError

    if not EXAMPLES.is_dir():
        raise UsageError(
            Message(
                "The sample reports are missing: they come with the source code, not with the "
                "installed package."
            ),
            hint=Message(
                "Run it in a checkout of the project, or read a report of your own: extract run "
                "REPORT --out out"
            ),
        )
    code = run.command([str(_shortest(EXAMPLES))], out=out)
    if code == 0:
        from extract.cli.terminal import console, safe

        read = Path(out) / "yunzhou-2025.json"
        console().print(f"\nResults are in {safe(out)}. Read one:  {_program()} show {safe(str(read))}")
    return code


def _shortest(path: Path) -> Path:
    """A path from here, where it lies below."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _program() -> str:
    """This program as it was called, where that is a path from here."""
    given = Path(sys.argv[0])
    return str(given) if given.stem == "extract" and not given.is_absolute() else "extract"
