"""Leases in two columns of a table: of items that somebody has open, and of jobs that a desk works on."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from extract.leases import LONGEST_SECONDS

Column = Any
"""An attribute of a table's class; SQLAlchemy has a type for each kind of table."""


def ended(until: Column, now: float, longest: float = LONGEST_SECONDS) -> ColumnElement[bool]:
    """Where no lease runs, as `Lease.runs` says it.

    Args:
        until: the column of the times at which leases end.
        now: seconds since 1970.
        longest: as in `Lease.runs`.
    """
    return or_(until <= now, until > now + longest)


def free_for(
    holder: str, holders: Column, until: Column, now: float, longest: float = LONGEST_SECONDS
) -> ColumnElement[bool]:
    """Where somebody may take a thing, as `Lease.is_free_for` says it.

    Args:
        holder: who.
        holders: the column of those who keep things.
        until: the column of the times at which leases end.
        now: seconds since 1970.
        longest: as in `Lease.runs`.
    """
    return or_(holders.is_(None), holders == holder, ended(until, now, longest))
