"""Builds records without validating them again, where every value is our own and already right.

`model_construct` walks the fields in Python and costs more than all of grounding; this sets what it sets.
A test holds the outcome against validated records.
"""

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


def trusted(model: type[M], **values: Any) -> M:
    """A model with these values.

    Args:
        model: the type.
        values: value by field, all of the right types; fields left out take their defaults.
    """
    template = _template(model)
    if template is None:
        return model.model_construct(**values)
    made = model.__new__(model)
    put = object.__setattr__
    put(made, "__dict__", {**template, **values})
    put(made, "__pydantic_fields_set__", set(values))
    put(made, "__pydantic_extra__", None)
    put(made, "__pydantic_private__", None)
    return made


@cache
def _template(model: type[BaseModel]) -> dict[str, Any] | None:
    """Every field in its order, with its default; None where a default is made anew for each model.

    The order matters: it is that of the keys in JSON.
    """
    fields = model.model_fields
    if any(field.default_factory is not None for field in fields.values()) or model.__private_attributes__:
        return None
    return {name: field.default for name, field in fields.items()}
