"""After the sources: reports of one region held against each other."""

from collections.abc import Callable, Collection, Iterator

from extract.pipeline import compare_reports
from extract.results.files import read_result, rendered
from extract.results.manifest import SavedReport, SourceEntry
from extract.results.store import Store
from extract.results.summary import Summary, summarise
from schemas.result import Result


def compare_regions(
    store: Store, entries: dict[str, SourceEntry], regions: Collection[str] | None
) -> dict[str, Summary]:
    """Flag contradictions between the saved reports of each region, and clear those that are settled.

    One report is in memory at a time, and of a region only what its reports say differently.

    Args:
        store: where the results are.
        entries: of the manifest, by path; those whose results change are replaced.
        regions: which to look at; None for all.

    Returns:
        The new summaries of the reports that changed, by their ids.
    """
    changed: dict[str, Summary] = {}
    owners = {saved.id: path for path, entry in entries.items() for saved in entry.reports}
    for reports in _by_region(entries, regions).values():
        for result in compare_reports(_reader(store, reports)):
            entry = entries[owners[result.report.id]]
            saved = store.save(rendered(result))
            kept = tuple(saved if one.id == saved.id else one for one in entry.reports)
            entries[entry.path] = entry.model_copy(update={"reports": kept})
            changed[saved.id] = summarise(result)
    return changed


def _by_region(
    entries: dict[str, SourceEntry], regions: Collection[str] | None
) -> dict[str, list[SavedReport]]:
    """The reports of each region, oldest first; of a region that was asked for, even a single one."""
    groups: dict[str, list[SavedReport]] = {}
    for entry in entries.values():
        for saved in entry.reports:
            if saved.region and (regions is None or saved.region in regions):
                groups.setdefault(saved.region, []).append(saved)
    for reports in groups.values():
        reports.sort(key=lambda saved: (saved.report_year or 0, saved.id))
    return groups


def _reader(store: Store, reports: list[SavedReport]) -> Callable[[], Iterator[Result]]:
    return lambda: (read_result(store.path(saved.id)) for saved in reports if store.path(saved.id).exists())
