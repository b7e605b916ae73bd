"""Reads the text of an answer into drafts.

The order of keys and records is free; the types are not, and a name has to be one (`names.py`). What cites a sentence
that is not there, or copies a number that does not stand in it, is no error here: it goes to grounding, and comes out
flagged.
"""

import json
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pydantic import BaseModel, ValidationError

from extract.engines.base import Draft, DraftFigure
from extract.engines.llm.exchange import Check
from extract.engines.llm.names import Cited, no_name
from extract.engines.llm.objects import LONGEST_ANSWER
from extract.engines.llm.question import Passage
from extract.engines.llm.wire import LONGEST_DETAIL, Wire, WireAnswer, WireRecord, unstorable

MOST_ERRORS = 3
LONGEST_INPUT = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """The text that a question shows.

    Attributes:
        sentences: by their numbers.
        around: what stands before the first of them, and the headings.
    """

    sentences: Mapping[int, str]
    around: tuple[str, ...]

    def cited_by(self, record: WireRecord, numbers: tuple[str, ...]) -> Cited:
        """What a record cites of it, with the sentence before each. What is not shown is for grounding to judge."""
        cited = [n for n in record.sentences if n in self.sentences]
        before = [self.sentences[n - 1] for n in cited if n - 1 in self.sentences]
        return Cited([self.sentences[n] for n in cited], numbers, (*before, *self.around))


def shown_in(question: str) -> Shown:
    """The text that a question shows.

    Args:
        question: its message of the user, as `question.py` writes it.
    """
    content = json.loads(question)
    sentences = {int(n): words for part in content["parts"] for n, words in part["sentences"].items()}
    headings = [part["heading"] for part in content["parts"]]
    return Shown(sentences, tuple(filter(None, (content["before"], *headings))))


def checker(wire: Wire, shown: Callable[[], Shown] | None = None) -> Check:
    """What says why an answer is not good, in few words, for the question that is asked again.

    Args:
        wire: the form of the answer.
        shown: gives the text of the question, against which names are held; without it only their form is looked at.
    """

    def check(text: str) -> str | None:
        if len(text) > LONGEST_ANSWER:
            return f"answer: has {len(text)} characters; at most {LONGEST_ANSWER} are taken"
        try:
            answer = read_answer(text, wire)
        except ValidationError as error:
            return error_text(error)
        except UnicodeEncodeError:
            return "answer: holds half characters, which are no text"
        return _listed(_faults(answer, wire, shown() if shown else None))

    return check


def _faults(answer: WireAnswer, wire: Wire, shown: Shown | None) -> Iterator[str]:
    """What is wrong with the texts of an answer whose form is right."""
    numbers = tuple({figure.text for record in answer.records for figure in record.figures})
    for n, record in enumerate(answer.records):
        cited = shown.cited_by(record, numbers) if shown else Cited(())
        if (fault := no_name(record.indicator, cited)) is not None:
            yield f"records.{n}.indicator: {fault} ({_short(record.indicator)})"
        for name in wire.own_fields[record.type]:
            for text in _texts_in(getattr(record, name)):
                if len(text) > LONGEST_DETAIL or unstorable(text):
                    yield f"records.{n}.{name}: holds control characters or is too long ({_short(text)})"


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a value of a user's own field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts_in(dict(value))
    elif isinstance(value, Mapping):
        yield from _texts_in([*value, *value.values()])
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts_in(one)


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
    text = _listed(f"{_place(one['loc'])}: {_plainly(one['msg'])} ({_short(one['input'])})" for one in errors)
    assert text is not None
    return text


def _listed(faults: Iterable[str]) -> str | None:
    """The first faults, a line each; None where there is none."""
    remaining = iter(faults)
    lines = list(islice(remaining, MOST_ERRORS))
    if more := sum(1 for _ in remaining):
        lines.append(f"and {more} more")
    return "\n".join(lines) or None


def _place(steps: tuple[int | str, ...]) -> str:
    """Where an error is; a key may be the model's own and hold anything."""
    return ".".join(step if (step := _plainly(str(one))) else "?" for one in steps) or "answer"


def _plainly(text: str) -> str:
    """A text that may be shown and stored: one line, short, every character visible."""
    line = "".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST_INPUT])
    return " ".join(line.split())


def _short(given: object) -> str:
    """The beginning of what a model wrote, in quotation marks and escaped."""
    shown = repr(given[: LONGEST_INPUT + 1]) if isinstance(given, str) else reprlib.repr(given)
    return shown if len(shown) <= LONGEST_INPUT else shown[:LONGEST_INPUT] + "…"


def _no_period(_sentence: int) -> str | None:
    return None


def drafts_of(
    answer: WireAnswer, passage: Passage, wire: Wire, period_of: Callable[[int], str | None] = _no_period
) -> tuple[Draft, ...]:
    """The drafts that an answer gives; sentence numbers are those of the report again.

    Args:
        answer: of a model.
        passage: that it was asked about.
        wire: the form of the answer.
        period_of: the period of the section that a sentence of the report stands in, for figures without one.
    """
    return tuple(
        _draft(record, passage, wire.own_fields[record.type], period_of) for record in answer.records
    )


def _draft(
    record: WireRecord, passage: Passage, own_fields: Iterable[str], period_of: Callable[[int], str | None]
) -> Draft:
    cited = sorted(
        {
            n
            for n in (passage.first + one - 1 for one in record.sentences)
            if passage.first <= n <= passage.last
        }
    )
    default = period_of(cited[0]) if cited else None
    figures = tuple(
        DraftFigure(
            text=figure.text,
            mention=None,
            kind=figure.kind,
            direction=figure.direction,
            modifier=figure.modifier,
            period=_period(figure.period) if "period" in figure.model_fields_set else default,
        )
        for figure in record.figures
    )
    return Draft(
        type=record.type,
        indicator=record.indicator,
        category=record.category,
        period=figures[0].period if figures else None,
        commitment=None if record.type == "achievement" else record.commitment,
        status=None if record.type in ("achievement", "goal") else record.status,
        sentences=tuple(cited),
        figures=figures,
        details={name: getattr(record, name) for name in own_fields},
    )


def _period(said: str | None) -> str | None:
    """`2020` or `2016-2020`, however a model spells it (`2020年`, `2016—2020年`); None where it names no year."""
    years = _YEAR.findall(said or "")
    if not years:
        return None
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
