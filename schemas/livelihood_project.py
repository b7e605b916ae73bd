"""民生实事: concrete deliverables for residents."""

from typing import ClassVar, Literal

from schemas.record import Record


class LivelihoodProject(Record):
    """A countable service or facility for residents, promised or delivered."""

    label_zh: ClassVar[str] = "民生实事"
    label_en: ClassVar[str] = "livelihood project"

    type: Literal["livelihood_project"] = "livelihood_project"
