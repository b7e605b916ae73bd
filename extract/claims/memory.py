"""What a sentence has said so far, as far as later clauses lean on it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from extract.claims import judgements, phrases
from extract.claims.model import Claim
from extract.language import years

# A row of numbers takes its subjects from no more than so many before it.
_RECENT = 24
_BRACKET = re.compile(r"（[^（）]{1,60}）")


@dataclass(slots=True)
class Memory:
    """Filled clause by clause; a semicolon or colon starts a new thought.

    Attributes:
        claims: the claims so far.
        subjects: their indicators, in order.
        row: the subjects of the last row of numbers (甲、乙分别达到…), for a row of changes that follows.
        numberless: the last clause without a number.
        heard, before: the present clause and the one before it.
        opened: how many subjects there were when the present clause began.
        summed: the thought adds up over the whole period (累计).
        named: the period that the sentence or paragraph opens with.
        explicit: the period in force: `named`, or one that this thought names itself.
        announced: the commitment that the sentence announces for all of it (预期目标为…), if any.
        commitment: that of the present number, else the announced one.
        base: the year in which changes of this thought start (由2011年的…), if one was named.
        done: this clause says of a plan that it was already carried out.
    """

    claims: list[Claim] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    row: tuple[str, ...] = ()
    numberless: str = ""
    heard: str = ""
    before: str = ""
    opened: int = 0
    summed: bool = False
    named: str | None = None
    explicit: str | None = None
    announced: str | None = None
    commitment: str | None = None
    base: str | None = None
    done: bool = False

    def begin_thought(self) -> None:
        """Forget what does not reach over a semicolon."""
        self.subjects, self.row, self.numberless, self.summed = [], (), "", False
        self.heard = ""
        self.base = None
        self.explicit = self.named

    def hear(self, words: str, reviewed: int | None, *, first: bool, planned: bool) -> None:
        """Take in the words of a clause.

        Args:
            words: the clause.
            reviewed: the year that the report reviews.
            first: the clause opens its sentence, so that its period holds for all of it.
            planned: the section plans.
        """
        self.before, self.heard, self.opened = self.heard, words, len(self.subjects)
        bare = _BRACKET.sub("", words)
        self._place_in_time(bare, reviewed, planned=planned)
        if first and not words.startswith("继"):  # 继2023年…之后 speaks of that year once
            self.named = self.explicit
        self.summed = self.summed or judgements.cumulative(words)

    @contextmanager
    def bracketed(self, words: str, reviewed: int | None, *, planned: bool) -> Iterator[None]:
        """Take in the words of a bracket, whose time holds inside it alone: 增长5%（2024年增长4.8%）."""
        kept = self.explicit, self.done
        self._place_in_time(words, reviewed, planned=planned)
        yield
        self.explicit, self.done = kept

    def _place_in_time(self, words: str, reviewed: int | None, *, planned: bool) -> None:
        self.explicit = years.named_period(words, reviewed, planned=planned) or self.explicit
        past = (
            planned
            and self.explicit is not None
            and reviewed is not None
            and int(self.explicit.rpartition("-")[2]) <= reviewed
        )
        self.done = judgements.reported_in_plan(words) or past

    def commit(self, before: str) -> None:
        """Take in the words of a clause up to a number: what commits stands before what it commits to."""
        self.commitment = judgements.commitment(before) or self.announced

    @property
    def topic(self) -> str:
        """What the last clause without a number spoke of, for the number that leans on it."""
        return phrases.topic(self.numberless)

    @property
    def turned(self) -> str:
        """The subject that the clause right before this one turned to without a number, until this clause has one
        of its own.
        """
        turns = self.before and self.before == self.numberless and len(self.subjects) == self.opened
        return phrases.new_topic(self.before) if turns else ""

    def last_distinct(self, count: int) -> list[str]:
        """The last `count` different subjects in the order in which they came; fewer where there are fewer."""
        recent = self.subjects[-_RECENT:]
        return list(dict.fromkeys(reversed(recent)))[:count][::-1]
