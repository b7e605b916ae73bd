"""JSON Schemas of everything that other programs read."""

from typing import Any, Union

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic asks for this one on Python 3.11

from extract.tables.facts import Fact
from schemas import record_types
from schemas.result import Result

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class MentionRow(TypedDict):
    """One number of a text, as `extract numbers` writes it. `value` is null for dates and names."""

    start: int
    end: int
    text: str
    value: str | None
    upper: str | None
    unit: str | None
    kind: str
    direction: str | None
    modifier: str


def schema_of(what: str) -> dict[str, Any]:
    """The schema of a `result`, a `record` (any type that is known), a `fact` or a `mention`.

    Raises:
        KeyError: there is no such thing.
    """
    records: Any = Union[tuple(record_types().values())]  # noqa: UP007 - built from what was discovered
    types: dict[str, Any] = {"result": Result, "record": records, "fact": Fact, "mention": MentionRow}
    return {"$schema": DIALECT, **TypeAdapter(types[what]).json_schema(mode="serialization")}
