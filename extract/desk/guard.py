"""What every request passes first: its host, its origin, its size; and what every answer carries."""

import re
from time import perf_counter

from starlette import types
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from extract.desk.addresses import Site, is_loopback, site_at, site_of
from extract.desk.bodies import Body, TooMuchError
from extract.desk.metrics import OTHER, Metrics
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
API = "/api/"
LENGTH = re.compile(r"[0-9]{1,19}", re.ASCII)
OWN_COOKIE = re.compile(rb"desk_[a-z]{1,20}=[A-Za-z0-9._-]{0,200}", re.ASCII)


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
                if scope["scheme"] == "https":
                    message["headers"] = [_for_tls_alone(*header) for header in message["headers"]]
            await send(message)

        answer = body.taking_the_rest(answered)
        try:
            if refusal := self._refusal(scope):
                refused = problem(refusal)
                refused.headers["connection"] = (
                    "close"  # what follows may be no request for a proxy before us
                )
                await refused(scope, receive, answer)
            else:
                _keep_own_cookies(scope)
                await self.app(scope, body.receive, body.unless_too_large(answer))
                if body.too_large:
                    await problem(TooMuchError(Message("The request is too large.")))(scope, receive, answer)
        finally:
            self.metrics.observe(scope["method"], _route(scope), status, perf_counter() - begun)

    def _refusal(self, scope: Scope) -> DeskRefusal | None:
        """Why a request is not let through; None where it is."""
        headers = Headers(scope=scope)
        if (
            "content-length" in headers and "transfer-encoding" in headers
        ):  # RFC 9112, 6.1: a proxy may take the other
            return DeskRefusal(Message("The request gives the length of its body in two ways."))
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


def _keep_own_cookies(scope: Scope) -> None:
    """Leave out the cookies that are not of the desk's making, before anything reads them.

    Python before 3.11.10 and 3.12.6 takes seconds for one with many backslashes (CVE-2024-7592).
    """
    sent = [value for name, value in scope["headers"] if name == b"cookie"]
    if not sent:
        return
    parts = (part.strip() for part in b";".join(sent).split(b";"))
    own = [part for part in parts if OWN_COOKIE.fullmatch(part)]
    others = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    scope["headers"] = [*others, (b"cookie", b"; ".join(own))]


def _for_tls_alone(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header of an answer; a cookie is marked so that no browser sends it without TLS."""
    return name, value + b"; Secure" if name == b"set-cookie" else value


def _route(scope: Scope) -> str:
    """The pattern that the address fits; what a request says of itself never names a figure."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return OTHER
    return path if path.startswith(API) or not scope["path"].startswith(API) else f"{API}{path[1:]}"
