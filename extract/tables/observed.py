"""What is odd about a folder of results as a whole: seen while its results pass by, said when they have."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice

from extract.messages import Message, count
from extract.results.lean import LeanResult
from extract.results.manifest import RunManifest
from extract.tables.several import SHOWN, named


class Observed:
    """Remembers of results that pass by what a table must not hide."""

    def __init__(self) -> None:
        self._engines: dict[str, int] = {}
        self._reports: dict[tuple[str, int], list[str]] = {}
        self._nowhere: list[str] = []
        self._yearless: list[str] = []
        self._ids: set[str] = set()

    def passing(self, results: Iterable[LeanResult]) -> Iterator[LeanResult]:
        """The same results, each seen."""
        for result in results:
            self.see(result)
            yield result

    def see(self, result: LeanResult) -> None:
        """Take note of a result; of its records nothing is needed."""
        report, manifest = result.report, result.manifest
        engine = f"{manifest.engine} {manifest.model}" if manifest.model else manifest.engine
        self._engines[engine] = self._engines.get(engine, 0) + 1
        self._ids.add(report.id)
        if report.region is None:
            self._nowhere.append(report.id)
        if report.report_year is None:
            self._yearless.append(report.id)
        if report.region is not None and report.report_year is not None:
            self._reports.setdefault((report.region, report.report_year), []).append(report.id)

    def notes(self) -> Iterator[str]:
        """One sentence for each oddity, true of every table."""
        if len(self._engines) > 1:
            mixed = ", ".join(f"{name} ({count})" for name, count in sorted(self._engines.items()))
            yield Message(
                "The results come from several engines: %(engines)s. The column `engine` of the panel names each.",
                engines=mixed,
            )
        several = {key: ids for key, ids in self._reports.items() if len(ids) > 1}
        for (region, year), ids in islice(several.items(), SHOWN):
            yield Message(
                "There are %(number)s reports of %(region)s %(year)s: %(names)s. What they agree on is listed once, "
                "and what differs once for each.",
                number=len(ids),
                region=region,
                year=year,
                names=_named(ids),
            )
        if len(several) > SHOWN:
            more = len(several) - SHOWN
            yield count(
                "The same holds for %(num)s more region and year.",
                "The same holds for %(num)s more regions and years.",
                more,
            )
        if self._nowhere:
            yield Message(
                "No region was found in %(names)s: their rows are not joined with others.",
                names=_named(self._nowhere),
            )
        if self._yearless:
            yield Message(
                "No year was found in %(names)s: targets and actuals are told apart by their sections alone.",
                names=_named(self._yearless),
            )

    def without_successor(self) -> str:
        """Why no target can be held against a later report; empty where some region has two years that follow each other."""
        years = set(self._reports)
        if any((region, year + 1) in years for region, year in years):
            return ""
        there = [f"{region} {year}" for region, year in sorted(years)]
        if not there:
            return Message("There is nothing to track: no report names its region and year.")
        return Message(
            "There is nothing to track: this needs reports of one region for two consecutive years. "
            "The folder holds: %(reports)s.",
            reports=_named(there),
        )

    def absent(self, manifest: RunManifest | None, there: Container[str] = ()) -> Iterator[str]:
        """What the manifest of the folder knows and the folder does not hold.

        Args:
            manifest: None where the folder has none.
            there: ids of the results that the folder holds, read or not.
        """
        if manifest is None:
            return
        saved = [report.id for entry in manifest.sources for report in entry.reports]
        missing = [report_id for report_id in saved if report_id not in self._ids and report_id not in there]
        if missing:
            yield Message(
                "The manifest names %(names)s, but there is no such result in the folder. Was it copied completely?",
                names=_named(missing),
            )
        failed = [entry.path for entry in manifest.sources if entry.status == "failed"]
        if failed:
            yield Message(
                "%(names)s could not be read in the run, so there are no rows of it here.",
                names=_named(failed),
            )


def _named(names: list[str]) -> str:
    return named(names, len(names))
