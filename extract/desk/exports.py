"""Tables of what people approved, as the command line and the desk give them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from extract.desk.reviewed import Reviewed
from extract.results.decided import wanted_states
from extract.tables.facts import FACTS, facts
from extract.tables.formats import FileFormat, rendered
from extract.tables.records import RECORDS, record_rows
from extract.tables.review import with_review_columns, with_reviews
from extract.tables.table import Table
from schemas.result import Result

if TYPE_CHECKING:
    from extract.results.decided import Review

TableName = Literal["facts", "records"]
Row = Mapping[str, object]


def reviewed_table(
    results: Iterable[Reviewed], table: TableName, states: Collection[str]
) -> tuple[Table[Row], Iterator[Row]]:
    """A table after review, and its rows.

    Args:
        results: after review.
        table: which.
        states: only these; `approved` gives what was corrected as well, `final` the set to hand on. None at all
            gives every row.
    """
    reviews: dict[tuple[str, str], Review] = {}

    def plain() -> Iterator[Result]:
        for one in results:
            reviews.clear()  # those of one report are enough: its rows follow before the next one is read
            reviews.update({(one.result.report.id, key): review for key, review in one.reviews.items()})
            yield one.result

    bare: Table[Row] = FACTS if table == "facts" else RECORDS
    rows: Iterator[Row] = iter(facts(plain())) if table == "facts" else iter(record_rows(plain()))
    named = with_reviews(rows, lambda report_id, record_id: reviews.get((report_id, record_id)))
    these = wanted_states(states)
    return with_review_columns(bare), (row for row in named if not these or row["state"] in these)


def reviewed_bytes(
    results: Iterable[Reviewed],
    table: TableName,
    file_format: FileFormat,
    states: Collection[str],
    *,
    bom: bool,
    chinese: bool = False,
) -> Iterator[bytes]:
    """The same as a file, in pieces."""
    whole, rows = reviewed_table(results, table, states)
    return rendered(whole, rows, file_format, bom=bom, chinese=chinese)
