"""A record type of one's own: major projects, with who builds them and how far they are."""

from typing import ClassVar, Literal

from schemas import Record


class MajorProject(Record):
    """A named construction or investment project, with its cost or size."""

    label_zh: ClassVar[str] = "重大项目"
    label_en: ClassVar[str] = "major project"

    type: Literal["major_project"] = "major_project"
    project: str | None = None
    stage: Literal["preparing", "building", "finished"] | None = None
