"""Addresses as text: what is read from them, and that nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.desk.addresses import (
    HOPS_READ,
    Site,
    address_of,
    client_address,
    household,
    is_loopback,
    proxies_in,
    site_at,
    site_of,
    site_typed,
)
from extract.errors import SettingsError

PROXY = proxies_in("127.0.0.1, 10.8.0.0/16, 2001:db8:8::/48")


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Desk.Example.org", Site("https", "desk.example.org", 443)),
        ("desk.example.org:443", Site("https", "desk.example.org", 443)),
        ("desk.example.org:8443", Site("https", "desk.example.org", 8443)),
        ("[2001:db8::1]:9000", Site("https", "2001:db8::1", 9000)),
        ("[2001:DB8:0::1]", Site("https", "2001:db8::1", 443)),
        *((bad, None) for bad in (
            "", "[", "]", "[]", "[::1", "::1", "[gg::1]", "a:", "a:b", "a:70000", "a:٣", "a:123456", ":80",
            "user@a", "a/b", "a b", "a,b", "a%00", "å.example", "a\tb", "a\\b", "a?b", "a#b", "a" * 300, "[" * 5_000,
        )),
    ],
)  # fmt: skip
def test_a_host_header_names_a_site_or_none(authority: str, expected: Site | None) -> None:
    """The port of the scheme is the same as none."""
    assert site_at("https", authority) == expected


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://desk.example.org", Site("https", "desk.example.org", 443)),
        ("http://127.0.0.1:8750", Site("http", "127.0.0.1", 8750)),
        *((bad, None) for bad in (
            "null", "", "http://", "http://[", "https://[::1", "http:/a", "ftp://a", "http://a/", "http://a/b", "//a",
            "http://u@a", "http://a?b", "http://a#b", "http://a\\b", "javascript:1", "http://a http://b", "http://a:99999",
        )),
    ],
)  # fmt: skip
def test_an_origin_header_names_a_site_or_none(origin: str, expected: Site | None) -> None:
    """Browsers send neither a path nor a user in it."""
    assert site_of(origin) == expected


def test_an_origin_may_be_typed_as_a_browser_shows_it() -> None:
    """A browser sends the name in ASCII."""
    assert site_typed("https://复核.example/") == site_of("https://xn--yrsw66a.example")
    assert site_typed("https://desk.example.org:8443/") == Site("https", "desk.example.org", 8443)
    for bad in (
        "https://[",
        "https://a/b",
        "desk.example.org",
        "https://" + "复" * 80 + ".example",
        "https://a..b复",
    ):
        assert site_typed(bad) is None


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_text_makes_them_raise(text: str, more: list[str]) -> None:
    """Whatever was sent."""
    for read in (site_of, site_typed, address_of, is_loopback, household):
        read(text)
    site_at("http", text)
    client_address(text, more, PROXY)
    client_address("127.0.0.1", [text, *more], PROXY)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", (), "127.0.0.1"),
        ("127.0.0.1", ("198.51.100.7",), "198.51.100.7"),
        ("::ffff:127.0.0.1", ("198.51.100.7",), "198.51.100.7"),
        ("127.0.0.1", ("203.0.113.9, 198.51.100.7",), "198.51.100.7"),
        ("127.0.0.1", ("203.0.113.9", "198.51.100.7"), "198.51.100.7"),
        ("127.0.0.1", ("198.51.100.7, 10.8.3.3",), "198.51.100.7"),
        ("127.0.0.1", ("198.51.100.7:4711",), "198.51.100.7"),
        ("127.0.0.1", ("[2001:db8::7]:4711",), "2001:db8::7"),
        ("127.0.0.1", ("2001:db8::7",), "2001:db8::7"),
        ("127.0.0.1", ("198.51.100.7, nonsense",), "127.0.0.1"),
        ("127.0.0.1", ("198.51.100.7, nonsense, 10.8.3.3",), "10.8.3.3"),
        ("127.0.0.1", ("198.51.100.7,",), "127.0.0.1"),
        ("127.0.0.1", ("unknown",), "127.0.0.1"),
        ("10.8.1.1", ("10.8.2.2",), "10.8.2.2"),
        ("127.0.0.2", ("198.51.100.7",), "127.0.0.2"),
        ("203.0.113.9", ("198.51.100.7",), "203.0.113.9"),
        ("", ("198.51.100.7",), ""),
        ("testclient", ("198.51.100.7",), "testclient"),
    ],
)
def test_only_what_a_believed_proxy_has_seen_counts(
    peer: str, forwarded: tuple[str, ...], expected: str
) -> None:
    """Read from the end, where the nearest proxy has written; what a client wrote before it counts for nothing."""
    assert client_address(peer, forwarded, PROXY) == expected
    assert client_address(peer, forwarded, ()) == peer


def test_a_long_chain_is_read_from_its_end() -> None:
    """And no longer than chains are."""
    assert client_address("127.0.0.1", ["198.51.100.7," * 20_000 + "198.51.100.8"], PROXY) == "198.51.100.8"
    invented = ",".join(["198.51.100.7", *["10.8.0.1"] * HOPS_READ])
    assert client_address("127.0.0.1", [invented], PROXY) == "10.8.0.1"


def test_a_guesser_has_one_address_of_each_kind() -> None:
    """A network of IPv6 is as easily had as one address of IPv4."""
    assert (
        household("2001:db8:1:2:3:4:5:6") == household("2001:db8:1:2:ffff::1") != household("2001:db8:1:3::1")
    )
    assert household("::ffff:198.51.100.7") == household("198.51.100.7") != household("198.51.100.8")


@pytest.mark.parametrize(
    "bad",
    ["*", "proxy.example.org", "127.0.0.1;10.0.0.1", "10.0.0.1/8", "0.0.0.0/0", "::/0", "::ffff:0:0/96", "["],
)
def test_a_proxy_is_named_by_its_address(bad: str) -> None:
    """And not everybody is one."""
    with pytest.raises(SettingsError) as refused:
        proxies_in(f"127.0.0.1,{bad}")
    assert refused.value.hint


def test_a_proxy_may_be_named_as_a_server_for_both_kinds_of_address_writes_it() -> None:
    """`::ffff:10.8.0.1` is what `ss` and logs show of a proxy that connects by IPv4."""
    for named in ("::ffff:10.8.0.1", "::ffff:10.8.0.0/112"):
        assert client_address("10.8.0.1", ["192.0.2.7"], proxies_in(named)) == "192.0.2.7"
