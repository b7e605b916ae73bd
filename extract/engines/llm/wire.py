"""The answer of a model as it goes over the wire: sentence numbers, copied numbers and judgements.

Nothing is in it that code can compute: no value, no scale, no span. The JSON schema is what strict modes take:
every object closed, every key required, no keyword beyond the common ones.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from schemas.record import Direction, FigureKind, Modifier, Record

SCHEMA_NAME = "records"

Category = Literal[
    "综合经济",
    "财政金融",
    "投资",
    "消费",
    "工业",
    "服务业",
    "数字经济",
    "科技",
    "人才",
    "营商环境",
    "改革",
    "开放",
    "区域合作",
    "城乡建设",
    "交通",
    "农业农村",
    "生态",
    "能源",
    "就业",
    "教育",
    "卫生健康",
    "社会保障",
    "文化旅游体育",
    "民生",
    "安全",
    "政府",
    "其他",
]
"""Fields of policy, as reports are divided."""


MOST_RECORDS = 1_000
"""Of one answer; a passage has some tens of numbers."""
MOST_PARTS = 200
"""Sentences that a record cites, figures that it has."""
LONGEST_TEXT = 200
"""Characters of a copied number or a period."""
LONGEST_DETAIL = 20_000
"""Characters of any text in the fields of a user's own type."""


def unstorable(text: str) -> bool:
    """Whether a text holds what no store takes: NUL, half characters, other control characters."""
    return not text.isprintable() and any(
        unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r" for char in text
    )


def _copied(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; at most {LONGEST_TEXT} are taken")
    if unstorable(text):
        raise ValueError("holds control characters; copy the words only")
    return text


Text = Annotated[str, AfterValidator(_copied)]


class _Wire(BaseModel):
    """Base of what a model writes: no unknown keys, no missing ones, no text for a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WireFigure(_Wire):
    """One number, copied. A period that is left out is that of the section; null says that there is none."""

    text: Text
    kind: FigureKind
    direction: Direction | None
    modifier: Modifier
    period: Text | None = None


class WireRecord(_Wire):
    """One record; `type` is narrowed to the record types of a run."""

    type: str
    indicator: str
    category: Category | None
    sentences: Annotated[list[int], Field(max_length=MOST_PARTS)]
    commitment: Literal["ensure", "strive", "expect"] | None
    status: Literal["planned", "under_way", "completed"] | None
    figures: Annotated[list[WireFigure], Field(max_length=MOST_PARTS)]


class WireAnswer(_Wire):
    """All records of one chunk."""

    records: Sequence[WireRecord]


@dataclass(frozen=True)
class Wire:
    """The form of an answer for the record types of a run, made once.

    Attributes:
        kinds: the record types.
    """

    kinds: tuple[type[Record], ...]

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(str(kind.model_fields["type"].default) for kind in self.kinds)

    @cached_property
    def own_fields(self) -> Mapping[str, frozenset[str]]:
        """By the name of a type the fields that it has beyond those of every record."""
        return {
            name: frozenset(kind.model_fields.keys() - Record.model_fields.keys())
            for name, kind in zip(self.types, self.kinds, strict=True)
        }

    @cached_property
    def model(self) -> type[WireAnswer]:
        """What reads an answer. A field that only some types have may be null, and is for all others."""
        # Built from the types that are there, which no type checker can follow.
        one_of: Any = Literal[self.types]
        own: dict[str, Any] = {
            field: (kind.model_fields[field].annotation | None, ...)  # type: ignore[operator]
            for name, kind in zip(self.types, self.kinds, strict=True)
            for field in sorted(self.own_fields[name])
        }
        record = create_model("WireRecord", __base__=WireRecord, type=(one_of, ...), **own)
        rows: Any = Annotated[list[record], Field(max_length=MOST_RECORDS)]
        return create_model("WireAnswer", __base__=WireAnswer, records=(rows, ...))

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """Its JSON schema, without references, titles and remarks."""
        full = self.model.model_json_schema()
        plain = _plain(full, full.get("$defs", {}))
        assert isinstance(plain, dict)
        return plain

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of the schema by its name, for the manifest."""
        text = json.dumps(self.schema, ensure_ascii=False, sort_keys=True)
        return {SCHEMA_NAME: hashlib.sha256(text.encode()).hexdigest()}


_REMARKS = frozenset({"$defs", "title", "description", "default", "maxItems"})
"""Keywords that strict modes do without. Bounds are not asked for, only kept."""


def _plain(node: object, definitions: Mapping[str, Any]) -> object:
    """A schema node with its references resolved and its remarks gone."""
    if isinstance(node, list):
        return [_plain(one, definitions) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(definitions[node["$ref"].rpartition("/")[2]], definitions)
    if "const" in node:
        return {"type": "string", "enum": [node["const"]]}
    kept: dict[str, object] = {}
    for key, value in node.items():
        if key == "properties":
            kept[key] = {name: _plain(one, definitions) for name, one in value.items()}
            kept["required"] = list(value)  # what may be left out when an answer is read is still asked for
        elif key not in _REMARKS and key != "required":
            kept[key] = _plain(value, definitions)
    return kept


CATEGORIES: tuple[str, ...] = get_args(Category)
