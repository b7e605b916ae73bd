"""What a report says was done or reached."""

from typing import ClassVar, Literal

from schemas.record import Record


class Achievement(Record):
    """Reported for a past period."""

    label_zh: ClassVar[str] = "成绩"
    label_en: ClassVar[str] = "achievement"

    type: Literal["achievement"] = "achievement"
