"""Whether whoever asks is the person of this machine, who needs no login. Decided here alone: when the desk starts,
and for each request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from extract.desk.addresses import address_of, is_loopback, site_at
from extract.messages import Message

FORWARDING: Final = frozenset(
    {
        "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-proxyuser-ip", "client-ip",
        "true-client-ip", "fastly-client-ip", "fly-client-ip", "cdn-loop", "x-arr-ssl", "x-azure-clientip",
        "x-amzn-trace-id", "x-cloud-trace-context", "x-bluecoat-via", "x-varnish", "front-end-https", "x-scheme",
        "x-url-scheme", "proxy-connection",
    }
)  # fmt: skip
"""Headers that only a proxy adds (RFC 7239, RFC 9110, RFC 8586, and what nginx, IIS and large providers write)."""
FORWARDING_FAMILIES: Final = (
    "x-forwarded", "x-forward-", "x-original-", "x-envoy-", "x-real-", "x-proxy", "x-nginx-", "x-remote-", "x-azure-",
    "x-vercel-", "x-appengine-", "cf-", "fly-", "tailscale-",
)  # fmt: skip
OLD_HTTP: Final = frozenset({"0.9", "1.0"})
"""What nginx before 1.29.7 speaks to a server unless it is told otherwise, without any header that tells of it. Browsers
have spoken 1.1 since 1999."""


class LoginReason(StrEnum):
    """Why somebody has to log in."""

    USERS = "users"
    BIND_ADDRESS = "bind address"
    ORIGIN = "origin"
    PROXY = "proxy"
    FORWARDED = "forwarded"
    PEER = "peer"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Entrance:
    """How a desk is reached, as it was started.

    Attributes:
        bind_address: where it listens.
        origin: how people reach it; empty where that is the bind address.
        believes_proxies: whether proxies are named that it believes.
    """

    bind_address: str
    origin: str = ""
    believes_proxies: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a request.

    Attributes:
        peer: the other end of the connection; empty where that has no address (a Unix socket).
        host: the header `Host`.
        header_names: of all headers.
        http_version: that it was sent with.
    """

    peer: str
    host: str
    header_names: frozenset[str] = frozenset()
    http_version: str = "1.1"


def login_reason(entrance: Entrance, arrival: Arrival | None, *, has_users: bool) -> LoginReason | None:
    """Why somebody has to log in; None where they are the person of this machine, who may do everything.

    A proxy on this machine connects from loopback for everybody, so the address of the other end says nothing by itself.

    Args:
        entrance: how the desk is reached.
        arrival: the request; None for what is so for every request, when the desk starts.
        has_users: there are people who can log in, or there were since the desk was started.
    """
    if has_users:
        return LoginReason.USERS
    if not is_loopback(entrance.bind_address):
        return LoginReason.BIND_ADDRESS
    if entrance.origin:
        return LoginReason.ORIGIN
    if entrance.believes_proxies:
        return LoginReason.PROXY
    if arrival is None:
        return None
    if arrival.http_version in OLD_HTTP or was_forwarded(arrival.header_names):
        return LoginReason.FORWARDED
    if not arrival.peer or ((peer := address_of(arrival.peer)) is not None and not peer.is_loopback):
        return LoginReason.PEER
    called = site_at("http", arrival.host)
    if called is None or not is_loopback(called.host):
        return LoginReason.HOST
    return None


def was_forwarded(header_names: Iterable[str]) -> bool:
    """Whether a request shows the traces of a proxy."""
    return any(
        name in FORWARDING or name.startswith(FORWARDING_FAMILIES)
        for name in (name.lower().replace("_", "-") for name in header_names)
    )


WITHOUT_USERS: Final = {
    LoginReason.USERS: Message("Its users were removed while it was running."),
    LoginReason.BIND_ADDRESS: Message("Other machines can reach it."),
    LoginReason.ORIGIN: Message("It was started with --origin, so a proxy stands in front of it."),
    LoginReason.PROXY: Message(
        "It was started with --forwarded-allow-ips, so a proxy stands in front of it."
    ),
    LoginReason.FORWARDED: Message("The request came through a proxy."),
    LoginReason.PEER: Message("The request came from another machine."),
    LoginReason.HOST: Message("The request called it by a name that is not of this machine."),
}
"""What is said where nobody can log in."""
ADD_AN_ADMINISTRATOR: Final = Message(
    "Add an administrator first: extract desk user add NAME --role administrator"
)
