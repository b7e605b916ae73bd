"""The logins of browsers."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from time import time

from sqlalchemy import delete, insert, select

from extract.desk.accounts.passwords import fits, nobody
from extract.desk.accounts.seal import sealed
from extract.desk.accounts.users import NAME
from extract.desk.model import Person, Role
from extract.desk.store import Store
from extract.desk.tables import SessionEntry, UserEntry
from extract.errors import LoginError, TooManyAttemptsError
from extract.messages import Message

ATTEMPTS = 10
ATTEMPTS_WINDOW = 900.0
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Session:
    """A login; `token` goes into a cookie and nowhere else."""

    token: str
    person: Person
    expires_at: float


@dataclass(slots=True)
class Attempts:
    """Failed logins by name and address; who fails too often waits."""

    _failed: OrderedDict[tuple[str, str], list[float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refuse_too_many(self, name: str, address: str, now: float) -> None:
        """Count an attempt before it is tried.

        Raises:
            TooManyAttemptsError: there were too many lately.
        """
        with self._lock:
            times = self._failed.setdefault((name, address), [])
            times[:] = [one for one in times if one > now - ATTEMPTS_WINDOW]
            if len(times) >= ATTEMPTS:
                raise TooManyAttemptsError(Message("Too many failed logins."))
            times.append(now)
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def forget(self, name: str, address: str) -> None:
        """A login went well."""
        with self._lock:
            self._failed.pop((name, address), None)


def log_in(
    store: Store,
    secret: bytes,
    attempts: Attempts,
    name: str,
    password: str,
    *,
    address: str,
    seconds: float,
    now: float | None = None,
) -> Session:
    """Log a person in.

    Args:
        store: the store.
        secret: signs the session.
        attempts: the failed logins of this desk.
        name: as typed.
        password: as typed.
        address: where the request came from.
        seconds: so long the login lasts.
        now: seconds since 1970.

    Raises:
        LoginError: name and password do not fit.
        TooManyAttemptsError: there were too many failed logins lately.
    """
    begun = time() if now is None else now
    attempts.refuse_too_many(name, address, begun)
    with store.reading() as connection:
        row = (
            connection.execute(select(UserEntry.__table__).where(UserEntry.name == name)).first()
            if NAME.fullmatch(name)
            else None
        )
    knows = fits(row.password if row else nobody(), password)
    if row is None or not knows or not row.active:
        raise LoginError(Message("Wrong name or password."))
    attempts.forget(name, address)
    token = token_urlsafe(32)
    with store.writing() as connection:
        connection.execute(delete(SessionEntry).where(SessionEntry.expires_at <= begun))
        connection.execute(
            insert(SessionEntry).values(token=sealed(secret, token), user=name, expires_at=begun + seconds)
        )
    return Session(token, Person(row.name, Role(row.role)), begun + seconds)


def log_out(store: Store, secret: bytes, token: str) -> None:
    """End a session."""
    with store.writing() as connection:
        connection.execute(delete(SessionEntry).where(SessionEntry.token == sealed(secret, token)))


def person_of_session(store: Store, secret: bytes, token: str, now: float | None = None) -> Person | None:
    """Whose session it is; None where it has ended."""
    with store.reading() as connection:
        row = connection.execute(
            select(UserEntry.name, UserEntry.role)
            .join(SessionEntry, SessionEntry.user == UserEntry.name)
            .where(
                SessionEntry.token == sealed(secret, token),
                SessionEntry.expires_at > (time() if now is None else now),
                UserEntry.active,
            )
        ).first()
    return Person(row.name, Role(row.role)) if row else None
