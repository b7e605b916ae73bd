"""`extract.load`: the tables of a folder of results, with what people decided on them.

This is the one place below the command line that brings results and decisions together: tables know of no store, and
the desk of no data frames.
"""

import os
from pathlib import Path
from typing import Literal

from extract.config import load_settings
from extract.desk.place import is_reviewed
from extract.errors import UsageError
from extract.messages import Message
from extract.results.decided import AS_READ, FINAL, FINAL_SET, Decisions
from extract.tables.notebook import Tables


def load(
    folder: str | Path,
    *,
    catalogue: str | Path | None = None,
    store: str | None = None,
    as_read: bool = False,
    state: Literal["final"] | None = None,
) -> Tables:
    """The tables of a folder of results; each is made when it is first looked at.

    What people decided at the review desk is in them: corrected and added records say so by `state` and `reviewer`, and
    rejected ones are gone. The store is asked once, here.

    Args:
        folder: that `extract run` wrote.
        catalogue: a TOML file with indicators of your own, beside the built-in ones.
        store: the address of the desk's store, where it is not in the folder.
        as_read: as the engine read it, without what people decided.
        state: `final` for the set to hand on: what the checks verified and nobody rejected, and what people approved,
            corrected or added. Rows that stand on no record, as what a report does not state, stay.

    Raises:
        ResultsFolderError: there is no such folder, or a newer version of this program wrote into it.
        CatalogueError: the catalogue cannot be used.
        StoreError: the store cannot be used.
        UsageError: there is no such state, or a store is named together with `as_read`.
    """
    if state not in {None, FINAL_SET}:
        raise UsageError(
            Message("Unknown state: %(state)s.", state=repr(state)),
            hint=Message("Use state='final', or leave it out for all records."),
        )
    if as_read and store:
        raise UsageError(
            Message(
                "as_read and store contradict each other: as_read leaves out the review decisions in "
                "the store."
            ),
            hint=Message("Leave one of the two out."),
        )
    path = Path(folder)
    decisions = AS_READ if as_read else _decisions(path, store)
    states = FINAL if state else None
    return Tables(path, None if catalogue is None else Path(catalogue), decisions=decisions, states=states)


def _decisions(folder: Path, store: str | None) -> Decisions:
    named = store or load_settings(Path.cwd(), os.environ).desk_store or None
    if not (folder.is_dir() and is_reviewed(folder, named)):
        return AS_READ
    from extract.desk.deciding import decisions_on

    return decisions_on(folder, named)
