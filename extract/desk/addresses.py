"""Addresses that arrive as text: of machines, of sites, of proxies. Anything may stand there; nothing here raises
on what a request sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from extract.errors import SettingsError
from extract.messages import Message

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS: Final = {"http": 80, "https": 443}
HIGHEST_PORT: Final = 65_535
AUTHORITY: Final = re.compile(
    r"(?:\[(?P<v6>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,253}))(?::(?P<port>[0-9]{1,5}))?", re.ASCII
)
"""RFC 3986, 3.2, as far as browsers send it: no user, no escapes, a name already in its ASCII form."""
ORIGIN: Final = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#@\\]+)")
HOPS_READ: Final = 20
"""Of a chain of proxies; who sends more has invented them."""
MAPPED_BITS: Final = 96
"""Before the address of IPv4 in one of IPv6 (RFC 4291, 2.5.5.2)."""
HOME_BITS: Final = 64
"""A household has at least so large a network of IPv6, so one guesser has all addresses in it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What RFC 6454 calls an origin: where pages come from.

    Attributes:
        scheme: `http` or `https`.
        host: a name in ASCII or an address without brackets, in small letters.
        port: also where the text left it to the scheme.
    """

    scheme: str
    host: str
    port: int


def site_at(scheme: str, authority: str) -> Site | None:
    """The site that a scheme and a header `Host` name; None where they name none."""
    found = AUTHORITY.fullmatch(authority.lower())
    if not found or scheme not in PORTS:
        return None
    port = int(found["port"]) if found["port"] else PORTS[scheme]
    if port > HIGHEST_PORT:
        return None
    if found["v6"] is None:
        return Site(scheme, found["name"], port)
    address = address_of(found["v6"])
    return Site(scheme, str(address), port) if address else None


def site_of(origin: str) -> Site | None:
    """The site that a header `Origin` names; None where it names none (`null` among others)."""
    found = ORIGIN.fullmatch(origin.lower())
    return site_at(found["scheme"], found["authority"]) if found else None


def site_typed(origin: str) -> Site | None:
    """The site that a person typed: a slash may follow, and the name may be in Chinese, as browsers show it."""
    scheme, between, authority = origin.strip().removesuffix("/").partition("://")
    name, colon, port = authority.partition(":")
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return site_of(f"{scheme}{between}{name}{colon}{port}")


def address_of(text: str) -> Address | None:
    """An IP address; one of IPv4 in the clothes of IPv6 (`::ffff:127.0.0.1`) as what it is. None where it is none."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_loopback(host: str) -> bool:
    """Whether a name or address leads to this machine alone (RFC 6761 for the name)."""
    address = address_of(host)
    return address.is_loopback if address else host.lower().removesuffix(".") == "localhost"


def proxies_in(text: str) -> tuple[Network, ...]:
    """The proxies that are believed.

    Args:
        text: addresses or networks with commas, as `--forwarded-allow-ips` of uvicorn and gunicorn takes them.

    Raises:
        SettingsError: one is no address, or stands for everybody.
    """
    found = []
    for part in (part.strip() for part in text.split(",")):
        if not part:
            continue
        try:
            network = _unmapped(ip_network(part))
        except ValueError as error:
            raise SettingsError(
                Message(
                    "--forwarded-allow-ips: %(part)s is not the address of a proxy.", part=repr(part[:60])
                ),
                hint=Message("Write addresses or networks with commas between them: 127.0.0.1,10.1.0.0/16"),
            ) from error
        if not network.prefixlen:
            raise SettingsError(
                Message("--forwarded-allow-ips must not hold every address."),
                hint=Message("Then anybody could claim to come from anywhere. Name the proxy alone."),
            )
        found.append(network)
    return tuple(found)


def _unmapped(network: Network) -> Network:
    """A network of IPv4 in the clothes of IPv6 as what it is, as in `address_of`."""
    plain = getattr(network.network_address, "ipv4_mapped", None)
    if plain is None or network.prefixlen < MAPPED_BITS:
        return network
    return ip_network((plain, network.prefixlen - MAPPED_BITS))


def client_address(peer: str, forwarded_for: Sequence[str], proxies: Sequence[Network]) -> str:
    """Where a request comes from: the nearest address that is no believed proxy.

    Args:
        peer: the other end of the connection.
        forwarded_for: the headers `X-Forwarded-For`. Each proxy adds the address that it sees at the end, so they are
            read from there; what stands before the first address that is no believed proxy was sent by the client.
        proxies: that are believed.
    """
    hops = ",".join(forwarded_for).rsplit(",", HOPS_READ)[-HOPS_READ:]
    nearest = peer
    while is_among(nearest, proxies) and hops:
        nearer = _hop(hops.pop())
        if nearer is None:
            break
        nearest = nearer
    return nearest


def household(address: str) -> str:
    """For whom failures and connections are counted together: an address of IPv4, or the network of one of IPv6."""
    found = address_of(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), HOME_BITS), strict=False))
    return str(found) if found else address[:45]


def is_among(address: str, proxies: Sequence[Network]) -> bool:
    """Whether an address is one of them."""
    found = address_of(address)
    return found is not None and any(found in network for network in proxies)


def _hop(text: str) -> str | None:
    """The address in one part of `X-Forwarded-For`; some proxies write a port after it."""
    text = text.strip()
    if (plain := address_of(text)) is not None:
        return str(plain)
    found = AUTHORITY.fullmatch(text.lower())
    address = address_of(found["v6"] or found["name"]) if found else None
    return str(address) if address else None
