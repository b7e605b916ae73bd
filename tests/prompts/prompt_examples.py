"""The examples that stand in the prompts, read back: a question, and the answer that is right."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.documents.model import (
    Chunk,
    CleanText,
    Completeness,
    Metadata,
    Report,
    Role,
    Section,
    Sentence,
    SourceText,
)

PROMPTS = Path(__file__).parents[2] / "prompts"
_BLOCK = re.compile(r"```json\n(.*?)\n```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One example.

    Attributes:
        name: its file and its number there.
        question: the user message.
        answer: the text of the answer.
    """

    name: str
    question: dict[str, Any]
    answer: str

    @property
    def first(self) -> int:
        """The number of its first sentence."""
        return min(int(n) for part in self.question["parts"] for n in part["sentences"])

    @property
    def report(self) -> Report:
        """The report that would be asked about like this."""
        return _report(self.question)


def examples(path: Path) -> list[Example]:
    """All examples of a file of instructions."""
    blocks = _BLOCK.findall(path.read_text(encoding="utf-8"))
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    return [Example(f"{path.stem}-{n}", json.loads(q), a) for n, (q, a) in enumerate(pairs, 1)]


def _report(question: dict[str, Any]) -> Report:
    text = ""
    sections = [Section(0, 0, "", Role.OTHER, None, 0, 0, None)]
    sentences: list[Sentence] = []
    for part in question["parts"]:
        section = len(sections)
        start = len(text)
        for words in part["sentences"].values():
            sentences.append(
                Sentence(len(sentences), len(text), len(text) + len(words), section, heading=False)
            )
            text += words
        title = part["heading"]
        sections.append(Section(section, 1, title, Role(part["role"]), part["period"], start, len(text), 0))
        text += "\n"
    source = SourceText("example.txt", text, "0" * 64, "utf-8")
    meta = Metadata(
        "政府工作报告",
        question["region"],
        "prefecture",
        question["report_year"],
        question["review_period"],
        question["plan_period"],
        None,
    )
    whole = Completeness(complete=True, has_review=True, has_plan=True, has_end=True, notes=())
    chunk = Chunk(0, 1, 0, len(sentences) - 1, 0, sentences[-1].end)
    clean = CleanText(text, range(len(text)))
    return Report(
        "example", source, 0, len(text), clean, meta, tuple(sections), tuple(sentences), (chunk,), whole
    )
