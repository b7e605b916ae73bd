"""What people decided at the desk, as rows of an export."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import time

from extract.cli.serving import store_url
from extract.cli.terminal import complain
from extract.desk.exports import Row, TableName, reviewed_table
from extract.desk.ingest import Taking, sync
from extract.desk.reviewed import reviewed
from extract.desk.store import default_url, open_store
from extract.errors import ResultsFolderError, UsageError
from extract.messages import Message
from extract.results.files import result_paths
from extract.tables.table import Table


def rows_after_review(
    out: Path, store: str | None, table: TableName, states: Sequence[str]
) -> tuple[Table[Row], Iterator[Row], int]:
    """Rows of a folder of results after review.

    Decisions are first held against what the results say now: one whose evidence or value has changed since
    does not count.

    Args:
        out: the folder.
        store: the address of the store, where it is not in the folder.
        table: facts or records.
        states: those wanted.

    Returns:
        The table, its rows, and 1 where a damaged result is missing among them, else 0.

    Raises:
        ResultsFolderError: there is no such folder.
        UsageError: nobody has reviewed it.
    """
    result_paths(out)
    url = store_url(store, out)
    if url == default_url(out) and not Path(url.removeprefix("sqlite:///")).exists():
        raise UsageError(
            Message("There are no review decisions for %(out)s.", out=out),
            hint=Message(
                "Review at the desk (extract desk %(out)s), or name its store with --store.", out=out
            ),
        )
    opened = open_store(url)
    synced = sync(opened, Taking(out, time()))
    for said in synced.problems:
        complain(said, ResultsFolderError.hint)
    whole, rows = reviewed_table(reviewed(opened, out), table, states)
    return whole, rows, 1 if synced.problems else 0
