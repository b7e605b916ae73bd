"""The form of a record: each field editable, each figure beside what the text says and what the rules read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from extract.desk.pages.language import Language
from extract.desk.pages.words import WORDS, type_word, word
from schemas import Figure, Record, record_types
from schemas.record import plain
from schemas.result import LedgerRow

RECORD_FIELDS: Final = ("type", "category", "indicator", "period", "commitment", "status")
FIGURE_FIELDS: Final = ("value", "unit", "upper", "kind", "direction", "modifier", "period")
PLACE_FIELDS: Final = ("start", "end")
CHOICES: Final = {
    "commitment": "commitment",
    "status": "status",
    "kind": "figure_kind",
    "direction": "direction",
    "modifier": "modifier",
}
"""Field → group of words, for fields with a fixed choice."""
FIGURE_NAME: Final = re.compile(r"figures\.(\d{1,3})\.([a-z]+)")
LONGEST_INPUT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        name: in the form, as `figures.0.value`.
        label: for people.
        value: what stands in it.
        options: of a field with a fixed choice; empty for free text.
        error: why what stands in it cannot be taken; empty where it can.
        width: `wide`, `half` or empty.
    """

    name: str
    label: str
    value: str
    options: tuple[Option, ...] = ()
    error: str = ""
    width: str = ""

    @property
    def id(self) -> str:
        """Of the element."""
        return "f-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Said:
    """One number as three witnesses give it.

    Attributes:
        record, text, rules: what the record says, what stands in the text, what the rules read there.
        differs: whether record and rules differ.
    """

    record: str
    text: str
    rules: str
    differs: bool


@dataclass(frozen=True, slots=True)
class FigureBox:
    """One figure of the form: the number, its fields, its place in the text."""

    title: str
    said: Said
    fields: tuple[Field, ...]
    places: tuple[Field, ...]
    name: str


@dataclass(frozen=True, slots=True)
class RecordForm:
    """The form of a record.

    Attributes:
        fields: of the record itself.
        places: where its evidence begins and ends.
        figures: its numbers.
        quote: the evidence.
        section: the headings above it.
    """

    fields: tuple[Field, ...]
    places: tuple[Field, ...]
    figures: tuple[FigureBox, ...]
    quote: str
    section: str

    def names(self) -> set[str]:
        """Of all its fields."""
        boxes = (field for figure in self.figures for field in (*figure.fields, *figure.places))
        return {field.name for field in (*self.fields, *self.places, *boxes)}


def record_form(
    record: Record,
    ledger: Iterable[LedgerRow],
    language: Language,
    *,
    inputs: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> RecordForm:
    """The form of a record.

    Args:
        record: what stands in the fields.
        ledger: the numbers of the report, for what the rules read.
        language: of the labels.
        inputs: what the reader has entered already, by name; it goes before the record.
        errors: field → why it cannot be taken.
    """
    make = _FieldMaker(values(record) | dict(inputs or {}), dict(errors or {}), language)
    read = {(row.start, row.end): row for row in ledger}
    return RecordForm(
        fields=tuple(make(name, width=_width(name)) for name in RECORD_FIELDS),
        places=tuple(make(name) for name in PLACE_FIELDS),
        figures=tuple(
            FigureBox(
                title=_squeezed(figure.text),
                said=said(figure, read.get((figure.start, figure.end)), language),
                fields=tuple(make(f"figures.{number}.{name}", width=_width(name)) for name in FIGURE_FIELDS),
                places=tuple(make(f"figures.{number}.{name}") for name in PLACE_FIELDS),
                name=f"figures.{number}.",
            )
            for number, figure in enumerate(record.figures)
        ),
        quote=record.evidence.quote,
        section=record.evidence.section,
    )


def _width(name: str) -> str:
    return {"indicator": "wide", "type": "half", "value": "half"}.get(name, "")


@dataclass(frozen=True, slots=True)
class _FieldMaker:
    values: Mapping[str, str]
    errors: Mapping[str, str]
    language: Language

    def __call__(self, name: str, *, width: str = "") -> Field:
        field, value = name.rsplit(".", 1)[-1], self.values.get(name, "")
        return Field(
            name,
            word(self.language, "field", field),
            value,
            self._options(field, value),
            self.errors.get(name, ""),
            width,
        )

    def _options(self, field: str, value: str) -> tuple[Option, ...]:
        if field == "type":
            return self._of(record_types(), value, lambda name: type_word(self.language, name))
        if field in CHOICES:
            group = CHOICES[field]
            return self._of(WORDS[group], value, lambda name: word(self.language, group, name))
        return ()

    def _of(self, names: Iterable[str], value: str, label: Callable[[str], str]) -> tuple[Option, ...]:
        """The choices; a value that is none of them stays one, so that saving does not change it unseen."""
        known = dict.fromkeys(names)
        known.setdefault(value)
        return tuple(Option(name, label(name), name == value) for name in known)


def values(record: Record) -> dict[str, str]:
    """What stands in the fields of a record, by name."""
    found = {name: _text(getattr(record, name)) for name in RECORD_FIELDS}
    found |= {name: _text(getattr(record.evidence, name)) for name in PLACE_FIELDS}
    for number, figure in enumerate(record.figures):
        for name in (*FIGURE_FIELDS, *PLACE_FIELDS):
            found[f"figures.{number}.{name}"] = _text(getattr(figure, name))
    return found


def changes(inputs: Mapping[str, str], record: Record) -> dict[str, Any]:
    """What a reader has changed in the form of a record: a nested patch with the changed fields alone.

    Args:
        inputs: the form as it came; names that are no field are left out.
        record: what stood in the fields.
    """
    patch: dict[str, Any] = {}
    figures: list[dict[str, str]] = [{} for _ in record.figures]
    for name, old in values(record).items():
        new = inputs.get(name, old).strip()[:LONGEST_INPUT]
        if new == old:
            continue
        figure = FIGURE_NAME.fullmatch(name)
        if figure:
            figures[int(figure[1])][figure[2]] = new
        else:
            patch[name] = new
    if any(figures):
        patch["figures"] = figures
    return patch


def said(figure: Figure, row: LedgerRow | None, language: Language) -> Said:
    """A figure beside what the text says and what the rules read there."""
    record = amount(figure.value, figure.upper, figure.unit, language)
    if row is None or row.value is None:
        return Said(record, _squeezed(figure.text), "–", differs=row is not None)
    rules = amount(row.value, row.upper, row.unit, language)
    same = (figure.value, figure.upper, figure.unit) == (row.value, row.upper, row.unit)
    return Said(record, _squeezed(figure.text), rules, differs=not same)


def amount(value: Decimal, upper: Decimal | None, unit: str | None, language: Language) -> str:
    """A value for people: digits grouped, with its unit."""
    shown = language.number(value)
    if upper is not None:
        shown += f"–{language.number(upper)}"
    return f"{shown} {unit}" if unit else shown


def _text(value: object) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _squeezed(text: str) -> str:
    return "".join(text.split())
