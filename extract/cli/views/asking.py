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

from extract.cli.terminal import (
    console,
    heading,
    plain_table,
    print_table,
    safe,
    say,
    told,
    told_apart,
    write_lines,
)
from extract.engines.llm.exchange import Usage
from extract.engines.llm.money import Limits, cost_of, shown_cost
from extract.engines.llm.tokens import counted_exactly, encoding_name
from extract.messages import Message, count, listed
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
    details = [say("%(number)s cached", number=counts.cached)] if counts.cached else []
    details += [say("%(number)s failed", number=counts.failed)] if counts.failed else []
    tokens = counts.usage.prompt_tokens + counts.usage.completion_tokens
    parts = [
        f"{heading('chunks')} {chunks}" + (f" ({', '.join(details)})" if details else ""),
        say("%(number)s flags", number=counts.flagged),
        say("%(number)sk tokens", number=f"{tokens / 1000:.0f}"),
    ]
    if price:
        cost = shown_cost(cost_of(counts.usage, price), price)
        parts.append(say("about %(cost)s", cost=cost) if counts.usage.estimated else cost)
    return " · ".join(parts)


@contextmanager
def progress(total: int, price: Price | None, *, shown: bool) -> Iterator[AskingBar]:
    """A bar on stderr, only on a terminal, and only for work that takes longer than a second."""
    stderr = Console(stderr=True)
    if not (shown and stderr.is_terminal):
        yield AskingBar(None, total, price)
        return
    bar = Progress(
        TextColumn(heading("reports")),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[status]}", markup=False),
        TextColumn(heading("remaining")),
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
        count("%(num)s request", "%(num)s requests", usage["requests"]),
        count("%(num)s answer from the cache", "%(num)s answers from the cache", counts.cached),
        _tokens(usage),
        spent["cost"]
        or (Message("cost unknown") if price else Message("cost unknown: no price is configured")),
    ]
    line = Message("%(name)s: %(error)s", name=spent["model"], error=listed(parts))
    for said in told_apart(line):
        console().print(Text(safe(said)))


def remarks_on(spent: dict[str, Any], counts: Counts) -> Iterator[str]:
    """What has to be said aloud about the endpoint's own counts."""
    if estimated := spent["usage"].get("estimated_requests"):
        yield count(
            "The endpoint did not say how many tokens %(num)s answer took: tokens and cost are estimated.",
            "The endpoint did not say how many tokens %(num)s answers took: tokens and cost are estimated.",
            estimated,
        )
    if counts.unanswered:
        yield Message("No question was answered, so there is nothing to show.")
    if counts.cut:
        yield count(
            "The prompt was cut: of about %(sent)s tokens the endpoint read %(read)s (%(num)s question). "
            "Give the model a longer context, clear its answers (extract cache clear) and run again.",
            "The prompt was cut: of about %(sent)s tokens the endpoint read %(read)s (%(num)s questions). "
            "Give the model a longer context, clear its answers (extract cache clear) and run again.",
            counts.cut,
            sent=f"{counts.sent_tokens:,}",
            read=f"{counts.read_tokens:,}",
        )


def _tokens(usage: Mapping[str, int]) -> str:
    """Tokens of a run; unknown where requests left and nothing is known of what they took."""
    if usage["requests"] and not usage["prompt_tokens"]:
        return Message("tokens unknown: no answer came")
    prompt, answer = f"{usage['prompt_tokens']:,}", f"{usage['completion_tokens']:,}"
    if usage.get("estimated_requests"):
        return Message(
            "about %(prompt)s prompt and about %(answer)s answer tokens", prompt=prompt, answer=answer
        )
    return Message("%(prompt)s prompt and %(answer)s answer tokens", prompt=prompt, answer=answer)


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
    columns = (
        heading("chunks"),
        heading("to ask"),
        heading("cached"),
        heading("prompt tokens"),
        heading("answer tokens"),
        heading("cost"),
    )
    table = plain_table(heading("report"), *columns, right=columns)
    for one in estimates:
        usage = one.usage
        table.add_row(
            Text(safe(one.report)),
            *(f"{number:,}" for number in (one.chunks, one.requests, one.cached)),
            f"{usage.prompt_tokens:,}",
            f"~{usage.completion_tokens:,}",
            told(_about(cost_of(usage, price), price)),
        )
    print_table(out, table)
    line = count(
        "%(num)s request to %(model)s, %(prompt)s prompt and about %(answer)s answer tokens, %(cost)s. "
        "Nothing was sent.",
        "%(num)s requests to %(model)s, %(prompt)s prompt and about %(answer)s answer tokens, %(cost)s. "
        "Nothing was sent.",
        total.requests,
        model=model,
        prompt=f"{total.prompt_tokens:,}",
        answer=f"{total.completion_tokens:,}",
        cost=_about(cost, price),
    )
    for said in told_apart(line):
        out.print(Text(safe(said)))
    for remark in _remarks(model, price, total, cost, limits):
        out.print(Text(safe(f"⚑ {told(remark)}"), style="yellow"))


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
    return (
        Message("about %(cost)s", cost=shown_cost(cost, price))
        if cost is not None
        else Message("unknown cost")
    )


def _remarks(
    model: str, price: Price | None, total: Usage, cost: Decimal | None, limits: Limits
) -> Iterator[str]:
    if price is None:
        yield Message(
            'No price for %(model)s is configured: add [prices."%(model)s"] with input and output per million '
            "tokens to extract.toml.",
            model=model,
        )
    if not counted_exactly(model):
        yield Message(
            "Tokens are counted with %(encoding)s; %(model)s may count differently.",
            encoding=encoding_name(model),
            model=model,
        )
    yield Message(
        "Answers are estimated from the numbers in the text; repeated questions and retries are not included."
    )
    tokens = total.prompt_tokens + total.completion_tokens
    if limits.tokens is not None and tokens > limits.tokens:
        yield Message(
            "This is more than --max-tokens %(limit)s: the run would stop before its end.",
            limit=f"{limits.tokens:,}",
        )
    if limits.cost is not None and cost is not None and cost > limits.cost:
        yield Message(
            "This is more than --max-cost %(limit)s: the run would stop before its end.", limit=limits.cost
        )
