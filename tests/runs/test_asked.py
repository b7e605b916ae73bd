"""Working through sources by asking: what is opened is closed, however it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.llm_material import engine
from extract.engines.llm.exchange import Check, Reply, Request, Usage
from extract.engines.llm.money import Budget
from extract.runs.asked import AskedReports
from extract.runs.events import together
from extract.runs.spending import SpendingJournal
from extract.runs.workers import Job


async def no_records(_request: Request, _check: Check) -> Reply:
    """Answers at once that there is nothing."""
    return Reply('{"records": []}', Usage(1))


def reports(tmp_path: Path, closed: list[bool]) -> AskedReports:
    async def close(done: bool) -> None:  # noqa: FBT001
        closed.append(done)

    journal = SpendingJournal(tmp_path)
    return AskedReports(engine(), no_records, Budget(), journal, ahead=2, tell=together(), close=close)


def jobs(text: str, times: int) -> Iterator[Job]:
    for n in range(times):
        yield Job(f"{n}.txt", text.encode(), "llm", 1_000_000)


def test_all_sources_done(tmp_path: Path, small_report: str) -> None:
    """Then answers under way are waited for, and the connections closed."""
    closed: list[bool] = []
    done = list(reports(tmp_path, closed).process(jobs(small_report, 3)))
    assert [job.name for job, _ in done] == ["0.txt", "1.txt", "2.txt"]
    assert closed == [True]


def test_a_run_that_is_left_early_closes_too(tmp_path: Path, small_report: str) -> None:
    """Without waiting for what is under way."""
    closed: list[bool] = []
    process = reports(tmp_path, closed).process(jobs(small_report, 9))
    next(process)
    process.close()
    assert closed == [False]


def test_an_interrupted_run_closes_too(tmp_path: Path, small_report: str) -> None:
    """And says nothing of its own about it."""

    def interrupted() -> Iterator[Job]:
        yield from jobs(small_report, 1)
        raise KeyboardInterrupt

    closed: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        list(reports(tmp_path, closed).process(interrupted()))
    assert closed == [False]
