"""What the columns of a table are called and mean, in both languages."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "decimal", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: its key in JSON lines and its header by default.
        zh: its Chinese header.
        kind: what its cells hold; any cell may be empty.
        meaning_zh, meaning_en: one sentence for the sheet that explains the columns.
    """

    name: str
    zh: str
    kind: Kind
    meaning_zh: str
    meaning_en: str
