"""Results of invented reports, as tables get them."""

from collections.abc import Iterator
from pathlib import Path

from extract.engines.rules import RulesEngine
from extract.indicators.catalogue import load_catalogue
from extract.pipeline import process_source
from extract.results.lean import LeanResult, lean
from extract.tables.panel import panel_rows
from extract.tables.rows import PanelRow

CATALOGUE = load_catalogue()
REVIEW = "过去一年，各项工作取得新进展。"
PLAN = "做好各项工作。"
FILLER = "城乡面貌持续改善，改革开放不断深入，社会大局保持稳定，人民生活更加美好。" * 4
"""A part of a few characters is no part of a report."""


def text_of(
    year: int, review: str = REVIEW, plan: str = PLAN, *, city: str = "临江市", more: str = ""
) -> str:
    """The report of a city whose review and plan say this."""
    return (
        f"{city}{year}年政府工作报告\n\n——{year}年1月18日在{city}第六届人民代表大会第四次会议上\n\n各位代表：\n"
        f"现在，我代表市人民政府，向大会报告工作，请予审议。\n\n一、{year - 1}年工作回顾\n{review}\n{FILLER}\n\n"
        f"二、{year}年重点工作\n{plan}\n{FILLER}\n\n{more}各位代表，让我们携手奋进，谱写发展新篇章！谢谢大家。\n"
    )


def report(
    year: int, review: str = REVIEW, plan: str = PLAN, *, city: str = "临江市", name: str = "", more: str = ""
) -> LeanResult:
    """The result of such a report."""
    text = text_of(year, review, plan, city=city, more=more)
    outcome = process_source(text.encode(), f"{name or f'{city}-{year}'}.txt", RulesEngine())
    (result,) = outcome.results
    return lean(result)


def corpus(folder: Path) -> Iterator[tuple[str, LeanResult]]:
    """The reports of a folder, each with its name."""
    for path in sorted(folder.glob("*.txt")):
        (result,) = process_source(path.read_bytes(), path.name, RulesEngine()).results
        yield path.stem, lean(result)


def stated(*results: LeanResult) -> list[PanelRow]:
    """The rows of what reports do state."""
    return list(panel_rows(results, CATALOGUE, missing=False))


def only(rows: list[PanelRow], indicator: str, claim: str = "target", horizon: str = "annual") -> PanelRow:
    """The one row of an indicator."""
    (row,) = [
        one for one in rows if (one.indicator_id, one.claim_type, one.horizon) == (indicator, claim, horizon)
    ]
    return row
