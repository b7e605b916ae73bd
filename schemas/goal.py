"""What a report plans or promises."""

from typing import ClassVar, Literal

from schemas.record import Record


class Goal(Record):
    """Planned for the year of the report, or for a longer span."""

    label_zh: ClassVar[str] = "目标"
    label_en: ClassVar[str] = "goal"

    type: Literal["goal"] = "goal"
