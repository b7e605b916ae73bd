"""`python -m benchmarks [--reports 1000] [--results 10000] [--only speed,memory,tables,quality,damage,bounds]`: measure."""

import argparse

from rich.console import Console
from rich.table import Table

from benchmarks.bounds import bounds
from benchmarks.damaged import damaged
from benchmarks.quality import quality
from benchmarks.speed import growth, memory, numbers, route, start_up
from benchmarks.tables import tables

FEW = 100
WIDTH = 130


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--reports", type=int, default=1000, metavar="N", help="how many reports are many (1000)"
    )
    parser.add_argument(
        "--variants",
        type=int,
        default=1000,
        metavar="N",
        help="how many damaged variants of each format (1000)",
    )
    parser.add_argument(
        "--results", type=int, default=10_000, metavar="N", help="how many results tables are made of (10000)"
    )
    parser.add_argument("--only", default="speed,memory,tables,quality", help="which parts, by commas")
    arguments = parser.parse_args()
    parts = {
        "speed": [start_up, numbers, growth, route],
        "memory": [lambda: memory(FEW, arguments.reports)],
        "tables": [lambda: tables(arguments.results)],
        "quality": [quality],
        "bounds": [bounds],
        "damage": [lambda: damaged(arguments.variants)],
    }
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("measure")
    table.add_column("seen", justify="right")
    table.add_column("target")
    words = Console(stderr=True)
    for part in arguments.only.split(","):
        for measure in parts[part]:
            for row in measure():
                table.add_row(*row)
                words.print(f"{row.what}: {row.seen}", style="dim", highlight=False, markup=False)
    out = Console()
    if not out.is_terminal:
        out.width = WIDTH
    out.print(table)


if __name__ == "__main__":
    main()
