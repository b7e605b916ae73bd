"""Finds the record types that live in this package, and keeps those that a user adds."""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

import schemas
from schemas.record import Record

_ADDED: dict[str, type[Record]] = {}
"""Types of the user's own, for this process."""


def add_record_types(types: Iterable[type[Record]]) -> None:
    """Make record types of a user's own known to this process, before anything is read.

    Args:
        types: subclasses of `Record` whose `type` field has a default; one of the same name is replaced.
    """
    _ADDED.update({kind.model_fields["type"].default: kind for kind in types})
    record_types.cache_clear()


@cache
def record_types() -> MappingProxyType[str, type[Record]]:
    """Every record type by its name, in the order of the names; those that were added come last.

    A type is a subclass of `Record` whose `type` field has a default.
    """
    found: dict[str, type[Record]] = {}
    for module_info in pkgutil.iter_modules(schemas.__path__, "schemas."):
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Record) and value is not Record:
                name = value.model_fields["type"].default
                if isinstance(name, str):
                    found[name] = value
    return MappingProxyType(dict(sorted(found.items())) | _ADDED)


def record_type(name: str) -> type[Record]:
    """The record type of that name; KeyError where there is none."""
    return record_types()[name]
