"""The secret of a desk, with which it seals what the store keeps of sessions and tokens."""

import hashlib
import hmac
from secrets import token_urlsafe

from sqlalchemy import delete, insert, select

from extract.desk.store import Store
from extract.desk.tables import MetaEntry

SECRET = "secret"  # noqa: S105 - the name of a row
SERVED = "seal of the secret"


def secret_of(store: Store, given: str) -> bytes:
    """The key that signs tokens: the one given, else one that the store makes once and keeps."""
    if given:
        return given.encode("utf-8")
    with store.writing() as connection:
        found = connection.scalar(select(MetaEntry.value).where(MetaEntry.name == SECRET))
        if found is None:
            found = token_urlsafe(32)
            connection.execute(insert(MetaEntry).values(name=SECRET, value=found))
    return found.encode("utf-8")


def remember_secret(store: Store, secret: bytes) -> None:
    """Let the store know which key its desk signs with now, so that no token is made that it would not take."""
    seal = sealed(secret, SERVED)
    if _served(store) != seal:
        with store.writing() as connection:
            connection.execute(delete(MetaEntry).where(MetaEntry.name == SERVED))
            connection.execute(insert(MetaEntry).values(name=SERVED, value=seal))


def signs_with(store: Store, secret: bytes) -> bool | None:
    """Whether the desk of a store signs with a key; None where it was never started."""
    served = _served(store)
    return None if served is None else hmac.compare_digest(served, sealed(secret, SERVED))


def _served(store: Store) -> str | None:
    with store.reading() as connection:
        found: str | None = connection.scalar(select(MetaEntry.value).where(MetaEntry.name == SERVED))
    return found


def sealed(secret: bytes, token: str) -> str:
    """What the store keeps of a token: of no use to who reads the store without the secret."""
    return hmac.new(secret, token.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
