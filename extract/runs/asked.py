"""Sources worked through by asking a model: many reports at the same time in one process.

Waiting for answers costs nothing, so reports overlap in one event loop; reading and checking them is work for
a processor, so it stands in a thread of its own and the loop goes on receiving answers meanwhile.
"""

import asyncio
import gc
import hashlib
import json
import sys
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from extract.checks.between import digest
from extract.documents.model import Report
from extract.engines.base import Answer, Identity, Witness
from extract.engines.llm.exchange import Asking, Check, Reply, Request
from extract.engines.llm.money import Budget, shown_cost
from extract.errors import BudgetError, ChunkFailure, ExtractError, UsageError
from extract.messages import Message
from extract.pipeline import bear_witness, conclude, read_reports
from extract.results.files import rendered
from extract.results.summary import summarise
from extract.runs.apart import weighed
from extract.runs.events import Observer
from extract.runs.recipe import recipe
from extract.runs.spending import SpendingJournal
from extract.runs.workers import Done, Failure, Job, failure_of, nothing
from schemas.record import State
from schemas.result import Result

HASH_LENGTH = 12
COLLECT_AFTER = (20_000, 20, 20)
"""Objects, and collections of the younger kinds, after which garbage is looked for."""
GIVE_WAY_AFTER = 0.0005
"""Seconds."""
STOPPED = "stopped"
"""Of a source that was under way when the run was stopped."""
CHUNKS_FAILED = "chunks_failed"
"""Of a source some parts of which got no answer."""


@contextmanager
def answers_first() -> Iterator[None]:
    """Have answers taken in as soon as they are there.

    The thread that reads reports gives way sooner, lest paid answers wait for it while a run may be killed; and
    garbage is looked for less often: what a run makes is plain data, nearly all of it without cycles, and looking
    takes an eighth of the processor time of a question.
    """
    threshold, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(GIVE_WAY_AFTER)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*threshold)
        gc.unfreeze()


class AsyncEngine(Identity, Protocol):
    """An engine that asks while others ask."""

    async def aextract(self, report: Report, witness: Witness, ask: Asking) -> Answer:
        """Drafts for the whole report; a chunk that fails is an outcome."""


class Gate:
    """Stands before an Asking: tells what happens, and closes for good when asking on makes no sense.

    A limit that is reached still lets answers from the cache through; a refused key or an unknown model is
    the same for every question, so that no second one is sent.

    Args:
        ask: what sends the questions.
        budget: what they may spend.
        tell: is told of each answer and each failure.
    """

    def __init__(self, ask: Asking, budget: Budget, tell: Observer) -> None:
        self._ask = ask
        self._budget = budget
        self._tell = tell
        self.stopped: ExtractError | None = None

    async def __call__(self, request: Request, check: Check) -> Reply:
        """As `Asking`; after a failure that all questions share, that failure."""
        if isinstance(self.stopped, UsageError):
            raise self.stopped
        what = {"report": request.report, "chunk": request.chunk, "purpose": request.purpose}
        begun = time.monotonic()
        try:
            reply = await self._within_budget(request, check)
        except ChunkFailure as failure:
            self._tell("question_failed", code=failure.code, **what)
            raise
        except (BudgetError, UsageError) as error:
            if self.stopped is None:
                self._tell("stopped", code=failure_of(error).code, **what)
            self.stopped = self.stopped or error
            raise
        self._tell(
            "answered",
            from_cache=reply.from_cache,
            milliseconds=round(1000 * (time.monotonic() - begun)),
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
            **what,
        )
        return reply

    async def _within_budget(self, request: Request, check: Check) -> Reply:
        """While others are under way the limit is not reached yet: they may take less than was set aside."""
        while True:
            try:
                return await self._ask(request, check)
            except BudgetError:
                if self.stopped or not self._budget.under_way:
                    raise
                await self._budget.released()


class AskedReports:
    """Works through sources by asking.

    Args:
        engine: makes the questions and reads the answers.
        ask: sends the questions; it opens nothing before its first question, inside the event loop.
        budget: what the run spends.
        journal: where spending is written down.
        ahead: how many sources are under way at the same time.
        tell: is told of what happens.
        settings: what else the answers depend on.
        close: called inside the event loop at the end, with whether all sources are done: then answers that are
            under way are still waited for.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        ask: Asking,
        budget: Budget,
        journal: SpendingJournal,
        *,
        ahead: int,
        tell: Observer,
        settings: Mapping[str, Any] | None = None,
        close: Callable[[bool], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        self.engine = engine
        self.gate = Gate(ask, budget, tell)
        self._tell = tell
        self.budget = budget
        self._journal = journal
        self._ahead = max(2, ahead)
        self._settings = settings or {}
        self._close = close

    @property
    def stopped(self) -> ExtractError | None:
        """Why the run ended before its sources did; None where it did not."""
        return self.gate.stopped

    def stop(self, why: UsageError) -> None:
        """Ask nothing more; answers that are under way are still taken. Any thread may say so."""
        self.gate.stopped = self.gate.stopped or why
        self.budget.close(why)

    def recipe(self) -> str:
        """As `extract.runs.recipe.recipe`, with the prompts, the schemas and the settings."""
        content = [dict(self.engine.prompt_hashes), dict(self.engine.schema_hashes), dict(self._settings)]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return f"{recipe(self.engine)}/{hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]}"

    def spent(self) -> dict[str, Any]:
        """Model, usage and cost of this run, for the manifest."""
        usage = self.budget.spent
        cost = self.budget.cost
        unknown = cost is None or (self.budget.sent_requests and not usage.prompt_tokens)
        shown = None if unknown else shown_cost(cost, self.budget.price)
        return {
            "model": self.engine.model,
            "usage": {
                "requests": self.budget.sent_requests,
                "prompt_tokens": usage.prompt_tokens,
                "completion_tokens": usage.completion_tokens,
                "cached_tokens": usage.cached_tokens,
                **({"estimated_requests": usage.estimated} if usage.estimated else {}),
            },
            "cost": f"{shown} (estimated)" if shown and usage.estimated else shown,
        }

    def spent_by_all_runs(self) -> dict[str, int]:
        """Requests and tokens of all runs into the same folder."""
        return dict(self._journal.totals)

    def process(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Work through jobs; each comes back with what it came to, in the order given.

        After `stopped` no further job is begun; those under way come back with what they have.
        """
        waiting: deque[tuple[Job, asyncio.Task[Done]]] = deque()
        with answers_first(), ThreadPoolExecutor(1, "reading") as thread, asyncio.Runner() as runner:
            done = False
            try:
                loop = runner.get_loop()
                for job in jobs:
                    waiting.append((job, loop.create_task(self._job(job, thread))))
                    if len(waiting) >= self._ahead:
                        yield _first(waiting, runner)
                    if self.stopped:
                        break
                while waiting:
                    yield _first(waiting, runner)
                done = True
            finally:
                if self._close:
                    runner.run(self._close(done))

    async def _job(self, job: Job, thread: ThreadPoolExecutor) -> Done:
        """Work through one source. A fault in the program costs this source alone, and is said."""
        try:
            return await self._read_and_ask(job, thread)
        except ExtractError as error:
            if self.stopped:
                return nothing(
                    Failure(
                        STOPPED,
                        Message("%(name)s was not finished: %(error)s", name=job.name, error=error),
                        error.hint,
                    )
                )
            return nothing(failure_of(error))
        except Exception as error:  # noqa: BLE001 - the other sources go on, and this one is reported as failed
            message = Message(
                "%(name)s: an unexpected error occurred (%(kind)s: %(error)s).",
                name=job.name,
                kind=type(error).__name__,
                error=error,
            )
            return nothing(
                Failure("internal", message, Message("Please report it; --debug shows where it happened."))
            )

    async def _read_and_ask(self, job: Job, thread: ThreadPoolExecutor) -> Done:
        loop = asyncio.get_running_loop()
        if refused := await loop.run_in_executor(thread, weighed, job):
            return nothing(refused)
        reports, outcome = await loop.run_in_executor(
            thread, lambda: read_reports(job.data, job.name, more=job.more, max_bytes=job.max_bytes)
        )
        if not reports:
            return Done((), (), (), outcome.leftovers, failure_of(outcome.failures[0]))
        results = await asyncio.gather(*(self._report(report, thread) for report in reports))
        failure = self._failure(job.name, results)
        if failure and self.stopped and not any(result.records for result in results):
            return Done(
                (), (), (), outcome.leftovers, failure
            )  # nothing was read: an earlier result is better
        for result in results:
            self._tell_of(result)
        rows = await loop.run_in_executor(
            thread,
            lambda: [(rendered(one, outcome.text), summarise(one), digest(one)) for one in results],
        )
        texts, summaries, digests = zip(*rows, strict=True)
        return Done(texts, summaries, digests, outcome.leftovers, failure)

    async def _report(self, report: Report, thread: ThreadPoolExecutor) -> Result:
        loop = asyncio.get_running_loop()
        witness = await loop.run_in_executor(thread, bear_witness, report)
        answer = await self.engine.aextract(report, witness, self.gate)
        return await loop.run_in_executor(thread, conclude, report, self.engine, witness, answer)

    def _tell_of(self, result: Result) -> None:
        self._tell(
            "report",
            report=result.report.id,
            chunks=len(result.chunks),
            failed_chunks=sum(chunk.error is not None for chunk in result.chunks),
            records=len(result.records),
            flagged=sum(record.state is State.FLAGGED for record in result.records),
        )

    def _failure(self, name: str, results: Iterable[Result]) -> Failure | None:
        """One sentence for all parts of a source that got no answer."""
        chunks = [chunk for result in results for chunk in result.chunks]
        errors = [chunk.error for chunk in chunks if chunk.error]
        if not errors:
            return None
        if self.stopped:
            code = STOPPED
            message = Message(
                "%(name)s: %(number)s of %(total)s parts were not asked: %(error)s",
                name=name,
                number=len(errors),
                total=len(chunks),
                error=self.stopped,
            )
        else:
            code = CHUNKS_FAILED
            message = Message(
                "%(name)s: %(number)s of %(total)s parts failed; the first: %(error)s",
                name=name,
                number=len(errors),
                total=len(chunks),
                error=errors[0],
            )
        return Failure(
            code, message, Message("Run the same command again: only the missing parts are asked.")
        )


def _first(waiting: "deque[tuple[Job, asyncio.Task[Done]]]", runner: asyncio.Runner) -> tuple[Job, Done]:
    job, task = waiting.popleft()
    return job, runner.run(_finished(task))


async def _finished(task: "asyncio.Task[Done]") -> Done:
    return await task
