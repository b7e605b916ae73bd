"""The application: guard, errors, JSON API, pages."""

import logging
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from extract import __version__
from extract.desk import api, pages
from extract.desk.access import TheDesk, Who
from extract.desk.decisions import StaleItemError
from extract.desk.desk import Desk, open_desk
from extract.desk.guard import Guard
from extract.desk.refusals import FAULT, problem, status_of
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, open_store
from extract.errors import CorrectionError, CountChangedError, DeskRefusal, ExtractError
from extract.messages import Message

LOG = logging.getLogger("extract.desk")
FOR_PROGRAMS = ("/api/", "/health", "/metrics")
STATIC_KINDS = (("text/javascript", ".js"), ("text/css", ".css"), ("image/svg+xml", ".svg"))
"""Said here, for on Windows any program may have told the system that scripts are plain text."""
HEALTH_THREADS = 2
"""Of its own: that all the others are at work is no sign of bad health."""
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class RequestError(DeskRefusal):
    """A request that is not as the description of the API has it."""

    status = 422
    code = "bad_request"
    hint = Message("See /api/openapi.json for what is expected.")


def create_app(settings: DeskSettings, store: Store | None = None) -> FastAPI:
    """The application of one desk.

    Args:
        settings: of the desk.
        store: an open store; None to open the one of the settings, which is closed at the end.

    Returns:
        The application; `app.state.desk` is its desk.

    Raises:
        StoreError: the store cannot be opened.
    """
    desk = open_desk(settings, store or open_store(settings.store_url))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if settings.watch:
            desk.worker.start()
        yield
        desk.worker.stop()
        if store is None:
            desk.store.close()

    app = FastAPI(
        title="extract desk",
        version=__version__,
        summary="Reviews of what was read from government work reports.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would come from outside
        redoc_url=None,
        form_limits={"max_files": settings.max_files + 1},  # each may take a megabyte of memory
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.add_middleware(Guard, settings=settings, metrics=desk.metrics)
    app.include_router(api.router)
    app.include_router(pages.router, include_in_schema=False)
    for kind, suffix in STATIC_KINDS:
        mimetypes.add_type(kind, suffix)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    _add_service_routes(app)
    _add_error_answers(app)
    return app


def _asked(store: Store) -> None:
    with store.reading() as connection:
        connection.exec_driver_sql("SELECT 1")


def _add_service_routes(app: FastAPI) -> None:
    own_threads = anyio.CapacityLimiter(HEALTH_THREADS)

    @app.get("/health", tags=["service"])
    async def health(request: Request) -> dict[str, str]:
        """Whether the desk and its store answer."""
        await anyio.to_thread.run_sync(_asked, desk_of(request.app).store, limiter=own_threads)
        return {"status": "ok", "version": __version__}

    @app.get("/metrics", tags=["service"], response_class=Response)
    def metrics(at: TheDesk, _: Who) -> Response:
        """Figures for Prometheus."""
        return Response(at.metrics.text(at.store), media_type=PROMETHEUS)


def _add_error_answers(app: FastAPI) -> None:
    @app.exception_handler(ExtractError)
    async def refused(request: Request, error: ExtractError) -> Response:
        if _is_for_programs(request):
            return problem(error, **_details(error))
        return pages.render_error(request, status_of(error), error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        fields = {".".join(str(part) for part in one["loc"]): one["msg"] for one in error.errors()}
        said = RequestError(Message("The request is not valid."))
        return (
            problem(said, fields=fields)
            if _is_for_programs(request)
            else pages.render_error(request, 422, said)
        )

    @app.exception_handler(HTTPException)
    async def no_route(request: Request, error: HTTPException) -> Response:
        said = DeskRefusal(str(error.detail), hint=Message("See /api/openapi.json for what is available."))
        said.status, said.code = error.status_code, "http"
        if not _is_for_programs(request):
            return pages.render_error(request, error.status_code, said)
        answer = problem(said)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(ClientDisconnect)
    async def went_away(_: Request, __: ClientDisconnect) -> Response:
        return Response(status_code=400)  # nobody reads it, and it is no fault

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        LOG.error("a request met a fault", exc_info=error)
        said = DeskRefusal(FAULT, hint=Message("Please report it, with the log of the desk."))
        said.status, said.code = 500, "fault"
        return problem(said) if _is_for_programs(request) else pages.render_error(request, 500, None)


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith(FOR_PROGRAMS)


def _details(error: ExtractError) -> dict[str, Any]:
    """What else a program needs in order to go on."""
    from pydantic import TypeAdapter

    if isinstance(error, StaleItemError):
        current = TypeAdapter(type(error.current)).dump_python(error.current, mode="json")
        draft = error.draft.model_dump(mode="json") if error.draft else None
        return {"current": current, "draft": draft}
    if isinstance(error, CorrectionError):
        return {"fields": error.fields}
    if isinstance(error, CountChangedError):
        return {"count": error.count}
    return {}


def desk_of(app: FastAPI) -> Desk:
    """The desk of an application."""
    desk: Desk = app.state.desk
    return desk
