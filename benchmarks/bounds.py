"""What a character of a hostile text costs: sixteen times the text in time, in memory and in the size of the result.

Each text is a report in which somebody repeated something. It is worked through twice, short and sixteen times as
long, each time in a new process, so that the ratios are those of one run on one machine.
"""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.measure import ROOT, Row

SHORT, TIMES, MOST = 12_000, 16, 20
HEAD = "云沙市2025年政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作。\n一、2024年工作回顾\n"
TAIL = "\n二、2025年工作安排\n地区生产总值增长6%。\n"
NAMES = "春夏秋冬东西南北山河湖海日月星云风雨雷电金木水火土石竹松梅兰"


def _names(count: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - the same names each time
    return ["".join(chance.choices(NAMES, k=3)) for _ in range(count)]


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece))


def _counted(piece: str) -> Callable[[int], str]:
    """Each time with another number."""
    return lambda length: "".join(piece.format(n) for n in range(length // (len(piece) + 3)))


def _distributed(length: int) -> str:
    names = _names(length // 8)
    return "、".join(names) + "分别增长" + "、".join(f"{n % 90}%" for n in range(len(names))) + "。"


def _listed(length: int) -> str:
    return "、".join(f"{name}业增长{n % 97}%" for n, name in enumerate(_names(length // 9)))


def _tabled(length: int) -> str:
    return "指标\t数值\t增长\n" + "".join(
        f"{name}\t{n}亿元\t{n % 90}%\n" for n, name in enumerate(_names(length // 14))
    )


KINDS: dict[str, Callable[[int], str]] = {
    "clauses": _repeated("增长1%，"),
    "lines": _repeated("粮食产量增长1%。\n"),
    "one line": _repeated("城镇居民人均可支配收入达到3.5万元"),
    "pairs of 分别": _repeated("工业、农业、服务业增加值分别增长1%、2%、3%。"),
    "one 分别 for all": _distributed,
    "brackets": lambda length: "（粮食产量" * (length // 12) + "增长1%）" * (length // 12),
    "quotation marks": _repeated("“"),
    "headings": _repeated("（一）抓好发展。\n"),
    "titles": _repeated("云沙市2024年政府工作报告\n"),
    "the same number": _repeated("地区生产总值达到100亿元。\n"),
    "other numbers": _counted("地区生产总值达到{}亿元。\n"),
    "other names": lambda length: "".join(
        f"{name}业增长{n % 90}%。" for n, name in enumerate(_names(length // 10))
    ),
    "names in one sentence": _listed,
    "a table": _tabled,
    "a table in signs": _repeated("| 粮食产量 | 12万吨 |\n"),
    "signs in words": _repeated("**粮食**增长1%\n"),
    "letters of another script": _repeated("GDР增长1%。"),
    "hidden characters": _repeated("粮\u200b食产量增长1%。"),
    "bare numbers": _repeated("1 "),
    "targets": _repeated("力争粮食产量增长1%左右，"),
    "projects": _repeated("新建学校12所、改造道路3公里，"),
    "reports": _repeated(HEAD + "粮食产量增长1%。" + TAIL),
    "pages": _repeated("增长1%\n\n— 1 —\n\n"),
}
"""Repeated text by what it is of; each takes the length and gives the text."""


def text_of(kind: str, length: int) -> str:
    """A report with so many characters of repeated text."""
    return HEAD + KINDS[kind](length) + TAIL


_WEIGH = """
import gc, json, resource, sys, time
from benchmarks.bounds import text_of
from extract.checks.between import digest
from extract.desk.contents import contents
from extract.engines.rules import RulesEngine
from extract.pipeline import process_source
from extract.results.files import parse, render
from extract.results.summary import summarise

def go(text):
    size = 0
    for result in process_source(text.encode(), "a.txt", RulesEngine()).results:
        data = render(result)
        size += len(data)
        summarise(result), digest(result)
        contents(parse(data, "a.json"), text)
    return size

kind, length = sys.argv[1], int(sys.argv[2])
go(text_of(kind, 300))
gc.collect()
gc.freeze()
gc.disable()  # as in the process that works through large sources
text = text_of(kind, length)
began = time.process_time()
size = go(text)
seconds = time.process_time() - began
print(json.dumps([len(text), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, size]))
"""


def bounds() -> Iterator[Row]:
    """A row for each kind of text, and the worst of all."""
    worst = [0.0, 0.0, 0.0]
    for kind in KINDS:
        short, middle, long = (
            _weighed(kind, SHORT * times, runs) for times, runs in ((1, 3), (4, 1), (TIMES, 1))
        )
        longer = long.characters / short.characters / TIMES
        ratios = [
            long.seconds / max(short.seconds, 0.1) / longer,
            TIMES * _between(middle, long) / max(_between(short, middle), LEAST_BYTES),
            long.result / max(short.result, 20_000) / longer,
        ]
        worst = [max(pair) for pair in zip(worst, ratios, strict=True)]
        seen = f"{ratios[0]:.1f} × time, {ratios[1]:.1f} × memory, {ratios[2]:.1f} × result"
        per = f"{long.seconds / long.characters * 1e6:.0f} µs, {_between(short, long):.0f} B a character"
        yield Row(f"{TIMES} times the text of {kind}", f"{seen}; {per}", f"≤ {MOST} ×")
    yield Row("the worst", " ".join(f"{ratio:.1f} ×" for ratio in worst), f"≤ {MOST} ×")


LEAST_BYTES = 200
"""A character of a text with a number here and there takes as much."""


class Weighed(NamedTuple):
    """What one text took: its characters, processor seconds, bytes of memory at the peak, bytes of result."""

    characters: int
    seconds: float
    peak: int
    result: int


def _between(short: Weighed, long: Weighed) -> float:
    """The bytes of memory of each character that the longer text has more; what the program itself takes cancels out."""
    return (long.peak - short.peak) / (long.characters - short.characters)


def _weighed(kind: str, length: int, runs: int) -> Weighed:
    """What a text takes, the quickest of some runs."""
    command = [sys.executable, "-c", _WEIGH, kind, str(length)]
    done = (subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True) for _ in range(runs))
    return min((Weighed(*json.loads(one.stdout)) for one in done), key=lambda one: one.seconds)
