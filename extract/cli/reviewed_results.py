"""What people decided at the desk, for every command that makes something of a folder of results."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from extract.config import load_settings
from extract.messages import Message
from extract.results.decided import AS_READ, Decisions

if TYPE_CHECKING:
    from extract.cli.research import RegionalResults


def decisions_for(out: Path, store: str | None, *, as_read: bool = False) -> Decisions:
    """What people decided on the results of a folder; none where nobody opened a desk on it.

    Args:
        out: the folder.
        store: the address of its store; None for that of the settings, else the one in the folder.
        as_read: whether decisions are to be left out.

    Raises:
        UsageError: a store is named together with `as_read`.
        StoreError: the store cannot be used.
        ResultsFolderError: a newer version of this program wrote into the folder.
    """
    from extract.desk.place import is_reviewed
    from extract.errors import UsageError
    from extract.results.files import result_paths

    if as_read:
        if store:
            raise UsageError(
                Message(
                    "--as-read and --store contradict each other: --as-read leaves out the review "
                    "decisions in the store."
                ),
                hint=Message("Leave one of the two out."),
            )
        return AS_READ
    named = store_named(store)
    if not is_reviewed(out, named):
        return AS_READ
    from extract.desk.deciding import decisions_on

    result_paths(out)  # a folder that is none is said before a store is opened for it
    return decisions_on(out, named)


def store_named(store: str | None) -> str | None:
    """The address of the store that the command or the settings name; None where neither does."""
    return store or load_settings(Path.cwd(), os.environ).desk_store or None


def regional_results(out: Path, store: str | None, *, as_read: bool = False) -> "RegionalResults":
    """The results of a folder by region and year, after review; arguments and errors as in `decisions_for`."""
    from extract.cli.research import RegionalResults

    return RegionalResults(out, decisions_for(out, store, as_read=as_read))
