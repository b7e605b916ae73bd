"""The page of a stale save: what the reviewer wanted and what stands there by now, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from extract.desk.decisions import StaleItemError
from extract.desk.model import Event, Item, Verdict
from extract.desk.pages.event_changes import field_label, shown
from extract.desk.pages.language import Language
from extract.desk.pages.record_form import values
from schemas import Record


@dataclass(frozen=True, slots=True)
class Line:
    """One field in both versions."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether they say different things."""
        return self.yours != self.theirs


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Both versions of an item, side by side.

    Attributes:
        item: as it stands now.
        address: of its page, with the filter.
        verdict: that was to be given.
        why: the reviewer's words.
        lines: the fields in both versions; those that differ come first.
        last: the decision that came in between; None where it is hidden or was none.
        inputs: the reviewer's fields, to be sent again.
    """

    template: ClassVar[str] = "conflict.html"
    item: Item
    address: str
    verdict: Verdict
    why: str
    lines: tuple[Line, ...]
    last: Event | None
    inputs: Mapping[str, str]


def conflict_page(
    error: StaleItemError, before: Item, inputs: Mapping[str, str], address: str, language: Language
) -> ConflictPage:
    """The page for a save that came too late.

    Args:
        error: with the item as it is now, the decision and the reviewer's version of the record.
        before: the item as the route saw it, for its record where the error carries none.
        inputs: the fields that the reviewer sent.
        address: of the item's page.
        language: of the labels.
    """
    now = error.current
    theirs = now.current or now.record
    yours = error.draft or before.record
    return ConflictPage(
        item=now,
        address=address,
        verdict=error.yours.verdict,
        why=error.yours.why,
        lines=_lines(yours, theirs, language),
        last=now.history[-1] if now.history else None,
        inputs=dict(inputs),
    )


def _lines(yours: Record | None, theirs: Record | None, language: Language) -> tuple[Line, ...]:
    mine, other = (values(record) if record else {} for record in (yours, theirs))
    lines = [
        Line(
            field_label(name, language),
            shown(name, mine.get(name), language),
            shown(name, other.get(name), language),
        )
        for name in dict.fromkeys([*mine, *other])
    ]
    return tuple(
        sorted((line for line in lines if line.yours or line.theirs), key=lambda line: not line.differs)
    )
