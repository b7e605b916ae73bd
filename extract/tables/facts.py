"""The facts table: one row per figure, the form in which other programs take our numbers."""

from collections.abc import Iterable, Iterator

from typing_extensions import TypedDict  # pydantic asks for this one on Python 3.11

from schemas.record import plain
from schemas.result import Result


class Fact(TypedDict):
    """One figure of one record. Keys stand in this order; new ones only ever follow at the end."""

    report_id: str
    source: str
    record_id: str
    record_type: str
    indicator: str
    value: str
    upper: str | None
    unit: str | None
    kind: str
    direction: str | None
    modifier: str
    period: str | None
    start: int
    end: int
    text: str
    quote: str
    state: str
    confidence: str


COLUMNS = tuple(Fact.__annotations__)


def facts(results: Iterable[Result]) -> Iterator[Fact]:
    """The facts of results, within a report in the order of the text.

    Args:
        results: in the order in which their facts are wanted.
    """
    for result in results:
        yield from sorted(_facts(result), key=lambda fact: (fact["start"], fact["end"]))


def _facts(result: Result) -> Iterator[Fact]:
    for record in result.records:
        for figure in record.figures:
            yield Fact(
                report_id=result.report.id,
                source=result.report.source,
                record_id=record.id,
                record_type=record.type,
                indicator=record.indicator,
                value=plain(figure.value),
                upper=None if figure.upper is None else plain(figure.upper),
                unit=figure.unit,
                kind=figure.kind,
                direction=figure.direction,
                modifier=figure.modifier,
                period=figure.period or record.period,
                start=figure.start,
                end=figure.end,
                text=figure.text,
                quote=record.evidence.quote,
                state=record.state.value,
                confidence=figure.confidence,
            )
