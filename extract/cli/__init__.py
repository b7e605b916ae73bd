"""The command line: parse arguments, call, print."""

from extract.cli.entry import main

__all__ = ["main"]
