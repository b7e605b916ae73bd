"""The tokens of programs."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from time import time

from sqlalchemy import delete, insert, select

from extract.desk.accounts.seal import sealed
from extract.desk.accounts.users import NAME
from extract.desk.model import Person, Role
from extract.desk.rows import moment
from extract.desk.store import Store
from extract.desk.tables import SessionEntry, TokenEntry, UserEntry
from extract.errors import AccountError, NotFoundError, NotLoggedInError
from extract.messages import Message

DAY_SECONDS = 86_400.0


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


def add_token(
    store: Store,
    secret: bytes,
    user: str,
    name: str,
    role: Role,
    *,
    days: int | None = None,
    session: str | None = None,
    now: float | None = None,
) -> str:
    """Make a token for the API.

    Args:
        store: the store.
        secret: seals the token.
        user: whose it is.
        name: what it is for, in one word.
        role: that it lends.
        days: so long it is good; for ever without.
        session: in which it is asked for: it must not have ended, so that nothing outlives a new password that was
            set meanwhile. None at the command line.
        now: seconds since 1970.

    Returns:
        The token; it is shown this once.

    Raises:
        NotLoggedInError: the session has ended.
        NotFoundError: there is no such user.
        AccountError: the name is taken or no name, or the role is more than that of the user.
    """
    if not NAME.fullmatch(name):
        raise AccountError(Message("%(name)s cannot be used as the name of a token.", name=repr(name[:60])))
    created = time() if now is None else now
    token = f"desk_{token_urlsafe(32)}"
    with store.writing() as connection:
        row = connection.execute(
            select(UserEntry.role).where(UserEntry.name == user, UserEntry.active).with_for_update()
        ).first()
        if row is None:
            raise NotFoundError(
                Message("There is no user %(name)s.", name=user[:60]),
                hint=Message("Add the user first: extract desk user add NAME"),
            )
        if session is not None and not connection.scalar(
            select(SessionEntry.user).where(
                SessionEntry.token == sealed(secret, session), SessionEntry.user == user
            )
        ):
            raise NotLoggedInError(Message("You are not logged in."))
        if not Role(row.role).covers(role):
            raise AccountError(
                Message(
                    "%(user)s has the role %(role)s; a token cannot have a higher one.",
                    user=user,
                    role=row.role,
                )
            )
        if connection.scalar(select(TokenEntry.name).where(TokenEntry.user == user, TokenEntry.name == name)):
            raise AccountError(
                Message("%(user)s already has a token %(name)s.", user=user, name=name),
                hint=Message("Choose another name."),
            )
        connection.execute(
            insert(TokenEntry).values(
                token=sealed(secret, token),
                name=name,
                user=user,
                role=role.value,
                created_at=created,
                expires_at=None if days is None else created + days * DAY_SECONDS,
            )
        )
    return token


def tokens_of(store: Store, user: str | None = None) -> tuple[Token, ...]:
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
            raise NotFoundError(Message("%(user)s has no token %(name)s.", user=user[:60], name=name[:60]))


def person_of_token(store: Store, secret: bytes, token: str, now: float | None = None) -> Person | None:
    """Whose token it is, with the lesser of both roles; None where it is none or has ended.

    A token with an end is refused where it was made more than a day in the future: the clock was wrong then, and the token
    would be good for too long.
    """
    at = time() if now is None else now
    with store.reading() as connection:
        row = connection.execute(
            select(
                UserEntry.name,
                UserEntry.role,
                TokenEntry.role.label("lent"),
                TokenEntry.created_at,
                TokenEntry.expires_at,
            )
            .join(TokenEntry, TokenEntry.user == UserEntry.name)
            .where(TokenEntry.token == sealed(secret, token), UserEntry.active)
        ).first()
    if row is None:
        return None
    if row.expires_at is not None and (row.expires_at <= at or row.created_at > at + DAY_SECONDS):
        return None
    own, lent = Role(row.role), Role(row.lent)
    return Person(row.name, lent if own.covers(lent) else own)
