"""What an endpoint means when it does not answer: its status, its codes and its words, as an error of ours.

Statuses alone say little: a question that is too long, one that a filter holds back, an empty account and an unknown
model all come as 400, each provider with words of its own. This is the one place that knows them.
"""

import email.utils
import math
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.engines.llm.bounded import UnfitBodyError
from extract.engines.llm.connection import without_login
from extract.engines.llm.parameters import refused_parameter, said_in
from extract.errors import (
    AccessError,
    ChunkFailure,
    EndpointError,
    FilteredAnswerError,
    KeyRefusedError,
    RejectedQuestionError,
    TruncatedAnswerError,
)
from extract.messages import Message

SHOWN = 200
"""So many characters of an endpoint's own words are passed on."""
ABOUT = frozenset({"model", "messages"})
"""Words that any refusal may use, of a request the question itself; the rest can be refused by its name."""
SHORTEST_SECRET = 4

_NO_CREDIT = re.compile(
    r"arrearage|insufficient.?(?:balance|funds|credit|quota)|exceeded_current_quota|good standing|out of credit"
    r"|余额不足|欠费|账户.{0,6}(?:余额|不足)",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content exists risk|data_?inspection_?failed|inappropriate content|content_(?:filter|policy_violation)"
    r"|responsible ?ai ?policy|content management policy|considered high risk|内容安全|敏感内容|不当内容|违规内容",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|string_above_max_length|context (?:length|window|size)"
    r"|(?:prompt|input|request)(?: tokens?)? (?:is|are) too (?:long|large)|range of input length"
    r"|reduce the length|max_tokens must be at least 1, got -|input length .{0,40}exceed"
    r"|(?:输入|提示|上下文).{0,12}(?:过长|超长|超过|超出)",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model.{0,80}(?:does not exist|not exist|not found)|(?:not a valid|unknown|invalid) model|model_not_found"
    r"|模型.{0,40}不存在",
    re.IGNORECASE,
)
_NO_KEY_CAME = re.compile(
    r"(?:didn.t|did not) provide|no (?:api.?)?key|missing|not provided|is required|no auth|未提供|缺少",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"(?:try again|retry)\s*(?:in|after)?\s*:?\s*(\d+(?:\.\d+)?)\s*(ms|s|sec\w*|m|min\w*)\b", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Who is spoken to, as far as messages need it.

    Attributes:
        url: as it may be shown.
        secrets: words that no message may hold.
        key: the key is set.
        login: name and password of the URL are sent in its place.
        proxy: that requests go through, without its password.
    """

    url: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    key: bool = True
    login: bool = False
    proxy: str | None = None

    @property
    def through(self) -> str:
        """Names the proxy, where there is one."""
        return Message(" through the proxy %(proxy)s", proxy=self.proxy) if self.proxy else ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is none.

    Attributes:
        status: of HTTP, or of an error inside a 200, where it names one.
        body: what the endpoint said, as JSON has it, or text.
        headers: of the response.
    """

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The names that the endpoint gives to the trouble."""
        if not isinstance(self.body, Mapping):
            return ()
        inner = self.body.get("innererror")
        named = [self.body.get("code"), self.body.get("type")]
        named.append(inner.get("code") if isinstance(inner, Mapping) else None)
        return tuple(str(one) for one in named if one)


def inside(error: Mapping[str, Any], headers: Mapping[str, str]) -> Refusal:
    """The refusal that came inside a 200; where it names no status, trouble that may pass."""
    code = error.get("code") or error.get("status")
    text = str(code)
    status = int(text) if text.isascii() and text.isdigit() and 400 <= int(text) < 600 else 200
    return Refusal(status, error, headers)


def meaning(
    refusal: Refusal, place: Place, sent: Mapping[str, Any], now: float
) -> ChunkFailure | AccessError:
    """What a refusal means for us.

    Args:
        refusal: what came.
        place: who said it.
        sent: the request's body.
        now: seconds since 1970.
    """
    status = refusal.status
    words = shown_words(refusal.body, place.secrets)
    said = Message("%(url)s answered %(status)s%(words)s", url=place.url, status=status, words=words)
    told = " ".join((*refusal.codes, words))
    if 300 <= status < 400:
        return _redirected(refusal, place)
    if status == 402 or (status != 404 and status < 500 and _NO_CREDIT.search(told)):
        return AccessError(said, hint=Message("There is no credit left: top up the account, then run again."))
    if status < 500 and _FILTERED.search(told):
        return FilteredAnswerError(said)
    if status in (401, 403):
        return _locked(said, words, place)
    if status == 407:
        hint = Message("Write name and password into HTTPS_PROXY: http://name:password@host:port.")
        return AccessError(
            Message("The proxy %(proxy)s asks for a login (407).", proxy=place.proxy or ""), hint=hint
        )
    if status == 404 or (status in (400, 422) and _NO_MODEL.search(told)):
        model = sent.get("model", "")
        hint = Message(
            "Either the model %(model)s is unknown there, or --base-url lacks its path (often "
            "/v1): see `extract doctor`.",
            model=repr(model),
        )
        return AccessError(said, hint=hint)
    if status == 405:
        return AccessError(said, hint=Message("The path in --base-url is wrong; it often ends in /v1."))
    if status == 413 or (status in (200, 400, 422, 500) and _TOO_LONG.search(told)):
        return TruncatedAnswerError(said, hint=Message("The part is split and asked again."))
    if status in (200, 408, 409, 425, 429) or status >= 500:
        failure = EndpointError(
            Message("%(said)s%(through)s", said=said, through=place.through) if status >= 500 else said
        )
        failure.down = status >= 500
        failure.retry_after = retry_after(refusal.headers, now)
        if failure.retry_after is None:
            failure.retry_after = _wait_in(refusal.body)
        return failure
    rejected = RejectedQuestionError(said)
    rejected.parameter = refused_parameter(sent.keys() - ABOUT, refusal.body)
    return rejected


def _redirected(refusal: Refusal, place: Place) -> AccessError:
    there = plainly(without_login(refusal.headers.get("location", "")))
    return AccessError(
        Message(
            "%(url)s answered %(status)s: it redirects to %(there)s.",
            url=place.url,
            status=refusal.status,
            there=there or Message("another address"),
        ),
        hint=Message(
            "The key is not sent to other addresses. Set --base-url to the new one if you trust it."
        ),
    )


def _locked(said: str, words: str, place: Place) -> AccessError:
    if place.login:
        return KeyRefusedError(said, hint=Message("The name and password in --base-url were not accepted."))
    if not place.key:
        return KeyRefusedError(
            said, hint=Message("No key was sent: set OPENAI_API_KEY to one that this endpoint accepts.")
        )
    if _NO_KEY_CAME.search(words):
        hint = Message(
            "OPENAI_API_KEY was sent, but did not reach the endpoint: check the proxies and "
            "gateways in between."
        )
        error = KeyRefusedError(said, hint=hint)
        error.arrived = False
        return error
    return KeyRefusedError(said, hint=Message("Set OPENAI_API_KEY to a key that this endpoint accepts."))


def plainly(text: str, most: int = SHOWN) -> str:
    """An endpoint's own words as they may be shown and stored: one line, short, every character visible."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * most])
    return " ".join(line.split())[:most]


def shown_words(body: object, secrets: tuple[str, ...]) -> str:
    """What an endpoint said, fit to be shown: short, one line, without secrets; of a page its title alone."""
    text = said_in(body)
    if "<html" in text.lower() or "<!doctype" in text.lower():
        title = _TITLE.search(text)
        text = title[1] if title else ""
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "***")
    text = plainly(text)
    return f": {text}" if text else ""


def unreachable(
    place: Place, cause: BaseException, never_left: tuple[type[Exception], ...]
) -> EndpointError | AccessError:
    """What it means that an exchange did not come about.

    Args:
        place: who was to be spoken to.
        cause: what the client says.
        never_left: kinds of it after which no request has left.
    """
    name = type(cause).__name__
    causes = tuple(_causes(cause))
    if (unfit := next((one for one in causes if isinstance(one, UnfitBodyError)), None)) is not None:
        return _unfit(place, unfit)
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        untrusted = AccessError(
            Message(
                "The certificate of %(url)s is not trusted here%(through)s.",
                url=place.url,
                through=place.through,
            ),
            hint=Message("Set SSL_CERT_FILE to a file with its certificate or that of its authority."),
        )
        untrusted.unsent = True
        return untrusted
    hint = None
    if place.proxy:
        hint = Message(
            "Requests go through the proxy %(proxy)s; list the host in NO_PROXY to reach it directly.",
            proxy=place.proxy,
        )
    elif any(isinstance(one, ssl.SSLError) for one in causes):
        hint = Message("The server may not use TLS: write http:// in --base-url.")
    if "Timeout" in name:
        failure = EndpointError(
            Message("%(url)s did not answer in time%(through)s", url=place.url, through=place.through),
            hint=hint,
        )
    else:
        failure = EndpointError(
            Message(
                "%(url)s could not be reached (%(name)s)%(through)s",
                url=place.url,
                name=name,
                through=place.through,
            ),
            hint=hint,
        )
    failure.down = True
    failure.unsent = isinstance(cause, never_left)
    return failure


def _unfit(place: Place, cause: UnfitBodyError) -> EndpointError:
    if cause.limit is None:
        failure = EndpointError(
            Message("%(url)s sent an answer that cannot be unpacked", url=place.url),
            hint=Message("Turn compression off at the endpoint, or at the gateway before it."),
        )
    else:
        failure = EndpointError(
            Message(
                "%(url)s sent an answer of more than %(limit)s bytes", url=place.url, limit=f"{cause.limit:,}"
            ),
            hint=Message(
                "No answer is that long: check the endpoint with `extract doctor`, or lower --max-output-tokens."
            ),
        )
    failure.retryable = False
    failure.unread = True
    return failure


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that an endpoint asks to wait: `retry-after-ms`, else `retry-after` as seconds or as an HTTP date.

    Args:
        headers: of the response.
        now: seconds since 1970.

    Returns:
        None where it asks for nothing or for nothing that can be understood; never less than 0.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or not text:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0.0, moment - now)


def _wait_in(body: object) -> float | None:
    """Seconds that the words of a refusal ask to wait, where its headers do not."""
    if isinstance(body, Mapping):
        around = (body, body.get("metadata"))
        for one in around:
            if isinstance(one, Mapping):
                for name in ("retry_after", "retry_after_seconds"):
                    if (seconds := _number(str(one.get(name) or ""))) is not None:
                        return seconds
    found = _WAIT.search(said_in(body))
    if not found:
        return None
    unit = {"ms": 0.001, "m": 60.0, "mi": 60.0}.get(found[2].lower()[:2], 1.0)
    return float(found[1]) * unit


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return max(0.0, number) if number is not None and math.isfinite(number) else None
