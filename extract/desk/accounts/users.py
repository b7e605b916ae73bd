"""The people who may log in."""

import re
from dataclasses import dataclass
from datetime import datetime
from time import time

from sqlalchemy import Connection, delete, func, insert, select, update

from extract.desk.accounts.passwords import hashed
from extract.desk.model import Role
from extract.desk.rows import moment
from extract.desk.store import Store
from extract.desk.tables import SessionEntry, TokenEntry, UserEntry
from extract.errors import AccountError, NotFoundError
from extract.messages import Message

NAME = re.compile(r"[\w.@-]{1,60}")


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in."""

    name: str
    role: Role
    active: bool
    created_at: datetime | None


def count_users(store: Store) -> int:
    """How many users can log in."""
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(UserEntry).where(UserEntry.active)) or 0


def every_user(store: Store) -> tuple[User, ...]:
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
        raise AccountError(Message("%(name)s cannot be used as a user name.", name=repr(name[:60])))
    kept = hashed(password)
    created = time() if now is None else now
    with store.writing() as connection:
        if connection.scalar(select(UserEntry.name).where(func.lower(UserEntry.name) == name.lower())):
            raise AccountError(
                Message("The user %(name)s already exists.", name=name), hint=Message("Choose another name.")
            )
        if role is not Role.ADMINISTRATOR and not _other_administrators(connection, name):
            raise AccountError(
                Message("The first user must be an administrator."),
                hint=Message("Add an administrator first."),
            )
        _end_logins(connection, name)  # of a namesake whose row was taken out of the store by hand
        connection.execute(
            insert(UserEntry).values(
                name=name, password=kept, role=role.value, active=True, created_at=created
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
    """Change what is given of a user. A new password, another role and the end of access end their sessions and tokens,
    wherever these were made.

    Raises:
        NotFoundError: there is no such user.
        AccountError: the password is too short, or no administrator would be left.
    """
    changes: dict[str, object] = {}
    if role is not None:
        changes["role"] = role.value
    if password is not None:
        changes["password"] = hashed(password)
    if active is not None:
        changes["active"] = active
    with store.writing() as connection:
        row = connection.execute(
            select(UserEntry.__table__).where(UserEntry.name == name).with_for_update()
        ).first()
        if row is None:
            raise NotFoundError(
                Message("There is no user %(name)s.", name=name[:60]),
                hint=Message("Add the user first: extract desk user add NAME"),
            )
        loses = (role not in {None, Role.ADMINISTRATOR}) or active is False
        if (
            row.role == Role.ADMINISTRATOR
            and row.active
            and loses
            and not _other_administrators(connection, name)
        ):
            raise AccountError(
                Message("%(name)s is the last administrator.", name=name),
                hint=Message("Make another user administrator first."),
            )
        if changes:
            connection.execute(update(UserEntry).where(UserEntry.name == name).values(**changes))
        if password is not None or active is False or role not in {None, Role(row.role)}:
            _end_logins(connection, name)
        row = connection.execute(select(UserEntry.__table__).where(UserEntry.name == name)).one()
    return User(row.name, Role(row.role), row.active, moment(row.created_at))


def _end_logins(connection: Connection, name: str) -> None:
    connection.execute(delete(SessionEntry).where(SessionEntry.user == name))
    connection.execute(delete(TokenEntry).where(TokenEntry.user == name))


def _other_administrators(connection: Connection, name: str) -> bool:
    others = select(UserEntry.name).where(
        UserEntry.role == Role.ADMINISTRATOR.value, UserEntry.active, UserEntry.name != name
    )
    return connection.scalar(others.limit(1)) is not None
