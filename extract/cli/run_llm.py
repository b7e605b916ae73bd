"""`extract run --engine llm`: the same run, its sources worked through by asking a model."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from extract.cli.llm_options import Asked, merged
from extract.cli.terminal import complain, note
from extract.cli.views import asking as view
from extract.cli.views import run as run_view
from extract.config import Settings, api_key
from extract.engines.llm.money import Limits
from extract.errors import ExtractError, UsageError
from extract.messages import Message
from extract.runs.asked import STOPPED
from extract.runs.asking import Own, Purse, make_engine, open_cache, opened_asking
from extract.runs.estimate import ReportEstimate, estimate_sources
from extract.runs.events import EventLog, Observer
from extract.runs.run import Plan, RunState, run_sources
from extract.runs.workers import Failure

FAILED = 1
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Shown:
    """How a run shows itself."""

    as_json: bool
    quiet: bool


def run(plan: Plan, settings: Settings, asked: Asked, missing: Sequence[Failure], shown: Shown) -> int:
    """Do a run, or say what it would take.

    Args:
        plan: what to read and where to save.
        settings: of the working folder and the environment.
        asked: what the command line says about the model.
        missing: sources that are not there.
        shown: what to print.

    Returns:
        The exit code.

    Raises:
        UsageError: no model, no key, unusable prices, types, prompts, log file or cache.
    """
    settings = merged(settings, asked)
    if asked.dry_run:
        return _dry_run(plan, settings, asked, missing, as_json=shown.as_json)
    with ExitStack() as stack:
        key = api_key(os.environ)
        observers: list[Observer] = []
        if asked.log_file:
            secrets = (key or "", *settings.headers.values())
            observers.append(stack.enter_context(EventLog(asked.log_file, secrets)))
        bar = stack.enter_context(
            view.progress(
                len(plan.sources),
                settings.prices.get(settings.model),
                shown=not (shown.quiet or shown.as_json),
            )
        )
        observers.append(bar.observe)
        purse = Purse(Limits(asked.max_cost, asked.max_tokens), observers)
        asking = stack.enter_context(
            opened_asking(settings, key, plan.out, purse, Own(asked.types, asked.prompts))
        )
        for tell in observers:
            tell("run_began", model=settings.model, sources=len(plan.sources))
        state = run_sources(replace(plan, asking=asking), lambda done: bar.advance(done.entry.path))
        code = _exit_code(state, asking.stopped, missing)
        for tell in observers:
            tell("run_ended", exit_code=code, requests=asking.budget.sent_requests)
    _complain(plan, state, asking.stopped, missing)
    spent = asking.spent()
    for remark in view.remarks_on(spent, bar.counts):
        note(remark)
    if shown.as_json:
        run_view.print_json(plan, state, missing, code, spent)
    elif not shown.quiet:
        if not bar.counts.unanswered:
            run_view.print_summary(plan, state, len(missing))
        view.print_spending(spent, bar.counts, settings.prices.get(settings.model))
    return code


def _exit_code(state: RunState, stopped: ExtractError | None, missing: Sequence[Failure]) -> int:
    if state.interrupted:
        return INTERRUPTED
    if stopped:
        return stopped.exit_code
    failed = missing or any(done.entry.status != "done" for done in state.done)
    return FAILED if failed else 0


def _complain(plan: Plan, state: RunState, stopped: ExtractError | None, missing: Sequence[Failure]) -> None:
    """Each failure in a sentence; one that all sources share, once."""
    for failure in missing:
        complain(failure.message, failure.hint)
    run_view.print_moved(state)
    for done in state.done:
        if (error := done.entry.error) and error.code != STOPPED:
            complain(*error.sentences())
    left = len(plan.sources) - sum(done.entry.status in ("done", "no_report") for done in state.done)
    if stopped:
        complain(str(stopped), stopped.hint)
        note(
            Message(
                "%(left)s of %(number)s sources are left. Run the same command again to resume.",
                left=left,
                number=len(plan.sources),
            )
        )
    elif state.interrupted:
        complain(
            Message(
                "interrupted; %(left)s of %(number)s sources are left.", left=left, number=len(plan.sources)
            ),
            Message("Run the same command again to resume. Answers already saved are not paid for again."),
        )


def _dry_run(
    plan: Plan, settings: Settings, asked: Asked, missing: Sequence[Failure], *, as_json: bool
) -> int:
    from extract.engines.llm.cache_disk import DATABASE
    from extract.engines.llm.tokens import PromptCounter

    engine = make_engine(settings, Own(asked.types, asked.prompts))
    if asked.max_cost is not None and settings.model not in settings.prices:
        raise UsageError(
            Message("--max-cost needs the price of %(model)s, and none is configured.", model=settings.model),
            hint=Message('Add [prices."%(model)s"] to extract.toml.', model=settings.model),
        )
    with ExitStack() as stack:
        known = set()
        if (Path(settings.cache) / DATABASE).is_file():
            cache = open_cache(settings)
            stack.callback(cache.close)
            known = {answer.key for answer in cache.answers()}
        estimates: list[ReportEstimate] = []
        failed = bool(missing)
        for failure in missing:
            complain(failure.message, failure.hint)
        for one in estimate_sources(
            plan.sources,
            engine,
            PromptCounter(settings.model),
            known.__contains__,
            max_bytes=plan.max_bytes,
            stdin=plan.stdin,
        ):
            if isinstance(one, ReportEstimate):
                estimates.append(one)
            else:
                failed = True
                complain(str(one), one.hint)
    limits = Limits(asked.max_cost, asked.max_tokens)
    view.print_estimate(
        estimates, settings.model, settings.prices.get(settings.model), limits, as_json=as_json
    )
    return FAILED if failed else 0
