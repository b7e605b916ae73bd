"""Finds the record types that live in this package."""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType

import schemas
from schemas.record import Record


@cache
def record_types() -> MappingProxyType[str, type[Record]]:
    """Every record type by its name, in the order of the names.

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
    return MappingProxyType(dict(sorted(found.items())))


def record_type(name: str) -> type[Record]:
    """The record type of that name; KeyError where there is none."""
    return record_types()[name]
