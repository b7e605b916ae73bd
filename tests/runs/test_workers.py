"""One process or several: the same outcomes in the same order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from extract.errors import UsageError
from extract.runs import workers
from extract.runs.workers import Done, Failure, Job, engine_named, nothing, process_job, process_jobs


def jobs(text: str, count: int) -> Iterator[Job]:
    """Reports that differ in one number."""
    for n in range(count):
        yield Job(f"r{n}.txt", text.replace("12所", f"{n + 2}所").encode(), "rules", 10_000)


def dies_of_poison(job: Job) -> Done:
    """Work that takes its process with it, as a lack of memory does."""
    if job.name == "poison.txt":
        os._exit(9)
    return process_job(job)


def hears_interrupts(_job: Job) -> Done:
    """Work that tells whether its process was started with Ctrl-C held back."""
    held = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return nothing(Failure("held" if held else "heard", "", ""))


@pytest.mark.skipif(os.name != "posix", reason="signals are held back on POSIX")
def test_workers_never_hear_a_ctrl_c_not_even_while_they_start() -> None:
    """The process that started them does, and says it in one line."""
    work = [Job(f"r{n}.txt", b"", "rules", 10) for n in range(4)]
    failures = [done.failure for _, done in process_jobs(work, 2, hears_interrupts)]
    assert [failure and failure.code for failure in failures] == ["held"] * 4
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_two_processes_give_what_one_gives(small_report: str) -> None:
    """In the same order, to the byte; a bad source among them costs itself alone."""
    work = [*jobs(small_report, 4), Job("bad.txt", b"", "rules", 100), *jobs(small_report, 2)]
    assert list(process_jobs(work, 2)) == list(process_jobs(work, 1))


def test_jobs_are_taken_only_a_few_ahead(small_report: str) -> None:
    """Memory does not grow with the number of sources."""
    taken = 0

    def counting() -> Iterator[Job]:
        nonlocal taken
        for job in jobs(small_report, 40):
            taken += 1
            yield job

    outcomes = process_jobs(counting(), 2)
    next(outcomes)
    assert taken <= 2 * workers.AHEAD
    outcomes.close()


def test_a_fault_of_the_program_costs_one_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported as what it is."""

    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(workers, "process_source", broken)
    done = process_job(Job("r.txt", b"x", "rules", 10))
    assert done.failure is not None
    assert done.failure.code == "internal"
    assert (
        "r.txt caused an error in this program (ZeroDivisionError: boom, test_workers.py line"
        in done.failure.message
    )


def test_a_job_that_kills_its_worker_is_failed_and_its_neighbours_are_not(small_report: str) -> None:
    """The others under way at the time are done again."""
    poison = Job("poison.txt", b"", "rules", 10_000)
    work = [*jobs(small_report, 2), poison, *jobs(small_report, 2)]
    outcomes = list(process_jobs(work, 2, dies_of_poison))
    assert [job.name for job, _ in outcomes] == [job.name for job in work]
    assert [done.failure and done.failure.code for _, done in outcomes] == [
        None,
        None,
        "worker_died",
        None,
        None,
    ]


def test_an_unknown_engine_is_wrong_use() -> None:
    """The known ones are named."""
    with pytest.raises(UsageError, match="no engine parrot") as caught:
        engine_named("parrot")
    assert "rules" in caught.value.hint


def test_more_processes_than_windows_can_wait_for_are_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with an error there."""
    asked: list[int] = []
    monkeypatch.setattr(workers, "ProcessPoolExecutor", lambda processes, **_: asked.append(processes))
    workers._pool(200)
    assert asked == [61]


def test_the_processes_of_a_pool_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """It can tell them nothing any more, and they would wait for work as long as the machine runs."""
    program = tmp_path / "pool.py"
    program.write_text(
        "import os, sys, time\n"
        "from extract.runs.workers import mapped\n"
        "def pid(_):\n"
        "    return os.getpid()\n"
        "if __name__ == '__main__':\n"
        "    made = mapped(range(9), 2, pid)\n"
        "    print(next(made), flush=True)\n"
        "    sys.stdin.read()\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, program],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as parent:  # fmt: skip
        assert parent.stdout
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait()
        _, alive = psutil.wait_procs([worker], timeout=20)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
