"""Gold files, and which facts belong to which of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import NoneType
from typing import Any

from extract.errors import UsageError
from extract.messages import Message
from extract.regular_files import read_regular

SUFFIX = ".jsonl"
REQUIRED: dict[str, tuple[type, ...]] = {
    "start": (int,),
    "end": (int,),
    "surface": (str,),
    "types": (list,),
    "indicator": (str,),
    "aliases": (list,),
    "value": (str,),
    "upper": (str, NoneType),
    "unit": (str, NoneType),
    "kind": (str,),
    "direction": (str, NoneType),
    "modifier": (str,),
    "period": (str,),
    "optional": (bool,),
}
"""The keys of a line, and what each may hold; lists hold strings."""


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One number that a careful reader takes for a fact.

    Attributes:
        start, end, surface: where it stands in the source, and what stands there.
        types: acceptable record types, best first.
        names: acceptable indicators, best first.
        value, upper, unit, kind, direction, modifier, period: as in the Fact contract.
        optional: a borderline fact, scored neither way.
    """

    start: int
    end: int
    surface: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    value: str
    upper: str | None
    unit: str | None
    kind: str
    direction: str | None
    modifier: str
    period: str
    optional: bool


def gold_paths(folder: Path) -> dict[str, Path]:
    """The gold files of a folder by their stems.

    Raises:
        UsageError: there is no such folder, or no gold in it.
    """
    paths = {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))} if folder.is_dir() else {}
    if not paths:
        raise UsageError(
            Message("There are no gold files in %(folder)s.", folder=folder),
            hint=Message("Name a folder with one file NAME%(suffix)s per report.", suffix=SUFFIX),
        )
    return paths


def load_gold(path: Path) -> list[GoldLine]:
    """The lines of a gold file.

    Raises:
        UsageError: the file is not UTF-8, or a line is not gold.
    """
    lines = []
    try:
        text = read_regular(path).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(Message("%(path)s cannot be read: %(reason)s.", path=path, reason=error)) from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            lines.append(_gold_line(line, f"{path} line {number}"))
    return lines


def _gold_line(line: str, where: str) -> GoldLine:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(Message("%(where)s is not a JSON object.", where=where)) from error
    if not isinstance(row, dict):
        raise UsageError(Message("%(where)s is not a JSON object.", where=where))
    if absent := [key for key in REQUIRED if key not in row]:
        raise UsageError(Message("%(where)s: missing %(names)s.", where=where, names=", ".join(absent)))
    if wrong := [key for key, types in REQUIRED.items() if not _holds(row[key], types)]:
        raise UsageError(Message("%(where)s: unusable %(names)s.", where=where, names=", ".join(wrong)))
    return GoldLine(
        start=row["start"],
        end=row["end"],
        surface=row["surface"],
        types=tuple(row["types"]),
        names=(row["indicator"], *row["aliases"]),
        value=row["value"],
        upper=row["upper"],
        unit=row["unit"],
        kind=row["kind"],
        direction=row["direction"],
        modifier=row["modifier"],
        period=row["period"],
        optional=row["optional"],
    )


def _holds(value: object, types: tuple[type, ...]) -> bool:
    if isinstance(value, list):
        return list in types and all(isinstance(item, str) for item in value)
    return type(value) in types  # a bool is no number here


@dataclass(slots=True)
class Grouped:
    """Facts by the gold file that they are scored against.

    Attributes:
        facts: by the stem of the gold file.
        without_gold: reports that no gold file speaks of.
        without_report: gold files that no report answers to.
    """

    facts: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    without_gold: list[str] = field(default_factory=list)
    without_report: list[str] = field(default_factory=list)


def by_gold(reports: Iterable[tuple[str, str, Iterable[Mapping[str, Any]]]], stems: Iterable[str]) -> Grouped:
    """Give each report's facts to the gold file named like the report, or else like its source.

    Args:
        reports: id, source and facts of each report.
        stems: of the gold files.
    """
    known = set(stems)
    grouped = Grouped()
    for report_id, source, facts in reports:
        stem = next((name for name in (report_id, PurePosixPath(source).stem) if name in known), None)
        if stem is None:
            grouped.without_gold.append(report_id)
        else:
            grouped.facts.setdefault(stem, []).extend(facts)
    grouped.without_report = sorted(known - set(grouped.facts))
    return grouped
