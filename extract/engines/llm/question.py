"""One question for each chunk of a report.

The system message comes first and is the same for all chunks of a run, so that a provider's prefix cache serves.
The user message is JSON: the text of a report is data in it, quoted by the JSON writer and touched by no
template. Sentences are numbered from 1 within the chunk, so that equal chunks are equal questions wherever they
stand, and a small number is all that a model has to copy.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extract.documents.model import Report, Role, Sentence
from extract.engines.llm.exchange import Request
from extract.engines.llm.prompt_files import Prompts
from extract.engines.llm.wire import CATEGORIES, SCHEMA_NAME, Wire

PURPOSE_RECORDS = "records"
PURPOSE_UNCLAIMED = "unclaimed"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LAST_SENTENCES = 1  # of what stands before a chunk: enough to carry a subject over


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences that one question is about.

    Attributes:
        chunk: index of the chunk that it is, or is a part of.
        first, last: indices of its first and last sentence in the report, both included.
    """

    chunk: int
    first: int
    last: int

    @property
    def halves(self) -> tuple["Passage", "Passage"] | None:
        """The passage in two; None for a single sentence, which is never cut."""
        if self.first == self.last:
            return None
        middle = (self.first + self.last) // 2
        return Passage(self.chunk, self.first, middle), Passage(self.chunk, middle + 1, self.last)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number that nobody claimed.

    Attributes:
        sentence: index of its sentence in the report.
        text: the number as it stands in the clean text.
    """

    sentence: int
    text: str


@dataclass(frozen=True)
class Questions:
    """What the questions of a run have in common.

    Attributes:
        model: the model's name.
        prompts: the instructions.
        wire: the form of the answers.
        parameters: temperature, max_tokens and the like, for every request.
    """

    model: str
    prompts: Prompts
    wire: Wire
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def system(self) -> Mapping[str, str]:
        """The first message."""
        categories = f"category 的取值：{'、'.join(CATEGORIES)}。\n"
        return {"role": "system", "content": f"{self.prompts.system_message}\n{categories}"}

    def about(self, report: Report, passage: Passage) -> Request:
        """The question for all facts of a passage."""
        return self._request(report, passage, PURPOSE_RECORDS, _content(report, passage, self.wire.types))

    def unclaimed(self, report: Report, passage: Passage, wanted: Sequence[Wanted]) -> Request:
        """The second question, for the numbers that nobody claimed, with the sentences around them."""
        numbers = [{"sentence": one.sentence - passage.first + 1, "text": one.text} for one in wanted]
        shown = {n for one in wanted for n in (one.sentence - 1, one.sentence)}
        content = _content(report, passage, self.wire.types, shown)
        return self._request(report, passage, PURPOSE_UNCLAIMED, {**content, "numbers": numbers})

    def _request(
        self, report: Report, passage: Passage, purpose: str, content: Mapping[str, object]
    ) -> Request:
        text = _LONE_SURROGATE.sub("\ufffd", _indented(content))
        return Request(
            messages=(self.system, {"role": "user", "content": text}),
            schema=self.wire.schema,
            schema_name=SCHEMA_NAME,
            model=self.model,
            parameters=self.parameters,
            report=report.id,
            chunk=passage.chunk,
            purpose=purpose,
            divisible=purpose == PURPOSE_RECORDS and passage.halves is not None,
        )


def _indented(value: object, margin: str = "\n") -> str:
    """As `json.dumps(value, ensure_ascii=False, indent=1)`, which takes ten times as long: one line a sentence."""
    inner = f"{margin} "
    if isinstance(value, Mapping):
        lines = [f"{inner}{_quoted(str(name))}: {_indented(one, inner)}" for name, one in value.items()]
        return f"{{{','.join(lines)}{margin}}}" if lines else "{}"
    if isinstance(value, list):
        lines = [inner + _indented(one, inner) for one in value]
        return f"[{','.join(lines)}{margin}]" if lines else "[]"
    return _quoted(value)


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _content(
    report: Report, passage: Passage, types: Sequence[str], shown: set[int] | None = None
) -> dict[str, object]:
    """The user message; `shown` names the sentences to send, None all."""
    sentences = report.sentences[passage.first : passage.last + 1]
    meta = report.meta
    return {
        "region": meta.region,
        "report_year": meta.report_year,
        "review_period": meta.review_period,
        "plan_period": meta.plan_period,
        "types": types_for(report.sections[sentences[0].section].role, types),
        "before": _before(report, passage),
        "parts": [
            {
                "heading": heading,
                "role": role,
                "period": period,
                "sentences": {str(s.index - passage.first + 1): _text(report, s) for s in run},
            }
            for (heading, role, period), run in _parts(report, sentences, shown)
        ],
    }


def types_for(role: Role, types: Sequence[str]) -> list[str]:
    """The record types that a section of this role may hold, the likeliest first.

    All of them, for a plan says what was done already and a review what is still to come: what was reached and
    what is planned are told apart by the words, and the role is only the first guess.
    """
    likely = {
        Role.PLAN_YEAR: ("goal", "livelihood_project"),
        Role.PLAN_SPAN: ("goal", "livelihood_project"),
        Role.LIVELIHOOD: ("livelihood_project", "goal"),
    }.get(role, ("achievement", "livelihood_project"))
    return sorted(types, key=lambda name: likely.index(name) if name in likely else len(likely))


def _parts(
    report: Report, sentences: Iterable[Sentence], shown: set[int] | None
) -> list[tuple[tuple[str, str, str | None], list[Sentence]]]:
    """The sentences in runs that share chapter, role and period."""
    parts: list[tuple[tuple[str, str, str | None], list[Sentence]]] = []
    headings: dict[int, str] = {}
    for sentence in sentences:
        if shown is not None and sentence.index not in shown:
            continue
        section = report.sections[sentence.section]
        if section.index not in headings:
            headings[section.index] = _heading(report, section.index)
        place = (headings[section.index], section.role.value, section.period)
        if not parts or parts[-1][0] != place:
            parts.append((place, []))
        parts[-1][1].append(sentence)
    return parts


def _heading(report: Report, section: int) -> str:
    """The titles down to the second level; deeper ones stand in the sentences themselves."""
    titles: list[str] = []
    at: int | None = section
    while at is not None:
        node = report.sections[at]
        if node.title and node.level <= 2:
            titles.append(node.title)
        at = node.parent
    return " / ".join(reversed(titles))


def _before(report: Report, passage: Passage) -> str | None:
    """What stands just before a passage, where it may carry a subject over."""
    before = report.sentences[max(0, passage.first - _LAST_SENTENCES) : passage.first]
    return "".join(_text(report, sentence) for sentence in before) or None


def _text(report: Report, sentence: Sentence) -> str:
    return report.clean.text[sentence.start : sentence.end]
