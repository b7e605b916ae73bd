"""Makes the client that everything is sent through: that of the `openai` package, or its Azure kind.

A base URL may hold more than an address: a query (`?api-version=…`) goes with every request, a name and a password
become basic authentication. How a key is sent, and which headers go with it, is the client's own business; it also
reads `OPENAI_ORG_ID`, `OPENAI_PROJECT_ID` and `OPENAI_CUSTOM_HEADERS`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from extract.errors import AccessError
from extract.messages import Message

if TYPE_CHECKING:
    import httpx2
    import openai

CONNECT_TIMEOUT = 10.0
"""Seconds."""
NO_KEY = "none"
"""Local endpoints want no key, but the client wants one to send."""
QUESTIONS_PATH = "/chat/completions"
API_VERSION = "api-version"
AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
"""https://learn.microsoft.com/azure/ai-services/openai/reference"""
_AZURE_PATH = re.compile(r"/openai/deployments/[^/]+\Z")
_AZURE_NEW_PATH = re.compile(r"/openai/v1\b")
"""Azure's newer path speaks as OpenAI does."""
_LOGIN = re.compile(r"//\S*@")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint is, apart from what is secret in its URL.

    Attributes:
        url: without login and query; None for OpenAI's own.
        query: goes with every request.
        login: name and password, where the URL holds them.
        azure: the endpoint is of Azure's kind, which takes its key as `api-key`.
    """

    url: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    login: tuple[str, str] | None = field(default=None, repr=False)
    azure: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """What opens an endpoint.

    Attributes:
        key: None where none is set.
        headers: sent with every request.
    """

    key: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def without_login(url: str) -> str:
    """A URL as it may be shown: without name and password."""
    return _LOGIN.sub("//", url)


def read_address(base_url: str | None) -> Address:
    """A base URL taken apart.

    Raises:
        AccessError: it is no address.
    """
    if not base_url or not base_url.strip():
        return Address()
    text = base_url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _unusable(text) from error
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", text):
        raise _unusable(text)
    path = parts.path.rstrip("/").removesuffix(QUESTIONS_PATH)
    azure = bool(_AZURE_PATH.search(path)) or (
        host.endswith(AZURE_HOSTS) and not _AZURE_NEW_PATH.search(path)
    )
    if azure and not path:
        path = "/openai"
    place = f"[{host}]" if ":" in host else host
    url = f"{parts.scheme}://{place}{f':{port}' if port else ''}{path}"
    login = (unquote(parts.username or ""), unquote(parts.password or ""))
    return Address(url, dict(parse_qsl(parts.query)), login if any(login) else None, azure)


def _unusable(text: str) -> AccessError:
    shown = without_login(text)
    schemeless = Message("Its scheme is missing: write http://%(url)s or https://%(url)s.", url=shown)
    hint = Message("Write it as https://host/v1.") if "://" in text else schemeless
    return AccessError(Message("%(url)s cannot be used as --base-url.", url=shown), hint=hint)


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a URL, or None."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all") or None


def _whole(proxy: str) -> str:
    """A proxy with its scheme, which the environment may leave out."""
    return proxy if "://" in proxy else f"http://{proxy}"


def connect(
    address: Address,
    access: Access,
    *,
    timeout: float,
    connections: int,
    transport: "httpx2.AsyncBaseTransport | None" = None,
) -> "openai.AsyncOpenAI":
    """The client for questions.

    It tries nothing twice: that is `extract.engines.llm.retry`. It follows no redirect: the key would go with it.

    Args:
        address: of the endpoint.
        access: what opens it.
        timeout: seconds until one exchange is given up.
        connections: as many are kept open.
        transport: instead of the network, for tests.

    Raises:
        AccessError: the address or the proxy of the environment cannot be used.
    """
    import httpx2
    import openai

    from extract.engines.llm.transport import BoundedTransport, QuickTransport, tell_leaving

    proxy = proxy_for(address.url or "https://api.openai.com")
    patience = _patience(timeout)
    limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
    with _Proxied(proxy):
        if transport is not None:
            transport = BoundedTransport(transport)
        elif proxy is None:
            transport = QuickTransport(connections)
        else:  # proxies are spoken to by httpx2's own transport
            transport = BoundedTransport(httpx2.AsyncHTTPTransport(proxy=_whole(proxy), limits=limits))
        http = httpx2.AsyncClient(
            timeout=patience,
            transport=transport,
            auth=_login(address),
            event_hooks={"request": [tell_leaving]},
            follow_redirects=False,
        )
    options = _options(address, access, patience, retries=0)
    try:
        if address.azure:
            return openai.AsyncAzureOpenAI(**options, http_client=http)
        return openai.AsyncOpenAI(**options, http_client=http)
    except (openai.OpenAIError, httpx2.InvalidURL, ValueError) as error:
        raise _refused(address, error) from error


def connect_sync(
    address: Address, access: Access, *, timeout: float, retries: int, http: "httpx2.Client | None" = None
) -> "openai.OpenAI":
    """The client for files and batches, made in the same way.

    Args:
        address: of the endpoint.
        access: what opens it.
        timeout: seconds until one exchange is given up.
        retries: of calls that fail in passing.
        http: instead of the network, for tests.

    Raises:
        AccessError: as in `connect`.
    """
    import httpx2
    import openai

    from extract.engines.llm.transport import BoundedSyncTransport

    patience = _patience(timeout)
    if http is None:
        proxy = proxy_for(address.url or "https://api.openai.com")
        with _Proxied(proxy):
            carrier = httpx2.HTTPTransport(proxy=_whole(proxy) if proxy else None)
            http = httpx2.Client(
                timeout=patience,
                transport=BoundedSyncTransport(carrier),
                auth=_login(address),
                follow_redirects=False,
            )
    options = _options(address, access, patience, retries=retries)
    try:
        if address.azure:
            return openai.AzureOpenAI(**options, http_client=http)
        return openai.OpenAI(**options, http_client=http)
    except (openai.OpenAIError, httpx2.InvalidURL, ValueError) as error:
        raise _refused(address, error) from error


def _options(address: Address, access: Access, patience: "httpx2.Timeout", *, retries: int) -> dict[str, Any]:
    """What both kinds of client are made from."""
    query = dict(address.query)
    options: dict[str, Any] = {
        "base_url": address.url,
        "max_retries": retries,
        "timeout": patience,
        "default_headers": access.headers or None,
    }
    if address.azure:  # without a key it looks for AZURE_OPENAI_API_KEY itself
        options |= {"api_key": access.key, "api_version": query.pop(API_VERSION, None)}
    else:
        options["api_key"] = access.key or NO_KEY
    return {**options, "default_query": query or None}


def _patience(timeout: float) -> "httpx2.Timeout":
    import httpx2

    return httpx2.Timeout(timeout, connect=min(timeout, CONNECT_TIMEOUT))


def _login(address: Address) -> "httpx2.BasicAuth | None":
    import httpx2

    return httpx2.BasicAuth(*address.login) if address.login else None


def _refused(address: Address, error: Exception) -> AccessError:
    if address.azure and "credentials" in str(error).lower():
        return AccessError(
            Message("Azure needs a key, and none is set."), hint=Message("Set OPENAI_API_KEY to the key.")
        )
    if address.azure and "api_version" in str(error):
        return AccessError(
            Message("%(url)s lacks Azure's API version.", url=address.url),
            hint=Message(
                "Add it to the address: %(url)s?%(name)s=%(version)s",
                url=address.url,
                name=API_VERSION,
                version=quote("2024-10-21"),
            ),
        )
    return AccessError(
        Message(
            "%(url)s cannot be used as --base-url: %(error)s.",
            url=address.url or Message("The endpoint"),
            error=error,
        )
    )


class _Proxied:
    """Says of a proxy that cannot be used which one it is."""

    def __init__(self, proxy: str | None) -> None:
        self._proxy = proxy

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, ImportError | ValueError):
            return
        shown = without_login(self._proxy or "of the environment")
        if isinstance(error, ImportError):
            raise AccessError(
                Message(
                    "The proxy %(proxy)s speaks SOCKS, and the package for that is not installed.",
                    proxy=shown,
                ),
                hint=Message(
                    'Install it: pip install "httpx2[socks]". Or name an HTTP proxy in HTTPS_PROXY.'
                ),
            ) from error
        raise AccessError(
            Message(
                "The proxy %(proxy)s cannot be used: %(error)s.", proxy=shown, error=without_login(str(error))
            ),
            hint=Message("Correct HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, or list the host in NO_PROXY."),
        ) from error
