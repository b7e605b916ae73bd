"""Tables of what people approved, as the command line and the desk give them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

from extract.desk.reviewed import COLUMNS, Review, Reviewed, wanted, with_reviews
from extract.tables import facts, records
from extract.tables.write import csv_lines, json_lines
from schemas.result import Result

TableName = Literal["facts", "records"]
FileFormat = Literal["jsonl", "csv"]


def reviewed_rows(
    results: Iterable[Reviewed], table: TableName, states: Collection[str]
) -> tuple[Iterator[Mapping[str, Any]], tuple[str, ...]]:
    """The rows of a table after review, and its columns.

    Args:
        results: after review.
        table: which.
        states: only these; `approved` gives what was corrected as well. None at all gives every row.
    """
    reviews: dict[tuple[str, str], Review] = {}

    def plain() -> Iterator[Result]:
        for one in results:
            reviews.clear()  # those of one report are enough: its rows follow before the next one is read
            reviews.update({(one.result.report.id, key): review for key, review in one.reviews.items()})
            yield one.result

    rows: Iterator[Mapping[str, Any]]
    if table == "facts":
        rows, columns = iter(facts.facts(plain())), facts.COLUMNS
    else:
        rows, columns = iter(records.record_rows(plain())), records.COLUMNS
    named = with_reviews(rows, reviews)
    these = wanted(states)
    return (row for row in named if not these or row["state"] in these), (*columns, *COLUMNS)


def reviewed_lines(
    results: Iterable[Reviewed],
    table: TableName,
    file_format: FileFormat,
    states: Collection[str],
    *,
    bom: bool,
) -> Iterator[bytes]:
    """The same as a file, in pieces."""
    rows, columns = reviewed_rows(results, table, states)
    return csv_lines(rows, columns, bom=bom) if file_format == "csv" else json_lines(rows)
