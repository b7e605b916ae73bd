"""Browsers that somebody has logged in with before. The cookie opens nothing: it only says that the failed logins of
others do not count here (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
"""

import hmac
import re
from secrets import token_urlsafe
from typing import Final

from extract.desk.accounts.seal import sealed

DEVICE: Final = re.compile(r"(?P<id>[A-Za-z0-9_-]{22})\.(?P<seal>[0-9a-f]{64})")
ID_BYTES: Final = 16


def device_cookie(secret: bytes, name: str, known: str = "") -> str:
    """What a browser keeps after a login.

    Args:
        secret: of the desk.
        name: of who has logged in.
        known: the id that it already has for this name; empty for a new one.
    """
    own = known or token_urlsafe(ID_BYTES)
    return f"{own}.{_seal(secret, name, own)}"


def known_device(secret: bytes, name: str, cookie: str) -> str:
    """The id of a browser, where it is known for a name; else empty."""
    found = DEVICE.fullmatch(cookie)
    if found and hmac.compare_digest(found["seal"], _seal(secret, name, found["id"])):
        return found["id"]
    return ""


def _seal(secret: bytes, name: str, device: str) -> str:
    return sealed(secret, f"device {device} of {name}")
