"""Questions in, good answers out.

    cache → equal questions under way → place → [ turn → budget → breaker → client ] → check → cache
            one request for all        limits    └──────────── retried as one loop ───────────┘

What is in brackets happens once per request and draws on one number of attempts, whatever made another request
necessary: a busy endpoint, an answer that did not fit. Only a mode or a parameter that the endpoint does not take is
no failed attempt: that is found out once (`takes.py`), and costs no tokens.
"""

import asyncio
from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from typing import TypeVar

from extract.engines.llm.breaker import Breaker
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.exchange import Check, Reply, Request, Usage
from extract.engines.llm.limits import Limits
from extract.engines.llm.modes import AUTO, MODES, Bodies, Mode
from extract.engines.llm.objects import best_object
from extract.engines.llm.parameters import FORMAT
from extract.engines.llm.partners import Budget, NoBudget, Sender, rough_estimate
from extract.engines.llm.reading import Completion
from extract.engines.llm.reckoning import prompt_was_cut, with_estimates
from extract.engines.llm.retry import Patience, persist
from extract.engines.llm.takes import Takes
from extract.errors import (
    AccessError,
    CacheError,
    CacheFullError,
    ChunkFailure,
    CutPromptError,
    EmptyAnswerError,
    EndpointError,
    ExtractError,
    FilteredAnswerError,
    MalformedAnswerError,
    RejectedQuestionError,
    TruncatedAnswerError,
)
from extract.messages import Message

Failure = TypeVar("Failure", bound=ChunkFailure)
REASKS = 2
"""How often an answer that does not fit is asked for again."""
OTHER_PROCESS_POLL = 0.25
"""Seconds between two looks at whether another process has the answer."""
NOTHING = Usage()
NOTHING_TOLD = Completion("", Usage(requests=1), told=False)
SILENCES = 3
"""So many answers without a content are more than bad luck: some servers put it elsewhere in their strict modes."""
LONGEST_EMPTY = 40
"""Characters of an answer without a record, with all the blanks that a model may put in."""


@dataclass(slots=True)
class _Question:
    """One question while it is asked.

    Attributes:
        request, key, check: what is asked.
        tried: the mode to try, where it is not settled yet.
        refused: parameters that the endpoint did not take, in turn.
        vain: tokens of the last request, not noted in the cache yet.
        total: all that was ever spent on it, as the cache has it.
        rejected: the latest answer that did not fit, and why.
        silences: answers with nothing in them.
        held_back: what the provider's filter said of the question itself.
        reasks: how many such answers may still be asked again.
        sent: requests of this run.
        begun: when the first of them left.
    """

    request: Request
    key: str
    check: Check
    tried: Mode | None = None
    refused: list[str] = field(default_factory=list)
    vain: Usage = NOTHING
    total: Usage = NOTHING
    rejected: tuple[str, str] | None = None
    silences: int = 0
    held_back: str | None = None
    reasks: int = REASKS
    sent: int = 0
    begun: float | None = None


class ElsewhereError(Exception):
    """Another process is asking this question now."""


class EndpointAsking:
    """The `Asking` of a run: one endpoint, one event loop.

    Args:
        client: speaks to the endpoint.
        cache: finished answers.
        limits: how many requests at once and in a minute.
        mode: `auto`, or one of `extract.engines.llm.modes.MODES`.
        patience: attempts, deadline.
        budget: what may be spent.
        estimate: what a question will take.
        cut: is told of prompts that the endpoint read only in part: tokens sent, tokens read.
    """

    def __init__(
        self,
        client: Sender,
        cache: AnswerCache,
        limits: Limits,
        *,
        mode: str = AUTO,
        patience: Patience | None = None,
        budget: Budget | None = None,
        estimate: Callable[[Request], Usage] = rough_estimate,
        cut: Callable[[int, int], None] = lambda _sent, _read: None,
    ) -> None:
        self._client = client
        self._cache = cache
        self._limits = limits
        self._patience = patience = patience or Patience()
        self._budget = budget or NoBudget()
        self._estimate = estimate
        self._cut = cut
        self._breaker = Breaker(patience.attempts, patience.sleep)
        self._bodies = Bodies()
        self._flights: dict[str, asyncio.Task[Reply]] = {}
        self._takes = Takes(cache, client.base_url, mode)
        self._scout = asyncio.Lock()
        self._scouted: set[str] = set()
        self._stopped: AccessError | CacheError | None = None

    async def __call__(self, request: Request, check: Check) -> Reply:
        """A good answer; see `extract.engines.llm.exchange.Asking`."""
        key = request.key
        flight = self._flights.get(key)
        if flight is not None:
            return replace(await asyncio.shield(flight), from_cache=True)
        if (reply := self._known(key, check)) is not None:
            return reply
        # A task of its own: when whoever asked is cancelled, an answer under way is still paid for and kept.
        flight = asyncio.create_task(self._ask(request, key, check))
        self._flights[key] = flight
        flight.add_done_callback(lambda task: self._landed(key, task))
        return await asyncio.shield(flight)

    async def settle(self) -> None:
        """Wait for answers under way; before closing, so that nothing paid for is lost."""
        await asyncio.gather(*self._flights.values(), return_exceptions=True)

    def _landed(self, key: str, task: asyncio.Task[Reply]) -> None:
        del self._flights[key]
        if not task.cancelled():
            task.exception()  # it is looked at, even where nobody waits any longer

    def _known(self, key: str, check: Check) -> Reply | None:
        reply = self._cache.get(key)
        return reply if reply is not None and check(reply.text) is None else None

    async def _ask(self, request: Request, key: str, check: Check) -> Reply:
        async with self._limits.place():
            while True:
                if self._stopped is not None:
                    raise self._stopped
                known = self._cache.asked(key)
                if known.too_long and request.divisible:
                    raise _with(
                        TruncatedAnswerError(Message("the answer broke off at the token limit")), known.spent
                    )
                if known.held_back:
                    raise _with(FilteredAnswerError(known.held_back), known.spent)
                if not known.elsewhere:
                    try:
                        return await self._settled(_Question(request, key, check))
                    except ElsewhereError:
                        pass
                await self._patience.sleep(OTHER_PROCESS_POLL)
                if (reply := self._known(key, check)) is not None:
                    return reply

    # What the endpoint takes -----------------------------------------------------------------------------

    async def _settled(self, question: _Question) -> Reply:
        """Ask in the mode that works; the first question finds it out while the others wait. Where it failed
        for other reasons, each finds out for itself, lest they all wait for one after the other.
        """
        model = question.request.model
        if self._takes.mode(model) is None and model not in self._scouted:
            async with self._scout:
                if model not in self._scouted:
                    try:
                        return await self._found_out(question)
                    finally:
                        self._scouted.add(model)
            if self._stopped is not None:  # by what the first question met
                raise self._stopped
        return await (self._asked if self._takes.mode(model) else self._found_out)(question)

    async def _found_out(self, question: _Question) -> Reply:
        """Ask in one mode after the other; the first that gives a good answer is settled."""
        question.tried = MODES[0]
        return await self._asked(question)

    def _otherwise(self, question: _Question, failure: ChunkFailure) -> bool:
        """Whether the question can be asked in another way that the endpoint may take; trouble is no sign of that."""
        model = question.request.model
        refused = isinstance(failure, RejectedQuestionError)
        if isinstance(failure, RejectedQuestionError) and failure.parameter not in {None, *FORMAT}:
            question.refused.append(str(failure.parameter))
            return self._takes.adapt(model, question.refused)
        talk = question.rejected is not None and not question.rejected[0].lstrip().startswith("{")
        enough = min(SILENCES, self._patience.attempts)
        nothing = isinstance(failure, EmptyAnswerError) and question.silences >= enough
        nothing = nothing and question.tried is not None
        simpler = (
            self._takes.simpler(model, question.tried, refused=refused)
            if refused or talk or nothing
            else None
        )
        if simpler is None:
            return False
        question.tried, question.rejected = simpler, None
        return True

    # One question ----------------------------------------------------------------------------------------

    async def _asked(self, question: _Question) -> Reply:
        """All requests of one question, and what becomes of it in the cache."""
        try:
            text = await persist(lambda: self._attempt(question), self._patience, lambda: question.begun)
        except ChunkFailure as failure:
            too_long = isinstance(failure, TruncatedAnswerError)
            spent = self._cache.failed(
                question.key, question.vain, too_long=too_long, held_back=question.held_back
            )
            try:
                self._breaker.lost(failure)
            except AccessError as error:
                self._stopped = error
                raise
            raise _with(_counted(failure, question.sent), spent) from failure.__cause__
        except ElsewhereError:
            raise
        except BaseException as error:
            if isinstance(error, AccessError):  # the next question would fare no better
                self._stopped = error
            if question.sent:  # the limit of cost, the wrong key, an interruption: let go, keep the count
                self._cache.failed(question.key, question.vain, too_long=False)
            raise
        usage = question.total + replace(question.vain, requests=0)
        request = question.request
        try:
            self._cache.put(question.key, text, usage, model=request.model, purpose=request.purpose)
            self._takes.proved(request.model, question.tried)
        except CacheFullError as error:  # it is paid for, so this run still uses it; but it asks no more
            self._stopped = error
        return Reply(text, usage)

    async def _attempt(self, question: _Question) -> str:
        """One request, or several while it is found out what the endpoint takes: such a refusal is no attempt."""
        while True:
            try:
                return self._judged(question, await self._breaker.guard(lambda: self._send(question)))
            except (RejectedQuestionError, MalformedAnswerError, EmptyAnswerError) as failure:
                if not self._otherwise(question, failure):
                    raise

    async def _send(self, question: _Question) -> Completion:
        request = question.request
        estimate = self._estimate(request)
        share = await self._limits.turn(estimate.prompt_tokens + estimate.completion_tokens)
        self._budget.reserve(estimate)
        try:
            mode = question.tried or self._takes.mode(request.model) or MODES[0]
            body = self._bodies.body(request, mode, question.rejected, self._takes.changes(request.model))
            question.sent += 1
            question.begun = question.begun or self._patience.clock()
            try:
                came = await self._counted_send(question, body)
            except EndpointError as failure:
                if failure.unread:  # it is paid for all the same
                    self._book(question, with_estimates(NOTHING_TOLD, body))
                raise
            completion = replace(with_estimates(came, body), read=came.usage.prompt_tokens)
            self._book(question, completion)
            taken = completion.usage.prompt_tokens + completion.usage.completion_tokens
            self._limits.correct(share, taken or share.tokens)
            return completion
        finally:
            self._budget.release(estimate)

    def _book(self, question: _Question, completion: Completion) -> None:
        question.vain = completion.usage
        self._budget.book(completion.usage)

    async def _counted_send(self, question: _Question, body: dict[str, object]) -> Completion:
        """One exchange, counted in the moment the request leaves: not before, for it may not leave at all, and
        not with the answer, for we may not live to see it.
        """
        trouble: list[ExtractError | ElsewhereError] = []
        counted = False

        def leaving() -> None:
            nonlocal counted
            if counted:
                return
            try:
                question.total = self._leave(question)
            except (ExtractError, ElsewhereError) as error:
                trouble.append(error)
                raise  # it must not leave
            question.vain = NOTHING
            counted = True

        try:
            completion = await self._client.send(body, leaving)
        except ChunkFailure as failure:
            if trouble:
                raise self._not_sent(trouble[0]) from failure
            if not failure.unsent:
                leaving()
            if isinstance(failure, FilteredAnswerError):  # the question itself: it would be held back again
                question.held_back = str(failure)
            raise
        except AccessError as error:
            if not error.unsent:
                leaving()
            raise
        leaving()
        return completion

    def _leave(self, question: _Question) -> Usage:
        total = self._cache.leave(question.key, question.vain, 2 * self._patience.deadline)
        if total is None:
            raise ElsewhereError
        self._budget.sent()
        return total

    def _not_sent(self, trouble: ExtractError | ElsewhereError) -> ExtractError | ElsewhereError:
        if isinstance(trouble, CacheError):
            self._stopped = trouble
        return trouble

    def _refuse_cut(self, question: _Question, completion: Completion, text: str) -> None:
        """An answer to a part of the question is told; one that found nothing is none.

        Raises:
            CutPromptError: nothing was found in what the endpoint read.
        """
        messages = question.request.messages
        read = completion.read
        sent = prompt_was_cut(messages, question.request.model, read) if completion.told else None
        if sent is None:
            return
        self._cut(sent, read)
        if _nothing_in(text):
            raise CutPromptError(
                Message(
                    "the endpoint read only %(read)s of about %(sent)s tokens of the question, and found "
                    "nothing in them",
                    read=f"{read:,}",
                    sent=f"{sent:,}",
                )
            )

    def _judged(self, question: _Question, completion: Completion) -> str:
        """The text of an answer, if it is a good one."""
        question.silences += completion.silent
        if completion.failure is not None:
            if isinstance(completion.failure, TruncatedAnswerError) and not question.request.divisible:
                # Nobody can ask for less, but a model that ran on may stop in time once; more would only cost.
                completion.failure.retryable = question.reasks == REASKS
                question.reasks = 0
            raise completion.failure
        text, error = best_object(completion.text, question.check)
        if error is None:
            self._refuse_cut(question, completion, text)
            return text
        question.rejected = (text, error)
        failure = MalformedAnswerError(Message("the answer did not fit the schema: %(error)s", error=error))
        failure.retryable = question.reasks > 0
        question.reasks -= 1
        raise failure


def _nothing_in(text: str) -> bool:
    """Whether an answer is an object with nothing in it."""
    return len(text) < LONGEST_EMPTY and "[]" in text


def _with(failure: Failure, spent: Usage) -> Failure:
    failure.spent = astuple(spent)
    return failure


def _counted(failure: Failure, requests: int) -> Failure:
    """The failure of the last request, saying how many there were."""
    if requests > 1 or isinstance(failure, EndpointError):
        failure.args = (f"{failure} (after {requests} request{'s' if requests > 1 else ''})",)
    return failure
