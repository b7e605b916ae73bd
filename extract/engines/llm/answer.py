"""Reads the text of an answer into drafts.

The order of keys and records is free; the types are not. What cites a sentence that is not there, or copies a
number that does not stand in it, is no error here: it goes to grounding, and comes out flagged.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pydantic import ValidationError

from extract.engines.base import Draft, DraftFigure
from extract.engines.llm.exchange import Check
from extract.engines.llm.question import Passage
from extract.engines.llm.wire import Wire, WireAnswer, WireRecord

MOST_ERRORS = 3
LONGEST_INPUT = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


def checker(wire: Wire) -> Check:
    """What says why an answer is not good, in few words, for the question that is asked again."""

    def check(text: str) -> str | None:
        try:
            read_answer(text, wire)
        except ValidationError as error:
            return error_text(error)
        return None

    return check


@lru_cache(maxsize=64)  # an answer is read twice at once: to see whether it is good, and for its drafts
def read_answer(text: str, wire: Wire) -> WireAnswer:
    """The answer as typed data.

    Raises:
        ValidationError: it does not have the form that was asked for.
    """
    fenced = _FENCE.match(text)
    return wire.model.model_validate_json(fenced[1] if fenced else text)


def error_text(error: ValidationError) -> str:
    """The first errors as `where: what (input)`, short enough that a question asked again hardly grows."""
    errors = error.errors(include_url=False, include_context=False)
    lines = []
    for one in errors[:MOST_ERRORS]:
        where = ".".join(str(step) for step in one["loc"]) or "answer"
        given = repr(one["input"])
        if len(given) > LONGEST_INPUT:
            given = given[:LONGEST_INPUT] + "…"
        lines.append(f"{where}: {one['msg']} ({given})")
    if len(errors) > MOST_ERRORS:
        lines.append(f"and {len(errors) - MOST_ERRORS} more")
    return "\n".join(lines)


def drafts_of(answer: WireAnswer, passage: Passage, wire: Wire) -> tuple[Draft, ...]:
    """The drafts that an answer gives; sentence numbers are those of the report again."""
    return tuple(_draft(record, passage, wire.own_fields[record.type]) for record in answer.records)


def _draft(record: WireRecord, passage: Passage, own_fields: Iterable[str]) -> Draft:
    figures = tuple(
        DraftFigure(
            text=figure.text,
            mention=None,
            kind=figure.kind,
            direction=figure.direction,
            modifier=figure.modifier,
            period=_period(figure.period),
        )
        for figure in record.figures
    )
    cited = {passage.first + n - 1 for n in record.sentences}
    return Draft(
        type=record.type,
        indicator=record.indicator,
        category=record.category,
        period=figures[0].period if figures else None,
        commitment=None if record.type == "achievement" else record.commitment,
        status=None if record.type in ("achievement", "goal") else record.status,
        sentences=tuple(sorted(n for n in cited if passage.first <= n <= passage.last)),
        figures=figures,
        details={name: getattr(record, name) for name in own_fields},
    )


def _period(said: str | None) -> str | None:
    """`2020` or `2016-2020`, however a model spells it (`2020年`, `2016—2020年`); None where it names no year."""
    years = _YEAR.findall(said or "")
    if not years:
        return None
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
