"""What a table says about its own columns: names in two languages, type and meaning, kept beside the fields."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, get_type_hints


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: its name in every file.
        zh: its Chinese name.
        type: the type of its values, e.g. `str`, `int | None`, `Decimal | None`.
        meaning_zh, meaning_en: what its values say, with units where they have any.
    """

    name: str
    zh: str
    type: str
    meaning_zh: str
    meaning_en: str

    @property
    def base(self) -> str:
        """The type of the cells that are not empty."""
        return self.type.removesuffix(" | None")


class Meaning(NamedTuple):
    """What the column of a field means: `year: Annotated[int, Meaning("年份", …)]`; attributes as in `Column`."""

    zh: str
    meaning_zh: str
    meaning_en: str


@cache
def columns(row_type: type) -> tuple[Column, ...]:
    """The columns of a table whose rows have annotated fields, in the order of the fields."""
    return tuple(
        Column(name, said.zh, _type_name(hint.__origin__), said.meaning_zh, said.meaning_en)
        for name, hint in get_type_hints(row_type, include_extras=True).items()
        for said in hint.__metadata__
    )


def _type_name(hint: Any) -> str:
    """`int | None` as people write it; a choice of words is a `str`."""
    name = str(hint)
    if isinstance(hint, type) and name.startswith("<"):
        name = hint.__name__
    if "Literal" in name:
        return "str | None" if "None" in name else "str"
    return name.replace("decimal.", "").replace("extract.tables.rows.", "")
