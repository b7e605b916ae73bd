"""The logins of browsers."""

from dataclasses import dataclass
from secrets import token_urlsafe
from time import time

from sqlalchemy import delete, insert, select

from extract.desk.accounts.passwords import fits, nobody
from extract.desk.accounts.seal import sealed
from extract.desk.accounts.users import NAME
from extract.desk.model import Person, Role
from extract.desk.store import Store
from extract.desk.tables import SessionEntry, UserEntry
from extract.errors import LoginError
from extract.messages import Message

LATITUDE = 3_600.0
"""A clock may be put back by so much without ending anybody's login."""


@dataclass(frozen=True, slots=True)
class Session:
    """A login; `token` goes into a cookie and nowhere else."""

    token: str
    person: Person
    expires_at: float


def log_in(
    store: Store,
    secret: bytes,
    name: str,
    password: str,
    *,
    seconds: float,
    now: float | None = None,
) -> Session:
    """Log a person in. It hashes a password: see `extract.desk.accounts.hashing`.

    Args:
        store: the store.
        secret: signs the session.
        name: as typed.
        password: as typed.
        seconds: so long the login lasts.
        now: seconds since 1970.

    Raises:
        LoginError: name and password do not fit.
    """
    begun = time() if now is None else now
    asked = select(UserEntry.__table__).where(UserEntry.name == name)
    with store.reading() as connection:
        row = connection.execute(asked).first() if NAME.fullmatch(name) else None
    knows = fits(row.password if row else nobody(), password)
    if row is None or not knows or not row.active:
        raise LoginError(Message("Wrong name or password."))
    token = token_urlsafe(32)
    unchanged = asked.where(UserEntry.password == row.password, UserEntry.active)
    with store.writing() as connection:
        row = connection.execute(unchanged.with_for_update()).first()
        if row is None:  # the password was changed while this one was looked at
            raise LoginError(Message("Wrong name or password."))
        connection.execute(delete(SessionEntry).where(SessionEntry.expires_at <= begun))
        connection.execute(
            insert(SessionEntry).values(token=sealed(secret, token), user=name, expires_at=begun + seconds)
        )
    return Session(token, Person(row.name, Role(row.role)), begun + seconds)


def log_out(store: Store, secret: bytes, token: str) -> None:
    """End a session."""
    with store.writing() as connection:
        connection.execute(delete(SessionEntry).where(SessionEntry.token == sealed(secret, token)))


def person_of_session(
    store: Store, secret: bytes, token: str, *, seconds: float, now: float | None = None
) -> Person | None:
    """Whose session it is; None where it has ended.

    Args:
        store: the store.
        secret: signs the session.
        token: that the browser sent.
        seconds: so long a login lasts. One that ends later was opened while the clock was ahead, and is refused.
        now: seconds since 1970.
    """
    moment = time() if now is None else now
    with store.reading() as connection:
        row = connection.execute(
            select(UserEntry.name, UserEntry.role)
            .join(SessionEntry, SessionEntry.user == UserEntry.name)
            .where(
                SessionEntry.token == sealed(secret, token),
                SessionEntry.expires_at > moment,
                SessionEntry.expires_at <= moment + seconds + LATITUDE,
                UserEntry.active,
            )
        ).first()
    return Person(row.name, Role(row.role)) if row else None
