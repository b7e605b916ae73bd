"""What the reports of one region and year state together: copies of a report as one, contradictions side by side.

Ten thousand copies take the room of one, but for their names: what a report says as another did before is a name more.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from extract.tables.panel_found import Key
from extract.tables.rows import PanelRow
from extract.tables.several import named

Said = tuple[object, ...]
"""What a row says of what it is about, whatever its place in the text."""


def said(row: PanelRow) -> Said:
    """What makes two rows of one thing say the same."""
    words = row.wording if row.status == "non_numeric" else None
    return (row.status, row.value, row.upper, row.unit, row.modifier, row.commitment, words)


def key_of(row: PanelRow) -> Key:
    """What a row is about."""
    return (row.indicator_id, row.claim_type, row.horizon, row.period or "", row.basis)


@dataclass(slots=True)
class _Saying:
    """The first row that says a thing, and the later reports that say it, too."""

    row: PanelRow
    also_in: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Together:
    """What reports of one region and year state; it takes them in one after the other.

    Attributes:
        sayings: for each thing what is said of it, in the order of the reports.
    """

    sayings: dict[Key, dict[Said, _Saying]] = field(default_factory=dict)

    def take_in(self, rows: Iterable[PanelRow]) -> None:
        """Add the rows of one more report."""
        for row in rows:
            sayings = self.sayings.setdefault(key_of(row), {})
            what = said(row)
            if what in sayings:
                sayings[what].also_in.append(row.report_id)
            else:
                sayings[what] = _Saying(row)

    def append(self, later: "Together") -> None:
        """Add what later reports state."""
        for key, theirs in later.sayings.items():
            ours = self.sayings.setdefault(key, {})
            for what, saying in theirs.items():
                if what in ours:
                    ours[what].also_in += [saying.row.report_id, *saying.also_in]
                else:
                    ours[what] = saying

    def rows(self, order: Callable[[Key], tuple[object, ...]]) -> Iterator[PanelRow]:
        """One row for each thing that is said; where reports differ about it, each row has a note.

        Args:
            order: of the keys; what reports say of one stands in the order of the reports.
        """
        for key in sorted(self.sayings, key=order):
            sayings = self.sayings[key].values()
            for one in sayings:
                if len(sayings) == 1 and not one.also_in:
                    yield one.row
                    continue
                note = _contradicted(one, sayings) if len(sayings) > 1 else one.row.note
                yield msgspec.structs.replace(one.row, also_in=tuple(one.also_in), note=note)


def _contradicted(one: _Saying, sayings: Collection[_Saying]) -> str:
    """What others say instead."""
    theirs = (
        f"{other.row.report_id}: {other.row.wording or other.row.status}"
        for other in sayings
        if other is not one
    )
    note = f"contradicts 与其他报告不一致: {named(theirs, len(sayings) - 1, '; ')}"
    return f"{note}; {one.row.note}" if one.row.note else note
