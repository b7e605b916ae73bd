"""What asking needs of others: somebody who sends, and somebody who minds what may be spent."""

from collections.abc import Callable
from typing import Protocol

from extract.engines.llm.exchange import Request, Usage
from extract.engines.llm.reading import Completion

ANSWER_TOKENS = 1_000
"""What an answer is reckoned at before it is there."""


class Sender(Protocol):
    """What `extract.engines.llm.client.Client` does for us."""

    base_url: str

    async def send(self, body: dict[str, object], leaving: Callable[[], None] | None = None) -> Completion:
        """One exchange; `leaving` is told in the moment the request leaves, and by raising keeps it back."""


class Budget(Protocol):
    """What may be spent. `reserve` may raise `BudgetError`; then nothing is sent."""

    def reserve(self, estimate: Usage) -> None:
        """Set aside what a request will take."""

    def release(self, estimate: Usage) -> None:
        """Take that back; the request is over."""

    def sent(self) -> None:
        """A request leaves."""

    def book(self, usage: Usage) -> None:
        """What a request took, once for each."""


class NoBudget:
    """Spend what it takes."""

    def reserve(self, estimate: Usage) -> None:
        """Nothing."""

    def release(self, estimate: Usage) -> None:
        """Nothing."""

    def sent(self) -> None:
        """Nothing."""

    def book(self, usage: Usage) -> None:
        """Nothing."""


def rough_estimate(request: Request) -> Usage:
    """What a question will take, near enough for limits by the minute."""
    characters = sum(len(message["content"]) for message in request.messages)
    return Usage(1, characters * 7 // 10, ANSWER_TOKENS)
