"""Browsers that are known."""

import pytest

from extract.desk.accounts.devices import device_cookie, known_device

SECRET = b"a secret of the desk"


def test_a_browser_is_known_for_who_has_logged_in_with_it() -> None:
    """It keeps its id at the next login."""
    cookie = device_cookie(SECRET, "李明")
    known = known_device(SECRET, "李明", cookie)
    assert known
    assert device_cookie(SECRET, "李明", known) == cookie
    assert device_cookie(SECRET, "李明") != cookie


@pytest.mark.parametrize(
    "forge",
    [
        lambda cookie: "",
        lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        lambda cookie: "A" * 22 + cookie[22:],
        lambda cookie: cookie + "0",
        lambda cookie: cookie.upper(),
        lambda cookie: "é" * 22 + cookie[22:],
    ],
)
def test_one_that_was_made_up_is_not_known(forge) -> None:
    """Nor with another secret, nor for somebody else."""
    cookie = device_cookie(SECRET, "li")
    assert known_device(SECRET, "li", forge(cookie)) == ""
    assert known_device(b"another", "li", cookie) == ""
    assert known_device(SECRET, "wang", cookie) == ""
