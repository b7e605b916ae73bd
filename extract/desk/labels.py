"""What reports are called in lists: so that each can be told from the others. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping


def report_labels(names: Iterable[tuple[str, str, str | None, int | None]]) -> Mapping[str, str]:
    """A label for each report.

    Args:
        names: id, title, region and year of each; all that stand in one list.

    Returns:
        By id the title; where others have the same, or there is none, region, year and id.
    """
    names = tuple(names)
    titles = Counter(title for _, title, _, _ in names)
    return {
        report: title if title and titles[title] == 1 else _told_apart(report, region, year)
        for report, title, region, year in names
    }


def _told_apart(report: str, region: str | None, year: int | None) -> str:
    where = " ".join(str(part) for part in (region, year) if part)
    return " · ".join(filter(None, (where, report)))
