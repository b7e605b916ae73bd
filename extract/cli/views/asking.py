"""How a run that asks a model shows itself: a bar with what it spends, and what a dry run counts."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from extract.cli.terminal import console, plain_table, plural, print_table, safe, write_lines
from extract.engines.llm.exchange import Usage
from extract.engines.llm.money import Limits, cost_of, shown_cost
from extract.engines.llm.tokens import counted_exactly, encoding_name
from extract.prices import Price
from extract.runs.estimate import ReportEstimate
from extract.tables.write import json_lines

BAR_AFTER_SECONDS = 1.0


@dataclass(slots=True)
class Counts:
    """What happened so far.

    Attributes:
        asked, cached, failed: questions that were answered by the endpoint, by the cache, or not at all.
        flagged: records that a person should look at.
        usage: of the requests of this run.
        cut: prompts that the endpoint read only in part.
        sent_tokens, read_tokens: of the latest of these, about.
    """

    asked: int = 0
    cached: int = 0
    failed: int = 0
    flagged: int = 0
    usage: Usage = field(default_factory=Usage)
    cut: int = 0
    sent_tokens: int = 0
    read_tokens: int = 0

    @property
    def unanswered(self) -> bool:
        """Questions were asked, and not one was answered: a table would hold nothing but zeros."""
        return bool(self.usage.requests or self.failed) and not (self.asked or self.cached)


class AskingBar:
    """Counts what it is told, and shows it where somebody looks.

    Args:
        bar: what draws; None where nobody looks.
        total: sources of the run.
        price: of the model.
    """

    def __init__(self, bar: Progress | None, total: int, price: Price | None) -> None:
        self.counts = Counts()
        self._bar = bar
        self._price = price
        self._began = time.monotonic()
        self._task = bar.add_task("", total=total, status="") if bar else None

    def observe(self, event: str, **fields: Any) -> None:
        """Take an event into account."""
        counts = self.counts
        if event == "answered":
            counts.cached += bool(fields["from_cache"])
            counts.asked += not fields["from_cache"]
        elif event == "question_failed":
            counts.failed += 1
        elif event == "report":
            counts.flagged += fields["flagged"]
        elif event == "sent":
            counts.usage += Usage(requests=1)
        elif event == "booked":
            counts.usage += Usage(
                0,
                fields["prompt_tokens"],
                fields["completion_tokens"],
                fields["cached_tokens"],
                fields["estimated"],
            )
        elif event == "prompt_cut":
            counts.cut += 1
            counts.sent_tokens, counts.read_tokens = fields["prompt_tokens"], fields["read_tokens"]
        self._show(0)

    def advance(self, _name: str) -> None:
        """A source is finished."""
        self._show(1)

    def _show(self, step: int) -> None:
        if self._bar is None or self._task is None:
            return
        if not self._bar.live.is_started and time.monotonic() - self._began > BAR_AFTER_SECONDS:
            self._bar.start()
        self._bar.update(self._task, advance=step, status=status_line(self.counts, self._price))


def status_line(counts: Counts, price: Price | None) -> str:
    """`chunks 41 (12 cached, 1 failed) · 3 flags · 52k tokens · 0.031 USD`."""
    chunks = counts.asked + counts.cached + counts.failed
    details = [f"{counts.cached} cached"] if counts.cached else []
    details += [f"{counts.failed} failed"] if counts.failed else []
    tokens = counts.usage.prompt_tokens + counts.usage.completion_tokens
    parts = [
        f"chunks {chunks} ({', '.join(details)})" if details else f"chunks {chunks}",
        f"{counts.flagged} flags",
        f"{tokens / 1000:.0f}k tokens",
    ]
    if price:
        about = "about " if counts.usage.estimated else ""
        parts.append(about + shown_cost(cost_of(counts.usage, price), price))
    return " · ".join(parts)


@contextmanager
def progress(total: int, price: Price | None, *, shown: bool) -> Iterator[AskingBar]:
    """A bar on stderr, only on a terminal, and only for work that takes longer than a second."""
    stderr = Console(stderr=True)
    if not (shown and stderr.is_terminal):
        yield AskingBar(None, total, price)
        return
    bar = Progress(
        TextColumn("reports"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[status]}", markup=False),
        TextColumn("ETA"),
        TimeRemainingColumn(),
        console=stderr,
        transient=True,
    )
    try:
        yield AskingBar(bar, total, price)
    finally:
        if bar.live.is_started:
            bar.stop()


def print_spending(spent: dict[str, Any], counts: Counts, price: Price | None) -> None:
    """One line below the summary of a run."""
    usage = spent["usage"]
    parts = [
        f"{usage['requests']:,} requests",
        f"{counts.cached:,} answers from the cache",
        _tokens(usage),
        spent["cost"] or ("cost unknown" if price else "cost unknown: no price is configured"),
    ]
    console().print(Text(safe(f"{spent['model']}: {', '.join(parts)}")))


def remarks_on(spent: dict[str, Any], counts: Counts) -> Iterator[str]:
    """What has to be said aloud about the endpoint's own counts."""
    if estimated := spent["usage"].get("estimated_requests"):
        yield (
            f"The endpoint did not say how many tokens {plural(estimated, 'answer')} took: tokens and cost are estimated."
        )
    if counts.unanswered:
        yield "No question was answered, so there is nothing to show."
    if counts.cut:
        yield (
            f"The prompt was cut: of about {counts.sent_tokens:,} tokens the endpoint read {counts.read_tokens:,} "
            f"({plural(counts.cut, 'question')}). Give the model a longer context, clear its answers "
            "(extract cache clear) and run again."
        )


def _tokens(usage: Mapping[str, int]) -> str:
    """Tokens of a run; unknown where requests left and nothing is known of what they took."""
    if usage["requests"] and not usage["prompt_tokens"]:
        return "tokens unknown: no answer came"
    about = "about " if usage.get("estimated_requests") else ""
    return f"{about}{usage['prompt_tokens']:,} prompt and {about}{usage['completion_tokens']:,} answer tokens"


def print_estimate(
    estimates: Sequence[ReportEstimate], model: str, price: Price | None, limits: Limits, *, as_json: bool
) -> None:
    """What a run would ask and cost."""
    total = sum((one.usage for one in estimates), Usage())
    cost = cost_of(total, price)
    if as_json:
        row = {
            "model": model,
            "reports": [_row(one, price) for one in estimates],
            "chunks": sum(one.chunks for one in estimates),
            "requests": total.requests,
            "cached": sum(one.cached for one in estimates),
            "prompt_tokens": total.prompt_tokens,
            "completion_tokens": total.completion_tokens,
            "cost": None if cost is None else str(cost),
            "currency": price.currency if price else None,
            "exact_prompt_tokens": counted_exactly(model),
        }
        write_lines(json_lines([row]))
        return
    out = console()
    columns = ("chunks", "to ask", "cached", "prompt tokens", "answer tokens", "cost")
    table = plain_table("report", *columns, right=columns)
    for one in estimates:
        usage = one.usage
        table.add_row(
            Text(safe(one.report)),
            *(f"{number:,}" for number in (one.chunks, one.requests, one.cached)),
            f"{usage.prompt_tokens:,}",
            f"~{usage.completion_tokens:,}",
            _about(cost_of(usage, price), price),
        )
    print_table(out, table)
    out.print(
        Text(
            f"{total.requests:,} requests to {safe(model)}, {total.prompt_tokens:,} prompt and about "
            f"{total.completion_tokens:,} answer tokens, {_about(cost, price)}. Nothing was sent."
        )
    )
    for remark in _remarks(model, price, total, cost, limits):
        out.print(Text(f"⚑ {remark}", style="yellow"))


def _row(one: ReportEstimate, price: Price | None) -> dict[str, Any]:
    row = asdict(one)
    usage = row.pop("usage")
    cost = cost_of(one.usage, price)
    return {
        **row,
        "prompt_tokens": usage["prompt_tokens"],
        "completion_tokens": usage["completion_tokens"],
        "cost": None if cost is None else str(cost),
    }


def _about(cost: Decimal | None, price: Price | None) -> str:
    return f"about {shown_cost(cost, price)}" if cost is not None else "unknown cost"


def _remarks(
    model: str, price: Price | None, total: Usage, cost: Decimal | None, limits: Limits
) -> Iterator[str]:
    model = safe(model)
    if price is None:
        yield (
            f'No price for {model} is configured: add [prices."{model}"] with input and output per million '
            "tokens to extract.toml."
        )
    if not counted_exactly(model):
        yield f"Tokens are counted as {encoding_name(model)} has them; {model} may count otherwise."
    yield "Answers are estimated from the numbers in the text; second questions and retries come on top."
    tokens = total.prompt_tokens + total.completion_tokens
    if limits.tokens is not None and tokens > limits.tokens:
        yield f"This is more than --max-tokens {limits.tokens:,}: the run would stop before its end."
    if limits.cost is not None and cost is not None and cost > limits.cost:
        yield f"This is more than --max-cost {limits.cost}: the run would stop before its end."
