"""What every request passes first: its host, its origin, its size; and what every answer carries."""

import re
from time import perf_counter

from starlette import types
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from extract.desk.addresses import Site, is_loopback, site_at, site_of
from extract.desk.metrics import Metrics
from extract.desk.refusals import problem
from extract.desk.settings import DeskSettings
from extract.errors import DeskRefusal, ForbiddenError
from extract.messages import Message

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN_SITES = frozenset({"same-origin", "none"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SMALL_BODY = 2_000_000
UPLOADS = frozenset({"/api/reports", "/upload"})
OTHER = "other"
LENGTH = re.compile(r"[0-9]{1,19}", re.ASCII)


class TooMuchError(DeskRefusal):
    """A request with a body beyond the limit."""

    status = 413
    code = "too_large"
    hint = Message("Send fewer or smaller files at once.")


class Guard:
    """The outermost layer of the application.

    Args:
        app: what it protects.
        settings: of the desk.
        metrics: counts the answers.
    """

    def __init__(self, app: ASGIApp, settings: DeskSettings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.settings.site:  # a proxy speaks for it; what its headers say of the scheme is not needed
            scope["scheme"] = self.settings.site.scheme
        begun, status = perf_counter(), 500
        body = _Body(receive, self._limit(scope))

        async def answered(message: types.Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            if refusal := self._refusal(scope):
                await problem(refusal)(scope, receive, answered)
            else:
                await self.app(scope, body.receive, body.unless_too_large(answered))
                if body.too_large:
                    await problem(TooMuchError(Message("The request is too large.")))(
                        scope, receive, answered
                    )
        finally:
            self.metrics.observe(scope["method"], _route(scope), status, perf_counter() - begun)

    def _refusal(self, scope: Scope) -> DeskRefusal | None:
        """Why a request is not let through; None where it is."""
        headers = Headers(scope=scope)
        site = self._own_site(scope, headers)
        if site is None:
            return ForbiddenError(
                Message("Unknown host name."),
                hint=Message(
                    "Open the address that the desk printed when it started. A proxy in front of it must pass on "
                    "the header Host."
                ),
            )
        if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
            return DeskRefusal(Message("The address contains an invalid character."))
        length = headers.get("content-length", "0")
        if not LENGTH.fullmatch(length) or int(length) > self._limit(scope):
            return TooMuchError(Message("The request is too large."))
        if scope["method"] not in SAFE_METHODS and not _is_from(site, headers):
            return ForbiddenError(
                Message("The request came from another website."),
                hint=Message("Open the desk directly and try again. Behind a proxy, start it with --origin."),
            )
        return None

    def _own_site(self, scope: Scope, headers: Headers) -> Site | None:
        """The site of which a request was asked, if that is the desk; on loopback no other name may lead here (DNS
        rebinding).
        """
        hosts = headers.getlist("host")
        called = site_at(scope["scheme"], hosts[0]) if len(hosts) == 1 else None
        if called is None:
            return None
        if self.settings.site:
            return called if called == self.settings.site else None
        return called if not self.settings.on_loopback or is_loopback(called.host) else None

    def _limit(self, scope: Scope) -> int:
        """How large a body may be."""
        if scope["path"] in UPLOADS:
            return self.settings.max_bytes * self.settings.max_files + SMALL_BODY
        return SMALL_BODY


def _is_from(own: Site, headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of the desk, or from no page at all."""
    site, origins = headers.get("sec-fetch-site"), headers.getlist("origin")
    if site is not None and site not in OWN_SITES:
        return False
    if origins:
        return all(site_of(origin) == own for origin in origins)
    return site is not None or "cookie" not in headers


class _Body:
    """The body of a request, which ends with an error where it passes the limit, whatever its header said."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit
        self._answering = False
        self.too_large = False

    async def receive(self) -> types.Message:
        """The next piece."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.too_large = not self._answering
            raise TooMuchError(Message("The request is too large."))
        return message

    def unless_too_large(self, send: Send) -> Send:
        """Send on what the application answers, unless it answers to a body that was cut off."""

        async def sending(message: types.Message) -> None:
            if not self.too_large:
                self._answering = True
                await send(message)

        return sending


def _route(scope: Scope) -> str:
    """The address with names in place of values, so that figures do not grow with the number of items."""
    if "endpoint" not in scope or scope["path"].startswith("/static/"):
        return OTHER
    path: str = scope["path"]
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(f"/{value}", f"/{{{name}}}", 1)
    return path
