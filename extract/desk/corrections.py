"""From what a reviewer typed to a record. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from pydantic import ValidationError

from extract.desk.contents import sentence_around
from extract.desk.rereading import mention_at, sense
from extract.errors import CorrectionError
from extract.messages import Message
from schemas import Evidence, Figure, Record, record_types
from schemas.record import plain
from schemas.result import LedgerRow, Result

FIXED: Final = frozenset({"id", "issues", "state", "evidence", "quote", "section"})
"""What no form sets: it follows from the text, or belongs to the engine."""
FIXED_IN_FIGURES: Final = frozenset({"text", "confidence", "doubts"})
SPAN = ("start", "end")
AMOUNTS: Final = ("value", "upper")
UNIT: Final = "unit"
PERIOD: Final = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
LONGEST: Final = 2_000
MOST_FIGURES: Final = 200

Changes = Mapping[str, Any]  # JSON that came from outside; every value is validated below


def corrected(record: Record, changes: Changes, text: str | None, why: str = "") -> Record:
    """A record with some fields changed.

    Args:
        record: as it stands.
        changes: new values by field: text, or "" for nothing. `start` and `end` move the evidence; `figures` is a
            list as long as the record's, or of another length where figures are added or left out, each a
            mapping of the fields that change.
        text: the source, from which quotes and numbers are read; spans stay where they are without it. A figure
            that moves takes value, unit and hedge from its new place, but for those that are given.
        why: the reviewer's reason; without one no value and no unit is taken that its place in the text does not
            show.

    Returns:
        The record, valid as its type says, with the issues and the state of the original.

    Raises:
        CorrectionError: a field is unknown or its value impossible; `fields` says which and why.
    """
    data = record.model_dump(mode="json")
    wrong: dict[str, str] = {}
    if unknown := sorted(name for name in changes if name in FIXED or name not in {*data, *SPAN}):
        wrong |= {str(name)[:40]: "cannot be set / 不能设置" for name in unknown}
    for name, value in changes.items():
        if name not in {*unknown, *SPAN, "figures"}:
            data[name] = _plain(name, value, wrong)
    data["evidence"] = _moved(data["evidence"], changes, text, wrong)
    if "figures" in changes:
        data["figures"] = _figures(data["figures"], changes["figures"], text, wrong)
        if text is not None and not why.strip():
            wrong |= _unseen(record.figures, data["figures"], text)
    if record.figures and not data["figures"]:
        wrong["figures"] = "cannot all be left out / 不能全部删去"
    if not data["indicator"]:
        wrong["indicator"] = "is missing / 缺少"
    if data["type"] not in {*record_types(), record.type}:
        wrong["type"] = "is no type of record / 没有这种类型"
    if wrong:
        raise _refused(wrong)
    try:
        left = record_types().get(data["type"], type(record)).model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise _refused(
            {".".join(str(part) for part in one["loc"]): one["msg"] for one in error.errors()}
        ) from error
    return periods_followed(record, left)


def periods_followed(before: Record, after: Record) -> Record:
    """A corrected record whose figures follow its new period, where they had its old one and nobody gave them another."""
    if before.period == after.period or before.period is None:
        return after
    figures = tuple(
        figure.model_copy(update={"period": after.period})
        if n < len(before.figures) and figure.period == before.figures[n].period == before.period
        else figure
        for n, figure in enumerate(after.figures)
    )
    return after.model_copy(update={"figures": figures})


def _refused(wrong: dict[str, str]) -> CorrectionError:
    named = ", ".join(wrong)
    return CorrectionError(Message("The record is not complete: %(named)s.", named=named), wrong)


def _plain(name: str, value: object, wrong: dict[str, str]) -> object:
    if value is None or value == "":
        return None if name != "indicator" else ""
    if name.rpartition(".")[2] == "period" and not _is_period(value):
        wrong[name] = "has to be 2020 or 2016-2020 / 应为 2020 或 2016-2020"
    if isinstance(value, str):
        if len(value) > LONGEST or "\0" in value:
            wrong[name] = "is too long or no text / 太长或不是文本"
        return value.strip() or None
    if isinstance(value, bool | int):
        return value
    wrong[name] = "has to be text / 应为文本"
    return None


def _is_period(value: object) -> bool:
    """Whether it is a year, or the first and the last of several."""
    years = PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
    return years is not None and (years[2] is None or years[1] < years[2])


def _moved(
    evidence: dict[str, Any], changes: Changes, text: str | None, wrong: dict[str, str]
) -> dict[str, Any]:
    if not any(name in changes for name in SPAN):
        return evidence
    span = _span(changes, evidence, text, "", wrong)
    return (
        evidence
        if span is None
        else evidence | span | {"quote": (text or "")[span["start"] : span["end"]], "page": None}
    )


def _span(
    changes: Changes, old: Mapping[str, Any], text: str | None, where: str, wrong: dict[str, str]
) -> dict[str, int] | None:
    """The new span, where it is one of the text."""
    try:
        start, end = (_offset(changes.get(name, old.get(name))) for name in SPAN)
    except (TypeError, ValueError):
        wrong[f"{where}start"] = "has to be a whole number / 应为整数"
        return None
    if (start, end) == (old.get("start"), old.get("end")):
        return None
    if text is None:
        wrong[f"{where}start"] = "cannot be moved: the source is not at hand / 没有原文，不能移动"
        return None
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        wrong[f"{where}start"] = "lies outside the text / 超出原文"
        return None
    return {"start": start, "end": end}


def _offset(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 12):
        raise ValueError
    return int(value)


def _figures(
    old: list[dict[str, Any]], changes: object, text: str | None, wrong: dict[str, str]
) -> list[Any]:
    if not isinstance(changes, Sequence) or isinstance(changes, str) or len(changes) > MOST_FIGURES:
        wrong["figures"] = "has to be a list / 应为列表"
        return old
    return [
        _figure(old[n] if n < len(old) else {}, change, text, f"figures.{n}.", wrong)
        for n, change in enumerate(changes)
    ]


def _figure(
    old: dict[str, Any], change: object, text: str | None, where: str, wrong: dict[str, str]
) -> dict[str, Any]:
    if not isinstance(change, Mapping):
        wrong[where.rstrip(".")] = "has to be fields by name / 应为字段"
        return old
    figure = dict(old)
    for name, value in change.items():
        if name in FIXED_IN_FIGURES or name not in {*Figure.model_fields}:
            wrong[f"{where}{str(name)[:40]}"] = "cannot be set / 不能设置"
        elif name not in SPAN:
            figure[name] = _plain(f"{where}{name}", value, wrong)
    if any(name in change for name in SPAN) or not old:
        span = _span(change, old, text, where, wrong)
        if span:
            figure |= span | {"text": (text or "")[span["start"] : span["end"]]}
            figure |= {name: value for name, value in _read(figure, text or "").items() if name not in change}
    if not figure.get("modifier"):
        figure["modifier"] = "exact"
    return figure


def _read(figure: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What the number at the place of a figure says, as JSON; empty where there is none."""
    found = mention_at(text, figure["start"], figure["end"])
    if found is None or found.value is None:
        return {}
    upper = None if found.upper is None else plain(found.upper)
    return {"value": plain(found.value), "upper": upper, "unit": found.unit, "modifier": found.modifier}


def _unseen(old: Sequence[Figure], new: Sequence[Any], text: str) -> dict[str, str]:
    """Values and units that were entered and that the text does not show at their places, by field."""
    wrong: dict[str, str] = {}
    for n, figure in enumerate(new):
        was = old[n].model_dump(mode="json") if n < len(old) else {}
        if not isinstance(figure, Mapping) or not all(isinstance(figure.get(name), int) for name in SPAN):
            continue
        changed = [name for name in (*SPAN, *AMOUNTS, UNIT) if not _same(figure.get(name), was.get(name))]
        if not changed:
            continue
        read = _read(figure, text)
        amounts = () if changed == [UNIT] else AMOUNTS
        for name in (*amounts, *(name for name in changed if name == UNIT)):
            if not _same(figure.get(name), read.get(name)):
                there = read.get(name) or "–"
                wrong[f"figures.{n}.{name}"] = (
                    f"the text says {there}; give a reason / 原文为 {there}，请写明理由"
                )
    return wrong


def _same(one: object, other: object) -> bool:
    """Whether two values of JSON are the same number, or the same otherwise."""
    try:
        return Decimal(str(one)).compare(Decimal(str(other))) == 0
    except InvalidOperation:
        return one == other


def drafted(result: Result, row: LedgerRow, text: str | None) -> Record:
    """A record as a form begins with, made from a number that no record claims.

    Args:
        result: of its report; says what the section is about.
        row: the number.
        text: the source, from which the rules read what the number means; without it the quote is the number alone.
    """
    start, end = sentence_around(text, row.start, row.end) if text else (row.start, row.end)
    inside = [section for section in result.sections if section.start <= row.start < section.end]
    role = inside[-1].role if inside else ""
    planned = role.startswith("plan")
    read = sense(row, text)
    claim = read.claim
    period = (claim and claim.period) or (inside[-1].period if inside else None)
    return Record(
        id=f"added-{row.start}-{row.end}",
        type=claim.record_type if claim else "goal" if planned else "achievement",
        indicator=row.reason or (claim.indicator if claim else ""),
        period=period,
        commitment=cast("Any", claim and claim.commitment),
        status=cast("Any", claim and claim.status),
        evidence=Evidence(
            quote=text[start:end] if text else row.text,
            start=start,
            end=end,
            section=" / ".join(section.title for section in inside if section.title),
        ),
        figures=()
        if row.value is None
        else (
            Figure(
                value=row.value,
                upper=row.upper,
                unit=row.unit,
                kind=cast("Any", read.kind),
                direction=cast("Any", read.direction),
                modifier=cast("Any", read.modifier),
                period=period,
                start=row.start,
                end=row.end,
                text=row.text,
            ),
        ),
    )


def drafted_from_part(start: int, end: int, result: Result, text: str | None) -> Record:
    """A record as a form begins with, on the first sentence of a part that was not read."""
    first = sentence_around(text, start, start + 1) if text and start < end else (start, end)
    begin, stop = max(start, first[0]), min(end, first[1])
    row = LedgerRow(
        start=begin,
        end=max(stop, begin),
        text="",
        value=None,
        upper=None,
        unit=None,
        kind="number",
        state="unclaimed",
    )
    record = drafted(result, row, None)
    quote = text[row.start : row.end] if text else ""
    return record.model_copy(update={"evidence": record.evidence.model_copy(update={"quote": quote})})
