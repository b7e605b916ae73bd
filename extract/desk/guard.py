"""What every request passes first: its host, its origin, its size; and what every answer carries."""

from time import perf_counter
from urllib.parse import urlsplit

from starlette import types
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from extract.desk.bodies import Body, TooMuchError
from extract.desk.metrics import OTHER, Metrics
from extract.desk.refusals import problem
from extract.desk.settings import LOCAL_NAMES, DeskSettings
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
API = "/api/"


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
        begun, status = perf_counter(), 500
        body = Body(scope, receive, self._limit(scope), is_wanted=scope["method"] not in SAFE_METHODS)

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

        answer = body.taking_the_rest(answered)
        try:
            if refusal := self._refusal(scope):
                await problem(refusal)(scope, receive, answer)
            else:
                await self.app(scope, body.receive, body.unless_too_large(answer))
                if body.too_large:
                    await problem(TooMuchError(Message("The request is too large.")))(scope, receive, answer)
        finally:
            self.metrics.observe(scope["method"], _route(scope), status, perf_counter() - begun)

    def _refusal(self, scope: Scope) -> DeskRefusal | None:
        """Why a request is not let through; None where it is."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if not self._own_host(host):
            return ForbiddenError(
                Message("Unknown host name."),
                hint=Message("Open the address that the desk printed when it started."),
            )
        if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
            return DeskRefusal(Message("The address contains an invalid character."))
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limit(scope):
            return TooMuchError(Message("The request is too large."))
        if scope["method"] not in SAFE_METHODS and not self._own_origin(headers, host):
            return ForbiddenError(
                Message("The request came from another website."),
                hint=Message("Open the desk directly and try again."),
            )
        return None

    def _own_host(self, host: str) -> bool:
        """Whether the desk is called so; on loopback no other name may lead here (DNS rebinding)."""
        if self.settings.netloc:
            return host == self.settings.netloc
        if self.settings.on_loopback:
            return (urlsplit(f"//{host}").hostname or "") in LOCAL_NAMES
        return bool(host)

    def _own_origin(self, headers: Headers, host: str) -> bool:
        """Whether a request that changes something comes from a page of the desk, or from no page at all."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in OWN_SITES:
            return False
        if origin is not None:
            parts = urlsplit(origin)
            return parts.scheme in {"http", "https"} and parts.netloc.lower() == host
        return site is not None or "cookie" not in headers

    def _limit(self, scope: Scope) -> int:
        """How large a body may be."""
        if scope["path"] in UPLOADS:
            return self.settings.max_bytes * self.settings.max_files + SMALL_BODY
        return SMALL_BODY


def _route(scope: Scope) -> str:
    """The pattern that the address fits; what a request says of itself never names a figure."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return OTHER
    return path if path.startswith(API) or not scope["path"].startswith(API) else f"{API}{path[1:]}"
