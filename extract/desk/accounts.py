"""Who may come in: users with passwords, sessions of browsers, tokens of programs, and what each person prefers."""

import hashlib
import hmac
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from time import time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, delete, func, insert, select, update

from extract.desk.model import Person, Role
from extract.desk.rows import moment
from extract.desk.store import Store
from extract.desk.tables import MetaEntry, PreferencesEntry, SessionEntry, TokenEntry, UserEntry
from extract.errors import AccountError, LoginError, NotFoundError, TooManyAttemptsError

NAME = re.compile(r"[\w.@-]{1,60}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 256
ATTEMPTS = 10
ATTEMPTS_WINDOW = 900.0
REMEMBERED = 10_000
SECRET = "secret"  # noqa: S105 - the name of a row
SERVED = "seal of the secret"
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in."""

    name: str
    role: Role
    active: bool
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a program, without the token itself.

    Attributes:
        role: at most that of its user.
        expires_at: None where it does not.
    """

    name: str
    user: str
    role: Role
    created_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A login; `token` goes into a cookie and nowhere else."""

    token: str
    person: Person
    expires_at: float


class Preferences(BaseModel):
    """How a person likes the desk; None and missing keys are the defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["zh", "en"] | None = None
    theme: Literal["light", "dark"] | None = None
    keys: dict[
        Literal[
            "approve",
            "correct",
            "reject",
            "add",
            "not_a_fact",
            "acknowledge",
            "skip",
            "undo",
            "next",
            "previous",
        ],
        str,
    ] = Field(default_factory=dict, description="The key of each action: one printable character.")


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
                raise TooManyAttemptsError("Too many failed logins.")
            times.append(now)
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def forget(self, name: str, address: str) -> None:
        """A login went well."""
        with self._lock:
            self._failed.pop((name, address), None)


def count_users(store: Store) -> int:
    """How many users can log in."""
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(UserEntry).where(UserEntry.active)) or 0


def users(store: Store) -> tuple[User, ...]:
    """Every user, by name."""
    with store.reading() as connection:
        rows = connection.execute(select(UserEntry.__table__).order_by(UserEntry.name)).all()
    return tuple(User(row.name, Role(row.role), row.active, moment(row.created_at)) for row in rows)


def add_user(store: Store, name: str, password: str, role: Role, now: float | None = None) -> User:
    """Add a user.

    Raises:
        AccountError: the name is taken or no name, or the password is too short.
    """
    if not NAME.fullmatch(name):
        raise AccountError(f"{name[:60]!r} is no name for a user.")
    hashed = _hashed(password)
    created = time() if now is None else now
    with store.writing() as connection:
        if connection.scalar(select(UserEntry.name).where(func.lower(UserEntry.name) == name.lower())):
            raise AccountError(f"There is a user {name} already.", hint="Choose another name.")
        if role is not Role.ADMINISTRATOR and not _other_administrators(connection, name):
            raise AccountError(
                "The first user has to be an administrator.",
                hint="Give the role administrator to somebody first.",
            )
        connection.execute(
            insert(UserEntry).values(
                name=name, password=hashed, role=role.value, active=True, created_at=created
            )
        )
    return User(name, role, True, moment(created))  # noqa: FBT003 - active


def change_user(
    store: Store,
    name: str,
    *,
    role: Role | None = None,
    password: str | None = None,
    active: bool | None = None,
) -> User:
    """Change what is given of a user; a new password or an end of access ends their sessions, the latter their
    tokens as well.

    Raises:
        NotFoundError: there is no such user.
        AccountError: the password is too short, or no administrator would be left.
    """
    changes: dict[str, object] = {}
    if role is not None:
        changes["role"] = role.value
    if password is not None:
        changes["password"] = _hashed(password)
    if active is not None:
        changes["active"] = active
    with store.writing() as connection:
        row = connection.execute(select(UserEntry.__table__).where(UserEntry.name == name)).first()
        if row is None:
            raise NotFoundError(f"There is no user {name[:60]}.")
        loses = (role not in {None, Role.ADMINISTRATOR}) or active is False
        if (
            row.role == Role.ADMINISTRATOR
            and row.active
            and loses
            and not _other_administrators(connection, name)
        ):
            raise AccountError(
                f"{name} is the last administrator.", hint="Make somebody else administrator first."
            )
        if changes:
            connection.execute(update(UserEntry).where(UserEntry.name == name).values(**changes))
        if password is not None or active is False:
            connection.execute(delete(SessionEntry).where(SessionEntry.user == name))
        if active is False:
            connection.execute(delete(TokenEntry).where(TokenEntry.user == name))
        row = connection.execute(select(UserEntry.__table__).where(UserEntry.name == name)).one()
    return User(row.name, Role(row.role), row.active, moment(row.created_at))


def _other_administrators(connection: Connection, name: str) -> bool:
    others = select(UserEntry.name).where(
        UserEntry.role == Role.ADMINISTRATOR.value, UserEntry.active, UserEntry.name != name
    )
    return connection.scalar(others.limit(1)) is not None


def _hashed(password: str) -> str:
    from argon2 import PasswordHasher

    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or "\0" in password:
        raise AccountError(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    try:
        return PasswordHasher().hash(password)
    except UnicodeEncodeError as error:
        raise AccountError("The password holds what is no character.") from error


def _fits(hashed: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash that no password fits, so that unknown names take as long as known ones."""
    if not _NOBODY:
        _NOBODY.append(_hashed(token_urlsafe(24)))
    return _NOBODY[0]


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
    seal = _sealed(secret, SERVED)
    if _served(store) != seal:
        with store.writing() as connection:
            connection.execute(delete(MetaEntry).where(MetaEntry.name == SERVED))
            connection.execute(insert(MetaEntry).values(name=SERVED, value=seal))


def signs_with(store: Store, secret: bytes) -> bool | None:
    """Whether the desk of a store signs with a key; None where it was never started."""
    served = _served(store)
    return None if served is None else hmac.compare_digest(served, _sealed(secret, SERVED))


def _served(store: Store) -> str | None:
    with store.reading() as connection:
        found: str | None = connection.scalar(select(MetaEntry.value).where(MetaEntry.name == SERVED))
    return found


def _sealed(secret: bytes, token: str) -> str:
    """What the store keeps of a token: of no use to who reads the store without the secret."""
    return hmac.new(secret, token.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


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
    fits = _fits(row.password if row else _nobody(), password)
    if row is None or not fits or not row.active:
        raise LoginError("Name and password do not fit.")
    attempts.forget(name, address)
    token = token_urlsafe(32)
    with store.writing() as connection:
        connection.execute(delete(SessionEntry).where(SessionEntry.expires_at <= begun))
        connection.execute(
            insert(SessionEntry).values(token=_sealed(secret, token), user=name, expires_at=begun + seconds)
        )
    return Session(token, Person(row.name, Role(row.role)), begun + seconds)


def log_out(store: Store, secret: bytes, token: str) -> None:
    """End a session."""
    with store.writing() as connection:
        connection.execute(delete(SessionEntry).where(SessionEntry.token == _sealed(secret, token)))


def person_of_session(store: Store, secret: bytes, token: str, now: float | None = None) -> Person | None:
    """Whose session it is; None where it has ended."""
    with store.reading() as connection:
        row = connection.execute(
            select(UserEntry.name, UserEntry.role)
            .join(SessionEntry, SessionEntry.user == UserEntry.name)
            .where(
                SessionEntry.token == _sealed(secret, token),
                SessionEntry.expires_at > (time() if now is None else now),
                UserEntry.active,
            )
        ).first()
    return Person(row.name, Role(row.role)) if row else None


def add_token(
    store: Store,
    secret: bytes,
    user: str,
    name: str,
    role: Role,
    *,
    days: int | None = None,
    now: float | None = None,
) -> str:
    """Make a token for the API.

    Returns:
        The token; it is shown this once.

    Raises:
        NotFoundError: there is no such user.
        AccountError: the name is taken or no name, or the role is more than that of the user.
    """
    if not NAME.fullmatch(name):
        raise AccountError(f"{name[:60]!r} is no name for a token.")
    created = time() if now is None else now
    token = f"desk_{token_urlsafe(32)}"
    with store.writing() as connection:
        row = connection.execute(
            select(UserEntry.role).where(UserEntry.name == user, UserEntry.active)
        ).first()
        if row is None:
            raise NotFoundError(f"There is no user {user[:60]}.")
        if not Role(row.role).covers(role):
            raise AccountError(f"{user} is a {row.role}; the token cannot be more.")
        if connection.scalar(select(TokenEntry.name).where(TokenEntry.user == user, TokenEntry.name == name)):
            raise AccountError(f"{user} has a token {name} already.", hint="Choose another name.")
        connection.execute(
            insert(TokenEntry).values(
                token=_sealed(secret, token),
                name=name,
                user=user,
                role=role.value,
                created_at=created,
                expires_at=None if days is None else created + days * DAY_SECONDS,
            )
        )
    return token


def tokens(store: Store, user: str | None = None) -> tuple[Token, ...]:
    """The tokens of a user, or of all."""
    asked = select(TokenEntry.__table__).order_by(TokenEntry.user, TokenEntry.name)
    with store.reading() as connection:
        rows = connection.execute(asked if user is None else asked.where(TokenEntry.user == user)).all()
    return tuple(
        Token(row.name, row.user, Role(row.role), moment(row.created_at), moment(row.expires_at))
        for row in rows
    )


def remove_token(store: Store, user: str, name: str) -> None:
    """End a token.

    Raises:
        NotFoundError: there is no such token.
    """
    with store.writing() as connection:
        done = connection.execute(delete(TokenEntry).where(TokenEntry.user == user, TokenEntry.name == name))
        if not done.rowcount:
            raise NotFoundError(f"{user[:60]} has no token {name[:60]}.")


def person_of_token(store: Store, secret: bytes, token: str, now: float | None = None) -> Person | None:
    """Whose token it is, with the lesser of both roles; None where it is none or has ended."""
    with store.reading() as connection:
        row = connection.execute(
            select(UserEntry.name, UserEntry.role, TokenEntry.role.label("lent"), TokenEntry.expires_at)
            .join(TokenEntry, TokenEntry.user == UserEntry.name)
            .where(TokenEntry.token == _sealed(secret, token), UserEntry.active)
        ).first()
    if row is None or (row.expires_at is not None and row.expires_at <= (time() if now is None else now)):
        return None
    own, lent = Role(row.role), Role(row.lent)
    return Person(row.name, lent if own.covers(lent) else own)


def preferences(store: Store, person: Person) -> Preferences:
    """How a person likes the desk."""
    with store.reading() as connection:
        value = connection.scalar(select(PreferencesEntry.value).where(PreferencesEntry.user == person.name))
    try:
        return Preferences.model_validate_json(value) if value else Preferences()
    except ValidationError:  # of a version that knew other settings
        return Preferences()


def save_preferences(store: Store, person: Person, wished: Preferences) -> None:
    """Remember how a person likes the desk.

    Raises:
        AccountError: a key is no single printable character, or stands for two actions.
    """
    _check_keys({str(action): key for action, key in wished.keys.items()})
    with store.writing() as connection:
        connection.execute(delete(PreferencesEntry).where(PreferencesEntry.user == person.name))
        connection.execute(insert(PreferencesEntry).values(user=person.name, value=wished.model_dump_json()))


def _check_keys(keys: Mapping[str, str]) -> None:
    for action, key in keys.items():
        if len(key) != 1 or not key.isprintable() or key.isspace():
            raise AccountError(
                f"The key for {action} has to be one printable character.", hint="For example: a"
            )
    if len({key.lower() for key in keys.values()}) < len(keys):
        raise AccountError("One key stands for two actions.", hint="Give each action its own key.")
