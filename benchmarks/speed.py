"""How fast, and at what weight."""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import REPORT_CHARACTERS, reports
from benchmarks.measure import Row, extract
from extract.engines.rules import RulesEngine
from extract.numbers import find_mentions
from extract.pipeline import process_source
from extract.results.files import render

TEXT_CHARACTERS = 12_000_000
ROUTE_REPORTS = 40
STARTS = 5
HOSTILE = (
    "1",
    "1 ",
    " ",
    "１",
    "万亿",
    "第",
    "“",
    "一",
    "1,111",
    "1-",
    "1/",
    "百分之",
    "（",
    "负",
    "1多",
    "半",
    "1至",
    "第一、",
)


def start_up() -> Iterator[Row]:
    """Until the help is there, and until the first text of a batch is answered."""
    extract("--help")  # once, so that byte code is there
    help_time = min(extract("--help").seconds for _ in range(STARTS))
    yield Row("extract --help", f"{help_time:.2f} s", "< 0.5 s")
    batch_time = min(extract("numbers", "--batch").seconds for _ in range(STARTS))
    yield Row("extract numbers --batch, start-up", f"{batch_time:.2f} s", "")


def numbers() -> Iterator[Row]:
    """Characters a second through `extract numbers --batch`, start-up included."""
    texts = list(reports(20))
    copies = TEXT_CHARACTERS // sum(map(len, texts)) + 1
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts * copies)]
    characters = sum(map(len, texts)) * copies
    ended = extract("numbers", "--batch", stdin="\n".join(lines).encode())
    yield Row(
        "numbers, characters a second (wall clock)", f"{characters / ended.seconds:,.0f}", "≥ 1,200,000"
    )
    yield Row("numbers, characters a second (processor)", f"{characters / ended.cpu_seconds:,.0f}", "")


def route() -> Iterator[Row]:
    """Bytes to rendered result, in this process, on one core."""
    engine = RulesEngine()
    sources = [text.encode() for text in reports(ROUTE_REPORTS)]
    process_source(sources[0], "warm-up.txt", engine)
    began, began_cpu = time.perf_counter(), time.process_time()
    for n, data in enumerate(sources):
        for result in process_source(data, f"{n}.txt", engine).results:
            render(result)
    seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    what = f"whole route, reports of {REPORT_CHARACTERS:,} characters a second"
    yield Row(f"{what} (wall clock)", f"{len(sources) / seconds:.1f}", "≥ 10")
    yield Row(f"{what} (processor)", f"{len(sources) / cpu:.1f}", "")


def growth() -> Iterator[Row]:
    """How much longer hostile text takes that is sixteen times as long; a square would take 256 times."""
    worst = max(_growth(piece) for piece in HOSTILE)
    yield Row("numbers, sixteen times the hostile text takes at most", f"{worst:.0f} times", "about 16")


def _growth(piece: str) -> float:
    short = min(_cpu(piece * (4_000 // len(piece))) for _ in range(3))
    return _cpu(piece * (64_000 // len(piece))) / max(short, 0.002)


def _cpu(text: str) -> float:
    began = time.process_time()
    find_mentions(text)
    return time.process_time() - began


def memory(few: int, many: int) -> Iterator[Row]:
    """Peak memory of `extract run` over few and many reports, and how fast many are done, then done again."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = []
        for count in (few, many):
            sources, out = Path(folder, f"in-{count}"), Path(folder, f"out-{count}")
            sources.mkdir()
            for n, text in enumerate(reports(count)):
                Path(sources, f"report-{n:05}.txt").write_text(text, encoding="utf-8")
            ended = extract("run", sources, "--out", out, "-q")
            peaks.append(ended.peak_mib)
            yield Row(f"extract run, peak memory over {count:,} reports", f"{ended.peak_mib:.0f} MiB", "")
        yield Row("growth of peak memory", f"{peaks[1] / peaks[0] - 1:+.1%}", "≤ +10%")
        yield Row(f"extract run, {many:,} reports, reports a second", f"{many / ended.seconds:.1f}", "≥ 10")
        again = extract("run", sources, "--out", out, "-q")
        yield Row(
            "the same run again, nothing to do, reports a second", f"{many / again.seconds:.1f}", "≥ 10"
        )
        two = extract("run", sources, "--out", Path(folder, "out-2"), "-q", "--jobs", "2")
        yield Row("the same with --jobs 2, reports a second", f"{many / two.seconds:.1f}", "")
