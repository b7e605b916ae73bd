"""Tables over thousands of results: how long, and at what weight."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import CITIES, reports
from benchmarks.measure import Row, extract
from extract.engines.rules import RulesEngine
from extract.pipeline import process_source
from extract.results.files import render

DISTINCT = 40
"""Results that are made by reading; the others are these under other names."""
CHARACTERS = 8_000
"""Composed reports are denser than real ones: of this length they have as many records (208) as ten real reports of
6,000 to 33,000 characters have (209), and results as large.
"""
ID, REGION = "<id>", "<region>"
FORMATS = {"xlsx": "≤ 60 s, ≤ 1 GB", "parquet": "", "jsonl": ""}


def tables(results: int) -> Iterator[Row]:
    """The panel of a folder of results, in several formats.

    Args:
        results: how many.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        out.mkdir()
        _fill(out, results)
        for file_format, target in FORMATS.items():
            path = Path(folder, f"panel.{file_format}")
            ended = extract("panel", out, "--output", path)
            what = f"extract panel, {results:,} results to {file_format}"
            yield Row(f"{what}, wall clock", f"{ended.seconds:.1f} s", target)
            yield Row(f"{what}, processor", f"{ended.cpu_seconds:.1f} s", "")
            yield Row(f"{what}, peak memory of the largest process", f"{ended.peak_mib:.0f} MiB", "")
            yield Row(f"{what}, size", f"{path.stat().st_size / 1e6:.0f} MB", "")


def _fill(out: Path, count: int) -> None:
    """Put results into a folder, each of a city of its own."""
    engine = RulesEngine()
    read = [
        json.loads(render(process_source(text.encode(), f"{n}.txt", engine).results[0]))
        for n, text in enumerate(reports(DISTINCT, CHARACTERS))
    ]
    for result in read:
        result["report"] |= {"id": ID, "region": REGION}
    texts = [json.dumps(result, ensure_ascii=False, indent=2) for result in read]
    for n in range(count):
        report_id, region = f"report-{n:05}", f"{CITIES[n % len(CITIES)]}{n}市"
        text = texts[n % DISTINCT].replace(ID, report_id).replace(REGION, region)
        Path(out, f"{report_id}.json").write_text(text, encoding="utf-8")
