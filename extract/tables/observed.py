"""What is odd about a folder of results as a whole: seen while its results pass by, said when they have."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice

from extract.messages import CHINESE, Message, in_language
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
        """One sentence for each oddity, true of every table: `中文 / English`."""
        if len(self._engines) > 1:
            mixed = ", ".join(f"{name} ({count})" for name, count in sorted(self._engines.items()))
            yield (
                f"混有不同引擎的结果：{mixed}，面板的 engine 列可区分 / results of several engines are mixed: "
                f"{mixed}; the column engine of the panel tells them apart"
            )
        several = {key: ids for key, ids in self._reports.items() if len(ids) > 1}
        for (region, year), ids in islice(several.items(), SHOWN):
            yield (
                f"{region}{year}年有{len(ids)}份报告：{_named_zh(ids)}；相同的内容只列一次，不同的分别列出 / {len(ids)} "
                f"reports are of {region} {year}: {_named(ids)}; what they say alike stands once, "
                "where they differ each has its row"
            )
        if len(several) > SHOWN:
            more = len(several) - SHOWN
            yield f"另有{more}个地区和年份也是如此 / so it is with {more} more regions and years"
        if self._nowhere:
            names, names_zh = _named(self._nowhere), _named_zh(self._nowhere)
            yield f"{names_zh} 没有写明地区，不与其他报告合并 / {names} named no region; rows without one are not joined"
        if self._yearless:
            names, names_zh = _named(self._yearless), _named_zh(self._yearless)
            yield (
                f"{names_zh} 没有写明年份，目标与完成值只按章节区分 / {names} named no year; targets and actuals are told "
                "by their sections alone"
            )

    def without_successor(self) -> str:
        """Why no target can be held against a later report; empty where some region has two years that follow each other."""
        years = set(self._reports)
        if any((region, year + 1) in years for region, year in years):
            return ""
        there = [f"{region} {year}" for region, year in sorted(years)]
        here = f"这里有：{_named_zh(there)}" if there else "这里没有"
        here_en = _named(there) if there else "none"
        return (
            f"没有可对照的目标：需要同一地区前后两年的报告；{here} / nothing to track: it needs the reports of two "
            f"years that follow each other; here: {here_en}"
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


def _named_zh(names: list[str]) -> str:
    return in_language(_named(names), CHINESE)
