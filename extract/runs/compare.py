"""After the sources: reports of one region held against each other, copies among them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from extract.checks.between import Digest, digest, with_compared
from extract.errors import InputError
from extract.pipeline import compare_reports
from extract.results.files import read_result, rendered
from extract.results.manifest import SavedReport, SourceEntry
from extract.results.store import Store
from extract.results.summary import flagged
from extract.runs.spool import Spool


class Listed(NamedTuple):
    """A saved report as far as its comparison asks for it; sorts by year, then by id.

    `compared` says whether it bears marks of an earlier comparison, which may have to go.
    """

    year: int
    id: str
    compared: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Flags contradictions between saved reports, names copies, and clears what is settled.

    One report is in memory at a time, and of a region only what its reports say differently.

    Attributes:
        store: where the results are.
        entries: of the manifest, by path; those whose results change are replaced.
        spool: the digests of the reports that this run has read; others are read for it.
        damaged: after `run`, why results could not be read; the others were compared without them.
    """

    store: Store
    entries: dict[str, SourceEntry]
    spool: Spool
    damaged: list[InputError] = field(default_factory=list)

    def run(self, regions: Collection[str] | None) -> dict[str, int]:
        """Compare the reports of some regions.

        Args:
            regions: which; None for all.

        Returns:
            How many records are now flagged in the reports that changed, by their ids.
        """
        changed: dict[str, int] = {}
        paths: dict[str, list[str]] = {}
        for path, entry in self.entries.items():
            for one in entry.reports:
                paths.setdefault(one.id, []).append(path)
        for reports in self._by_region(regions):
            by_id = {saved.id: saved for saved in reports if self._readable(saved.id)}
            for report_id, found in compare_reports(partial(map, self._digest, list(by_id))):
                if not found and not by_id[report_id].compared:
                    continue
                result = with_compared(read_result(self.store.path(report_id)), found)
                saved = self.store.replace(rendered(result))
                self._remember(
                    saved.model_copy(update={"contradicted": bool(found.issues), "same_as": found.copies}),
                    paths[report_id],
                )
                changed[report_id] = flagged(result)
        return changed

    def _remember(self, saved: SavedReport, paths: Iterable[str]) -> None:
        """Bring the entries of a report up to date; several where sources are copies of each other."""
        for path in paths:
            entry = self.entries[path]
            kept = tuple(saved if one.id == saved.id else one for one in entry.reports)
            self.entries[path] = entry.model_copy(update={"reports": kept})

    def _by_region(self, regions: Collection[str] | None) -> Iterator[list[Listed]]:
        """The reports of each region, oldest first, where there is anything to compare or to clear."""
        groups: dict[str, dict[str, Listed]] = {}
        for entry in self.entries.values():
            for saved in entry.reports:
                wanted = saved.region and (regions is None or saved.region in regions)
                if wanted and self.store.path(saved.id).exists():
                    one = Listed(saved.report_year or 0, saved.id, saved.contradicted or bool(saved.same_as))
                    groups.setdefault(saved.region or "", {})[saved.id] = one
        for group in groups.values():
            if len(group) > 1 or any(one.compared for one in group.values()):
                yield sorted(group.values())

    def _readable(self, report_id: str) -> bool:
        try:
            self._digest(report_id)
        except InputError as error:
            self.damaged.append(error)
            return False
        return True

    def _digest(self, report_id: str) -> Digest:
        kept = self.spool.get(report_id)
        if kept is None:
            kept = digest(read_result(self.store.path(report_id)))
            self.spool.put(report_id, kept)
        return kept
