"""Who asks is settled before anything of a request's body is read."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Final

import anyio
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from extract.desk import access
from extract.desk.bodies import BODY, Body
from extract.desk.guard import SAFE_METHODS

STRANGERS: Final = 4
"""So many requests of strangers, logins above all, are worked on at once; the threads of the others stay free."""

ASKED: Final = frozenset({access.viewer, access.reviewer, access.administrator, access.in_person})
GATE: Final = anyio.Semaphore(STRANGERS)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Admitting(APIRoute):
    """A route that reads no body before the person is known whom its parameters ask for.

    FastAPI reads the body first and looks at the person then. Routes that ask for nobody take the little that a login
    needs, and a few at a time.
    """

    def get_route_handler(self) -> Handler:
        """The handler, as FastAPI has it, after the person."""
        handle = super().get_route_handler()
        asked = tuple(_persons(self.dependant))

        async def admitted(request: Request) -> Response:
            if request.method in SAFE_METHODS:
                return await handle(request)
            if not asked:
                return await _of_a_stranger(request, handle)
            await run_in_threadpool(_admit, request, asked)
            body: Body = request.scope[BODY]
            body.allow()
            return await handle(request)

        return admitted


async def _of_a_stranger(request: Request, handle: Handler) -> Response:
    """Handle the request of somebody who need not be known; who sends it slowly is waited for outside the gate."""
    try:
        await request.body()
    except ClientDisconnect:
        return Response(status_code=400)
    async with GATE:
        return await handle(request)


def _persons(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """What a route asks of the person, of all that it depends on."""
    for one in dependant.dependencies:
        if one.call in ASKED:
            yield one.call
        else:
            yield from _persons(one)


def _admit(request: Request, asked: tuple[Callable[..., Any], ...]) -> None:
    person = access.viewer(access.person_or_none(request, access.desk(request), None, None))
    for one in asked:
        if one is access.in_person:
            one(request, person)
        else:
            one(person)
