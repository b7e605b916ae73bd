"""The columns that say who decided on a row, when and why, and what the engine had said."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from extract.results.decided import ENGINE, Decisions, Review
from extract.tables.columns import Column
from extract.tables.table import Table, table_of_mappings

Row = Mapping[str, object]
ReviewOf = Callable[[str, str], Review | None]
"""Who decided on a record, by the ids of its report and its own; None where nobody did."""

COLUMNS = (
    Column(
        "origin",
        "出处",
        "str",
        "engine 引擎读出；reviewer 由人补录。",
        "engine, or reviewer for a record that a person added.",
    ),
    Column("reviewer", "复核人", "str | None", "最后作出决定的人。", "Who decided last."),
    Column("reviewed_at", "复核时间", "str | None", "ISO 8601。", "When, as ISO 8601."),
    Column("verdict", "结论", "str | None", "复核的结论。", "What was decided."),
    Column("why", "理由", "str | None", "复核人写下的理由。", "Why, in the reviewer's words."),
    Column(
        "changed",
        "更正前",
        "str | None",
        "被更正的字段原来的值 (JSON)。",
        "What the engine had said where it was corrected, as JSON.",
    ),
)
NOT_REVIEWED = Review(origin=ENGINE, reviewer=None, reviewed_at=None, verdict=None, why=None, changed=None)


def reviewed_by(decisions: Decisions) -> ReviewOf:
    """Looks the decision on a record up."""

    def review_of(report_id: str, record_id: str) -> Review | None:
        decided = decisions.get(report_id)
        return decided.reviews.get(record_id) if decided else None

    return review_of


def with_review_columns(table: Table[Any]) -> Table[Row]:
    """A table of facts or records with the columns of a review at its end."""
    return table_of_mappings((*table.columns, *COLUMNS), table.name, table.zh, table.en)


def with_reviews(rows: Iterable[Row], review_of: ReviewOf) -> Iterator[Row]:
    """Its rows with what stands in these columns.

    Args:
        rows: with `report_id` and `record_id`.
        review_of: asked while the rows are read.
    """
    for row in rows:
        review = review_of(str(row["report_id"]), str(row["record_id"])) or NOT_REVIEWED
        yield {**row, **review}
