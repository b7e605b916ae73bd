"""What a run spends: held against its limits before each call, and booked once after it."""

import asyncio
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Protocol

from extract.engines.llm.exchange import Usage
from extract.errors import BudgetError, UsageError
from extract.messages import Message
from extract.prices import Price

CENT_OF_A_CENT = Decimal("0.0001")


class Journal(Protocol):
    """Where spending is written down so that it outlives the process."""

    def sent(self) -> None:
        """A request is about to leave."""

    def booked(self, usage: Usage) -> None:
        """An answer was paid for."""


class NoJournal:
    """Writes nothing down."""

    def sent(self) -> None:
        """Nothing."""

    def booked(self, usage: Usage) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may spend; None where there is no limit.

    Attributes:
        cost: in the currency of the model's price.
        tokens: prompt and completion together.
    """

    cost: Decimal | None = None
    tokens: int | None = None


class Budget:
    """What is spent and what is under way, against the limits.

    Each call is reserved with an estimate before it leaves and booked with what it took; what is reserved
    counts as spent meanwhile, so that many calls at the same time do not pass the limit together.

    Args:
        limits: of this run.
        price: of the model; needed where there is a limit of cost.
        journal: where spending is written down.

    Raises:
        UsageError: a limit of cost without a price, or a limit that is not positive.
    """

    def __init__(
        self, limits: Limits = Limits(), price: Price | None = None, journal: Journal | None = None
    ) -> None:
        if limits.cost is not None and price is None:
            raise UsageError(
                Message("--max-cost needs the price of the model, and none is configured."),
                hint=Message(
                    'Add [prices."MODEL"] with input and output per million tokens to extract.toml, or '
                    "limit --max-tokens."
                ),
            )
        if any(limit is not None and limit <= 0 for limit in (limits.cost, limits.tokens)):
            raise UsageError(Message("--max-cost and --max-tokens must be above 0."))
        self.limits = limits
        self.price = price
        self.spent = Usage()
        self.sent_requests = 0
        self._journal = journal or NoJournal()
        self.under_way = 0
        self._closed: UsageError | None = None
        self._reserved = Usage()
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def cost(self) -> Decimal | None:
        """What was spent so far; None without a price."""
        return cost_of(self.spent, self.price)

    def close(self, why: UsageError) -> None:
        """Spend nothing more; calls that are under way still come back. Any thread may say so."""
        self._closed = why

    def reserve(self, estimate: Usage) -> None:
        """Set aside what a call will take.

        Args:
            estimate: its prompt and completion tokens.

        Raises:
            BudgetError: with this call the limit would be passed; nothing was set aside.
            UsageError: nothing more is to be spent (`close`).
        """
        if self._closed is not None:
            raise self._closed
        expected = self.spent + self._reserved + estimate
        tokens, cost = _tokens(expected), cost_of(expected, self.price)
        if self.limits.tokens is not None and tokens > self.limits.tokens:
            raise BudgetError(
                Message(
                    "stopped at --max-tokens %(tokens)s: %(spent)s are spent, and the next request needs "
                    "about %(estimate)s.",
                    tokens=f"{self.limits.tokens:,}",
                    spent=f"{_tokens(self.spent):,}",
                    estimate=f"{_tokens(estimate):,}",
                )
            )
        if self.limits.cost is not None and self.price and cost is not None and cost > self.limits.cost:
            raise BudgetError(
                Message(
                    "stopped at --max-cost %(limit)s %(currency)s: %(spent)s is spent, and the next "
                    "request would pass the limit.",
                    limit=self.limits.cost,
                    currency=self.price.currency,
                    spent=shown_cost(self.cost, self.price),
                )
            )
        self._reserved += estimate
        self.under_way += 1

    def release(self, estimate: Usage) -> None:
        """Take back what was set aside for a call that is over."""
        self._reserved = _minus(self._reserved, estimate)
        self.under_way -= 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def released(self) -> None:
        """Wait until a call that is under way is over; what it did not use is free again."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await future

    def sent(self) -> None:
        """Count a request that is about to leave, whatever becomes of it."""
        self.sent_requests += 1
        self._journal.sent()

    def book(self, usage: Usage) -> None:
        """Count what an answer took; once for each call."""
        self.spent += usage
        self._journal.booked(usage)


def cost_of(usage: Usage, price: Price | None) -> Decimal | None:
    """What some tokens cost; None without a price."""
    if price is None:
        return None
    return price.cost(usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)


def shown_cost(cost: Decimal | None, price: Price | None) -> str:
    """An amount for people: rounded up to a hundredth of a cent."""
    if cost is None or price is None:
        return "unknown cost"
    rounded = cost.quantize(CENT_OF_A_CENT, rounding=ROUND_UP)
    return f"{rounded.normalize():f} {price.currency}"


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens


def _minus(one: Usage, other: Usage) -> Usage:
    return Usage(
        one.requests - other.requests,
        one.prompt_tokens - other.prompt_tokens,
        one.completion_tokens - other.completion_tokens,
        one.cached_tokens - other.cached_tokens,
        one.estimated - other.estimated,
    )
