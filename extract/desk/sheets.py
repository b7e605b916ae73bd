"""On which page of a PDF a place of the text is, as far as the records tell. Pure."""

from bisect import bisect_right

from schemas.result import Result


class Sheets:
    """The pages of one report.

    Args:
        result: its records know the page on which their evidence begins; those of other documents know none.
    """

    def __init__(self, result: Result) -> None:
        known = sorted(
            (record.evidence.start, record.evidence.page)
            for record in result.records
            if record.evidence.page is not None
        )
        self._starts = [start for start, _ in known]
        self._pages = [page for _, page in known]

    def at(self, place: int) -> int | None:
        """The page of a place in the source; None where the records around it do not settle it."""
        after = bisect_right(self._starts, place)
        if after and self._starts[after - 1] == place:
            return self._pages[after - 1]
        around = {*self._pages[max(0, after - 1) : after + 1]}
        return around.pop() if len(around) == 1 and 0 < after < len(self._pages) else None
