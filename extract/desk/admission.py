"""Who asks is settled before anything of a request's body is read."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from typing import Any, Final

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import solve_dependencies
from fastapi.routing import APIRoute

from extract.desk import access
from extract.desk.bodies import BODY, Body
from extract.desk.guard import SAFE_METHODS

PERSONS: Final = frozenset({access.viewer, access.reviewer, access.administrator, access.in_person})
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Admitting(APIRoute):
    """A route that reads no body before the person is known whom its parameters ask for.

    FastAPI reads the body first and looks at the person then. Here what a route asks of the person is asked twice where
    something may be changed: once before. A route that asks for nobody gets the little that a login needs.
    """

    def get_route_handler(self) -> Handler:
        """The handler, as FastAPI has it, after the person."""
        handle = super().get_route_handler()
        persons = Dependant(path=self.path_format, dependencies=list(_persons(self.dependant)))

        async def admitted(request: Request) -> Response:
            if persons.dependencies and request.method not in SAFE_METHODS:
                async with AsyncExitStack() as stack:
                    await solve_dependencies(
                        request=request, dependant=persons, async_exit_stack=stack, embed_body_fields=False
                    )
                body: Body = request.scope[BODY]
                body.allow()
            return await handle(request)

        return admitted


def _persons(dependant: Dependant) -> Iterator[Dependant]:
    """What a route asks of the person, in all that it depends on."""
    for one in dependant.dependencies:
        if one.call in PERSONS:
            yield one
        else:
            yield from _persons(one)
