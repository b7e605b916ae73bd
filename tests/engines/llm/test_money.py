"""Budgets: held against their limits before a call, booked once after it."""

from decimal import Decimal

import pytest

from extract.engines.llm.exchange import Usage
from extract.engines.llm.money import Budget, Limits, shown_cost
from extract.errors import BudgetError, UsageError
from extract.prices import Price

PRICE = Price(Decimal(1), Decimal(2), Decimal(1), "USD")
CALL = Usage(1, 600, 400)


def test_the_limit_stops_before_the_call_that_would_pass_it() -> None:
    """What is spent counts, and what is under way counts as spent."""
    budget = Budget(Limits(tokens=2_500))
    budget.reserve(CALL)
    budget.reserve(CALL)
    with pytest.raises(BudgetError, match=r"--max-tokens 2,500"):
        budget.reserve(CALL)


def test_what_was_set_aside_and_not_used_is_free_again() -> None:
    """A call that took less than reckoned leaves room for another."""
    budget = Budget(Limits(tokens=2_000))
    budget.reserve(CALL)
    budget.book(Usage(1, 100, 100))
    budget.release(CALL)
    budget.reserve(CALL)
    assert budget.under_way == 1


def test_cost_is_limited_in_the_currency_of_the_price() -> None:
    """1,000 calls of 0.0014 each are 1.4."""
    budget = Budget(Limits(cost=Decimal("0.002")), PRICE)
    budget.reserve(CALL)
    budget.book(CALL)
    budget.release(CALL)
    assert budget.cost == Decimal("0.0014")
    with pytest.raises(BudgetError, match=r"0\.0014 USD is spent"):
        budget.reserve(CALL)


def test_no_price_is_invented() -> None:
    """A limit of cost without a price is refused at once; without a limit the cost is unknown."""
    with pytest.raises(UsageError, match="needs the price"):
        Budget(Limits(cost=Decimal(1)))
    assert Budget().cost is None
    assert shown_cost(None, None) == "unknown cost"


def test_amounts_are_rounded_up_for_people() -> None:
    """A cost is never shown smaller than it is."""
    assert shown_cost(Decimal("0.00001"), PRICE) == "0.0001 USD"
